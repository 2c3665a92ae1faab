"""One act on many cases: each case in a transaction of its own, by the same service as a single case.

What cannot be done to one case leaves the others alone, and says why. A run has an id that came with the form, so that a
second click does nothing twice; its outcomes are written with the acts, so that they are right even if the process dies.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import structlog
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from decisions.models import Beschikking, BulkOutcome, BulkRun
from decisions.services import assessing, assigning, deciding
from grants.applications.lifecycle.door import ActError, act_named, can_start
from grants.applications.models import Application, NoScheme
from grants.applications.services import handling
from grants.applications.services.locking import locked_case
from grants.kernel.actor import Actor
from grants.kernel.models import User
from grants.kernel.recording import recording
from grants.kernel.roles import Role
from letters.models import Letter

log = structlog.get_logger(__name__)

MOST = 50
"""As many as a page of the list shows."""
Values = dict[str, Any]


class NotNow(ActError):
    """This case cannot take part in the act; `str()` is a sentence for people."""


@dataclass(frozen=True, slots=True)
class BulkAct:
    """An act that can be asked for many cases. `roles` may ask it; `starts` is the act of the table that the case must be
    able to start; `most` keeps the request short; `run` does it to one locked case, by the service of a single case.
    """

    name: str
    label: Any
    result: Any
    act: str
    starts: str
    run: Callable[[Application, Actor, Values], object]
    most: int = MOST

    @property
    def roles(self) -> frozenset[Role]:
        return act_named(self.act).roles


@dataclass(frozen=True, slots=True)
class Chosen:
    """A case as somebody saw it on the list: `token` changes with every act on the case."""

    id: UUID
    token: str


@dataclass(frozen=True, slots=True)
class Line:
    """One case on the page that asks for confirmation; `problem` is why it would not be done ('' when it would)."""

    application: Application
    problem: str


def token_of(application: Application) -> str:
    """A mark of the state in which somebody saw the case."""
    return f"{application.last_event_at.timestamp():.6f}"


def _claim(application: Application, actor: Actor, values: Values) -> object:
    return assigning.assign(application_id=application.pk, handler=actor.person, expected=application.handler_id, actor=actor)


def _assign(application: Application, actor: Actor, values: Values) -> object:
    return assigning.assign(application_id=application.pk, handler=values["handler"], expected=application.handler_id, actor=actor)


def _give_back(application: Application, actor: Actor, values: Values) -> object:
    return assigning.assign(application_id=application.pk, handler=None, expected=application.handler_id, actor=actor)


def _mark_complete(application: Application, actor: Actor, values: Values) -> object:
    if application.complete_on is not None:
        raise NotNow("Deze aanvraag is al compleet verklaard.")
    return handling.mark_complete(application_id=application.pk, actor=actor)


def _confirm(application: Application, actor: Actor, values: Values) -> object:
    return assessing.confirm_assessment(application_id=application.pk, actor=actor)


def _remind(application: Application, actor: Actor, values: Values) -> object:
    return handling.send_reminder(application_id=application.pk, actor=actor)


def _refuse(application: Application, actor: Actor, values: Values) -> object:
    """Draft a refusal with the shared reasons. The ground must be one of this case's own scheme; each case gets its own letter."""
    texts = {ground.code: f"{ground.text} ({ground.article})" for ground in application.definition.refusal_grounds}
    if values["ground"] not in texts:
        raise NotNow("De regeling van deze zaak kent deze grond niet. Stel het besluit voor deze zaak apart op.")
    shared = {name: values[name] for name in ("ground", "motivation", "proportionality")}
    decision = deciding.prepare(
        application_id=application.pk, act="reject", actor=actor, values={"amount": None, "ground_text": texts[values["ground"]], **shared}
    )
    if values["view_not_required"]:
        assessing.note_view_not_required(application_id=application.pk, about="reject", reason=values["view_not_required"])
    return decision


def _sign(application: Application, actor: Actor, values: Values) -> object:
    """Sign the reviewed decision of the case. The mandate is checked for each case on its own."""
    decision = Beschikking.objects.filter(application=application, state=Beschikking.State.REVIEWED).first()
    if decision is None:
        raise NotNow("In deze zaak ligt geen getoetst besluit om te ondertekenen.")
    return deciding.sign(decision_id=decision.pk, actor=actor)


ACTS = {
    act.name: act
    for act in (
        BulkAct("claim", _("Op mijn naam zetten"), _("komt op uw naam"), "assign", "assign", _claim),
        BulkAct("assign", _("Toewijzen aan"), _("krijgt deze behandelaar"), "assign", "assign", _assign),
        BulkAct("give_back", _("Teruggeven aan het team"), _("krijgt geen behandelaar"), "assign", "assign", _give_back),
        BulkAct("mark_complete", _("Compleet verklaren"), _("wordt compleet verklaard"), "mark_complete", "mark_complete", _mark_complete),
        BulkAct("confirm", _("Beoordeling bevestigen"), _("de beoordeling wordt afgesloten"), "assess", "assess", _confirm),
        BulkAct("refuse", _("Afwijzing opstellen"), _("krijgt een conceptafwijzing, die nog wordt getoetst en ondertekend"), "prepare_decision", "reject", _refuse),
        BulkAct("remind", _("Rappel sturen"), _("de ontvanger krijgt een rappel"), "send_reminder", "send_reminder", _remind),
        BulkAct("sign", _("Besluit ondertekenen"), _("het getoetste besluit wordt ondertekend"), "sign_decision", "sign_decision", _sign, most=20),
    )
}
NEEDS = {"assign": frozenset({Role.CASE_HANDLER, Role.MANDATE_HOLDER}), "claim": frozenset({Role.CASE_HANDLER}), "confirm": frozenset({Role.REVIEWER}),
         "refuse": frozenset({Role.CASE_HANDLER}), "sign": frozenset({Role.MANDATE_HOLDER})}
"""Where fewer people may ask it for many than for one."""


def allowed_roles(act: BulkAct) -> frozenset[Role]:
    return NEEDS.get(act.name, act.roles)


def acts_for(user: User) -> list[BulkAct]:
    """What this person may ask for many cases at once."""
    held = user.roles()
    return [act for act in ACTS.values() if held & allowed_roles(act)]


def lines(act: BulkAct, chosen: Sequence[Chosen], user: User) -> list[Line]:
    """What would happen to each chosen case, in the order chosen; one query, whatever their number. The services check the
    rest when it is done. Cases that the person may not see are left out: they do not exist for them.
    """
    visible = Application.objects.visible_to_official(user).exclude(status="draft").select_related("scheme", "applicant", "handler")
    found = visible.defer("summary", "draft_answers").in_bulk([one.id for one in chosen])
    return [Line(found[one.id], problem_of(act, found[one.id], one.token, user)) for one in chosen if one.id in found]


def problem_of(act: BulkAct, application: Application, token: str, user: User) -> str:
    """Why this case cannot take part, as far as the case itself shows it; '' when it can."""
    if token != token_of(application):
        return "Deze zaak is veranderd sinds u de lijst opende. Bekijk de zaak en kies haar opnieuw."
    if not user.roles(application.scheme_id) & allowed_roles(act):
        return "U mag dit niet doen in zaken van deze regeling."
    if not can_start(application, act.starts):
        return f"Dit kan niet: de zaak is nu {application.get_status_display()}."
    if application.version_id is None:
        return "Deze zaak is ingelezen uit een register. Dit kan hier niet."
    if act.name == "claim" and application.handler_id == user.pk:
        return assigning.YOURS
    return ""


def run(*, run_id: UUID, act: BulkAct, chosen: Sequence[Chosen], user: User, values: Values) -> BulkRun:
    """Do the act to each case, each in a transaction of its own. With an id that was used before, nothing happens again."""
    try:
        with transaction.atomic():
            started = BulkRun(id=run_id, user=user, act=act.name, asked=len(chosen))
            started.save(force_insert=True)
    except IntegrityError:
        return BulkRun.objects.get(id=run_id)
    visible = Application.objects.visible_to_official(user).exclude(status="draft")
    for one in chosen:
        application = visible.filter(id=one.id).first()
        if application is not None:
            _one(started, act, application, one.token, user, values)
    return started


def _one(started: BulkRun, act: BulkAct, application: Application, token: str, user: User, values: Values) -> None:
    try:
        with recording() as unit:
            before = len(unit.pending)
            deciding.lock_ceiling(application)  # lock order: ceiling, application, event chain
            locked = locked_case(application.pk)
            problem = problem_of(act, locked, token, user)
            if problem:
                raise NotNow(problem)
            held = user.roles(locked.scheme_id) & allowed_roles(act)
            act.run(locked, Actor(user=user, role=min(held)), values)
            outcome = BulkOutcome.objects.create(run=started, application=locked, done=True)
            outcome.letters.set(Letter.objects.filter(event__in=[event.id for event in unit.pending[before:]]))
    except (ActError, NoScheme) as error:
        BulkOutcome.objects.create(run=started, application=application, done=False, text=str(error))
    except Exception:
        # A fault in one case is no reason to stop the others, nor to leave its reader without a word.
        log.exception("bulk_act_failed", act=act.name, case=application.case_number)
        text = "Er ging iets mis. In deze zaak is niets veranderd. Probeer het op de pagina van de zaak, of vraag de beheerder."
        BulkOutcome.objects.create(run=started, application=application, done=False, text=text)
