"""Does the definition hang together? Each check looks across parts; what one part says is checked on reading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from zoneinfo import available_timezones

from grants.law.amounts import HUNDRED
from grants.law.formats import euro
from grants.schemes.decoding import DefinitionError, Faults, did_you_mean
from grants.schemes.definition import SchemeDefinition, value_at
from grants.schemes.definition_fields import Arrangement
from grants.schemes.form_checks import answers_of, check_form, check_must_ask, unique
from grants.schemes.printed_checks import check_printed
from grants.schemes.quick_checks import check_quick_check
from grants.schemes.reference import areas, goals, needs
from letters.kinds import KINDS

MOST_WEEKS = 520
"""Ten years. A longer term is a slip, and days far enough away are no dates any more."""
MOST_YEARS = 100

_CODE = re.compile(r"[A-Z0-9]+(-[A-Z0-9]+)*")


def check(definition: SchemeDefinition) -> list[DefinitionError]:
    """Everything that does not fit together; empty when the definition can be published."""
    faults = Faults()
    _check_identity(definition, faults)
    _check_state_aid(definition, faults)
    _check_periods(definition, faults)
    _check_distribution(definition, faults)
    _check_amount(definition, faults)
    _check_arrangements(definition, faults)
    _check_terms(definition, faults)
    _check_codes(definition, faults)
    check_form(definition, faults, offered_goals=definition.goals)
    check_must_ask(definition, faults)
    _check_main_goal(definition, faults)
    _check_report(definition, faults)
    _check_rules(definition, faults)
    _check_letters(definition, faults)
    _check_marks(definition, faults)
    check_printed(definition, faults)
    check_quick_check(definition, faults)
    return faults


def _check_state_aid(d: SchemeDefinition, faults: Faults) -> None:
    if d.state_aid.test == "not_needed" and not d.state_aid.reason:
        faults.add("state_aid.reason", "De aanvragen worden niet een voor een getoetst op staatssteun. Schrijf op waarom dat niet nodig is.")


def _check_identity(d: SchemeDefinition, faults: Faults) -> None:
    if not _CODE.fullmatch(d.code) or len(d.code) > 40:
        faults.add(
            "code",
            f'"{d.code}" kan geen code zijn. Gebruik hoofdletters, cijfers en streepjes, ten hoogste 40 tekens.',
        )
    if d.format < 1:
        faults.add("format", "De nummering van formaten begint bij 1. Vul het formaat in waarvoor dit bestand is geschreven.")
    if d.bundle and not _CODE.fullmatch(d.bundle):
        faults.add("bundle", f'"{d.bundle}" kan geen bundel zijn. Gebruik hoofdletters, cijfers en streepjes.')
    if d.time_zone not in available_timezones():
        faults.add("time_zone", f'De tijdzone "{d.time_zone}" bestaat niet. Gebruik "Europe/Amsterdam".')
    unique(d.applicants, "applicants", faults)
    only_public_bodies = set(d.applicants) == {"gemeente"}
    if only_public_bodies and d.title_4_2 == "direct":
        faults.add(
            "title_4_2",
            "Deze regeling is er alleen voor gemeenten. Dan geldt titel 4.2 van de Awb niet vanzelf (artikel 4:21, derde lid). "
            'Kies "by_analogy", en noem in legal_basis de subsidieverordening die dat regelt.',
        )
    if not only_public_bodies and d.title_4_2 == "by_analogy":
        faults.add(
            "title_4_2",
            'Deze regeling is er niet alleen voor gemeenten. Dan geldt titel 4.2 van de Awb vanzelf: kies "direct".',
        )
    if d.title_4_2 == "by_analogy" and not d.title_4_2_basis:
        faults.add("title_4_2_basis", "Titel 4.2 van de Awb geldt hier naar analogie. Noem de bepaling die dat zegt: die komt in de brieven.")
    if not any(basis.kind in ("asv", "regeling") for basis in d.legal_basis):
        faults.add(
            "legal_basis",
            'Een subsidie rust op een regeling (artikel 4:23 Awb). Noem er een met kind "asv" of "regeling".',
        )


def _check_periods(d: SchemeDefinition, faults: Faults) -> None:
    if d.opens_on > d.closes_on:
        faults.add("closes_on", f"De regeling sluit op {d.closes_on}, en dat is voor de opening op {d.opens_on}.")
    if d.valid_from > d.valid_to:
        faults.add("valid_to", f"De regeling vervalt op {d.valid_to}, en dat is voor de ingang op {d.valid_from}.")
    ordered = sorted(enumerate(d.ceilings), key=lambda item: item[1].period_start)
    for place, ceiling in ordered:
        if ceiling.period_start > ceiling.period_end:
            faults.add(f"ceilings[{place}].period_end", f'Plafond "{ceiling.code}" eindigt voordat het begint.')
        elif ceiling.period_end < d.opens_on or ceiling.period_start > d.closes_on:
            faults.add(
                f"ceilings[{place}]",
                f'Plafond "{ceiling.code}" valt buiten de tijd waarin de regeling open is.',
            )
        if ceiling.amount == 0:
            faults.add(
                f"ceilings[{place}].amount",
                f'Plafond "{ceiling.code}" is nul euro. Vul in hoeveel er beschikbaar is.',
            )
    running = ordered[0][1]
    for place, later in ordered[1:]:
        if later.period_start <= running.period_end:
            faults.add(
                f"ceilings[{place}].period_start",
                f'Plafond "{later.code}" begint op {later.period_start}, en "{running.code}" loopt dan nog. Laat perioden elkaar niet overlappen.',
            )
        running = max(running, later, key=lambda ceiling: ceiling.period_end)


def _check_distribution(d: SchemeDefinition, faults: Faults) -> None:
    rule = d.distribution
    if rule.method == "order_of_receipt" and rule.same_day_rule is None:
        faults.add(
            "distribution.same_day_rule",
            "Bij verdeling op volgorde kan het plafond op een dag worden bereikt door meer aanvragen tegelijk. "
            'Kies "pro_rata_same_day" of "lottery_same_day".',
        )
    if rule.method == "tender":
        if rule.tender_closes_on is None:
            faults.add("distribution.tender_closes_on", "Een tender heeft een sluitingsdatum nodig.")
        if not any(criterion.scale == "score" for criterion in d.criteria):
            faults.add("criteria", 'Een tender rangschikt op punten. Geef minstens een criterium scale = "score".')
    elif rule.tender_closes_on is not None or rule.tender_minimum_score is not None:
        faults.add(
            "distribution",
            'Alleen een tender heeft een sluitingsdatum en een laagste score. Haal ze weg of kies method = "tender".',
        )
    if not 1 <= rule.tender_assessors <= 9:
        faults.add("distribution.tender_assessors", "Kies 1 tot en met 9 beoordelaars voor een aanvraag.")
    if d.terms.starts_from == "closing_date" and rule.method != "tender":
        faults.add("terms.starts_from", "De beslistermijn kan alleen bij een tender na de sluitingsdatum beginnen.")


def _check_amount(d: SchemeDefinition, faults: Faults) -> None:
    rule = d.amount
    if rule.minimum > rule.maximum:
        faults.add(
            "amount.minimum",
            f"Het minimum ({euro(rule.minimum)}) is hoger dan het maximum ({euro(rule.maximum)}).",
        )
    if rule.cap is not None and rule.cap < rule.minimum:
        faults.add(
            "amount.cap",
            f"De hoogste subsidie ({euro(rule.cap)}) is lager dan het minimum ({euro(rule.minimum)}). Dan krijgt niemand iets.",
        )
    if not 0 < rule.percentage <= HUNDRED:
        faults.add("amount.percentage", "Het percentage ligt boven 0 en is ten hoogste 100.")
    if rule.own_contribution + rule.percentage > HUNDRED:
        faults.add(
            "amount.own_contribution",
            f"De subsidie ({rule.percentage}%) en de eigen bijdrage ({rule.own_contribution}%) zijn samen meer dan 100% van de kosten.",
        )
    if d.distribution.smallest_share > rule.maximum:
        faults.add(
            "distribution.smallest_share",
            "Het kleinste deel is hoger dan het maximum van de regeling. Dan krijgt niemand een deel.",
        )
    per_unit = any(arrangement.settlement_method == "per_unit" for arrangement in d.arrangements)
    if per_unit and (not rule.unit or not rule.unit_amount):
        faults.add(
            "amount.unit_amount",
            "De subsidie wordt per eenheid vastgesteld. Vul unit (welke eenheid) en unit_amount (euro per eenheid) in.",
        )
    for place, question in enumerate(d.questions):
        if question.maps_to == "requested_amount" and question.maximum is not None and question.maximum != rule.maximum:
            faults.add(
                f"questions[{place}].maximum",
                f'Vraag "{question.key}" noemt een ander maximum dan de regeling ({euro(rule.maximum)}). Laat het hier weg.',
            )


def _check_arrangements(d: SchemeDefinition, faults: Faults) -> None:
    unique((arrangement.code for arrangement in d.arrangements), "arrangements", faults)
    ordered = sorted(enumerate(d.arrangements), key=lambda item: item[1].amount_from)
    first, last = ordered[0][1], ordered[-1][1]
    if first.amount_from > d.amount.minimum:
        faults.add(
            "arrangements",
            f"Voor bedragen van {euro(d.amount.minimum)} tot {euro(first.amount_from)} is er geen arrangement.",
        )
    for (_, lower), (place, upper) in zip(ordered, ordered[1:], strict=False):
        path = f"arrangements[{place}].amount_from"
        if lower.amount_below is None or lower.amount_below > upper.amount_from:
            faults.add(
                path,
                f'Arrangement "{lower.code}" en "{upper.code}" gelden beide voor {euro(upper.amount_from)}. Laat ze op elkaar aansluiten.',
            )
        elif lower.amount_below < upper.amount_from:
            faults.add(
                path,
                f"Voor bedragen van {euro(lower.amount_below)} tot {euro(upper.amount_from)} is er geen arrangement.",
            )
    if last.amount_below is not None and last.amount_below <= d.amount.maximum:
        faults.add(
            "arrangements",
            f"Voor bedragen van {euro(last.amount_below)} tot en met {euro(d.amount.maximum)} is er geen arrangement.",
        )
    for place, arrangement in enumerate(d.arrangements):
        _check_arrangement(arrangement, f"arrangements[{place}]", faults)
    if any(arrangement.report_required for arrangement in d.arrangements) and not d.report.questions:
        faults.add(
            "report",
            "Een arrangement vraagt een verantwoording, maar er zijn geen vragen voor. Vul report.questions in.",
        )


def _check_arrangement(a: Arrangement, path: str, faults: Faults) -> None:
    name = f'Arrangement "{a.code}"'
    if a.amount_below is not None and a.amount_below <= a.amount_from:
        faults.add(
            f"{path}.amount_below",
            f"{name} eindigt bij {euro(a.amount_below)} en begint bij {euro(a.amount_from)}: daar valt geen bedrag in.",
        )
    if (a.code == "1a") != (a.path == "direct"):
        faults.add(f"{path}.path", f'{name}: "1a" is directe vaststelling (path = "direct"), en alleen "1a".')
    if a.path == "direct" and (a.settlement_method != "fixed" or a.advances or a.report_required or a.ex_officio_weeks):
        faults.add(
            path,
            f'{name} stelt direct vast: dan is settlement_method "fixed", en er zijn geen voorschotten, verantwoording of latere vaststelling.',
        )
    if (a.code == "1b") != (a.ex_officio_weeks is not None):
        faults.add(
            f"{path}.ex_officio_weeks",
            f'{name}: bij "1b", en alleen daar, stellen wij zelf vast. Vul daar in hoeveel weken na afloop.',
        )
    if a.path == "direct" and a.advance_on_request:
        faults.add(f"{path}.advance_on_request", f"{name} stelt direct vast en betaalt alles in een keer. Dan is er geen voorschot om te vragen.")
    if a.code in ("2", "3") and not a.report_required:
        faults.add(
            f"{path}.report_required",
            f"{name} vraagt een verantwoording (artikel 4:44 Awb). Zet report_required op true.",
        )
    if a.report_required != (a.report_weeks is not None):
        faults.add(
            f"{path}.report_weeks",
            f"{name}: vul in hoeveel weken na afloop de verantwoording er moet zijn, en alleen als die nodig is.",
        )
    if a.progress_weeks is not None and not (a.report_required and a.progress_weeks > 0):
        faults.add(
            f"{path}.progress_weeks",
            f"{name}: een voortgangsbericht is om de week of langer, en hoort alleen bij een subsidie met een verantwoording.",
        )
    if a.code == "3" and not a.financial_account:
        faults.add(
            f"{path}.financial_account",
            f"{name} vraagt ook een financiële verantwoording. Zet financial_account op true.",
        )
    if a.sample_percentage > HUNDRED:
        faults.add(f"{path}.sample_percentage", f"{name}: een steekproef is ten hoogste 100%.")
    total = sum((part.percentage for part in a.advances), Decimal(0))
    if total > HUNDRED:
        faults.add(
            f"{path}.advances",
            f"{name}: de voorschotten zijn samen {total}%. Dat mag niet meer dan 100% zijn.",
        )


def _check_terms(d: SchemeDefinition, faults: Faults) -> None:
    for name in ("decision_weeks", "recovery_weeks", "view_weeks", "reminder_weeks", "settlement_weeks", "change_weeks"):
        if getattr(d.terms, name) == 0:
            faults.add(f"terms.{name}", "Een termijn is minstens een week.")
    for path, weeks in _weeks_in(d):
        if weeks > MOST_WEEKS:
            faults.add(path, f"Een termijn is ten hoogste {MOST_WEEKS} weken (tien jaar).")
    for name in ("granted_years", "refused_years"):
        years = getattr(d.retention, name)
        if years == 0:
            faults.add(f"retention.{name}", "Een zaak wordt minstens een jaar bewaard.")
        if years > MOST_YEARS:
            faults.add(f"retention.{name}", f"Een zaak wordt ten hoogste {MOST_YEARS} jaar bewaard.")


def _weeks_in(d: SchemeDefinition) -> Iterator[tuple[str, int]]:
    """Every number of weeks in the definition, with its path."""
    for name in ("decision_weeks", "extension_weeks", "recovery_weeks", "view_weeks", "reminder_weeks", "settlement_weeks", "change_weeks"):
        yield f"terms.{name}", getattr(d.terms, name)
    for place, arrangement in enumerate(d.arrangements):
        yield f"arrangements[{place}].report_weeks", arrangement.report_weeks or 0
        yield f"arrangements[{place}].ex_officio_weeks", arrangement.ex_officio_weeks or 0
        yield f"arrangements[{place}].progress_weeks", arrangement.progress_weeks or 0
        for number, advance in enumerate(arrangement.advances):
            yield f"arrangements[{place}].advances[{number}].after_weeks", advance.after_weeks


def _check_codes(d: SchemeDefinition, faults: Faults) -> None:
    """Codes of goals, areas and needs must exist; a typing error would put cases in the wrong figure."""
    for name, chosen, known in (
        ("goals", d.goals, [row.code for row in goals()]),
        ("areas", d.areas, [row.code for row in areas()]),
        ("needs", d.needs, [row.code for row in needs()]),
    ):
        unique(chosen, name, faults)
        for place, code in enumerate(chosen):
            if code not in known:
                hint = did_you_mean(code, known) or f" Bekend zijn: {', '.join(known)}."
                faults.add(f"{name}[{place}]", f'De code "{code}" bestaat niet.{hint}')
    if d.needs_least > len(d.needs):
        faults.add(
            "needs_least",
            f"De regeling noemt {len(d.needs)} behoeften en vraagt er {d.needs_least}. Zo voldoet geen aanvraag.",
        )
    for place, criterion in enumerate(d.criteria):
        path = f"criteria[{place}]"
        if criterion.need and criterion.need not in d.needs:
            faults.add(f"{path}.need", f'De behoefte "{criterion.need}" staat niet bij needs van deze regeling.')
        if criterion.scale == "score" and (criterion.most == 0 or criterion.least > criterion.most):
            faults.add(
                f"{path}.most",
                f'Criterium "{criterion.key}": vul in hoeveel punten het meeste is, en vraag er niet meer.',
            )
        if criterion.weight < 1:
            faults.add(f"{path}.weight", f'Criterium "{criterion.key}" weegt minder dan 1. Dan telt het niet mee.')
        if criterion.scale == "yes_no" and (criterion.most or criterion.least):
            faults.add(path, f'Criterium "{criterion.key}" is ja of nee en heeft geen punten.')
        if criterion.scale == "score" and criterion.decisive:
            faults.add(
                f"{path}.decisive",
                f'Criterium "{criterion.key}" heeft punten. Gebruik least voor het laagste aantal.',
            )
    need_criteria = [criterion for criterion in d.criteria if criterion.need]
    if len(need_criteria) < d.needs_least:
        faults.add(
            "criteria",
            f"Er zijn {len(need_criteria)} criteria over een behoefte, en de regeling vraagt er {d.needs_least}. Maak voor elke behoefte een criterium.",
        )


def _check_main_goal(d: SchemeDefinition, faults: Faults) -> None:
    """Options that stand for goals or needs must be those that the scheme offers."""
    offered = {"main_goal": d.goals, "needs": d.needs}
    for place, question in enumerate(d.questions):
        codes = offered.get(question.maps_to or "")
        if codes is not None:
            for value in answers_of(question):
                if value not in codes:
                    faults.add(
                        f"questions[{place}].options",
                        f'"{value}" staat niet bij {"goals" if question.maps_to == "main_goal" else "needs"} van deze regeling.',
                    )


def _check_report(d: SchemeDefinition, faults: Faults) -> None:
    if d.report.explain_above < 0:
        faults.add("report.explain_above", "Een verschil met de begroting is nooit kleiner dan 0%. Vul 0 of meer in.")
    check_form(d.report, faults, "report.", offered_goals=d.goals)


def _check_rules(d: SchemeDefinition, faults: Faults) -> None:
    unique((check.key for check in d.quick_check), "quick_check", faults)
    unique((category.key for category in d.costs.categories), "costs.categories", faults)
    unique((criterion.key for criterion in d.criteria), "criteria", faults)
    unique((ground.code for ground in d.refusal_grounds), "refusal_grounds", faults)
    unique((obligation.key for obligation in d.obligations), "obligations", faults)
    unique((ceiling.code for ceiling in d.ceilings), "ceilings", faults)
    unique((product.code for product in d.products), "products", faults)
    for place, ground in enumerate(d.refusal_grounds):
        if "direct" in ground.paths and re.search(r"4:35, eerste lid", ground.article):
            faults.add(
                f"refusal_grounds[{place}].paths",
                f'Grond "{ground.code}": artikel 4:35, eerste lid, Awb geldt niet bij directe vaststelling (artikel 4:43). '
                'Zet paths op ["grant"], of noem het artikel van de verordening of regeling.',
            )
    codes = {arrangement.code for arrangement in d.arrangements}
    for place, obligation in enumerate(d.obligations):
        for code in obligation.arrangements:
            if code not in codes:
                faults.add(
                    f"obligations[{place}].arrangements",
                    f'Verplichting "{obligation.key}" noemt arrangement "{code}", en dat heeft deze regeling niet.',
                )
    for code in sorted(codes):
        duties = [o for o in d.obligations if o.is_notification_duty and (not o.arrangements or code in o.arrangements)]
        if not duties:
            faults.add(
                "obligations",
                f'Arrangement "{code}" heeft geen meldingsplicht. Geef een verplichting is_notification_duty = true.',
            )


def _check_letters(d: SchemeDefinition, faults: Faults) -> None:
    unique((f"{text.kind}, {text.element}" for text in d.letters), "letters", faults)
    for place, text in enumerate(d.letters):
        kind = KINDS.get(text.kind)
        if kind is None:
            faults.add(
                f"letters[{place}].kind",
                f'De brief "{text.kind}" bestaat niet.{did_you_mean(text.kind, list(KINDS))}',
            )
        elif text.element not in (*kind.must, *kind.may):
            hint = did_you_mean(text.element, (*kind.must, *kind.may)) or f" Er zijn: {', '.join((*kind.must, *kind.may))}."
            faults.add(
                f"letters[{place}].element",
                f'De brief "{text.kind}" heeft geen onderdeel "{text.element}".{hint}',
            )


def _check_marks(d: SchemeDefinition, faults: Faults) -> None:
    unique((mark.path for mark in d.marks), "marks", faults)
    for place, mark in enumerate(d.marks):
        try:
            value_at(d, mark.path)
        except LookupError:
            faults.add(
                f"marks[{place}].path",
                f'"{mark.path}" wijst niets aan. Schrijf bijvoorbeeld terms.decision_weeks of ceilings[CODE].amount.',
            )
