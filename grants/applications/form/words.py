"""An answer in words, for whoever reads it beside a form: what somebody else typed, and the copy of an application."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from grants.applications.answering import TABLES, Asked
from grants.applications.templatetags.answer_words import answer_words, euros
from grants.schemes.costs import STATUSES


def in_words(asked: Asked) -> str:
    """The answer as a reader expects it, one line for each choice or row; empty without an answer."""
    if asked.question.kind in TABLES:
        return "\n".join(_row(row) for row in asked.value if isinstance(row, dict)) if isinstance(asked.value, list) else ""
    if asked.question.kind == "declaration":
        return _("Ja, aangevinkt") if asked.value == "ja" else ""
    if asked.choices:
        names = dict(asked.choices)
        return "\n".join(names.get(value, value) for value in _listed(asked.value))
    return answer_words(asked)


def _listed(value: object) -> Iterable[str]:
    items = value if isinstance(value, (list, tuple)) else [value]
    return [str(item) for item in items if item]


def _row(row: dict[str, str]) -> str:
    name = row.get("description") or row.get("financier") or _("Zonder omschrijving")
    status = STATUSES.get(row.get("status", ""), "")
    amount = euros(row["amount"]) if row.get("amount") else _("geen bedrag")
    return f"{name}: {amount}{f' ({status})' if status else ''}"
