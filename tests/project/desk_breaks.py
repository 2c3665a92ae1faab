"""How each constraint of notes and advice is tried to be broken."""

from __future__ import annotations

from datetime import timedelta

from decisions.models import AdviceRequest, CaseNote
from grants.kernel import clock


def note_of(life, **values):
    given = {"kind": "note", "text": "x", "author": life.handler.user, "written_at": clock.now(), **values}
    return CaseNote.objects.create(application=life.case, **given)


def corrects_itself(life):
    """The follow-up has a lower number than what it corrects."""
    later = note_of(life)
    note_of(life, id=later.pk - 1, corrects=later)


def advice_of(life, **values):
    given = {
        "state": "asked", "kind": "colleague", "adviser": life.reviewer.user, "question": "Wat vindt u?", "due_on": "2026-02-01", "asked_on": "2026-01-01",
        "asked_by": life.handler.user, **values,
    }
    return AdviceRequest.objects.create(application=life.case, event=life.case.chain.events.get(position=1), **given)


OUTSIDE = {"kind": "statutory", "adviser": None, "expert_name": "A. Deskundige", "organisation": "Erfgoedcommissie"}
DESK_BREAKS = {
    "note_known_kind": lambda life: note_of(life, kind="roddel"),
    "note_says_something": lambda life: note_of(life, text=""),
    "note_of_contact_has_who_and_when": lambda life: note_of(life, kind="call", with_whom="", happened_at=clock.now()),
    "note_written_afterwards": lambda life: note_of(life, happened_at=clock.now() + timedelta(days=1)),
    "note_corrects_an_earlier_one": corrects_itself,
    "advice_known_state": lambda life: advice_of(life, state="verloren"),
    "advice_known_subject": lambda life: advice_of(life, about="het weer"),
    "advice_of_somebody_inside_or_outside": lambda life: advice_of(life, kind="expert"),
    "advice_statutory_has_its_basis": lambda life: advice_of(life, **OUTSIDE),
    "advice_of_another": lambda life: advice_of(life, adviser=life.handler.user),
    "advice_has_a_question": lambda life: advice_of(life, question=""),
    "advice_due_after_it_is_asked": lambda life: advice_of(life, due_on="2025-12-31"),
    "advice_given_is_whole": lambda life: advice_of(life, state="answered", answer="", answered_on="2026-01-02"),
    "advice_withdrawn_has_a_reason": lambda life: advice_of(life, state="withdrawn"),
}
