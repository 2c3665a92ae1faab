"""What is checked in a sampled case: two points of the law, and each obligation of the scheme for that size of subsidy."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from grants.applications.models import Application

ANSWERS = (("yes", _("Ja")), ("no", _("Nee")), ("not_applicable", _("Niet van toepassing")))


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the check list, as it is stored: `answer` '' is not looked at yet."""

    text: str
    source: str
    answer: str = ""
    note: str = ""

    def stored(self) -> dict[str, str]:
        return {"text": self.text, "source": self.source, "answer": self.answer, "note": self.note}


def points_for(application: Application) -> tuple[Point, ...]:
    """The check list of this case, by the scheme version and the arrangement that it was decided under."""
    fixed = (
        Point(_("De activiteit is gedaan zoals in het besluit staat."), "artikel 4:45 Awb"),
        Point(_("De ontvanger heeft gemeld wat anders ging."), "meldingsplicht"),
    )
    obligations = application.definition.obligations
    own = (Point(o.text, o.source) for o in obligations if not o.arrangements or application.arrangement in o.arrangements)
    return (*fixed, *own)
