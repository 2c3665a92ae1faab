"""L32: the recipient falls in the sample, and shows what the activity became (Awb 4:37)."""

from __future__ import annotations

from datetime import date

from decisions.models import SampleCheck
from grants.applications.letterhead import letter_for
from grants.applications.models import Application
from grants.applications.statuses import RUNNING
from grants.kernel.models import Event
from grants.law.formats import long_date
from letters.content import Block, Heading, Items, Paragraph
from letters.services import order_letter


def evidence(check: SampleCheck, event: Event, day: date) -> None:
    """Order the letter: what to show, until when, and what may follow. It is no decision (Awb 6:3)."""
    application = check.application
    assert check.last_day is not None
    settled = f" van {long_date(application.settled_on)}" if application.settled_on else ""
    asked = tuple(q.label for q in application.definition.report.questions) or ("Iets waarmee u laat zien dat de activiteit is gedaan, zoals foto's of een verslag.",)
    body: tuple[Block, ...] = (
        Paragraph("U zit in onze steekproef. Wij kijken bij een deel van alle subsidies wat ervan is geworden. Het lot koos uw zaak uit."),
        Paragraph(f"Het gaat over ons besluit{settled} (zaak {application.case_number}).", element="decision_concerned"),
        Heading("Wat vragen wij van u?"),
        Items(asked, element="report_due"),
        Heading("Wat moet u doen?"),
        Paragraph(f"Stuur dit uiterlijk {long_date(check.last_day)}. Dat kan per e-mail of met een brief naar ons postadres. Het zaaknummer erbij is genoeg.", element="response_date"),
        Heading("Wat gebeurt er daarna?"),
        Paragraph(f"Is alles in orde, dan hoort u dat van ons en is het klaar. {consequence(application)} U mag daar eerst op reageren.", element="consequence"),
    )
    order_letter(
        chain=application.chain, event_id=event.id, letter=letter_for(application, "L32", f"U zit in onze steekproef: {application.case_number}", day, body),
        portal_allowed=bool(application.applicant and application.applicant.channel_consent),
    )


def consequence(application: Application) -> str:
    """What can follow when the activity was not done or nothing comes: it depends on whether the subsidy is settled (Awb 4:46, 4:48, 4:49)."""
    if application.status in RUNNING:
        can = "de subsidie lager vaststellen, of de verlening intrekken of wijzigen (artikel 4:46 en 4:48 Algemene wet bestuursrecht)"
    else:
        can = "de vaststelling van uw subsidie intrekken of in uw nadeel wijzigen (artikel 4:49 Algemene wet bestuursrecht)"
    return f"Is de activiteit niet gedaan, of krijgen wij niets? Dan kunnen wij {can}. Hebt u dan te veel gekregen, dan moet u dat terugbetalen."
