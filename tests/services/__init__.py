"""The real parts that tests run against: PostgreSQL, RabbitMQ and Chromium.

Each is taken from the environment (DATABASE_URL, CELERY_BROKER_URL, CHROMIUM) when it is named there, else from
what already listens on loopback, else Debian's own program is started from a temporary folder and stopped at the
end of the run. A part that cannot be had fails the test in CI and skips it elsewhere, with a sentence.

Use the fixtures of `tests.services.fixtures`, or these functions where a fixture will not do.
"""

from __future__ import annotations

from tests.services.chromium import chromium_path
from tests.services.postgres import postgres_url
from tests.services.rabbitmq import rabbitmq_url
from tests.services.report import used

__all__ = ["chromium_path", "postgres_url", "rabbitmq_url", "used"]
