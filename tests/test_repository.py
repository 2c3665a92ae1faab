"""Lock files, licences and settings hang together."""

from __future__ import annotations

import ast
import json
import re
from importlib import metadata
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
SOURCES = sorted((ROOT / "requirements").glob("*.in"))
LOCKED = re.compile(r"^([a-z0-9][a-z0-9._-]*)(?:\[[^\]]*\])?==(\S+)", re.MULTILINE)


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _asked(source: Path) -> set[str]:
    lines = (line.split("#")[0].strip() for line in source.read_text().splitlines())
    return {_plain(re.split(r"[\[<>=~! ;]", line)[0]) for line in lines if line and not line.startswith("-")}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda p: p.name)
def test_every_locked_package_has_a_hash_and_no_address(lock):
    text = lock.read_text()
    assert "://" not in text
    assert len(re.findall(r"==[^\n]*\\\n    --hash=sha256:", text)) == len(LOCKED.findall(text)) > 0


@pytest.mark.parametrize("source", SOURCES, ids=lambda p: p.name)
def test_what_is_asked_for_is_locked(source):
    locked = {_plain(name) for name, _ in LOCKED.findall(source.with_suffix(".txt").read_text())}
    assert _asked(source) <= locked


def test_the_tools_run_beside_the_same_versions_as_production():
    runtime, dev = (
        dict(LOCKED.findall((ROOT / "requirements" / f"{n}.txt").read_text())) for n in ("runtime", "dev")
    )
    assert runtime.items() <= dev.items()


def test_the_asset_lock_has_integrity_and_no_address():
    text = (ROOT / "package-lock.json").read_text()
    packages = {k: v for k, v in json.loads(text)["packages"].items() if k}
    assert all("integrity" in package and "resolved" not in package for package in packages.values())
    assert "resolved" not in text
    assert "omit-lockfile-registry-resolved=true" in (ROOT / ".npmrc").read_text()


@pytest.mark.parametrize("lock", LOCKS, ids=lambda p: p.name)
def test_django_fsm_is_not_locked_since_it_overwrites_django_fsm_2(lock):
    assert "django-fsm" not in {_plain(name) for name, _ in LOCKED.findall(lock.read_text())}


def test_django_fsm_is_not_installed_beside_django_fsm_2():
    owners = {_plain(name) for name in metadata.packages_distributions()["django_fsm"]}
    assert owners == {"django-fsm-2"}


def test_every_dependency_has_its_reason_and_licence():
    rows = re.findall(
        r"^\| (\S+) \| (.+) \| (.+) \|$", (ROOT / "docs" / "dependencies.md").read_text(), re.MULTILINE
    )
    described = {name for name, reason, licence in rows if reason.strip() and licence.strip()} - {
        "Package",
        "---",
    }
    package = json.loads((ROOT / "package.json").read_text())
    asked = set().union(*(_asked(source) for source in SOURCES))
    assert described == asked | set(package["dependencies"]) | set(package["devDependencies"])


def test_the_licence_is_the_full_text_that_the_project_names():
    text = (ROOT / "LICENSE").read_text()
    assert "EUROPEAN UNION PUBLIC LICENCE v. 1.2" in text
    numbers = [int(n) for n in re.findall(r"^#* ?(\d+)\. ", text, re.MULTILINE)]
    assert sorted(set(numbers)) == list(range(1, 16))
    assert "Appendix" in text


def test_publiccode_names_what_its_standard_asks():
    card = yaml.safe_load((ROOT / "publiccode.yml").read_text())
    for key in ("publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus", "softwareType"):
        assert card[key]
    assert card["legal"]["license"] == "EUPL-1.2"
    for text in card["description"].values():
        assert len(text["shortDescription"]) <= 150 <= len(text["longDescription"]) <= 10_000
        assert text["features"]


def _settings_read() -> set[str]:
    """The names of the environment that the settings ask for, from their source."""
    names = {"SECRET_KEY", "DATABASE_URL"}  # asked for inside grants/project/environment.py
    modules = [ast.parse((ROOT / "grants" / "project" / name).read_text()) for name in ("settings.py", "signin.py")]
    for node in (found for module in modules for found in ast.walk(module)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            of_env = isinstance(node.func.value, ast.Name) and node.func.value.id == "env"
            first = node.args[0]
            if of_env and isinstance(first, ast.Constant) and re.fullmatch(r"[A-Z][A-Z_]+", str(first.value)):
                names.add(str(first.value))
    return names


def test_every_setting_of_the_environment_is_explained():
    explained = set(re.findall(r"^#?([A-Z][A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    outside_settings = {"POSTGRES_PASSWORD", "RABBITMQ_PASSWORD", "VERLEEND_FONTS"}
    assert explained == _settings_read() | outside_settings
