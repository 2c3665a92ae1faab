"""The mails about a change of address, e-mail address or account. None of them says what the new value is."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import transaction

from applicants.models import PartyChange
from decisions.services.party_changes import addresses_of, new_code
from grants.kernel.outbox import Finish, nothing_more, outside
from letters.post.composing import Words, compose, message_id_of

NOT_YOU = "Hebt u dit niet gevraagd? Bel ons dan meteen. U vindt ons nummer op onze brieven. Er verandert dan niets."


WHY = "U krijgt deze e-mail omdat er iets verandert in uw gegevens. Daarvoor kunt u zich niet afmelden."


def _send(address: str, subject: str, text: str) -> None:
    words = Words(subject=subject, lines=(*text.split("\n\n"), NOT_YOU), link=f"{settings.PUBLIC_URL}/mijn/", act="Naar uw subsidies", why=WHY)
    compose(words, address, message_id_of("wijziging", uuid4())).send()


@outside("decisions.change_asked")
def asked(payload: dict[str, Any]) -> Finish:
    """The old address gets the code. The code is made here, so that it stands nowhere but in the mail; a mail that goes again has a fresh one."""
    with transaction.atomic():
        change = PartyChange.objects.select_for_update(of=("self",)).select_related("applicant").get(id=payload["change"])
        if change.state != PartyChange.State.PENDING:
            return nothing_more
        old = change.old.get("email") or change.applicant.email
        code = new_code(change) if old else ""
    what = change.get_kind_display()
    if old:
        _send(
            old, f"Bevestig uw nieuwe {what}",
            f"Iemand vroeg ons om een ander {what} voor uw subsidie. Klopt dat? Vul dan deze code in op uw persoonlijke pagina, of noem hem als u "
            f"ons belt:\n\n{code}\n\nDe code werkt vier weken. Tot u bevestigt, verandert er niets.",
        )
    new = change.new.get("email")
    if new:
        _send(new, "Uw e-mailadres voor de subsidie", "Iemand vroeg ons om dit e-mailadres te gebruiken. Bevestigen kan alleen met de code die naar het oude adres ging.")
    return nothing_more


@outside("decisions.change_confirmed")
def confirmed(payload: dict[str, Any]) -> Finish:
    """A warning to the old and the new address."""
    change = PartyChange.objects.select_related("applicant").get(id=payload["change"])
    what = change.get_kind_display()
    for address in addresses_of(change):
        _send(address, f"Uw {what} is gewijzigd", f"Wij hebben uw nieuwe {what} overgenomen, bevestigd {change.get_how_display()}.")
    return nothing_more
