"""What someone can ask of a fresh checkout that has no settings yet."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def manage(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    env = {name: value for name, value in os.environ.items() if name not in ("SECRET_KEY", "VERLEEND_DEMO", "DATABASE_URL")}
    env |= {"VERLEEND_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "grants.project.settings"}
    return subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=env, capture_output=True, text=True, timeout=120)


def test_a_term_is_counted_without_a_secret_key(tmp_path):
    done = manage("term", "OBJECTION_6W", "2025-03-07", "--format", "json", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["last_day"] == "2025-04-22"


def test_the_table_of_acts_is_printed_without_a_secret_key(tmp_path):
    done = manage("lifecycle", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "T16" in done.stdout


@pytest.mark.parametrize("command", ["verify_audit", "migrate"])
def test_what_touches_the_database_asks_for_a_key_and_says_how(command, tmp_path):
    done = manage(command, folder=tmp_path)
    assert done.returncode == 2
    assert "SECRET_KEY ontbreekt. Zet SECRET_KEY" in done.stderr
