"""A database of an earlier release takes the new tables, with its triggers in place before and after."""

from __future__ import annotations

from tests.services.databases import environment, run_well

FILL = """
import django; django.setup()
from django.db import connection
from grants.kernel import triggers
connection.cursor().execute(
    "INSERT INTO grants_scheme (code, title, bundle, is_historical, is_demo) VALUES ('S', 'S', '', 1, 1)")
connection.cursor().execute(
    "INSERT INTO grants_ceiling (code, scheme_id, period_start, period_end, amount, held, committed, excess, is_demo)"
    " VALUES ('C', 'S', '2026-01-01', '2026-12-31', 10, 0, 4, 0, 1)")
assert "verleend_ledger_adds_up" not in triggers.missing(connection)
"""
LOOK = """
import django; django.setup()
from django.db import connection
from grants.budget.models import Ceiling
from grants.kernel import triggers
ceiling = Ceiling.objects.get(code="C")
print(ceiling.committed, ceiling.lapsed, ceiling.available, triggers.missing(connection))
"""


def test_a_ceiling_with_money_on_it_is_carried_over(tmp_path):
    env = environment(f"sqlite:///{tmp_path}/old.sqlite3", tmp_path)
    run_well("manage.py", "migrate", "grants", "0004_ceiling_to_the_cent", "-v", "0", env=env)
    run_well("-c", FILL, env=env)
    run_well("manage.py", "migrate", "-v", "0", env=env)
    assert run_well("-c", LOOK, env=env).strip() == "4.00 0.00 6.00 []"
