"""The Celery tasks of the cellar: carry the outbox, do one message, seal the days."""

from __future__ import annotations

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


def publish(message_id: str) -> None:
    """Hand one outbox row to the broker."""
    run_outbox.apply_async(args=[message_id], retry=True, retry_policy={"max_retries": 1, "interval_start": 0.1})
