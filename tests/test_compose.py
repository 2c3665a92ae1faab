"""The compose file says what the image can do: it parses, its commands exist, and it holds no secret."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
SERVICES = {"postgres", "rabbitmq", "clamav", "migrate", "web", "worker", "beat"}
OURS = ["migrate", "web", "worker", "beat"]


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())


def test_the_services_are_the_three_servers_and_our_four_roles(compose):
    assert set(compose["services"]) == SERVICES


@pytest.mark.parametrize("name", OURS)
def test_each_role_runs_the_same_image_and_reaches_the_same_files(compose, name):
    service = compose["services"][name]
    assert service["image"] == compose["services"]["web"]["image"]
    assert service["volumes"] == compose["services"]["web"]["volumes"]


@pytest.mark.parametrize("name", OURS)
def test_a_command_starts_a_program_that_the_lock_file_installs(compose, name):
    program = compose["services"][name]["command"][0]
    locked = (ROOT / "requirements" / "runtime.txt").read_text()
    assert program == "python" or re.search(rf"^{program}==", locked, re.MULTILINE)


def test_the_management_command_of_migrate_exists(compose):
    from django.core.management import get_commands

    _, script, command, *_ = compose["services"]["migrate"]["command"]
    assert (ROOT / script).is_file()
    assert command in get_commands()


def test_the_web_command_names_a_working_application(compose):
    from django.utils.module_loading import import_string

    target = compose["services"]["web"]["command"][1]
    assert callable(import_string(f"{target}.application"))


def test_worker_and_beat_name_the_celery_application(compose):
    from celery.app.utils import find_app

    for name in ("worker", "beat"):
        option = next(part for part in compose["services"][name]["command"] if part.startswith("--app="))
        assert find_app(option.removeprefix("--app=")).main == "verleend"


def test_the_health_check_of_web_asks_a_page_that_exists(compose, client, db):
    script = " ".join(compose["services"]["web"]["healthcheck"]["test"])
    path = re.search(r"http://127\.0\.0\.1:8000(/[\w/]+)", script)
    assert path and client.get(path.group(1)).status_code == 200


@pytest.mark.parametrize("name", ["postgres", "rabbitmq", "clamav", "web", "worker", "beat"])
def test_what_keeps_running_has_a_health_check(compose, name):
    assert compose["services"][name]["healthcheck"]["test"]


def test_web_writes_nowhere_but_in_its_volume_since_the_rest_is_read_only(compose):
    """Gunicorn would make a control socket in the home folder, and complain at every start that it cannot."""
    image = re.search(r"^CMD (\[.+\])$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    assert image
    for command in (compose["services"]["web"]["command"], yaml.safe_load(image.group(1))):
        assert {"--no-control-socket", "--worker-tmp-dir=/dev/shm"} <= set(command)
    assert compose["services"]["web"]["read_only"] is True


def test_nothing_of_ours_starts_before_the_database_is_migrated(compose):
    for name in ("web", "worker", "beat"):
        assert compose["services"][name]["depends_on"]["migrate"] == {
            "condition": "service_completed_successfully"
        }


@pytest.mark.parametrize("name", OURS)
def test_each_role_reaches_the_scanner_and_none_waits_for_it(compose, name):
    """While the scanner is away, files wait; people go on."""
    address = urlparse(compose["services"][name]["environment"]["CLAMD_URL"])
    assert (address.scheme, address.hostname, address.port) == ("tcp", "clamav", 3310)
    assert "clamav" not in compose["services"][name]["depends_on"]


def test_every_password_comes_from_the_environment_and_must_be_set(compose):
    text = yaml.safe_dump(compose)
    for line in text.splitlines():
        if re.search(r"PASS|SECRET|://\w+:.*@", line):
            assert re.search(r"\$\{\w+:\?", line), line


def test_the_pages_are_published_on_loopback_only(compose):
    for service in compose["services"].values():
        assert all(str(port).startswith("127.0.0.1:") for port in service.get("ports", []))


def test_the_image_runs_as_an_ordinary_user_and_carries_no_secret():
    dockerfile = (ROOT / "Dockerfile").read_text()
    users = re.findall(r"^USER (\S+)$", dockerfile, re.MULTILINE)
    assert users and users[-1] not in {"root", "0"}
    assert not re.search(r"^(ENV|ARG).*(SECRET|PASSWORD|TOKEN)", dockerfile, re.MULTILINE)
    assert not re.search(r"^!\.env", (ROOT / ".dockerignore").read_text(), re.MULTILINE)


def test_what_the_image_copies_is_let_through_and_exists():
    allowed = re.findall(r"^!(\S+)$", (ROOT / ".dockerignore").read_text(), re.MULTILINE)
    assert {"grants", "decisions", "letters", "applicants", "manage.py", "requirements"} <= set(allowed)
    assert all((ROOT / name).exists() for name in allowed)
