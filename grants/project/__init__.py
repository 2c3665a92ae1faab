"""The composition: settings, URLs, Celery, WSGI, base templates and the pages that join the wings."""

from grants.project.celery import app as celery_app

__all__ = ["celery_app"]
