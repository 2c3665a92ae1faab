"""The pure part of the command `term`: arguments in, exit code and texts out. It reads no clock and prints
nothing itself.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from datetime import date
from typing import Final, NoReturn, TypeVar

from grants.law.errors import LawError, PeriodError
from grants.law.formats import long_date
from grants.law.rules import SuspensionKind
from grants.law.terms import (
    Delay,
    Suspension,
    Term,
    agreed_suspension,
    completion_suspension,
    compute,
    extension,
    new_term,
)

OK: Final = 0
REFUSED: Final = 2
_Built = TypeVar("_Built")


class _Refused(Exception):
    """The arguments make no term; the message is a Dutch sentence for the person at the keyboard."""


class _Finished(Exception):
    """The help text was asked for."""


class _Parser(argparse.ArgumentParser):
    """Raises where argparse would end the process."""

    def error(self, message: str) -> NoReturn:
        raise _Refused(f"{message}\n{self.format_usage().strip()}")

    def print_help(self, file: object = None) -> None:
        raise _Finished(self.format_help())


def _parser() -> _Parser:
    parser = _Parser(
        prog="term",
        description="Rekent een wettelijke termijn uit en legt elke stap uit.",
        allow_abbrev=False,
    )
    parser.add_argument("rule", metavar="RULE", help="naam van de termijn, zoals DECISION_13W_ASV")
    parser.add_argument("start", metavar="START", help="dag van de gebeurtenis, jjjj-mm-dd; die dag telt niet mee")
    parser.add_argument(
        "--completion",
        metavar="REQUESTED:COMPLETED",
        action="append",
        default=[],
        help="dag van het verzoek om aanvulling en dag van de aanvulling",
    )
    parser.add_argument(
        "--agreed",
        metavar="FROM:TO",
        action="append",
        default=[],
        help="afgesproken uitstel, beide dagen tellen",
    )
    parser.add_argument(
        "--suspend",
        metavar="KIND:FROM:TO",
        action="append",
        default=[],
        help=f"andere opschorting, beide dagen tellen; soorten: {', '.join(SuspensionKind)}",
    )
    parser.add_argument(
        "--extension",
        metavar="SENT:WEEKS",
        action="append",
        default=[],
        help="verlenging volgens de verordening: dag van de brief en aantal weken",
    )
    parser.add_argument(
        "--new-term",
        metavar="SENT:UNTIL",
        action="append",
        default=[],
        help="nieuwe laatste dag, genoemd in een brief (artikel 4:14, derde lid, Awb)",
    )
    parser.add_argument("--months", type=int, help="aantal maanden, waar de verordening of de brief dat bepaalt")
    parser.add_argument("--weeks", type=int, help="aantal weken, waar de verordening of de brief dat bepaalt")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="vorm van de uitkomst")
    return parser


def _day(text: str) -> date:
    """A day as jjjj-mm-dd and nothing else, so that no other ISO form is misread."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        raise _Refused(f"'{text}' is geen dag. Schrijf een dag als jjjj-mm-dd, bijvoorbeeld 2025-03-03.")
    return day


def _period(text: str, option: str, build: Callable[[date, date], _Built]) -> _Built:
    parts = text.split(":")
    if len(parts) != 2:
        raise _Refused(f"'{text}' bij {option} is niet goed. Schrijf twee dagen met een dubbele punt ertussen.")
    return build(_day(parts[0]), _day(parts[1]))


def _other(text: str) -> Suspension:
    kind, _, days = text.partition(":")
    if kind not in set(SuspensionKind):
        raise _Refused(f"'{kind}' is geen soort opschorting. Kies uit: {', '.join(SuspensionKind)}.")

    def build(first: date, last: date) -> Suspension:
        if last < first:
            raise PeriodError("Een opschorting kan niet eindigen voordat zij begint.", first, last)
        return Suspension(SuspensionKind(kind), first, last)

    return _period(days, "--suspend", build)


def _extension(text: str) -> Delay:
    day, _, weeks = text.partition(":")
    if not (weeks.isascii() and weeks.isdecimal() and len(weeks) < 4):
        raise _Refused(f"'{text}' bij --extension is niet goed. Schrijf een dag, een dubbele punt en een aantal weken.")
    return extension(_day(day), int(weeks))


def _as_json(term: Term) -> str:
    values = {
        "rule": term.rule.id,
        "start": term.start.isoformat(),
        "raw_end": term.raw_end.isoformat(),
        "last_day": term.last_day.isoformat(),
        "suspended_days": term.suspended_days,
        "working_deadline": term.working_deadline.isoformat(),
        "explanation": [{"step": line.step, "article": line.article, "date": line.date.isoformat()} for line in term.explanation],
    }
    return json.dumps(values, ensure_ascii=False, indent=2) + "\n"


def _as_text(term: Term) -> str:
    lines = [f"{term.rule.id}: {term.rule.title}. De laatste dag is {long_date(term.last_day)}."]
    lines += [f"{number}. {line.step} ({line.article})" for number, line in enumerate(term.explanation, start=1)]
    return "\n".join(lines) + "\n"


def run(argv: Sequence[str]) -> tuple[int, str, str]:
    """Exit code, standard output and standard error for `RULE START [--completion REQUESTED:COMPLETED]...`.

    0 with the term as text or JSON; 2 with a Dutch sentence and nothing on standard output when the arguments
    make no term. With JSON the output is one object: rule, start, raw_end, last_day, suspended_days,
    working_deadline and explanation, a list of step, article and date. Dates are jjjj-mm-dd.
    """
    try:
        asked = _parser().parse_args(list(argv))
        suspensions = [_period(text, "--completion", completion_suspension) for text in asked.completion]
        suspensions += [_period(text, "--agreed", agreed_suspension) for text in asked.agreed]
        suspensions += [_other(text) for text in asked.suspend]
        delays = [_extension(text) for text in asked.extension]
        delays += [_period(text, "--new-term", new_term) for text in asked.new_term]
        start = _day(asked.start)
        term = compute(asked.rule, start, suspensions=suspensions, delays=delays, weeks=asked.weeks, months=asked.months)
    except _Finished as finished:
        return OK, str(finished), ""
    except OverflowError:
        return REFUSED, "", "Deze dagen liggen te ver weg om mee te rekenen.\n"
    except (_Refused, LawError) as refused:
        return REFUSED, "", f"{refused}\n"
    return OK, _as_json(term) if asked.format == "json" else _as_text(term), ""
