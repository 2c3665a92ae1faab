"""What an applicant reads of a case: what happens now and who is at work, and what there is to do by when. Pure.

A higher floor tells which page answers a term of its own, by `answered_by`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from grants.applications.models import Application, Deadline
from grants.applications.statuses import Status

APPLICANT, PROVINCE, NOBODY = "applicant", "province", "nobody"
AT_WORK = {
    APPLICANT: gettext_lazy("U bent aan zet"),
    PROVINCE: gettext_lazy("Wij zijn aan zet"),
    NOBODY: gettext_lazy("Er hoeft nu niets te gebeuren"),
}
"""Who is at work, as the page says it."""

S = Status
NOW: dict[str, tuple[str, Any]] = {
    S.DRAFT: (APPLICANT, gettext_lazy("U vult uw aanvraag in. Wij zien haar pas als u haar instuurt.")),
    S.RECEIVED: (PROVINCE, gettext_lazy("Wij kijken of uw aanvraag volledig is en beoordelen uw plan.")),
    S.AWAITING_COMPLETION: (APPLICANT, gettext_lazy("Wij missen nog iets in uw aanvraag. Tot u dat stuurt, staat onze beslistermijn stil.")),
    S.FORWARDED: (NOBODY, gettext_lazy("Wij gaan niet over uw aanvraag. Wij hebben haar doorgestuurd naar wie er wel over gaat.")),
    S.WITHDRAWN: (NOBODY, gettext_lazy("U hebt uw aanvraag ingetrokken. Wij doen er niets meer mee.")),
    S.NOT_HANDLED: (NOBODY, gettext_lazy("Wij behandelen uw aanvraag niet. In ons besluit staat waarom.")),
    S.ASSESSED: (PROVINCE, gettext_lazy("Wij hebben uw plan beoordeeld. Nu bereiden wij het besluit voor.")),
    S.AWAITING_VIEW: (APPLICANT, gettext_lazy("Wij zijn van plan een besluit te nemen dat voor u tegenvalt. U mag daar eerst op reageren.")),
    S.REJECTED: (NOBODY, gettext_lazy("U krijgt geen subsidie. In ons besluit staat waarom, en wat u kunt doen.")),
    S.VERLEEND: (APPLICANT, gettext_lazy("U krijgt subsidie en kunt uw plan uitvoeren. Meld het ons als er iets verandert.")),
    S.REPORT_OVERDUE: (APPLICANT, gettext_lazy("Uw plan moet klaar zijn. Wij wachten op uw verantwoording.")),
    S.REPORT_RECEIVED: (PROVINCE, gettext_lazy("Wij kijken naar uw verantwoording. Daarna stellen wij vast hoeveel subsidie u krijgt.")),
    S.REPORT_INCOMPLETE: (APPLICANT, gettext_lazy("Wij missen nog iets in uw verantwoording. Tot u dat stuurt, staat onze beslistermijn stil.")),
    S.VASTGESTELD: (NOBODY, gettext_lazy("Het staat vast hoeveel subsidie u krijgt.")),
    S.GRANT_WITHDRAWN: (NOBODY, gettext_lazy("Wij hebben uw subsidie ingetrokken. In ons besluit staat waarom.")),
    S.SETTLEMENT_WITHDRAWN: (NOBODY, gettext_lazy("Wij hebben de vaststelling ingetrokken. In ons besluit staat waarom.")),
    S.CLOSED: (NOBODY, gettext_lazy("Uw zaak is klaar.")),
}
"""For each status: who is at work, and one sentence on what happens now."""


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing for the applicant to do. `last_day` is None when no term runs; `when` says it in words, with the days left."""

    sentence: str
    button: str
    address: str
    last_day: date | None = None
    when: str = ""
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """How a term of the applicant is answered: what is asked, and on which page."""

    sentence: Any
    button: Any
    page: str


_answers: dict[str, Answer] = {
    "RECOVERY_TERM": Answer(gettext_lazy("Stuur wat wij in uw aanvraag missen."), gettext_lazy("Aanvullen"), "applications:complete"),
    "RECOVERY_TERM_REPORT": Answer(gettext_lazy("Stuur wat wij in uw verantwoording missen."), gettext_lazy("Verantwoording aanvullen"), "applications:account"),
    "REPORT_DUE": Answer(gettext_lazy("Laat zien wat u met de subsidie hebt gedaan."), gettext_lazy("Verantwoorden"), "applications:account"),
    "REPORT_REMINDER": Answer(gettext_lazy("Stuur uw verantwoording alsnog. Anders stellen wij zelf een bedrag vast."), gettext_lazy("Verantwoorden"), "applications:account"),
    "PROGRESS_DUE": Answer(gettext_lazy("Laat weten hoe het met uw plan gaat."), gettext_lazy("Voortgang melden"), "applications:progress"),
    "SAMPLE_TERM": Answer(gettext_lazy("Laat zien wat er van uw plan is geworden. In onze brief staat wat wij vragen."), gettext_lazy("Bestanden sturen"), "applications:upload"),
}


def answered_by(rule: str, answer: Answer) -> None:
    """A higher floor says which page answers a term that an applicant has."""
    _answers[rule] = answer


def now_of(application: Application) -> tuple[str, str]:
    """(who is at work, what happens now); after the plan is settled and paid the sentence stays true."""
    who, sentence = NOW[Status(application.status)]
    return who, str(sentence)


def duties_of(application: Application, running: Iterable[Deadline], day: date) -> list[Duty]:
    """What there is to do, the nearest day first. `running` are the terms of the case that have not ended."""
    if application.status == Status.DRAFT:
        closes = application.scheme.closes_on
        words = days_words(closes, day) if closes else ""
        address = reverse("applications:fill-in", args=[application.pk])
        return [Duty(_("Maak uw aanvraag af en stuur haar in."), _("Verder met invullen"), address, closes, words, bool(closes and closes < day))]
    newest: dict[str, Deadline] = {}
    for term in running:
        answer = _answers.get(term.rule)
        if answer is None or term.ended_on is not None:
            continue
        known = newest.get(answer.page)
        if known is None or known.last_day < term.last_day:
            newest[answer.page] = term
    found = [_duty(application, _answers[term.rule], term, day) for term in newest.values()]
    return sorted(found, key=lambda duty: duty.last_day or date.max)


def _duty(application: Application, answer: Answer, term: Deadline, day: date) -> Duty:
    address = reverse(answer.page, args=[application.pk])
    return Duty(str(answer.sentence), str(answer.button), address, term.last_day, days_words(term.last_day, day), term.last_day < day)


def days_words(last_day: date, day: date) -> str:
    """How long there is still, or by how many days it is late."""
    left = (last_day - day).days
    if left == 0:
        return _("vandaag is de laatste dag")
    if left < 0:
        return ngettext("%(n)s dag te laat", "%(n)s dagen te laat", -left) % {"n": -left}
    return ngettext("nog %(n)s dag", "nog %(n)s dagen", left) % {"n": left}


