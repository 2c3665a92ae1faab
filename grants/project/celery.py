"""The Celery application. Tasks only carry ids; the outbox makes them durable."""

from __future__ import annotations

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "grants.project.settings")

app = Celery("verleend")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
