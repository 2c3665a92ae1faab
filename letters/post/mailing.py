"""Hand one e-mail to the mail server and keep what it answered: that answer is the proof of sending."""

from __future__ import annotations

import hashlib
import hmac
import smtplib
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend


class Outcome(StrEnum):
    """`REFUSED` concerns this address; `LATER` too, for now; `UNREACHABLE` concerns the server, and so every message."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    LATER = "later"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of one message: the server's code and words, if it said anything."""

    outcome: Outcome
    server: str = ""
    code: int | None = None
    answer: str = ""


def deliver(message: EmailMessage) -> Delivery:
    """Offer a message for one recipient. Raises nothing for what a mail server or a network does; it may take EMAIL_TIMEOUT a step."""
    connection = get_connection()
    if not isinstance(connection, EmailBackend):  # on the console, in memory, in a file: there is no server that answers
        connection.send_messages([message])
        return Delivery(Outcome.ACCEPTED)
    server = f"{connection.host}:{connection.port}"
    try:
        connection.open()
        assert connection.connection is not None, "open() makes one, or raises"
        return _offer(connection.connection, server, message)
    except smtplib.SMTPResponseException as error:  # it greets us with a refusal, or does not know us: not the fault of the addressee
        return Delivery(Outcome.UNREACHABLE, server, error.smtp_code, _text(error.smtp_error))
    except (smtplib.SMTPException, OSError) as error:
        return Delivery(Outcome.UNREACHABLE, server, None, type(error).__name__)
    finally:
        _leave(connection)


def _offer(smtp: smtplib.SMTP, server: str, message: EmailMessage) -> Delivery:
    (recipient,) = message.recipients()
    smtp.ehlo_or_helo_if_needed()
    code, answer = smtp.mail(message.from_email)
    if code != 250:
        return Delivery(Outcome.UNREACHABLE, server, code, _text(answer))
    try:
        code, answer = smtp.rcpt(recipient)
    except UnicodeEncodeError:  # this server takes plain addresses only
        return Delivery(Outcome.REFUSED, server, None, "")
    if code not in (250, 251):
        return Delivery(_by_code(code), server, code, _text(answer))
    try:
        code, answer = smtp.data(message.message().as_bytes(linesep="\r\n"))  # type: ignore[call-arg]  # Django's own message knows it
    except smtplib.SMTPDataError as error:
        return Delivery(_by_code(error.smtp_code), server, error.smtp_code, _text(error.smtp_error))
    return Delivery(Outcome.ACCEPTED if code == 250 else _by_code(code), server, code, _text(answer))


def _by_code(code: int) -> Outcome:
    """5xx is for good, everything else may pass (RFC 5321, 4.2.1)."""
    return Outcome.REFUSED if 500 <= code <= 599 else Outcome.LATER


def _text(answer: bytes | str) -> str:
    return answer.decode("utf-8", "replace") if isinstance(answer, bytes) else str(answer)


def _leave(connection: EmailBackend) -> None:
    """Say goodbye; what the server thinks of that no longer matters."""
    try:
        connection.close()
    except (smtplib.SMTPException, OSError):
        pass


def masked(address: str) -> str:
    """An address as it may be shown: its first letter and its domain."""
    name, _sign, domain = address.partition("@")
    return f"{name[:1]}•••@{domain}" if domain else ""


def mark_of(address: str) -> str:
    """A keyed mark of an address (HMAC-SHA-256 with SECRET_KEY): proof of which one it was, without keeping it."""
    return hmac.new(settings.SECRET_KEY.encode(), address.strip().lower().encode(), hashlib.sha256).hexdigest()
