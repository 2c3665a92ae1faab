"""The Celery tasks of the cellar: carry the outbox, do one message, seal the days.

A topic may have a Celery task of its own (`task_for`), under the name of the topic: so its queue, its workers and its figures can be
chosen apart (CELERY_TASK_ROUTES). Each does one row of the outbox, once.
"""

from __future__ import annotations

from typing import Any

from celery import shared_task

from grants.kernel import audit, outbox


@shared_task(name="kernel.run_outbox", acks_late=True, reject_on_worker_lost=True, ignore_result=True)
def run_outbox(message_id: str) -> None:
    outbox.run(message_id)


@shared_task(name="kernel.relay_outbox", ignore_result=True)
def relay_outbox() -> int:
    return outbox.relay(publish)


@shared_task(name="kernel.seal_days", ignore_result=True)
def seal_days() -> int:
    return audit.seal_days()


_task_of: dict[str, Any] = {}


def task_for(topic: str) -> Any:
    """Give a topic a Celery task of its own; it may arrive twice, and does its row once."""

    @shared_task(name=topic, acks_late=True, reject_on_worker_lost=True, ignore_result=True)
    def run_topic(message_id: str) -> None:
        outbox.run(message_id)

    _task_of[topic] = run_topic
    return run_topic


def publish(message_id: str, topic: str) -> None:
    """Hand one outbox row to the broker."""
    task = _task_of.get(topic, run_outbox)
    task.apply_async(args=[message_id], retry=True, retry_policy={"max_retries": 1, "interval_start": 0.1})
