"""What an indicator counts, as a file that a controller can read: `definitions/*.toml`, one indicator each.

A definition has a version. A changed rule is a new version; the old one stays, so that an old figure can be asked again.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from grants.schemes.decoding import DefinitionError, DefinitionErrors, Faults, decode, with_lines
from grants.schemes.toml_lines import line_numbers

Measure = Literal["count", "amount", "share", "lead_time", "within_term", "ceiling_use", "forecast"]
"""`count` and `amount` of the numerator; `share` of it in the population; `lead_time` in days from receipt to the first
decision; `within_term`: the share of the numerator that was decided in `term_days`; `ceiling_use`: what is committed or
held of the ceilings; `forecast`: what the open applications will probably come to, with a band."""

Counted = Literal["granted", "received", "decided", "settled", "open"]
"""Which cases make up the population, each by the day that the period must hold: of the grant, of receipt, of the first
decision, of the settlement. `open` is a stand: received before the reference day and not decided."""

Breakdown = Literal["scheme", "goal", "area", "municipality", "applicant_type", "form", "year", "month"]
BREAKDOWNS: dict[str, str] = {
    "scheme": "regeling",
    "goal": "doel",
    "area": "gebied",
    "municipality": "gemeente",
    "applicant_type": "soort aanvrager",
    "form": "subsidievorm",
    "year": "jaar",
    "month": "maand",
}
"""What a figure can be split by, with its Dutch name."""

FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Cases with these labels; an empty list asks nothing. Of goals, one of the named ones is enough."""

    bundles: tuple[str, ...] = ()
    schemes: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    applicant_types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What should be reached in a year, in the unit of the measure. `at_most` turns it round (lead times)."""

    year: int
    value: Decimal
    source: str
    at_most: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """How the report may say the figure; the exact figure always stands beside it.

    `round_to`: from a multiple of this up to `margin` above it one may write "ruim"; `half_from` to `half_to` percent
    (both included) may be "ongeveer de helft".
    """

    things: str
    whole: str = ""
    round_to: int = 5
    margin: int = 2
    from_count: int = 10
    half_from: Decimal = Decimal(45)
    half_to: Decimal = Decimal(55)


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorDefinition:
    """One version of an indicator. `numerator` narrows the population; without it the two are the same."""

    format: int
    code: str
    version: int
    title: str
    description: str
    owner: str
    measure: Measure
    wording: Wording
    counts: Counted = "granted"
    valid_from: date | None = None
    population: Filter = Filter()
    numerator: Filter | None = None
    term_days: int = 91
    amount: Literal["granted", "settled", "requested"] = "granted"
    since: date | None = None
    targets: tuple[Target, ...] = ()
    products: tuple[str, ...] = ()

    def target_for(self, year: int) -> Target | None:
        return next((target for target in self.targets if target.year == year), None)


_CODE = re.compile(r"^[a-z][a-z0-9-]{2,59}$")


def read_indicator(text: str) -> IndicatorDefinition:
    """Read and check a definition. Raises `DefinitionErrors` with everything that is wrong, each with its line."""
    try:
        data = tomllib.loads(text, parse_float=Decimal)
    except (tomllib.TOMLDecodeError, ValueError) as error:
        raise DefinitionErrors([DefinitionError("", f"Dit is geen geldige TOML ({error}).")]) from error
    faults = Faults()
    definition = decode(IndicatorDefinition, data, faults)
    if definition is not None:
        _check(definition, faults)
    if definition is None or faults:
        raise DefinitionErrors(with_lines(faults, line_numbers(text)))
    return replace(definition, description=" ".join(definition.description.split()))


def _check(definition: IndicatorDefinition, faults: Faults) -> None:
    if definition.format != FORMAT:
        faults.add("format", f"Dit programma kent formaat {FORMAT}. Gebruik dat, of een nieuwere versie van het programma.")
    if not _CODE.match(definition.code):
        faults.add("code", "Een code begint met een kleine letter. Daarna mogen kleine letters, cijfers en streepjes: minstens 3, hoogstens 60 tekens.")
    if definition.version < 1:
        faults.add("version", "Versies tellen vanaf 1.")
    if definition.term_days < 1:
        faults.add("term_days", "Een termijn is minstens één dag.")
    if definition.measure == "share" and definition.numerator is None:
        faults.add("numerator", "Een aandeel heeft een teller nodig. Zeg hier welke zaken uit de noemer in de teller komen.")
    if definition.measure in ("lead_time", "within_term") and definition.counts == "open":
        faults.add("counts", "Van een open zaak is nog geen doorlooptijd bekend. Kies zaken die beslist zijn.")
    if definition.measure == "forecast" and definition.counts != "open":
        faults.add("counts", 'Een prognose gaat over open aanvragen. Zet hier "open".')
    years = [target.year for target in definition.targets]
    if len(years) != len(set(years)):
        faults.add("targets", "Voor één jaar staan twee streefwaarden. Laat er een over.")
