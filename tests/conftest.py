"""What every test may use: the demo world, people in roles, and a database that can be emptied again."""

from __future__ import annotations

import pytest
from django.db import connections, transaction
from django.db.backends.signals import connection_created
from django.test import TransactionTestCase, override_settings
from hypothesis import HealthCheck, settings

from grants.kernel import triggers
from tests.living import lived
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
def _files_in_a_folder_of_their_own(request, settings, tmp_path):  # noqa: F811  (pytest-django's own fixture)
    shared = "module_world" in request.fixturenames
    settings.MEDIA_ROOT = request.getfixturevalue("module_world") if shared else tmp_path / "files"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def world(db):
    """Lists, schemes, fictitious people, applicants and mandates."""
    from grants.project.demo.world import load_world

    load_world()


@pytest.fixture
def live(world):
    """`live(state)` makes a case of scheme 1 or 2 and lives it to that state."""
    return lived


@pytest.fixture(scope="module")
def module_world(django_db_setup, django_db_blocker, tmp_path_factory):
    """As `world`, once for all tests of a module; gives the folder of its files.

    What the module's own fixtures make stays until its last test; what a test changes is taken back after it.
    """
    from grants.project.demo.world import load_world

    folder = tmp_path_factory.mktemp("files")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=folder), transaction.atomic():
        load_world()
        yield folder
        transaction.set_rollback(True)
