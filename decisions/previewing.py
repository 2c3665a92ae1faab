"""The letter of a decision before anybody signed it: what is typed, with the real case. Nothing is stored or numbered."""

from __future__ import annotations

import dataclasses
from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from decisions import calculating
from decisions.beschikking import compose
from decisions.models import Beschikking, View
from decisions.services import objection_deciding
from grants.applications.models import Application
from grants.kernel.models import User
from grants.kernel.recording import recording
from letters.content import Closing, ContentError, Letter
from letters.pdf import DoesNotFit, MissingGlyph, render_pdf
from letters.rendering.html import render_html

BELOW = 2
"""The letter stands below a heading of level 2 of its page."""


class CannotShow(Exception):
    """The letter cannot be shown as a file; `str()` says why, in Dutch."""


class _TakenBack(Exception):
    """What was made to be shown does not stay."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A letter as it would go out today, or the sentence that says why it cannot be shown."""

    letter: Letter | None
    problem: str = ""

    @property
    def html(self) -> SafeString:
        return mark_safe(render_html(self.letter, deeper=BELOW)) if self.letter else SafeString("")  # noqa: S308 - render_html escapes every text

    def pdf(self) -> bytes:
        """The file, marked as a concept. Raises CannotShow with a sentence for people."""
        if self.letter is None:
            raise CannotShow(self.problem)
        try:
            return render_pdf(self.letter, concept=True)
        except (MissingGlyph, DoesNotFit) as error:
            raise CannotShow(error.sentence) from error


def of_draft(decision: Beschikking, day: date, *, view: View | None = None) -> Preview:
    """The letter of a decision in preparation, stored or not. Who signs is not known yet, and so not printed."""
    try:
        letter = compose(decision.application, decision, day=day, signer=decision.prepared_by, mandate="", view=view).letter
    except ContentError as error:
        return Preview(None, error.sentence)
    nobody = Closing(on_behalf=letter.closing.on_behalf, name=_("(naam van wie ondertekent)"), function=_("(functie)"), mandate=_("(mandaat)"))
    return Preview(dataclasses.replace(letter, closing=nobody))


def of_typed(application: Application, act: str, values: dict[str, Any], preparer: User, day: date, *, view_not_required: str = "") -> Preview:
    """The letter of what is typed in the form, as if it were kept now."""
    calculation = calculating.with_decision(calculating.calculate(application, act), values.get("amount"))
    decision = Beschikking(application=application, act=act, prepared_by=preparer, calculation=calculation, **values)
    return of_draft(decision, day, view=_view(decision, view_not_required))


def of_objection(given: dict[str, Any], day: date) -> Preview:
    """The letter of what is typed about an objection: the draft is made and taken back. Raises ActError as the draft itself would.

    It is taken back before its event gets a place, so that nobody who records has to wait for an example.
    """
    try:
        with recording():
            preview = of_draft(objection_deciding.prepare(**given, day=day), day)
            raise _TakenBack
    except _TakenBack:
        return preview


def of_changed(decision: Beschikking, values: dict[str, Any], day: date, *, view_not_required: str = "") -> Preview:
    """The letter of a stored draft with what is typed over it; the draft itself stays as it is."""
    typed = copy(decision)
    for name, value in values.items():
        setattr(typed, name, value)
    typed.calculation = calculating.with_decision(calculating.calculate(typed.application, typed.act), typed.amount)
    return of_draft(typed, day, view=_view(typed, view_not_required))


def _view(decision: Beschikking, not_required: str) -> View | None:
    """The note as it will be made when the draft is kept; None: what is stored counts."""
    return View(application=decision.application, about=decision.act, not_required=not_required) if not_required else None
