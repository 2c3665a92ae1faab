"""How each constraint about state aid, outside positions and related cases is tried to be broken."""

from __future__ import annotations

from decimal import Decimal

from applicants.models import Applicant
from decisions.models import AidTest, Beschikking, DeMinimisEntry, OutsidePosition, RelatedKey, Undertaking, UndertakingLink, UndertakingMember

KVK = "12345678"


def tested(life, **values):
    """One more test of the case, past the services."""
    event = life.case.chain.events.order_by("-position").first()
    given = {"number": 9, "answers": [], "verdict": "no_aid", "tested_by": life.handler.user, "tested_on": life.day, **values}
    AidTest.objects.create(application=life.case, event=event, **given)


def member(**values):
    return UndertakingMember.objects.create(**{"undertaking": Undertaking.objects.create(), "kvk_number": KVK, "name": "x", **values})


def entry(life, **values):
    """An entry of the register that is whole but for `values`."""
    decision = Beschikking.objects.get(application=life.id)
    given = {"member": values.get("member") or member(), "kind": "general", "amount": Decimal(1), "granted_on": life.day, "decision": decision, "event": decision.sent_event}
    made = DeMinimisEntry(application=life.case, **{**given, **values})
    made.__dict__["state"] = values.get("state", "to_report")
    made.save(force_insert=True)


def position(life, **values):
    given = {"organisation": "x", "kvk_number": KVK, "position": "x", "valid_from": "2026-01-01", **values}
    OutsidePosition.objects.create(user=life.handler.user, **given)


AID_BREAKS = {
    "aid_test_version_once": lambda life: tested(life, number=1),
    "aid_test_known_verdict": lambda life: tested(life, verdict="misschien"),
    "aid_test_lawful_aid_has_its_number": lambda life: tested(life, verdict="notified"),
    "company_in_one_undertaking": lambda life: [member() for _ in "ab"],
    "applicant_in_one_undertaking": lambda life: [member(kvk_number="", applicant=Applicant.objects.first()) for _ in "ab"],
    "undertaking_member_is_known": lambda life: member(kvk_number=""),
    "undertaking_link_has_a_source": lambda life: UndertakingLink.objects.create(
        member=member(), undertaking=Undertaking.objects.create(), source="", linked_by=life.handler.user, linked_on=life.day
    ),
    "de_minimis_known_state": lambda life: entry(life, state="kwijt"),
    "de_minimis_known_kind": lambda life: entry(life, kind="groot"),
    "de_minimis_ours_or_declared": lambda life: entry(life, decision=None),
    "de_minimis_is_some_money": lambda life: entry(life, amount=Decimal(0)),
    "de_minimis_reported_has_its_day": lambda life: entry(life, state="reported"),
    "outside_position_kvk_8_digits": lambda life: position(life, kvk_number="1234"),
    "outside_position_period_in_order": lambda life: position(life, valid_to="2025-12-31"),
    "related_key_once": lambda life: [RelatedKey.objects.create(application=life.case, kind=1, key="dubbel") for _ in "ab"],
    "related_key_known_kind": lambda life: RelatedKey.objects.create(application=life.case, kind=9, key="x"),
}
