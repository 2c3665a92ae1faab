"""How each constraint of an objection is tried to be broken."""

from __future__ import annotations

from decisions.models import Beschikking, Objection, ObjectionPause
from grants.project.demo.objections import Objector


def objection_of(life, state="obj_registered", **values):
    """An objection in a state, past the services, with one thing that cannot be."""
    made = Objector(life).register()
    found = Objection.objects.filter(id=made.id)
    found.update(state=state, **values)
    return made


def decided(life, state="obj_decided", **values):
    """A decided objection that is whole but for `values`."""
    given = {"decision": Beschikking.objects.get(application=life.id), "outcome": "unfounded", "report": "gehoord", **values}
    return objection_of(life, state, **given)


def twice(life):
    first = Objector(life).register()
    again = Objection.objects.get(id=first.id)
    again.pk = again._meta.pk.get_default()
    again.deadline = None
    again._state.adding = True
    again.save(force_insert=True)


def pause_of(life, **values):
    made = Objector(life).register()
    given = {"kind": "completion", "first_day": "2026-05-01", "last_day": "2026-05-02", **values}
    ObjectionPause.objects.create(objection=made, event_id=made.event_id, **given)


OBJECTION_BREAKS = {
    "objection_known_state": lambda life: objection_of(life, "verloren"),
    "one_open_objection_per_decision": twice,
    "objection_posted_before_received": lambda life: objection_of(life, posted_on="2999-01-01"),
    "objection_told_of_a_committee": lambda life: objection_of(life, committee_told_on="2026-05-01"),
    "objection_repair_has_a_term": lambda life: objection_of(life, "obj_repair", repair_asked_on="2026-05-01", repair_last_day="2026-05-01"),
    "objection_hearing_has_a_moment": lambda life: objection_of(life, "obj_hearing_planned", hearing_at="2026-05-01T10:00:00Z", hearing_place="hier"),
    "objection_heard_has_a_report": lambda life: objection_of(life, "obj_heard"),
    "objection_lawful_waiver": lambda life: objection_of(life, waived_ground="7:3(z)"),
    "objection_advised_by_a_committee": lambda life: objection_of(life, "obj_advised", advice="ja", advised_on="2026-05-01"),
    "objection_deviation_has_a_reason": lambda life: objection_of(life, advice_followed=False),
    "objection_adjourned_six_weeks_at_most": lambda life: objection_of(life, adjourned_weeks=7, adjourned_on="2026-05-01"),
    "objection_known_outcome": lambda life: objection_of(life, outcome="gelijk"),
    "objection_withdrawn_is_an_outcome": lambda life: objection_of(life, "obj_withdrawn"),
    "objection_decided_by_a_decision": lambda life: decided(life, decision=None),
    "objection_heard_or_waived_before_deciding": lambda life: decided(life, report=""),
    "objection_appeal_has_a_reference": lambda life: decided(life, "appeal_pending", appeal_notice_on="2026-06-01"),
    "objection_judgment_is_told": lambda life: decided(
        life, "appeal_decided", appeal_notice_on="2026-06-01", court_reference="ROE 26/1", judged_on="2026-07-01"
    ),
    "objection_pause_known_kind": lambda life: pause_of(life, kind="vakantie"),
    "objection_pause_in_order": lambda life: pause_of(life, last_day="2026-04-30"),
}
