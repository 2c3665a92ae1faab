"""A scheme as one frozen value: what it asks, offers and requires. No database, no clock, no Django.

It is read from a file (`definition_reader`), stored as plain data (`to_dict`), and recognised by its digest.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from grants.kernel.canonical import sha256
from grants.schemes.decoding import DefinitionErrors, Faults, decode, encode
from grants.schemes.definition_fields import (
    AmountRule,
    ApplicantKind,
    Arrangement,
    CeilingPeriod,
    Contact,
    CostRules,
    Criterion,
    Distribution,
    LegalBasis,
    LetterText,
    Mark,
    Obligation,
    Product,
    Publication,
    QuickCheck,
    RefusalGround,
    Retention,
    StateAid,
    SubsidyForm,
    Terms,
)
from grants.schemes.definition_form import DocumentRequirement, Question, Report, Section

FORMAT = 1
"""The format of definitions that this release writes. A file with a higher number comes from a newer release."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemeDefinition:
    """One version of a regeling. `bundle` groups regelingen for figures; `needs_least` of the six needs must be served.

    `title_4_2`: whether title 4.2 of the Awb applies by itself, or by analogy because the ordinance says so (a scheme
    for public bodies only, Awb 4:21(3)); then `title_4_2_basis` is the clause that letters name. `transfer_basis` is the
    clause that consent to a transfer rests on; without one the ordinance as a whole is named. `opens_on` and `closes_on` are the first and last day to apply.
    """

    format: int
    code: str
    title: str
    citation_title: str
    subsidy_form: SubsidyForm
    title_4_2: Literal["direct", "by_analogy"]
    opens_on: date
    closes_on: date
    valid_from: date
    valid_to: date
    summary: str
    intro: str
    applicants: tuple[ApplicantKind, ...]
    legal_basis: tuple[LegalBasis, ...]
    contact: Contact
    products: tuple[Product, ...]
    ceilings: tuple[CeilingPeriod, ...]
    distribution: Distribution
    amount: AmountRule
    costs: CostRules
    arrangements: tuple[Arrangement, ...]
    terms: Terms
    retention: Retention
    sections: tuple[Section, ...]
    questions: tuple[Question, ...]
    criteria: tuple[Criterion, ...]
    refusal_grounds: tuple[RefusalGround, ...]
    obligations: tuple[Obligation, ...]
    goals: tuple[str, ...]
    bundle: str = ""
    title_4_2_basis: str = ""
    transfer_basis: str = ""
    time_zone: str = "Europe/Amsterdam"
    is_demo: bool = False
    reviewer_may_sign: bool = False
    areas: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    needs_least: int = 0
    quick_check: tuple[QuickCheck, ...] = ()
    documents: tuple[DocumentRequirement, ...] = ()
    report: Report = Report()
    letters: tuple[LetterText, ...] = ()
    publication: Publication = Publication()
    state_aid: StateAid = StateAid()
    marks: tuple[Mark, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Plain data, ready for JSON; `from_dict` gives the same definition back."""
        plain: dict[str, Any] = encode(self)
        return plain

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> SchemeDefinition:
        """The definition that `to_dict` wrote. Raises `DefinitionErrors` when the data is no definition."""
        faults = Faults()
        definition = decode(cls, data, faults)
        if definition is None:
            raise DefinitionErrors(faults)
        return definition

    def digest(self) -> str:
        """SHA-256 over the canonical JSON: equal for equal content, however the file was laid out."""
        return sha256(self.to_dict())

    def question(self, key: str) -> Question:
        """The question of the application form with this key. Raises `KeyError`."""
        for question in self.questions:
            if question.key == key:
                return question
        raise KeyError(key)

    def letter_texts(self, kind: str) -> dict[str, str]:
        """Paragraphs of this scheme for a kind of letter, by element."""
        return {text.element: text.text for text in self.letters if text.kind == kind}

    def mark_of(self, path: str) -> Mark | None:
        """How sure is the value at `path`? The mark on it or on a whole that holds it; None when it is confirmed."""
        for mark in self.marks:
            if path == mark.path or path.startswith((f"{mark.path}.", f"{mark.path}[")):
                return mark
        return None


def value_at(definition: SchemeDefinition, path: str) -> Any:
    """The value that a path names; list members by their key or code. Raises `LookupError` when there is none."""
    value: Any = definition
    for name, member in re.findall(r"([a-z_0-9]+)(?:\[([^\]]+)\])?\.?", path) if _PATH.fullmatch(path) else [("", "")]:
        if not hasattr(value, "__dataclass_fields__") or name not in value.__dataclass_fields__:
            raise LookupError(path)
        value = getattr(value, name)
        if member:
            value = _member(value, member, path)
    return value


_PATH = re.compile(r"[a-z_0-9]+(\[[^\]]+\])?(\.[a-z_0-9]+(\[[^\]]+\])?)*")


def _member(items: Any, name: str, path: str) -> Any:
    for item in items if isinstance(items, tuple) else ():
        if name in (item, getattr(item, "key", None), getattr(item, "code", None)):
            return item
    raise LookupError(path)
