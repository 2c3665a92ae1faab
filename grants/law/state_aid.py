"""The test tree for state aid (article 107 TFEU): questions in order, each with its article, and the verdict they lead to.

Five questions ask whether there is aid at all: one no is enough (107(1)). Aid is only lawful when one of the four
that follow is answered with yes (107(2), (3) and 108); otherwise it is incompatible and must be refused (Awb 4:35(3)).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from grants.law.errors import LawError

Verdict = Literal["no_aid", "de_minimis", "de_minimis_sgei", "block_exempted", "notified", "incompatible"]

TFEU: Final = "artikel 107, eerste lid, VWEU"


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the tree. `yes` and `no` are the verdict that the answer brings, or None: go to the next question.

    `reference`: a yes needs the number or article on which it rests.
    """

    key: str
    text: str
    help: str
    article: str
    yes: Verdict | None = None
    no: Verdict | None = None
    reference: str = ""


QUESTIONS: Final[tuple[Question, ...]] = (
    Question(
        "undertaking", "Is de aanvrager voor dit plan een onderneming?",
        "Een onderneming biedt goederen of diensten aan op een markt. De rechtsvorm telt niet: een vereniging of stichting kan een onderneming "
        "zijn. Bewoners die samen hun straat opknappen, zijn dat niet.",
        TFEU, no="no_aid",
    ),
    Question(
        "state_resources", "Komt het geld van de overheid?",
        "Geld van de provincie is geld van de overheid. Alleen als de provincie geld van een ander doorgeeft en daar niets over te zeggen heeft, "
        "is het antwoord nee.",
        TFEU, no="no_aid",
    ),
    Question(
        "advantage", "Geeft de subsidie een voordeel dat de onderneming op de markt niet had gekregen?",
        "Een subsidie is bijna altijd een voordeel. Niet als de onderneming een gewone prijs krijgt voor wat zij levert.",
        TFEU, no="no_aid",
    ),
    Question(
        "selective", "Krijgen sommige ondernemingen of sectoren het voordeel, en andere niet?",
        "Een subsidie voor één aanvrager of voor één soort activiteiten is selectief. Een regel die voor iedere onderneming geldt, is dat niet.",
        TFEU, no="no_aid",
    ),
    Question(
        "trade", "Kan de steun de concurrentie vervalsen en de handel tussen lidstaten raken?",
        "Denk aan klanten of concurrenten uit Duitsland of België, of aan een internationale keten. Een plan dat alleen de buurt bedient, raakt "
        "de handel tussen lidstaten meestal niet.",
        TFEU, no="no_aid",
    ),
    Question(
        "de_minimis", "Is het de-minimissteun?",
        "Kleine steun hoeft niet te worden aangemeld. De onderneming mag niet werken in de visserij of de primaire landbouw, en de steun mag niet "
        "afhangen van uitvoer. Het plafond over drie jaar toetsen wij bij het besluit.",
        "artikel 3 van Verordening (EU) 2023/2831", yes="de_minimis",
    ),
    Question(
        "de_minimis_sgei", "Is het de-minimissteun voor een dienst van algemeen economisch belang (DAEB)?",
        "Alleen als de overheid de onderneming met een besluit heeft belast met een dienst van algemeen economisch belang.",
        "artikel 3 van Verordening (EU) 2023/2832", yes="de_minimis_sgei",
    ),
    Question(
        "block_exempted", "Is de steun vrijgesteld van aanmelding?",
        "Volgens de algemene groepsvrijstellingsverordening, bijvoorbeeld voor cultuur (artikel 53) of sport (artikel 55). De steun is dan wel "
        "bekendgemaakt aan de Europese Commissie.",
        "artikel 3 van Verordening (EU) nr. 651/2014", yes="block_exempted", reference="Op welk artikel, en onder welk nummer is de steun bekendgemaakt?",
    ),
    Question(
        "notified", "Heeft de Europese Commissie de steun goedgekeurd?",
        "De steun is aangemeld en de Commissie heeft ja gezegd. Zonder dat antwoord mag de provincie de steun niet geven.",
        "artikel 108, derde lid, VWEU", yes="notified", no="incompatible", reference="Onder welk nummer is de steun goedgekeurd?",
    ),
)
"""In the order in which they are asked."""

LABELS: Final[Mapping[Verdict, str]] = {
    "no_aid": "geen staatssteun",
    "de_minimis": "de-minimissteun",
    "de_minimis_sgei": "de-minimissteun (DAEB)",
    "block_exempted": "staatssteun, vrijgesteld van aanmelding",
    "notified": "staatssteun, goedgekeurd door de Europese Commissie",
    "incompatible": "verboden staatssteun",
}


@dataclass(frozen=True, slots=True)
class Step:
    """A question on the way to the verdict, with its answer and why."""

    question: Question
    answer: bool
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where the answers lead: a verdict, or the question that is to be answered next. `steps` are those that counted."""

    verdict: Verdict | None
    steps: tuple[Step, ...]
    next: Question | None = None


def walk(answers: Mapping[str, bool], explanations: Mapping[str, str] | None = None) -> Outcome:
    """Follow the tree as far as it is answered; answers after the one that decides do not count.

    Raises LawError for an answer to a question that is not in the tree.
    """
    unknown = answers.keys() - {question.key for question in QUESTIONS}
    if unknown:
        raise LawError(f"no question of the tree: {sorted(unknown)}")
    said = explanations or {}
    steps: list[Step] = []
    for question in QUESTIONS:
        answer = answers.get(question.key)
        if answer is None:
            return Outcome(None, tuple(steps), question)
        steps.append(Step(question, answer, said.get(question.key, "").strip()))
        verdict = question.yes if answer else question.no
        if verdict is not None:
            return Outcome(verdict, tuple(steps))
    raise LawError("the last question of the tree decides either way")


def refusal(verdict: str) -> str | None:
    """Why a grant is not possible with this verdict, in Dutch; None when it is. '' means that nobody tested (Awb 4:35(3))."""
    if not verdict:
        return "De toets op staatssteun ontbreekt. Beantwoord eerst de vragen over staatssteun."
    if verdict == "incompatible":
        return "Deze steun mag niet volgens de regels voor staatssteun. Wijs de aanvraag af."
    return None
