"""The mails about who acts. None of them names a person, an applicant or a plan: anyone may read an e-mail on its way."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from applicants import kvk
from applicants.invitations import Invitation
from applicants.models import Applicant, ColleagueInvitation, InitiativeMember, MandateStep, RegisterCheck, Representation
from grants.kernel import clock
from grants.kernel.outbox import Answer, Finish, WaitsForRepair, nothing_more, outside

NOT_FOR_YOU = "Is deze e-mail niet voor u? Dan hoeft u niets te doen. De link werkt alleen samen met een code."


def send(address: str, subject: str, text: str) -> None:
    """One mail to one person."""
    signed = f"{text}\n\n{settings.LETTER_SENDER['name']}"
    send_mail(subject=subject, message=signed, from_email=settings.DEFAULT_FROM_EMAIL, recipient_list=[address])


def link(name: str, token: str) -> str:
    return f"{settings.PUBLIC_URL}{reverse(name, args=[token])}"


def send_invitation(model: type[Invitation], key: str, subject: str, text: str, page: str) -> Finish:
    """The mail of an invitation that is still open, with a fresh link. `text` says for what it is."""
    with transaction.atomic():
        found = model.objects.select_for_update(of=("self",)).filter(pk=key).first()
        if found is None or not found.is_open or not found.email:
            return nothing_more
        address, token = found.email, found.renew_token()
    send(
        address, subject,
        f"{text}\n\nLog in en open deze link:\n\n{link(page, token)}\n\nU hebt ook een code van zes cijfers nodig. Die krijgt u van degene die u "
        f"uitnodigde. De link werkt 7 dagen, en maar een keer.\n\n{NOT_FOR_YOU}",
    )
    return nothing_more


@outside("applicants.colleague_invited")
def colleague_invited(payload: dict[str, Any]) -> Finish:
    text = "Iemand vraagt u om mee te werken aan subsidies, namens een aanvrager."
    return send_invitation(ColleagueInvitation, payload["invitation"], "Uitnodiging voor subsidies van de provincie", text, "parties:invitation")


@outside("applicants.member_asked")
def member_asked(payload: dict[str, Any]) -> Finish:
    with transaction.atomic():
        found = InitiativeMember.objects.present().select_for_update(of=("self",)).filter(pk=payload["member"], accepted_at__isnull=True).first()
        if found is None or not found.email:
            return nothing_more
        token = found.renew_token()
    send(
        found.email, "Doet u mee aan een plan in uw buurt?",
        f"Iemand noemde u als deelnemer van een plan met subsidie. Klopt dat? Zeg dan ja op deze pagina:\n\n{link('parties:take-part', token)}\n\n"
        "U hoeft niet in te loggen. De link werkt vier weken. Klopt het niet? Doe dan niets, of bel ons.",
    )
    return nothing_more


@outside("applicants.access_given")
def access_given(payload: dict[str, Any]) -> Finish:
    """A warning to the applicant's own address: somebody else acts from now on."""
    found = Representation.objects.select_related("applicant").get(pk=payload["representation"])
    if found.applicant.email:
        send(
            found.applicant.email, "Er treedt iemand extra op voor uw subsidies",
            f"Iemand nam een uitnodiging aan om op te treden. Kijk wie dat is:\n\n{settings.PUBLIC_URL}{reverse('parties:party', args=[found.applicant_id])}\n\n"
            "Klopt het niet? Beëindig dan de toegang op die pagina, en bel ons.",
        )
    return nothing_more


@outside("applicants.mandate_judged")
def mandate_judged(payload: dict[str, Any]) -> Finish:
    """Officials asked for an authorisation, or looked at one: the page says which."""
    step = MandateStep.objects.select_related("representation__applicant").get(pk=payload["step"])
    address = step.representation.user.email or step.representation.applicant.email
    if address:
        send(
            address, "Bericht over uw machtiging",
            f"Er is iets veranderd aan een machtiging voor uw subsidies. Log in en kijk wat u kunt doen:\n\n{settings.PUBLIC_URL}{reverse('parties:parties')}",
        )
    return nothing_more


@outside("applicants.kvk_again")
def kvk_again(payload: dict[str, Any]) -> Finish:
    """Ask the register about somebody who typed the data while it was down. What was typed stays; officials see both."""
    applicant = Applicant.objects.get(pk=payload["applicant"])
    try:
        record = kvk.adapter().lookup(applicant.kvk_number)
    except kvk.KvkUnavailable as error:
        raise WaitsForRepair(_("Het Handelsregister van de KvK antwoordt niet. Controleer KVK_API_URL en KVK_API_KEY. Wij vragen het later weer.")) from error

    def keep() -> Answer:
        RegisterCheck.objects.create(
            applicant=applicant, source=record.source if record else RegisterCheck.Source.ABSENT, kvk_number=applicant.kvk_number,
            fields=record.fields if record else {}, dissolved_on=record.dissolved_on if record else None, at=clock.now(),
        )
        return None

    return keep
