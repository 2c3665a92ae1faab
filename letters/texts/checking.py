"""Is a text fit to use? What is wrong at once (`slips`), and what stops publication (`gaps`), in sentences for the writer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from letters.content import MAX_PARTS, MAX_TEXT, ContentError
from letters.kinds import ELEMENTS, KINDS, missing_elements
from letters.pdf import DoesNotFit, MissingGlyph, render_pdf
from letters.pdf.fonts import font_set
from letters.texts.samples import letter_of, sample_values
from letters.texts.template import NAME, Form, Part, Template
from letters.texts.vocabulary import Vocabulary

MOST_SITUATIONS = 4096
"""Of one must-element: more ways in which conditions go together than a person could ever foresee."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and in which part ('' for the text as a whole)."""

    part: str
    text: str


def slips(template: Template, vocabulary: Vocabulary) -> tuple[Problem, ...]:
    """What cannot be kept as it is: unknown names, a character that no font has, a text over the limits."""
    found: list[Problem] = []
    names: set[str] = set()
    for part in template.parts:
        if part.name in names:
            found.append(Problem(part.name, "Deze naam staat er twee keer. Geef een van de twee alinea's een andere naam."))
        names.add(part.name)
        found += (Problem(part.name, text) for text in _slips_of(part, vocabulary, template.kind))
    if not template.parts:
        found.append(Problem("", "Deze tekst is leeg. Schrijf ten minste een alinea, of gooi het concept weg."))
    if len(template.parts) > MAX_PARTS:
        found.append(Problem("", f"Deze tekst heeft {len(template.parts)} alinea's, en er passen er {MAX_PARTS} in een brief. Voeg alinea's samen."))
    return tuple(found)


def _slips_of(part: Part, vocabulary: Vocabulary, kind: str) -> Iterator[str]:
    if not NAME.fullmatch(part.name):
        yield "De naam van een alinea begint met een kleine letter. Verder mag alleen: kleine letters, cijfers en het teken _."
    if len(part.text) > MAX_TEXT:
        yield f"Deze tekst is te lang: {len(part.text)} tekens, en er mogen er {MAX_TEXT} in. Maak de tekst korter."
    character = next((each for each in part.text if each not in font_set().known and not each.isspace()), "")
    if character:
        yield f"Het teken «{character}» (U+{ord(character):04X}) kan niet worden afgedrukt. Vervang het door een ander teken."
    if part.form == Form.BLOCK:
        if part.block not in vocabulary.blocks:
            yield f"Het blok {part.block or part.text} bestaat niet in deze brief.{_instead(part.block, vocabulary.blocks, vocabulary)}"
    else:
        for name in part.facts:
            if name.startswith("blok:"):
                yield f"{{{name}}} moet alleen staan. Kies bij deze alinea de opmaak «tabel of lijst van het systeem»."
            elif name not in vocabulary.facts:
                yield f"Het gegeven {{{name}}} bestaat niet in deze brief.{_instead(name, vocabulary.facts, vocabulary)}"
        rest = part.text
        for name in part.facts:
            rest = rest.replace(f"{{{name}}}", "")
        if "{" in rest or "}" in rest:
            yield "Er staat een losse accolade in deze tekst. Een gegeven staat tussen twee accolades: {amount}."
    for name in part.conditions:
        if name not in vocabulary.conditions:
            yield f"De voorwaarde {name} bestaat niet in deze brief.{_instead(name, vocabulary.conditions, vocabulary)}"
    known = {*KINDS[kind].must, *KINDS[kind].may}
    for name in part.elements:
        if name not in ELEMENTS:
            yield f"Het verplichte onderdeel {name} bestaat niet.{_instead(name, known, vocabulary)}"


def _instead(name: str, known: Iterable[str], vocabulary: Vocabulary) -> str:
    nearest = vocabulary.nearest(name, among=known)
    return f" Bedoelt u {nearest}?" if nearest else " Kies een naam uit de lijst."


def gaps(template: Template, vocabulary: Vocabulary) -> tuple[Problem, ...]:
    """Why this text cannot be published; nothing when it can. Slips come first: with those the rest cannot be judged."""
    found = list(slips(template, vocabulary))
    if found:
        return tuple(found)
    found += _guards(template, vocabulary)
    if not any(part.form == Form.SUBJECT for part in template.parts):
        found.append(Problem("", "Het onderwerp van de brief ontbreekt."))
    if found:
        return tuple(found)
    found += _missing(template, vocabulary)
    return tuple(found) or tuple(_unprintable(template, vocabulary))


def _guards(template: Template, vocabulary: Vocabulary) -> Iterator[Problem]:
    """A fact that is there only under a condition stands only in a part with that condition."""
    for part in template.parts:
        needed = {fact.only_if: name for name in part.facts if (fact := vocabulary.facts[name]).only_if}
        for condition, name in needed.items():
            if not vocabulary.always(part.when, condition):
                yield Problem(
                    part.name,
                    f"Het gegeven {{{name}}} is er alleen onder de voorwaarde «{condition}» ({in_words(condition, vocabulary)}). "
                    "Zet die voorwaarde bij deze alinea.",
                )


def in_words(condition: str, vocabulary: Vocabulary) -> str:
    """What a condition says, for in a sentence."""
    name = condition.removeprefix("not ")
    text = vocabulary.conditions[name].explanation
    return f"niet: {text[0].lower()}{text[1:]}" if condition != name else f"{text[0].lower()}{text[1:]}"


def _missing(template: Template, vocabulary: Vocabulary) -> Iterator[Problem]:
    """For each must-element every situation that can change it, on a sample letter; the first in which it is missing is told."""
    for element in KINDS[template.kind].must:
        deciding = _deciding(template, element, vocabulary)
        for number, true in enumerate(vocabulary.situations(deciding)):
            if number >= MOST_SITUATIONS:
                yield Problem("", f"Bij «{ELEMENTS[element]}» horen te veel voorwaarden door elkaar. Gebruik er minder.")
                break
            letter = letter_of(template, sample_values(vocabulary, true))
            if ELEMENTS[element] in missing_elements(letter):
                yield Problem("", f"In deze brief ontbreekt: {ELEMENTS[element]}.{_situation(true, deciding, vocabulary)}")
                break


def _deciding(template: Template, element: str, vocabulary: Vocabulary) -> set[str]:
    """The conditions that decide whether the element stands in the letter; for the decision also those of what stands before it."""
    names: set[str] = set()
    decides: list[Part] = []
    for part in template.parts:
        slot = vocabulary.blocks.get(part.block)
        elements = slot.elements if slot else part.elements
        is_body = part.form not in (Form.SUBJECT, Form.HEADING)
        if element in elements or element == "decision" and is_body or element == "subject" and part.form == Form.SUBJECT:
            names |= set(part.conditions)
            if slot and slot.only_if:
                names.add(slot.only_if.removeprefix("not "))
        if element == "decision" and "decision" in elements:
            decides.append(part)
            if all(any(each.holds(true) for each in decides) for true in vocabulary.situations(names)):
                return names  # one of these always stands there: what follows can no longer be the first paragraph
    return {name for part in decides for name in part.conditions} if element == "decision" else names


def _situation(true: frozenset[str], deciding: set[str], vocabulary: Vocabulary) -> str:
    """Which situation it is, in words, so that the writer can picture it."""
    if not deciding:
        return ""
    said = [vocabulary.conditions[name].explanation for name in sorted(deciding) if name in true]
    others = [f"niet: {vocabulary.conditions[name].explanation}" for name in sorted(deciding) if name not in true]
    return f" Dat is zo als dit geldt: {'; '.join(said or others)}."


def _unprintable(template: Template, vocabulary: Vocabulary) -> Iterator[Problem]:
    try:
        render_pdf(letter_of(template, sample_values(vocabulary)))
    except (ContentError, MissingGlyph, DoesNotFit) as error:
        yield Problem("", error.sentence)
