"""What every test may use: the demo world, people in roles, and a database that can be emptied again."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connections
from django.db.backends.signals import connection_created
from django.test import TransactionTestCase
from hypothesis import HealthCheck, settings

from grants.kernel import triggers
from tests.services import migrated

# No test asserts a timing: a busy machine is no failure.
settings.register_profile("verleend", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("verleend")

_teardown = TransactionTestCase._fixture_teardown


def _teardown_without_triggers(self: TransactionTestCase) -> None:
    """Emptying a test database deletes rows that the triggers protect: take them away for that moment."""
    for name in self._databases_names(include_mirrors=False):
        triggers.remove(connections[name])
    _teardown(self)
    for name in self._databases_names(include_mirrors=False):
        triggers.install(connections[name])


TransactionTestCase._fixture_teardown = _teardown_without_triggers


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """The test database starts as a copy of one that was migrated."""
    default = connections["default"]
    if default.vendor == "postgresql":
        default.settings_dict["TEST"]["TEMPLATE"] = migrated.postgres_template()
    else:
        connection_created.connect(migrated.copy_into_memory, dispatch_uid="tests.migrated")


@pytest.fixture(autouse=True)
def _files_in_a_folder_of_their_own(settings, tmp_path):  # noqa: F811  (pytest-django's own fixture)
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def world(db):
    """Lists, schemes, fictitious people, applicants and mandates."""
    from grants.project.demo.world import load_world

    load_world()


@pytest.fixture
def live(world):
    """`live(state)` makes a case of scheme 1 or 2 and lives it to that state."""
    from grants.project.demo.lives import LIVES, Life, Plan

    def make(state: str, *, amount: str = "", days_ago: int = 300, scheme: str = "", applicant: str = "") -> Life:
        direct = state in ("vastgesteld_direct", "closed", "settlement_withdrawn")
        scheme = scheme or ("LB-INW" if direct else "LB-SVC")
        life = Life(
            Plan(
                scheme=scheme,
                applicant=applicant
                or ("Bo Bewoner (verzonnen)" if scheme == "LB-INW" else "Vereniging Buurthuis Voorbeeld (verzonnen)"),
                title="Bankjes op het plein",
                amount=Decimal(amount or ("3000" if scheme == "LB-INW" else "30000")),
                days_ago=days_ago,
                until=state,
            )
        )
        LIVES[state](life)
        return life

    return make
