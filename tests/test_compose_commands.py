"""Each command of the compose file, run as it stands there against a real database and broker.

Only what a container gives is put in its place: the address that is bound, and where beat keeps its schedule.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import yaml

from tests.services import postgres, rabbitmq
from tests.services.process import free_port, stop

pytestmark = pytest.mark.serial

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
SERVICES = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]


def _command(name: str, replace: dict[str, str] | None = None) -> list[str]:
    program, *rest = SERVICES[name]["command"]
    parts = [str(BIN / program), *rest]
    for old, new in (replace or {}).items():
        assert any(old in part for part in parts), f"the command of {name} no longer has {old}"
        parts = [part.replace(old, new) for part in parts]
    return parts


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Production settings (no demo, a secret of this run only), after the command of `migrate` has run."""
    env = {k: v for k, v in os.environ.items() if k not in ("VERLEEND_DEMO", "DJANGO_SETTINGS_MODULE")}
    with postgres.database() as url, rabbitmq.own_queue() as broker:
        env |= {"DATABASE_URL": url, "SECRET_KEY": os.urandom(32).hex(), "CLAMD_URL": "tcp://clamav:3310", **broker.environment}
        env |= {"OIDC_STAFF_ISSUER": "https://inloggen.example.org", "OIDC_STAFF_CLIENT_ID": "verleend", "OIDC_STAFF_CLIENT_SECRET": "x" * 32}
        env["PSEUDONYM_KEYS"] = f"1:{os.urandom(32).hex()}"
        env["VERLEEND_DATA"] = str(tmp_path_factory.mktemp("data"))
        done = subprocess.run(
            _command("migrate"), cwd=ROOT, env=env, capture_output=True, text=True, timeout=180
        )
        assert done.returncode == 0, done.stderr
        yield env


@contextmanager
def _running(command: list[str], env: dict[str, str], log: Path) -> Iterator[Callable[[], str]]:
    with log.open("wb") as out:
        child = subprocess.Popen(command, cwd=ROOT, env=env, stdout=out, stderr=out, start_new_session=True)
        try:
            yield lambda: log.read_text(errors="replace")
        finally:
            stop(child, signal.SIGTERM)


def _until(happens: Callable[[], bool], said: Callable[[], str], within: float = 60.0) -> None:
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        if happens():
            return
        time.sleep(0.3)
    pytest.fail(f"not within {within:.0f} seconds; the log says:\n{said()[-3000:]}", pytrace=False)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=3) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def test_web_answers_that_it_is_ready(migrated: dict[str, str], tmp_path: Path) -> None:
    bound = f"127.0.0.1:{free_port()}"
    with _running(_command("web", {"0.0.0.0:8000": bound}), migrated, tmp_path / "web.log") as said:
        _until(lambda: _answers(f"http://{bound}/healthz/ready"), said)


def test_the_worker_says_that_it_is_ready(migrated: dict[str, str], tmp_path: Path) -> None:
    with _running(_command("worker"), migrated, tmp_path / "worker.log") as said:
        _until(lambda: " ready." in said(), said)


def test_beat_sends_what_is_due_and_writes_its_schedule_where_its_health_check_looks(
    migrated: dict[str, str], tmp_path: Path
) -> None:
    command = _command("beat", {"/tmp/celerybeat-schedule": str(tmp_path / "celerybeat-schedule")})
    with _running(command, migrated, tmp_path / "beat.log") as said:
        _until(lambda: "Sending due task carry the outbox" in said(), said)
        assert list(tmp_path.glob("celerybeat-schedule*"))
