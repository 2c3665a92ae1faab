"""`python -m tests.services`: print a PostgreSQL URL for a test run, or exit 3 when there is none."""

import sys

import pytest

from tests.services import postgres_url

try:
    print(f"{postgres_url()}/verleend")
except (pytest.skip.Exception, pytest.fail.Exception) as reason:
    print(reason, file=sys.stderr)
    sys.exit(3)
