"""Was the addressee told by e-mail that the decision stood in the inbox? Without that, being late may not be held against them (Awb 2:22)."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from decisions.models import Beschikking
from grants.kernel.clock import legal_day
from grants.law.formats import long_date
from letters.models import Dispatch, Notice


@dataclass(frozen=True, slots=True)
class Told:
    """What happened with the notice, in a sentence; `protects` when lateness is not held against the addressee."""

    sentence: str
    protects: bool


def told_of(decision: Beschikking) -> Told | None:
    """About the last placing of this decision in the inbox; None when it went on paper, or before there were notices."""
    if decision.letter_id is None:
        return None
    last = Dispatch.objects.filter(letter=decision.letter_id).order_by("-id").first()
    if last is None or last.channel != Dispatch.Channel.PORTAL:
        return None
    notice = Notice.objects.filter(dispatch=last).first()
    return _judged(notice) if notice is not None else None


def _judged(notice: Notice) -> Told:
    placed = long_date(legal_day(notice.placed_at))
    if notice.state == Notice.State.SENT and notice.sent_at is not None and notice.sent_at <= notice.due_at:
        said = _("De melding per e-mail ging weg op %(day)s, en de mailserver nam haar aan.") % {"day": long_date(legal_day(notice.sent_at))}
        return Told(f"{said} {_('Zegt de bezwaarmaker dat de melding buiten eigen schuld niet aankwam? Dan telt te laat zijn niet mee.')}", False)
    if notice.state == Notice.State.SENT and notice.sent_at is not None:
        said = _("De melding per e-mail ging pas weg op %(day)s, na meer dan 48 uur.") % {"day": long_date(legal_day(notice.sent_at))}
    elif notice.state == Notice.State.INFORMED:
        step = notice.steps.order_by("-number").first()
        said = _("De melding per e-mail kwam niet aan. Wij vertelden het anders, op %(day)s.") % {"day": long_date(legal_day(step.at)) if step else placed}
    else:
        said = _("Het besluit staat sinds %(day)s in het berichtenvak. Er kwam geen melding per e-mail aan.") % {"day": placed}
    return Told(f"{said} {_('Is het bezwaar daardoor te laat? Dan mag dat niet tegen de bezwaarmaker tellen.')}", True)
