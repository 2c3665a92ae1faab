"""Web and worker in one process, for trying out and development: a Celery worker thread on the in-memory broker, and
a scheduler thread that carries the outbox. What a crash loses in memory, the outbox asks again."""

from __future__ import annotations

import logging
import threading
import time
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import close_old_connections
from gunicorn.app.base import BaseApplication

from decisions.services import daily
from grants.kernel import audit, outbox
from grants.kernel.tasks import publish

log = logging.getLogger(__name__)
PAUSE = 0.5
SEAL_EVERY = timedelta(hours=1).total_seconds()


def start_worker() -> None:
    """Start the worker and the scheduler as daemon threads of this process."""
    threading.Thread(target=_work, name="celery-worker", daemon=True).start()
    threading.Thread(target=_schedule, name="scheduler", daemon=True).start()


def _work() -> None:
    from grants.project.celery import app

    app.WorkController(app=app, pool="threads", concurrency=2, without_gossip=True, without_mingle=True, without_heartbeat=True).start()


def _schedule() -> None:
    sealed = 0.0
    while True:
        try:
            outbox.relay(publish)
            if time.monotonic() - sealed > SEAL_EVERY or not sealed:
                audit.seal_days()
                daily.run()
                sealed = time.monotonic()
        except Exception:  # the scheduler must outlive a passing fault; the outbox keeps the work
            log.exception("scheduler")
        finally:
            close_old_connections()
        time.sleep(PAUSE)


class EmbeddedServer(BaseApplication):
    """Gunicorn with one worker process that also runs the embedded worker."""

    def __init__(self, address: str) -> None:
        self.address = address
        super().__init__()

    def load_config(self) -> None:
        options: dict[str, Any] = {
            "bind": self.address,
            "workers": 1,
            "worker_class": "gthread",
            "threads": 8,
            "accesslog": None,
            "loglevel": "warning",
            "post_worker_init": lambda worker: start_worker() if settings.CELERY_BROKER_URL.startswith("memory:") else None,
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        from django.core.wsgi import get_wsgi_application

        return get_wsgi_application()
