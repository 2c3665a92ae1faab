"""`python -m tests.services ARGUMENTS`: run pytest with these arguments against a real PostgreSQL.

The server is the one that `postgres_url` finds or starts; it stays up until the run is over. Without one this is a
failure in CI, and elsewhere a word and exit 0.
"""

import os
import subprocess
import sys

import pytest

from tests.services import postgres_url

try:
    url = f"{postgres_url()}/verleend"
except pytest.skip.Exception as reason:
    print(f"not run on PostgreSQL: {reason}", file=sys.stderr)
    sys.exit(0)
except pytest.fail.Exception as reason:
    print(reason, file=sys.stderr)
    sys.exit(1)
print("again on PostgreSQL:", " ".join(sys.argv[1:]), flush=True)
sys.exit(
    subprocess.run([sys.executable, "-m", "pytest", "--create-db", *sys.argv[1:]], env={**os.environ, "DATABASE_URL": url}, check=False).returncode
)
