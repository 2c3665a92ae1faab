"""Is the form sound? Checks that look at more than one question: order, conditions, keys, and what must be asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from grants.schemes.decoding import Faults, did_you_mean, listed
from grants.schemes.definition_form import (
    CAN_DECIDE,
    TARGET_KINDS,
    WITH_BOUNDS,
    WITH_LENGTH,
    WITH_OPTIONS,
    Condition,
    Form,
    Question,
)
from grants.schemes.reference import areas, goals, municipalities

MUST_ASK = ("title", "requested_amount", "activity_start", "activity_end", "municipality")
"""Without these the application cannot be judged (Awb 4:29 to 4:32) or counted."""

_KEY = re.compile(r"[a-z][a-z0-9_]{0,59}")


def check_form(form: Form, faults: Faults, prefix: str = "", *, offered_goals: Sequence[str] = ()) -> None:
    """Add what is wrong with the form to `faults`. `prefix` is where the form stands in the file (`report.`)."""
    unique((s.key for s in form.sections), f"{prefix}sections", faults)
    keys = [question.key for question in form.questions] + [document.key for document in form.documents]
    unique(keys, f"{prefix}questions", faults)
    for place, key in enumerate(keys):
        if not _KEY.fullmatch(key):
            path = f"{prefix}questions[{place}].key" if place < len(form.questions) else f"{prefix}documents"
            faults.add(
                path,
                f'"{key}" kan geen sleutel zijn. Gebruik kleine letters, cijfers en _, en begin met een letter.',
            )
    _check_sections(form, prefix, faults)
    _check_targets(form, prefix, faults)
    for place, question in enumerate(form.questions):
        path = f"{prefix}questions[{place}]"
        _check_question(question, path, faults)
        _check_condition(question.key, question.condition, form.questions, place, path, faults, offered_goals)
    for place, document in enumerate(form.documents):
        path = f"{prefix}documents[{place}]"
        _check_condition(document.key, document.condition, form.questions, len(form.questions), path, faults, offered_goals)


def check_must_ask(form: Form, faults: Faults) -> None:
    """The questions without which an application cannot be handled: present, required, and asked of everybody."""
    asked = {question.maps_to: (place, question) for place, question in enumerate(form.questions)}
    for target in MUST_ASK:
        if target not in asked:
            faults.add(
                "questions",
                f'Geen vraag heeft maps_to = "{target}". Zonder dit gegeven kunnen wij een aanvraag niet behandelen. Voeg de vraag toe.',
            )
            continue
        place, question = asked[target]
        if not question.required or question.condition is not None:
            faults.add(
                f"questions[{place}]",
                f'Vraag "{question.key}" vult {target} en is nodig bij elke aanvraag. Maak hem verplicht en haal de voorwaarde weg.',
            )


def unique(keys: Iterable[str], path: str, faults: Faults) -> None:
    """Each key may stand in a list only once."""
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            faults.add(path, f'"{key}" staat hier twee keer. Geef elk zijn eigen sleutel.')
        seen.add(key)


def _check_sections(form: Form, prefix: str, faults: Faults) -> None:
    order = [section.key for section in form.sections]
    furthest = 0
    for place, question in enumerate(form.questions):
        if question.section not in order:
            hint = did_you_mean(question.section, order)
            faults.add(
                f"{prefix}questions[{place}].section",
                f'De sectie "{question.section}" bestaat niet.{hint or " Voeg haar toe bij sections."}',
            )
            continue
        here = order.index(question.section)
        if here < furthest:
            faults.add(
                f"{prefix}questions[{place}].section",
                f'Vraag "{question.key}" staat na een vraag uit een latere sectie. Zet de vragen in de volgorde van de secties.',
            )
        furthest = max(furthest, here)
    used = {question.section for question in form.questions}
    for place, section in enumerate(form.sections):
        if section.key not in used:
            faults.add(
                f"{prefix}sections[{place}]",
                f'Sectie "{section.key}" heeft geen vragen. Geef haar een vraag of haal haar weg.',
            )


def _check_targets(form: Form, prefix: str, faults: Faults) -> None:
    seen: dict[str, str] = {}
    for place, question in enumerate(form.questions):
        target = question.maps_to
        if target is None:
            continue
        path = f"{prefix}questions[{place}].maps_to"
        if target in seen:
            faults.add(path, f'"{target}" wordt al gevuld door vraag "{seen[target]}". Kies een van de twee.')
        seen[target] = question.key
        if question.kind not in TARGET_KINDS[target]:
            faults.add(
                path,
                f'Een vraag van soort "{question.kind}" kan "{target}" niet vullen. Gebruik soort {listed(sorted(TARGET_KINDS[target]))}.',
            )


def _check_question(question: Question, path: str, faults: Faults) -> None:
    name = f'Vraag "{question.key}"'
    if question.kind in WITH_OPTIONS:
        if len(question.options) < 2:
            faults.add(f"{path}.options", f"{name} is een keuzevraag en heeft minstens twee opties nodig.")
        unique((option.value for option in question.options), f"{path}.options", faults)
    elif question.options:
        faults.add(
            f"{path}.options",
            f'{name} is van soort "{question.kind}" en heeft geen opties. Haal ze weg of kies soort "choice".',
        )
    if question.kind not in WITH_BOUNDS and (question.minimum is not None or question.maximum is not None):
        faults.add(
            path,
            f'{name} is van soort "{question.kind}". Alleen een getal of een bedrag heeft een minimum of maximum.',
        )
    if question.minimum is not None and question.maximum is not None and question.minimum > question.maximum:
        faults.add(
            f"{path}.minimum",
            f"{name}: het minimum {question.minimum} is hoger dan het maximum {question.maximum}.",
        )
    if question.longest is not None and (question.kind not in WITH_LENGTH or question.longest == 0):
        faults.add(f"{path}.longest", f"{name}: longest is het hoogste aantal tekens van een tekst, en is 1 of meer.")
    if question.kind != "date" and (question.earliest or question.latest):
        faults.add(path, f'{name} is van soort "{question.kind}". Alleen een datum heeft earliest of latest.')
    if question.earliest and question.latest and question.earliest > question.latest:
        faults.add(
            f"{path}.earliest",
            f"{name}: de eerste dag {question.earliest} ligt na de laatste dag {question.latest}.",
        )


def _check_condition(
    key: str,
    condition: Condition | None,
    questions: Sequence[Question],
    place: int,
    path: str,
    faults: Faults,
    offered_goals: Sequence[str],
) -> None:
    """A condition looks back only: at a question before `place`. So it can never go round in a circle."""
    if condition is None:
        return
    path = f"{path}.condition"
    if sum((condition.equals is not None, bool(condition.any_of), condition.is_not is not None)) != 1:
        faults.add(path, 'Een voorwaarde heeft precies een van "equals", "in" en "not".')
    position = next((p for p, question in enumerate(questions) if question.key == condition.question), None)
    if position is None:
        hint = did_you_mean(condition.question, [question.key for question in questions])
        faults.add(
            path,
            f'De voorwaarde van "{key}" kijkt naar vraag "{condition.question}", en die bestaat niet.{hint}',
        )
        return
    if condition.question == key:
        faults.add(path, f'De voorwaarde van "{key}" kijkt naar zichzelf. Kijk naar een eerdere vraag.')
        return
    if position >= place:
        faults.add(
            path,
            f'De voorwaarde van "{key}" kijkt naar "{condition.question}", en die vraag komt pas later. Kijk naar een eerdere vraag.',
        )
        return
    asked = questions[position]
    if asked.kind not in CAN_DECIDE:
        faults.add(
            path,
            f'Vraag "{asked.key}" is van soort "{asked.kind}". Een voorwaarde kan alleen kijken naar {listed(sorted(CAN_DECIDE))}.',
        )
        return
    possible = answers_of(asked, offered_goals)
    for value in condition.values:
        if value not in possible:
            hint = did_you_mean(value, possible)
            faults.add(
                path,
                f'Vraag "{asked.key}" kan nooit het antwoord "{value}" krijgen; dan wordt "{key}" nooit goed gesteld.{hint}',
            )


def answers_of(question: Question, offered_goals: Sequence[str] = ()) -> tuple[str, ...]:
    """Every answer that a question of a closed kind can get."""
    match question.kind:
        case "choice" | "multi_choice":
            return tuple(option.value for option in question.options)
        case "yes_no":
            return ("ja", "nee")
        case "declaration":
            return ("ja",)
        case "municipality":
            return tuple(row.code for row in municipalities())
        case "area":
            return (*(row.code for row in areas()), NO_AREA)
        case "goals":
            return tuple(offered_goals) or tuple(row.code for row in goals())
    return ()


NO_AREA = "geen"
"""The answer to an area question of somebody outside the eight area approaches."""
