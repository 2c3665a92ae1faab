"""The rows of the work list, put together in Python: fifty rows of template tags cost more than the rest of the page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from decisions.services.bulk import token_of
from grants.applications.models import Application
from grants.applications.statuses import Status
from grants.law.formats import euro

register = template.Library()

ROW = (
    '<tr>{box}<th scope="row" class="whole"><a href="{address}">{number}</a></th><td><strong>{applicant}</strong><br>{title}{demo}{waits}</td>'
    '<td>{status}</td><td class="whole">{due}</td><td>{handler}</td><td class="whole">{received}</td><td class="number">{amount}</td></tr>\n'
)
BOX = '<td><input type="checkbox" name="zaak" value="{}|{}" aria-label="{}"></td>'


@register.simple_tag
def work_rows(rows: Sequence[Application], acts: Sequence[object], today: date) -> SafeString:
    """One table row for each case; format_html escapes every value."""
    if not rows:
        return format_html('<tr><td colspan="{}">{}</td></tr>', 8 if acts else 7, _("Geen zaken gevonden."))
    statuses = {value: str(label) for value, label in Status.choices}
    words = {"choose": _("Kies zaak"), "late": _("te laat"), "demo": format_html(' <span class="tag">{}</span>', _("demo")), "waits": format_html(' <span class="tag tag-late">{}</span>', _("bericht zonder antwoord"))}
    place = reverse("decisions:case", args=["00000000-0000-0000-0000-000000000000"])
    return mark_safe("".join(_row(case, bool(acts), today, statuses, words, place) for case in rows))  # noqa: S308 - each part is format_html


def _row(case: Application, with_box: bool, today: date, statuses: dict[str, str], words: dict[str, str], place: str) -> SafeString:
    return format_html(
        ROW,
        box=format_html(BOX, case.pk, token_of(case), f"{words['choose']} {case.case_number}") if with_box else "",
        address=place.replace("00000000-0000-0000-0000-000000000000", str(case.pk)),
        number=case.case_number,
        demo=words["demo"] if case.is_demo else "",
        waits=words["waits"] if getattr(case, "waits_for_answer", False) else "",
        applicant=case.applicant.name if case.applicant else "",
        title=case.title,
        status=statuses.get(case.status, case.status),
        due=_due(case.next_due_on, today, words["late"]),
        handler=str(case.handler) if case.handler else "",
        received=_day(case.received_on),
        amount=_amount(case.requested_amount),
    )


def _due(day: date | None, today: date, late: str) -> str:
    if day is None or day >= today:
        return _day(day)
    return format_html('<span class="tag tag-late">{} {}</span>', _day(day), late)


def _day(day: date | None) -> str:
    return f"{day:%d-%m-%Y}" if day else ""


def _amount(amount: Decimal | None) -> str:
    return "" if amount is None else euro(amount)
