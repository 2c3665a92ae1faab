"""Random histories of cases: what SQL counts equals a reading of the definition in a few lines of Python."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grants.figures.counting.tally import Parameters, numerator_cases, tally
from grants.figures.definition import Filter, IndicatorDefinition, Wording
from grants.kernel.models import Chain, Event
from grants.schemes.models import Goal

pytestmark = pytest.mark.django_db

DAY = date(2025, 1, 1)
CODES = ("aanvraag_ontvangen", "concept", "verleend", "direct_vastgesteld", "verlening_gewijzigd", "vastgesteld", "afgewezen",
         "buiten_behandeling", "aanvraag_ingetrokken", "verlening_ingetrokken", "vaststelling_gewijzigd", "vaststelling_ingetrokken",
         "kenmerk_gecorrigeerd", "herroeping")
DECISIONS = {"verleend", "direct_vastgesteld", "afgewezen", "buiten_behandeling"}

events = st.fixed_dictionaries(
    {
        "code": st.sampled_from((*CODES, "verleend", "verleend", "verlening_ingetrokken", "verlening_ingetrokken", "direct_vastgesteld")),
        "day": st.integers(0, 40),
        "known": st.integers(0, 40),
        "amount": st.one_of(st.none(), st.integers(0, 900_00)),
        "goals": st.sampled_from(["", "S1", "S1|S2", "F1", "S2|F1"]),
        "form": st.sampled_from(["project", "structureel"]),
        "bundle": st.sampled_from(["LEEFB", "LEEFB", "LEEFB", "LEEFB", "ANDERS"]),
        "annuls": st.integers(0, 5),
    }
)
registers = st.lists(st.lists(events, min_size=1, max_size=6), min_size=1, max_size=6)
asked = st.fixed_dictionaries(
    {
        "start": st.one_of(st.just(-5), st.integers(-5, 30)),
        "reference": st.one_of(st.just(45), st.integers(0, 45)),
        "known": st.one_of(st.just(45), st.integers(0, 45)),
        "gross": st.booleans(),
    }
)


def definition(counts: str, amount: str) -> IndicatorDefinition:
    return IndicatorDefinition(
        format=1, code="proef", version=1, title="Proef", description="Proef", owner="Proef", measure="share", counts=counts, amount=amount,
        population=Filter(bundles=("LEEFB",)), numerator=Filter(forms=("project",), goals=("S1", "S2")), wording=Wording(things="zaken"),
    )


def moment(day: int) -> datetime:
    return datetime(2025, 1, 1, tzinfo=UTC) + timedelta(days=day)


def store(register: list[list[dict]]) -> dict[str, list[dict]]:
    """Put the histories in the database; answers them by case number, each event with its id."""
    cases: dict[str, list[dict]] = {}
    sequence = 0
    for number, rows in enumerate(register):
        chain = Chain.objects.create(label=f"Z{number:03}", length=len(rows))
        made: list[Event] = []
        for place, row in enumerate(rows):
            sequence += 1
            target = made[row["annuls"] % len(made)] if row["code"] == "herroeping" and made else None
            code = row["code"] if target or row["code"] != "herroeping" else "concept"
            event = Event(
                id=uuid.uuid5(uuid.NAMESPACE_OID, f"{number}-{place}"), chain=chain, position=place + 1, sequence=sequence, act="import", to_status="received", role="system",
                valid_on=DAY + timedelta(days=row["day"]), known_at=moment(row["known"]), recorded_at=moment(100), register_code=code,
                amount=None if row["amount"] is None else Decimal(row["amount"]) / 100, scheme_code="A", bundle=row["bundle"], subsidy_form=row["form"],
                goals=row["goals"], received_on=DAY + timedelta(days=number), annuls=target, hash="x",
            )
            made.append(event)
            cases.setdefault(chain.label, []).append({**row, "code": code, "id": str(event.id), "target": str(target.id) if target else ""})
        Event.objects.bulk_create(made)
    return cases


def plain_reading(cases: dict[str, list[dict]], counts: str, amount: str, p: dict) -> tuple[list[str], list[str], int]:
    """The definition, read as it is written: numerator, denominator, and the amount of the denominator in cents."""
    numerator, denominator, total = [], [], 0
    for number, rows in cases.items():
        known = sorted((r for r in rows if r["known"] < p["known"]), key=lambda r: (r["known"], r["id"]))
        gone = set()
        for row in reversed(known):
            if row["code"] == "herroeping" and row["id"] not in gone:
                gone.add(row["target"])
        works = sorted((r for r in known if r["id"] not in gone and r["code"] != "herroeping"), key=lambda r: (r["day"], r["known"], r["id"]))
        valid = [r for r in works if r["day"] < p["reference"]]
        granted = first = settled = None
        money = {"granted": 0, "settled": 0, "requested": 0}
        full = direct = False
        for row in valid:
            code, cents = row["code"], row["amount"]
            if code in ("verleend", "direct_vastgesteld"):
                granted, full, direct = row["day"] if granted is None else granted, full or code == "verleend", code == "direct_vastgesteld"
            elif not p["gross"] and (code == "verlening_ingetrokken" or (code == "vaststelling_ingetrokken" and not full)):
                granted, full = None, False
            first = row["day"] if first is None and code in DECISIONS else first
            settled = row["day"] if code in ("vastgesteld", "direct_vastgesteld") else settled
            if cents is not None:
                if code in ("verleend", "direct_vastgesteld", "verlening_gewijzigd") or (code == "vaststelling_gewijzigd" and direct):
                    money["granted"] = cents
                if code in ("vastgesteld", "direct_vastgesteld", "vaststelling_gewijzigd"):
                    money["settled"] = cents
                if code == "aanvraag_ontvangen":
                    money["requested"] = cents
            if code == "vaststelling_ingetrokken":
                money["settled"] = 0
        received = int(number[1:]) if int(number[1:]) < p["reference"] and any(r["code"] != "concept" for r in works) else None
        is_open = received is not None and not {r["code"] for r in valid} & (DECISIONS | {"aanvraag_ingetrokken"})
        day = {"granted": granted, "decided": first, "settled": settled, "received": received}.get(counts)
        if not known or known[-1]["bundle"] != "LEEFB" or not (is_open if counts == "open" else day is not None and p["start"] <= day < p["reference"]):
            continue
        denominator.append(number)
        total += money[amount]
        if known[-1]["form"] == "project" and {"S1", "S2"} & set(known[-1]["goals"].split("|")):
            numerator.append(number)
    return sorted(numerator), sorted(denominator), total


@given(registers, asked, st.sampled_from(["granted", "granted", "granted", "decided", "settled", "received", "open"]), st.sampled_from(["granted", "settled", "requested"]))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_sql_counts_what_the_definition_says(db, register, p, counts, amount):
    with transaction.atomic():
        cases = store(register)
        for code in ("S1", "S2", "F1"):
            Goal.objects.get_or_create(code=code, defaults={"label": code, "kind": "social"})
        wanted = definition(counts, amount)
        parameters = Parameters(DAY + timedelta(days=p["start"]), DAY + timedelta(days=p["reference"]), moment(p["known"]), p["gross"])
        numerator, denominator, cents = plain_reading(cases, counts, amount, p)
        found = tally(wanted, parameters).get("")
        counted = (found.numerator, found.denominator, found.denominator_cents) if found else (0, 0, 0)
        assert counted == (len(numerator), len(denominator), cents)
        assert list(numerator_cases(wanted, parameters)) == numerator
        for by in ("form", "municipality", "month", "year"):
            assert sum(part.denominator for part in tally(wanted, parameters, by).values()) == len(denominator)
        transaction.set_rollback(True)
