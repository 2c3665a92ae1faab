"""A new address, e-mail address or account: asked over one way, and in force only after a yes over another (T97).

The code goes to the old e-mail address, or in a letter to the old address. Without either, somebody who did not enter the
change calls back, on a number that was known before. Until then nothing is paid to the new account.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password
from stdnum import iban as iban_numbers

from applicants import postcodes
from applicants.models import Applicant, PartyChange
from decisions import party
from decisions.models import PartyReport, PaymentOrder
from decisions.models.paying import PaymentState
from decisions.money_guards import MoneyFacts
from grants.applications.beside import perform_beside
from grants.applications.lifecycle.door import ActError, Mark, act_named, may_perform, perform
from grants.applications.lifecycle.facts import Facts
from grants.applications.models import Application
from grants.applications.services.locking import locked_case
from grants.kernel import clock, outbox
from grants.kernel.actor import Actor
from grants.kernel.recording import recording
from grants.kernel.roles import OUTSIDE, Role
from grants.law.succession import PartyEvent

Kind, State, How = PartyChange.Kind, PartyChange.State, PartyChange.How
FIELDS = {Kind.ADDRESS: ("street", "postcode", "city"), Kind.EMAIL: ("email",), Kind.IBAN: ("iban",)}
MOST_TRIES = 5
CHANGERS = act_named("change_details").roles - OUTSIDE - {Role.SYSTEM}
PRINTERS = frozenset({Role.INTAKE_OFFICER})


class ChangeRefused(ActError):
    """The change cannot be asked or confirmed; `str()` says why and what to do."""


def _may(applicant_id: int, actor: Actor, roles: Collection[Role], what: str) -> None:
    """Who acts for the applicant, or an official with one of `roles` for a scheme in which the applicant has a case. Raises ChangeRefused."""
    if actor.role in OUTSIDE:
        may = Applicant.objects.represented_by(actor.person).filter(id=applicant_id).exists()
    else:
        may = party.serves(actor.person, applicant_id, roles)
    if not may:
        who = ", ".join(sorted(str(role.label) for role in roles))
        raise ChangeRefused(f"U mag {what}. Dit mag: {who}, van een regeling waarbij de aanvrager een zaak heeft.")


def _not_after_death(applicant_id: int, kind: str, actor: Actor) -> None:
    """With the login of somebody who died, nobody moves the money: an official speaks to the heirs first. Raises ChangeRefused."""
    if kind == Kind.IBAN and actor.role in OUTSIDE:
        if PartyReport.objects.in_force().filter(applicant=applicant_id, kind=PartyEvent.DEATH).exists():
            raise ChangeRefused(
                "Wij kregen bericht dat de aanvrager is overleden. Daarom kunt u hier geen ander rekeningnummer doorgeven of bevestigen. "
                "Bent u erfgenaam of executeur? Bel ons. Wij kijken samen wat er nodig is."
            )


def ask(*, applicant_id: int, kind: str, new: dict[str, str], actor: Actor, day: date | None = None) -> PartyChange:
    """Ask for a change. Nothing changes yet; the old e-mail address gets a code, and so a warning. Raises ChangeRefused."""
    day = day or clock.today()
    with recording():
        applicant = Applicant.objects.select_for_update(no_key=True).get(id=applicant_id)
        _may(applicant_id, actor, CHANGERS, "deze wijziging niet invoeren")
        _not_after_death(applicant_id, kind, actor)
        values = {name: " ".join(new.get(name, "").split()) for name in FIELDS[Kind(kind)]}
        if kind == Kind.IBAN:
            values["iban"] = iban_numbers.compact(values["iban"])
            if not iban_numbers.is_valid(values["iban"]):
                raise ChangeRefused("Dit rekeningnummer klopt niet. Kijk het na en vul het opnieuw in.")
        if kind == Kind.ADDRESS:
            try:
                values["postcode"] = postcodes.normal(values["postcode"])
            except postcodes.InvalidPostcode as error:
                raise ChangeRefused(str(error)) from error
        if not all(values.values()):
            raise ChangeRefused("Vul alle gegevens in.")
        old = {name: getattr(applicant, name) for name in values}
        if values == old:
            raise ChangeRefused("Dit zijn de gegevens die wij al hebben. U hoeft niets te doen.")
        same = PartyChange.objects.filter(applicant=applicant, kind=kind, state=State.PENDING)
        if PartyChange.objects.waiting(day).filter(applicant=applicant, kind=kind).exists():
            raise ChangeRefused("Er loopt al een wijziging hiervan. Bevestig of weiger die eerst.")
        same.update(state=State.LAPSED, decided_on=day)
        change = PartyChange.objects.create(
            applicant=applicant, kind=kind, old=old, new=values, asked_on=day, asked_at=clock.now(), entered_by=actor.person
        )
        outbox.enqueue("decisions.change_asked", key=str(change.id), payload={"change": str(change.id)})
    return change


def new_code(change: PartyChange) -> str:
    """A fresh code for a change that waits; an earlier code no longer works. Only its digest is kept."""
    code = f"{secrets.randbelow(10**8):08d}"
    change.code_digest, change.code_sent_at, change.tries = make_password(code), clock.now(), 0
    change.save()
    return code


def print_code(*, change_id: UUID, actor: Actor, day: date | None = None) -> tuple[PartyChange, str]:
    """A code for a letter to the old address; by somebody who did not enter the change. Raises ChangeRefused."""
    with recording():
        change = _waiting(change_id, day or clock.today())
        _may(change.applicant_id, actor, PRINTERS, "deze brief niet maken")
        if change.entered_by_id == actor.person.pk:
            raise ChangeRefused("Wie de wijziging invoert, maakt niet de brief met de code. Laat een collega dat doen.")
        return change, new_code(change)


def confirm_with_code(*, change_id: UUID, code: str, actor: Actor, day: date | None = None) -> PartyChange:
    """The code came back: the change is in force. After five wrong codes only calling back helps. Raises ChangeRefused."""
    day = day or clock.today()
    with recording():
        cases = _cases_of(change_id)
        change = _waiting(change_id, day)
        _may(change.applicant_id, actor, CHANGERS, "deze wijziging niet bevestigen")
        _not_after_death(change.applicant_id, change.kind, actor)
        good = bool(change.code_digest) and change.tries < MOST_TRIES and check_password("".join(code.split()), change.code_digest)
        if good:
            _take_effect(change, cases, How.CODE, "", actor, day)
        elif change.tries < MOST_TRIES:
            change.tries += 1
            change.save()
    if not good:  # the try is stored first: whoever guesses has five
        left = MOST_TRIES - change.tries
        if not left:
            raise ChangeRefused("Er is te vaak een verkeerde code ingevuld. Bel ons: wij bellen u terug op het nummer dat wij al hadden.")
        raise ChangeRefused(f"Deze code klopt niet. U kunt het nog {left} keer proberen.")
    return change


def confirm_by_call(*, change_id: UUID, note: str, actor: Actor, day: date | None = None) -> PartyChange:
    """Somebody who did not enter the change called back and heard a yes. Raises ChangeRefused."""
    day = day or clock.today()
    with recording():
        cases = _cases_of(change_id)
        change = _waiting(change_id, day)
        _may(change.applicant_id, actor, CHANGERS, "deze wijziging niet bevestigen")
        _other_person(change, actor, note)
        _take_effect(change, cases, How.CALL_BACK, note, actor, day)
    return change


def refuse(*, change_id: UUID, note: str, actor: Actor, day: date | None = None) -> PartyChange:
    """The change does not go on: the applicant did not ask for it, or thinks again."""
    day = day or clock.today()
    with recording():
        change = _waiting(change_id, day)
        _may(change.applicant_id, actor, CHANGERS, "deze wijziging niet weigeren")
        if not note.strip():
            raise ChangeRefused("Schrijf op waarom de wijziging niet doorgaat.")
        change.state, change.note, change.decided_by, change.decided_on, change.decided_at = State.REFUSED, note.strip(), actor.person, day, clock.now()
        change.save()
    return change


def _other_person(change: PartyChange, actor: Actor, note: str) -> None:
    if change.entered_by_id == actor.person.pk:
        raise ChangeRefused("Wie de wijziging invoert, bevestigt haar niet. Laat een collega terugbellen.")
    if not note.strip():
        raise ChangeRefused("Schrijf op wie u sprak, op welk nummer, en wat er is gezegd.")


def _cases_of(change_id: UUID) -> list[Application]:
    """The running cases that the change touches, locked before it: a case that ended while we waited for its lock is not among them.

    A case that comes in after this reads the new values from the applicant; locking it now, behind the change, could wait in a circle.
    """
    found = party.running_cases_of(PartyChange.objects.values_list("applicant_id", flat=True).get(id=change_id))
    cases = [locked_case(case_id) for case_id in found.values_list("id", flat=True)]
    return [case for case in cases if case.status not in party.ENDED]


def _waiting(change_id: UUID, day: date) -> PartyChange:
    """The change, locked. Raises ChangeRefused when it no longer waits."""
    change = PartyChange.objects.waiting(day).select_for_update(of=("self",)).select_related("applicant").filter(id=change_id).first()
    if change is None:
        raise ChangeRefused("Deze wijziging wacht niet meer: zij is bevestigd, geweigerd of na vier weken verlopen. Vraag haar zo nodig opnieuw aan.")
    return change


def _take_effect(change: PartyChange, cases: Collection[Application], how: str, note: str, actor: Actor, day: date) -> None:
    """The new values count from now on; what was sent stays as it was, and a checked payment is checked again."""
    applicant = change.applicant
    for name, value in change.new.items():
        setattr(applicant, name, value)
    applicant.save(update_fields=list(change.new))
    change.state, change.how, change.note, change.decided_by = State.CONFIRMED, how, note.strip(), actor.person
    change.decided_on, change.decided_at, change.code_digest = day, clock.now(), ""
    change.save()
    for case in cases:
        who = actor.or_system(may_perform(case, "change_details", actor))
        perform(case, "change_details", Facts(), who, day, Mark(data={"change": str(change.id), "kind": change.kind}))
        if change.kind == Kind.IBAN:
            check_again(case, day)
    outbox.enqueue("decisions.change_confirmed", key=str(change.id), payload={"change": str(change.id)})


def check_again(case: Application, day: date) -> None:
    """Payments that were checked or approved for another account, and did not go to the bank, are planned anew (T96)."""
    waiting = PaymentOrder.objects.select_for_update().filter(application=case, state__in=(PaymentState.CHECKED, PaymentState.APPROVED))
    for order in waiting.order_by("id"):
        order.application, order.iban, order.checked_by, order.approved_by = case, "", None, None
        perform_beside(order, "recheck_payment", MoneyFacts(), Actor.system(), day)


def addresses_of(change: PartyChange) -> list[str]:
    """The e-mail addresses to warn: the old one and the new one."""
    found: list[Any] = [change.old.get("email"), change.new.get("email"), change.applicant.email]
    return list(dict.fromkeys(address for address in found if address))
