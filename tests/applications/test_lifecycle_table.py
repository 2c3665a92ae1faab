"""The table of acts as a whole."""

from __future__ import annotations

import re
from pathlib import Path

from grants.applications.lifecycle.table import rows
from grants.applications.register.reading import CODES
from grants.applications.statuses import FINAL, Status

TABLE = {row.name: row for row in rows()}
REGISTER_TABLE = Path(__file__).resolve().parents[2] / "docs" / "registercodes.md"


def test_every_number_from_t01_to_t63_is_there_once():
    numbers = [row.act.number for row in rows()]
    assert sorted({number[:3] for number in numbers}) == [f"T{n:02d}" for n in (*range(1, 60), 62, 63, 95, 97)]
    assert len(set(numbers)) == len(numbers)


def test_every_status_has_a_way_in_and_every_non_final_one_a_way_out():
    for status in Status:
        ways_in = [r for r in rows() if status in r.targets and r.name != "import_event"]
        assert ways_in, status
        if status not in FINAL and status != Status.CLOSED:
            assert [r for r in rows() if status in r.sources and r.targets and set(r.targets) != {status}], status


def test_final_states_only_close_or_are_opened_by_an_objection():
    beside = {"annul_event", "import_event"}
    for status in FINAL:
        leaving = {r.name for r in rows() if status in r.sources and r.targets and set(r.targets) != {status}} - beside
        allowed = {"close"}
        if status in (Status.REJECTED, Status.NOT_HANDLED):
            allowed |= {"reconsider", "grant_in_objection", "settle_directly_in_objection"}
        allowed |= {Status.GRANT_WITHDRAWN: {"revive_grant"}, Status.SETTLEMENT_WITHDRAWN: {"revive_settlement"}}.get(status, set())
        assert leaving == allowed, status
    closed = {r.name for r in rows() if Status.CLOSED in r.sources and r.targets and set(r.targets) != {Status.CLOSED}} - beside
    assert closed == {"reopen"}


def test_every_decision_has_a_letter_and_the_guards_of_signing():
    for row in rows():
        if row.act.decision:
            names = {guard.__name__ for guard in row.act.guards}
            assert row.act.letter and {"mandate_and_four_eyes", "elements_present", "channel_allowed"} <= names, row.name


def test_the_documented_register_codes_are_those_of_the_code():
    written = dict(re.findall(r"^\| T\d+b? \| `(\w+)` \| `?([\w-]+)`? \|", REGISTER_TABLE.read_text(), re.MULTILINE))
    deciding = {r.name: r.act.register_code or "-" for r in rows() if r.act.decision}
    assert written == deciding
    assert {code for code in written.values() if code != "-"} <= set(CODES)
