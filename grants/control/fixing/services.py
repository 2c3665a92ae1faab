"""Fix a figure, and ask later whether it is still the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.formats import number_format

from grants.control.fixing.models import FixedFigure
from grants.figures import indicator
from grants.figures.counting.tally import Line, Parameters, population_lines
from grants.figures.definition import IndicatorDefinition
from grants.figures.figure import Figure
from grants.figures.library import UnknownIndicator, find
from grants.figures.wording import in_words
from grants.kernel import clock
from grants.kernel.models import Event, User
from grants.schemes.decoding import encode

COUNTS_CASES = ("count", "amount", "share", "lead_time", "within_term")
TRIES = 5


def fix(*, definition: IndicatorDefinition, parameters: Parameters, used_for: str, user: User) -> FixedFigure:
    """Fix the figure as it is asked now; the moment of knowing never lies after the moment of fixing."""
    now = clock.now()
    parameters = replace(parameters, known_at=min(parameters.known_at, now))
    figure = indicator.figure(definition, parameters)
    lines = population_lines(definition, parameters) if definition.measure in COUNTS_CASES else ()
    for attempt in range(TRIES):
        try:
            with transaction.atomic():
                return FixedFigure.objects.create(
                    number=_next_number(now), code=definition.code, version=definition.version, start=parameters.start,
                    reference_date=parameters.reference_date, known_at=parameters.known_at, gross=parameters.gross, words=in_words(figure),
                    value="" if figure.value is None else f"{figure.value:f}", numerator=figure.numerator, denominator=figure.denominator,
                    data=figure.as_data(), lines=[_stored(line) for line in lines], definition=encode(definition), digest=figure.digest,
                    used_for=used_for.strip(), fixed_by=user, fixed_at=now,
                )
        except IntegrityError:
            if attempt == TRIES - 1:
                raise
    raise AssertionError("unreachable")


def _next_number(now: datetime) -> str:
    """CIJ-year-number, one by one; two at once: the unique number lets one of them try again."""
    start = f"CIJ-{now.astimezone(clock.AMSTERDAM).year}-"
    last = FixedFigure.objects.filter(number__startswith=start).aggregate(last=Max("number"))["last"]
    return f"{start}{int(last.removeprefix(start)) + 1 if last else 1:05}"


def _stored(line: Line) -> list[object]:
    return [line.case_number, line.counted, line.cents, line.days]


@dataclass(frozen=True, slots=True)
class Difference:
    """One case that adds something else than when the figure was fixed, and the events that were recorded since."""

    case_number: str
    then: Line | None
    now: Line | None
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """`same`: the digest is equal. Otherwise which cases differ; `reason` when the definition itself is another.

    `words` and `counts` say the figure as it is now: "26 van 52, € 253.500,00".
    """

    same: bool
    digest: str
    words: str
    counts: str = ""
    differences: tuple[Difference, ...] = ()
    reason: str = ""


def parameters_of(fixed: FixedFigure) -> Parameters:
    return Parameters(fixed.start, fixed.reference_date, fixed.known_at, fixed.gross)


def compare(fixed: FixedFigure) -> Comparison:
    """Ask the figure again, with the definition and the parameters of then."""
    try:
        definition = find(fixed.code, fixed.version)
    except UnknownIndicator as error:
        return Comparison(False, "", "", reason=f"Dit cijfer is niet meer te berekenen. {error}")
    figure = indicator.figure(definition, parameters_of(fixed))
    if figure.digest == fixed.digest:
        return Comparison(True, figure.digest, in_words(figure), _counts(figure))
    reason = "" if encode(definition) == fixed.definition else "De definitie is veranderd zonder een nieuwe versie."
    lines = population_lines(definition, parameters_of(fixed)) if definition.measure in COUNTS_CASES else ()
    return Comparison(False, figure.digest, in_words(figure), _counts(figure), _differences(fixed, lines), reason)


def _counts(figure: Figure) -> str:
    amount = number_format(figure.numerator_amount, 2, use_l10n=True, force_grouping=True)
    return f"{figure.numerator} van {figure.denominator}, € {amount}"


def _differences(fixed: FixedFigure, lines: Iterable[Line]) -> tuple[Difference, ...]:
    then = {line.case_number: line for line in (Line(*row) for row in fixed.lines)}
    now = {line.case_number: line for line in lines}
    numbers = sorted(number for number in then.keys() | now.keys() if then.get(number) != now.get(number))
    later = Event.objects.filter(
        chain__label__in=numbers, recorded_at__gt=fixed.fixed_at, known_at__lt=fixed.known_at
    ).select_related("chain").order_by("sequence")
    events: dict[str, list[Event]] = {}
    for event in later:
        events.setdefault(event.chain.label, []).append(event)
    return tuple(Difference(number, then.get(number), now.get(number), tuple(events.get(number, ()))) for number in numbers)


def changed_by_events_known_from(earliest: datetime) -> list[tuple[FixedFigure, Comparison]]:
    """The fixed figures that are no longer the same, of those whose moment of knowing lies after `earliest`."""
    asked = [(fixed, compare(fixed)) for fixed in FixedFigure.objects.filter(known_at__gt=earliest).order_by("number")]
    return [(fixed, comparison) for fixed, comparison in asked if not comparison.same]
