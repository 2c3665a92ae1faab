"""The quick check of a scheme: is it sound, and what does it say to somebody's answers? Pure; nothing is kept."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from grants.schemes.decoding import Faults
from grants.schemes.definition import SchemeDefinition
from grants.schemes.definition_fields import QuickCheck, QuickOption

MOST = 5
"""Questions that somebody answers before typing; more is a form."""
_VALUE = re.compile(r"[a-z][a-z0-9_]{0,59}")


class Verdict(StrEnum):
    FITS = "fits"
    DOES_NOT_FIT = "does_not_fit"
    OPEN = "open"
    """Nothing speaks against it, and not every question was answered."""


@dataclass(frozen=True, slots=True)
class Said:
    """What one answer means. `option` is None for a question without an answer."""

    check: QuickCheck
    option: QuickOption | None


@dataclass(frozen=True, slots=True)
class Advice:
    verdict: Verdict
    said: tuple[Said, ...]

    @property
    def against(self) -> tuple[Said, ...]:
        """The answers that do not fit, with the reason and what can be done instead."""
        return tuple(one for one in self.said if one.option is not None and not one.option.fits)

    @property
    def unanswered(self) -> tuple[Said, ...]:
        return tuple(one for one in self.said if one.option is None)


def options_of(check: QuickCheck) -> tuple[QuickOption, ...]:
    """What can be answered: its own options, or yes and no."""
    if check.options:
        return check.options
    return tuple(
        QuickOption(value=value, label=label, fits=value == check.expected, otherwise=check.otherwise, schemes=check.schemes)
        for value, label in (("ja", "Ja"), ("nee", "Nee"))
    )


def advise(definition: SchemeDefinition, answers: Mapping[str, str]) -> Advice:
    """Does this scheme fit these answers? An answer that does not exist counts as none."""
    said = tuple(
        Said(check, next((option for option in options_of(check) if option.value == answers.get(check.key)), None))
        for check in definition.quick_check
    )
    if any(one.option is not None and not one.option.fits for one in said):
        return Advice(Verdict.DOES_NOT_FIT, said)
    return Advice(Verdict.OPEN if any(one.option is None for one in said) else Verdict.FITS, said)


def check_quick_check(d: SchemeDefinition, faults: Faults) -> None:
    """Add what is wrong with the quick check to `faults`."""
    if len(d.quick_check) > MOST:
        faults.add("quick_check", f"Er zijn {len(d.quick_check)} snelle vragen. Vraag er hoogstens {MOST}: wie kijkt of het past, wil snel antwoord.")
    for place, check in enumerate(d.quick_check):
        path = f"quick_check[{place}]"
        if not _VALUE.fullmatch(check.key):
            faults.add(f"{path}.key", f'"{check.key}" kan geen sleutel zijn. Gebruik kleine letters, cijfers en _, en begin met een letter.')
        if check.options:
            _check_options(d, check, path, faults)
        elif check.expected is None:
            faults.add(path, f'Vraag "{check.key}" heeft geen antwoord dat past. Vul expected in ("ja" of "nee"), of geef options.')
        elif not check.otherwise:
            faults.add(f"{path}.otherwise", f'Vraag "{check.key}": schrijf op waarom het anders niet past, en wat dan wel kan.')
        _check_schemes(d, check.schemes, f"{path}.schemes", faults)


def _check_options(d: SchemeDefinition, check: QuickCheck, path: str, faults: Faults) -> None:
    if check.expected is not None or check.otherwise or check.schemes:
        faults.add(path, f'Vraag "{check.key}" heeft eigen options. Zet expected, otherwise en schemes dan bij de opties.')
    values = [option.value for option in check.options]
    if len(values) < 2 or len(set(values)) < len(values):
        faults.add(f"{path}.options", f'Vraag "{check.key}" heeft minstens twee opties nodig, elk met een eigen value.')
    if all(option.fits for option in check.options) or not any(option.fits for option in check.options):
        faults.add(f"{path}.options", f'Vraag "{check.key}": minstens een optie past, en minstens een niet (fits = false). Anders zegt de vraag niets.')
    for number, option in enumerate(check.options):
        if not _VALUE.fullmatch(option.value):
            faults.add(f"{path}.options[{number}].value", f'"{option.value}" kan geen waarde zijn. Gebruik kleine letters, cijfers en _.')
        if not option.fits and not option.otherwise:
            faults.add(f"{path}.options[{number}].otherwise", f'Optie "{option.value}" past niet. Schrijf op waarom niet, en wat dan wel kan.')
        if option.fits and (option.otherwise or option.schemes):
            faults.add(f"{path}.options[{number}]", f'Optie "{option.value}" past. Dan is er geen otherwise of schemes nodig.')
        _check_schemes(d, option.schemes, f"{path}.options[{number}].schemes", faults)


def _check_schemes(d: SchemeDefinition, codes: tuple[str, ...], path: str, faults: Faults) -> None:
    for code in codes:
        if code == d.code or not re.fullmatch(r"[A-Z0-9]+(-[A-Z0-9]+)*", code):
            faults.add(path, f'"{code}" is geen andere regeling. Noem de code van een andere regeling.')
