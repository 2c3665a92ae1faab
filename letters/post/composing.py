"""One e-mail as we write it to applicants: short, as plain text and as HTML, with a link and what to do. Never what the case is about.

Anyone may read an e-mail on its way. So it holds no name, amount, title or number of a person; who wants to know more signs in.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Words:
    """What an e-mail says. `link` is a whole address, `act` the words on it, `why` the line at the foot that says why it came."""

    subject: str
    lines: tuple[str, ...]
    link: str
    act: str
    why: str


def always_sent() -> str:
    """The foot of a notice that the law asks of us (Awb 2:10): nobody can be taken off that list."""
    return _("Deze melding krijgt u altijd als u digitale post van ons wilt. De wet vraagt dat van ons. U kunt zich er niet voor afmelden.")


def compose(words: Words, to: str, message_id: str, *, stop: str = "") -> EmailMultiAlternatives:
    """The message for one address. `stop` is the address on which one click ends such e-mails (RFC 8058); '' when they cannot be ended."""
    context = {"words": words, "stop": stop, "sender": settings.LETTER_SENDER["name"]}
    headers = {"Message-ID": message_id, "Auto-Submitted": "auto-generated"}
    if stop:
        headers |= {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    message = EmailMultiAlternatives(
        subject=words.subject, body=render_to_string("letters/mail/message.txt", context), from_email=settings.DEFAULT_FROM_EMAIL, to=[to], headers=headers,
    )
    message.attach_alternative(render_to_string("letters/mail/message.html", context), "text/html")
    return message


def message_id_of(kind: str, key: object) -> str:
    """The Message-ID of one e-mail: the same at each attempt, so that a second copy can be known as one."""
    return f"<{kind}-{key}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2].rstrip('>')}>"
