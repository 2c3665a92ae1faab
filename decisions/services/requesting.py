"""An applicant asks for an advance, or for more time to give a view; and what we answer."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from decisions.models import ApplicantRequest, Beschikking, View
from decisions.models.requesting import RequestState
from decisions.paid import advance_room
from decisions.request_guards import RequestFacts
from grants.applications import deadlines
from grants.applications.beside import perform_beside
from grants.applications.lifecycle.door import ActError, Mark
from grants.applications.messages import services as messages
from grants.applications.models import Application
from grants.applications.services.locking import locked_case
from grants.applications.statuses import Status
from grants.kernel import clock
from grants.kernel.actor import Actor
from grants.kernel.recording import recording
from grants.law.formats import euro, long_date
from grants.schemes.reading import arrangement_for

Kind = ApplicantRequest.Kind


class RequestRefused(ActError):
    """The request cannot be answered so; `str()` says why and what to do."""


def ask_advance(*, application_id: UUID, amount: Decimal, text: str, actor: Actor, day: date | None = None) -> ApplicantRequest:
    """Ask for an advance beside those in the grant (Awb 4:95). Raises Refused when the scheme or the grant leaves none."""
    day = day or clock.today()
    with recording():
        application = locked_case(application_id)
        refusal = advance_refusal(application, amount)
        made = ApplicantRequest(application=application, kind=Kind.ADVANCE, text=text.strip(), amount=amount, asked_on=day, asked_by=actor.person)
        perform_beside(made, "make_request", RequestFacts(reason=text, refusal=refusal), actor, day, Mark(data={"kind": Kind.ADVANCE.value}))
    return made


def ask_more_time(*, application_id: UUID, text: str, actor: Actor, day: date | None = None) -> ApplicantRequest:
    """Ask for more time to give a view that we asked for (Awb 4:9)."""
    day = day or clock.today()
    with recording():
        application = locked_case(application_id)
        view = open_view(application)
        refusal = "" if view else "Wij vroegen u niet om een reactie, of die is al binnen. Meer tijd is dan niet nodig."
        if view is not None and view.last_day is not None and view.last_day < day:
            refusal = f"U kon reageren tot en met {long_date(view.last_day)}. Stuur uw reactie alsnog, of stuur ons een bericht."
        made = ApplicantRequest(application=application, kind=Kind.VIEW_TIME, text=text.strip(), view=view, asked_on=day, asked_by=actor.person)
        refusal = refusal or _still_open(application, Kind.VIEW_TIME)
        facts = RequestFacts(reason=text, refusal=refusal, is_about_time=True)
        perform_beside(made, "make_request", facts, actor, day, Mark(data={"kind": Kind.VIEW_TIME.value}))
    return made


def give_time(*, request_id: UUID, new_last_day: date, answer: str, actor: Actor, day: date | None = None) -> ApplicantRequest:
    """The applicant gets more time: the term of the view moves, and a message says until when."""
    day = day or clock.today()
    with recording():
        found = locked_request(request_id)
        if found.kind != Kind.VIEW_TIME or found.view is None:
            raise RequestRefused("Dit verzoek gaat niet over meer tijd.")
        view = View.objects.select_for_update().get(pk=found.view.pk)
        if view.received_on is not None:
            raise RequestRefused("De reactie is al binnen. Meer tijd is niet meer nodig.")
        facts = RequestFacts(is_about_time=True, present_last_day=view.last_day, new_last_day=new_last_day)
        found.answer, found.new_last_day, found.answered_on, found.answered_by = answer.strip(), new_last_day, day, actor.person
        perform_beside(found, "grant_request", facts, actor, day)
        view.last_day = new_last_day
        view.save(update_fields=["last_day"])
        found.application.deadlines.filter(rule="VIEW_TERM", ended_by__isnull=True).update(last_day=new_last_day, raw_end=new_last_day)
        told = f"U krijgt meer tijd om te reageren: tot en met {long_date(new_last_day)}."
        messages.write(application_id=found.application_id, text=f"{told} {answer.strip()}".strip(), actor=actor)
    return found


def refuse(*, request_id: UUID, answer: str, actor: Actor, day: date | None = None) -> ApplicantRequest:
    """No more time. An advance is never refused here: that is a decision of its own, open to objection (Awb 1:3, 4:95)."""
    day = day or clock.today()
    with recording():
        found = locked_request(request_id)
        if found.kind == Kind.ADVANCE:
            raise RequestRefused(
                "Een voorschot weigeren is een besluit, waartegen bezwaar kan. Dat gaat niet met dit formulier. Stel het besluit 'Geen voorschot geven' op."
            )
        found.answer, found.answered_on, found.answered_by = answer.strip(), day, actor.person
        perform_beside(found, "refuse_request", RequestFacts(reason=answer, is_about_time=True), actor, day)
        messages.write(application_id=found.application_id, text=f"U krijgt niet meer tijd om te reageren. {answer.strip()}", actor=actor)
    return found


def withdraw(*, request_id: UUID, actor: Actor, day: date | None = None) -> ApplicantRequest:
    """The applicant no longer asks for it."""
    with recording():
        found = locked_request(request_id)
        perform_beside(found, "withdraw_request", RequestFacts(), actor, day or clock.today())
    return found


def decision_sent(application: Application, decision: Beschikking, day: date) -> None:
    """A decision was sent: one that gives an advance answers the request for it; one that ends the matter ends what was asked."""
    if decision.act == "grant_advance":
        for found in _open(application, Kind.ADVANCE):
            found.answered_on, found.answered_by = day, decision.signed_by
            found.answer = f"U krijgt een voorschot van {euro(decision.amount)}." if decision.amount is not None else ""
            perform_beside(found, "grant_request", RequestFacts(decided_on=day), Actor.system(), day, Mark(data={"decision": str(decision.id)}))
    elif decision.act == "refuse_advance":
        _end(application, Kind.ADVANCE, "U krijgt geen voorschot. In ons besluit staat waarom, en wat u kunt doen.", day)
    elif application.status != Status.VERLEEND:
        _end(application, Kind.ADVANCE, "Wij namen een eindbesluit over uw subsidie. Een voorschot is dan niet meer aan de orde.", day)
    view_is_over(application, day, "Wij namen het besluit. Uw verzoek om meer tijd is daarom niet meer aan de orde.")


def view_is_over(application: Application, day: date, why: str = "Uw reactie is binnen, of de termijn is voorbij.") -> None:
    """Nothing waits for a view any more: a request for more time ends."""
    if open_view(application) is None:
        _end(application, Kind.VIEW_TIME, why, day)


def _open(application: Application, kind: str) -> list[ApplicantRequest]:
    rows = list(ApplicantRequest.objects.select_for_update().filter(application=application, kind=kind, state=RequestState.ASKED))
    for row in rows:
        row.application = application
    return rows


def _end(application: Application, kind: str, why: str, day: date) -> None:
    for found in _open(application, kind):
        found.answer, found.answered_on = why, day
        perform_beside(found, "refuse_request", RequestFacts(reason=why), Actor.system(), day)


def advance_refusal(application: Application, amount: Decimal | None = None) -> str:
    """Why no advance can be asked for now, in Dutch; '' when one can. With an amount: also whether there is room for it."""
    if application.status != Status.VERLEEND or application.granted_amount is None or application.version is None:
        return "Een voorschot kunt u alleen vragen zolang uw subsidie loopt."
    arrangement = arrangement_for(application.version.definition, application.granted_amount)
    if arrangement is None or not arrangement.advance_on_request:
        return "Bij deze subsidie kunt u geen extra voorschot vragen. In uw besluit staat wat u wanneer krijgt."
    room = advance_room(application)
    if room <= 0:
        return "Alles wat u kunt krijgen, is al betaald of gepland."
    if amount is not None and not 0 < amount <= room:
        return f"U kunt een voorschot vragen tot en met {euro(room)}. Dat is wat nog niet is betaald of gepland. Vul een lager bedrag in."
    return _still_open(application, Kind.ADVANCE)


def _still_open(application: Application, kind: str) -> str:
    is_open = ApplicantRequest.objects.filter(application=application, kind=kind, state=RequestState.ASKED).exists()
    return "U hebt dit al gevraagd. Wij zijn nog bezig met ons antwoord." if is_open else ""


def open_view(application: Application) -> View | None:
    """The view that was asked for and did not come yet; None when nothing waits for an answer."""
    if deadlines.current(application, "VIEW_TERM") is None:
        return None
    return View.objects.filter(application=application, asked_on__isnull=False, received_on=None).order_by("id").last()


def locked_request(request_id: UUID) -> ApplicantRequest:
    """The request with its case, locked in the order of the house: case first."""
    application = locked_case(ApplicantRequest.objects.values_list("application_id", flat=True).get(id=request_id))
    found: ApplicantRequest = ApplicantRequest.objects.select_for_update(of=("self",)).select_related("view").get(id=request_id)
    found.application = application
    return found


def open_matters_of(application: Application) -> tuple[str, ...]:
    """What keeps the case open: a request that waits for an answer."""
    return ("een verzoek van de aanvrager",) if ApplicantRequest.objects.filter(application=application, state=RequestState.ASKED).exists() else ()
