"""What the outbox asks of the post room."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.mail import send_mail

from grants.kernel.models import Chain
from grants.kernel.outbox import handler
from letters import services
from letters.models import Letter

_address_of: list[Callable[[Chain], str]] = []


def address_from(function: Callable[[Chain], str]) -> None:
    """A higher floor says which e-mail address belongs to a case ('' for none)."""
    if function not in _address_of:
        _address_of.append(function)


@handler("letters.render")
def render(payload: dict[str, Any]) -> None:
    services.render(payload["letter"])


@handler("letters.seal")
def seal(payload: dict[str, Any]) -> None:
    services.seal(payload["letter"])


@handler("letters.notice")
def notice(payload: dict[str, Any]) -> None:
    """Tell by e-mail that there is a message, without personal details (Awb 2:10: within 48 hours)."""
    letter = Letter.objects.select_related("chain").get(id=payload["letter"])
    address = next((a for a in (function(letter.chain) for function in _address_of) if a), "")
    if not address:
        return
    send_mail(
        subject=f"Nieuw bericht over uw subsidie ({letter.chain.label})",
        message=(
            "Er staat een nieuw bericht voor u klaar.\n\n"
            f"Log in op {settings.PUBLIC_URL}/mijn/ om het te lezen.\n\nProvincie Limburg"
        ),
        from_email=settings.DEFAULT_FROM_EMAIL,
        recipient_list=[address],
    )
