"""How the report says a figure in words; the exact figures stand beside it."""

from __future__ import annotations

from decimal import Decimal

from django.utils.formats import number_format

from grants.figures.figure import Figure


def in_words(figure: Figure) -> str:
    """One sentence without a full stop, by the wording rule of the definition."""
    things, whole = figure.definition.wording.things, figure.definition.wording.whole
    match figure.definition.measure:
        case "share":
            return f"{about(figure)} {things}, {_share(figure)} van {whole}" if figure.share is not None else f"{about(figure)} {things}; het aandeel is niet te bepalen"
        case "count":
            return f"{about(figure)} {things}"
        case "amount":
            return f"€ {number_format(figure.numerator_amount, 2, use_l10n=True, force_grouping=True)}"
        case "lead_time":
            if figure.value is None:
                return "geen besluiten in deze periode"
            middle = _number(figure.value).removesuffix(",0")
            return f"de middelste aanvraag kostte {middle} dagen; negen van de tien hoogstens {figure.p90_days}"
        case "within_term":
            return f"{figure.within_term} van {figure.numerator} besluiten op tijd" + ("" if figure.value is None else f" ({_number(figure.value)} procent)")
        case "ceiling_use":
            return "er is geen plafond in deze periode" if figure.value is None else f"{_number(figure.value)} procent van {whole} is gebruikt"
        case _:
            if figure.value is None or figure.low is None or figure.high is None:
                return "een prognose is niet te geven: in het jaar ervoor is niets beslist"
            return f"naar verwachting € {_money(figure.value)}, tussen € {_money(figure.low)} en € {_money(figure.high)}"


def about(figure: Figure) -> str:
    """The count as the report may say it: "ruim 25" from just above 25 up to the margin."""
    rule, count = figure.definition.wording, figure.numerator
    over = count % rule.round_to
    return f"ruim {count - over}" if 1 <= over <= rule.margin and count >= rule.from_count else str(count)


def _share(figure: Figure) -> str:
    rule = figure.definition.wording
    assert figure.share is not None
    return "ongeveer de helft" if rule.half_from <= figure.share <= rule.half_to else f"{_number(figure.share)} procent"


def _number(value: Decimal) -> str:
    return f"{value:f}".replace(".", ",")


def _money(value: Decimal) -> str:
    return str(number_format(value.quantize(Decimal(1)), 0, use_l10n=True, force_grouping=True))
