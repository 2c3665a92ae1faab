"""Read the parameters of a figure from text; a wrong one is a clear sentence."""

from __future__ import annotations

from datetime import date, datetime

from grants.figures.counting.tally import Parameters
from grants.kernel import clock


class WrongParameter(ValueError):
    """A parameter that cannot be; `str()` says what and how it should be."""


def read(*, start: str, reference_date: str, known_at: str, gross: bool) -> Parameters:
    """`start` defaults to 1 January of the reference year, `known_at` to now, `reference_date` to today."""
    reference = _day("de peildatum", reference_date) if reference_date else clock.today()
    begin = _day("de begindatum", start) if start else date(reference.year, 1, 1)
    known = _moment(known_at) if known_at else clock.now()
    if known > clock.now():
        raise WrongParameter("Het kennismoment ligt in de toekomst. Wat dan bekend is, weet nu niemand. Kies een moment tot en met nu.")
    if begin > reference:
        raise WrongParameter("De begindatum ligt na de peildatum. Kies een eerdere begindatum.")
    return Parameters(begin, reference, known, gross)


def _day(name: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise WrongParameter(f"«{text}» kan {name} niet zijn. Schrijf een bestaande dag als JJJJ-MM-DD.") from None


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise WrongParameter(f"«{text}» is geen moment. Schrijf het als 2025-07-15T00:00+02:00.") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=clock.AMSTERDAM)
