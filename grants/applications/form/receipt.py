"""What the applicant gets at once after sending in: when a decision is due and why then, and a copy of everything that was sent."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from grants.applications import deadlines
from grants.applications.answering import TABLES, Asked, asked, lists_of
from grants.applications.form.words import in_words
from grants.applications.letterhead import letter_for
from grants.applications.models import Application, Submission
from grants.law.formats import long_date
from grants.schemes.reading import parts, visible_questions
from letters.content import Block, Facts, Heading, Items, Letter, Paragraph, clean
from letters.pdf import unprintable

KIND = "KOPIE"
"""Stands in the reference of the copy; it is no letter of the catalogue: nothing is decided or asked by it."""
LONGEST = 10_000
"""Most characters in one paragraph of the copy; a longer answer goes on in the next."""


def why_then(application: Application) -> str:
    """In plain words: the last day of the decision term, and how it was counted."""
    terms = application.definition.terms
    term = deadlines.latest(application, deadlines.DECISION)
    values = {"weeks": terms.decision_weeks}
    if term is None and terms.starts_from == "closing_date":
        return _("U krijgt een besluit binnen %(weeks)s weken na de dag waarop de regeling sluit.") % values
    if term is None:
        return _("U krijgt een besluit binnen %(weeks)s weken nadat uw aanvraag compleet is.") % values
    days = {**values, "last": long_date(term.last_day), "first": long_date(term.starts_on), "days": term.suspended_days}
    text = _("U krijgt uiterlijk op %(last)s een besluit: dat is %(weeks)s weken na %(first)s, de dag waarop wij uw aanvraag kregen.") % days
    if term.suspended_days:
        text = _("U krijgt uiterlijk op %(last)s een besluit: %(weeks)s weken na %(first)s, en de %(days)s dagen erbij dat de termijn stilstond.") % days
    elif term.last_day != term.raw_end:
        text += " " + _("De laatste dag viel op een vrije dag en schuift daarom op.")
    return text


def copy_of(application: Application, submission: Submission) -> Letter:
    """The copy of what was sent in, section by section, as a letter to print and keep."""
    day = timezone.localdate(submission.received_at)
    return letter_for(application, KIND, _("Kopie van uw aanvraag"), day, tuple(_body(application, submission)))


def _body(application: Application, submission: Submission) -> Iterator[Block]:
    definition, answers = application.definition, submission.answers
    printed = _Printed()
    yield Paragraph(_("Dit is een kopie van wat u hebt ingestuurd. Bewaar deze kopie."))
    yield Facts(
        (
            (_("Zaaknummer"), application.case_number or ""), (_("Regeling"), application.scheme.title),
            (_("Ontvangen"), _("%(day)s om %(time)s uur") % {
                "day": long_date(timezone.localdate(submission.received_at)), "time": date_format(timezone.localtime(submission.received_at), "H.i"),
            }),
            (_("Wanneer u hoort"), why_then(application)),
        )
    )
    lists = lists_of(definition)
    shown = {q.key for q in visible_questions(definition.questions, answers)}
    in_parts = [(part.section.title, part.shown) for part in parts(definition, answers)]
    told = {question.key for _title, questions in in_parts for question in questions}
    rest = [q for q in definition.questions if q.key in shown and q.key not in told]
    for title, questions in [*in_parts, (_("Ondertekening"), rest)]:
        lines = [one for one in asked(definition, [q for q in questions if q.kind != "file"], answers, lists=lists)]
        if lines:
            yield Heading(printed(title))
            yield from _answers(lines, printed)
    names = [printed(document.filename) for document in submission.documents.all()]
    yield Heading(_("Bestanden"))
    yield Items(tuple(names)) if names else Paragraph(_("U stuurde geen bestanden mee."))
    if printed.replaced:
        yield Paragraph(_("Sommige tekens kan dit bestand niet tonen. Daar staat [?]. In het gegevensbestand staan zij wel."))


def _answers(lines: list[Asked], printed: _Printed) -> Iterator[Block]:
    for one in lines:
        text = in_words(one) or _("niet ingevuld")
        yield Heading(printed(one.question.label), level=3)
        pieces = [piece for line in text.splitlines() if (piece := printed(line))]
        if one.question.kind in TABLES or len(one.choices) and len(pieces) > 1:
            yield Items(tuple(pieces))
            continue
        for piece in pieces:
            for start in range(0, len(piece), LONGEST):
                yield Paragraph(piece[start : start + LONGEST])


class _Printed:
    """A text as the fonts of a letter can show it."""

    def __init__(self) -> None:
        self.replaced = False

    def __call__(self, text: str) -> str:
        found = clean(text)
        while character := unprintable([found]):
            found, self.replaced = found.replace(character, "[?]"), True
        return found
