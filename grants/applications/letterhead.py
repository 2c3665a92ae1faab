"""The frame of every letter on a case: sender, address, references, salutation and signature."""

from __future__ import annotations

from datetime import date

from django.conf import settings

from grants.applications.models import Application
from grants.kernel import clock
from grants.law.formats import long_date
from letters.content import CASE_NUMBER, DATE, OUR_REFERENCE, SENT, Block, Closing, Letter, Reference, Sender
from letters.texts.filling import with_paragraphs

ON_BEHALF = f"Namens {settings.DECIDING_BODY},"


def team() -> Closing:
    """The signature of a letter that is no decision."""
    return Closing(on_behalf=ON_BEHALF, name=settings.LETTER_SENDER["contact_name"], function="Team Subsidies")


def to_portal(application: Application) -> bool:
    """May a letter of this case go to the inbox? Only with consent (Awb 2:8), and never when somebody else is written to by now."""
    applicant = application.applicant
    return bool(applicant and applicant.channel_consent and applicant.correspondent_on(clock.today()) is None)


def address_lines(application: Application, day: date) -> tuple[str, ...]:
    """Where a letter on paper goes on this day: to the applicant, or to whoever is written to instead."""
    applicant = application.applicant
    assert applicant is not None, "an imported case has nobody to write to"
    instead = applicant.correspondent_on(day)
    return instead.address_lines(applicant.name) if instead else applicant.address_lines


def with_scheme_texts(application: Application, kind: str, body: tuple[Block, ...]) -> tuple[Block, ...]:
    """The body with the scheme's own paragraphs for this kind of letter."""
    return with_paragraphs(body, application.version.definition.letter_texts(kind)) if application.version is not None else body


def letter_for(
    application: Application, kind: str, subject: str, day: date, body: tuple[Block, ...], *,
    closing: Closing | None = None, attachments: tuple[str, ...] = (),
) -> Letter:
    """A whole letter to the applicant of this case, dated (and sent) on `day`."""
    applicant = application.applicant
    assert applicant is not None, "an imported case has nobody to write to"
    instead = applicant.correspondent_on(day)
    number = application.case_number or str(application.id)
    return Letter(
        kind=kind,
        subject=subject,
        date=day,
        sender=Sender(**settings.LETTER_SENDER),
        addressee=instead.address_lines(applicant.name) if instead else applicant.address_lines,
        reference=(
            Reference(DATE, long_date(day)),
            Reference(SENT, long_date(day)),
            Reference(OUR_REFERENCE, f"{number}-{kind}"),
            Reference(CASE_NUMBER, number),
        ),
        salutation=instead.salutation if instead else f"Geachte {applicant.name},",
        body=with_scheme_texts(application, kind, body),
        closing=closing or team(),
        attachments=attachments,
    )
