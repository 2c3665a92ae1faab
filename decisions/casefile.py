"""What the case page shows of everything that hangs on a case, in a fixed and small number of queries.

The records beside a case stand in tables of their own, but on the page each is one line: a state, an amount, a few days.
So they are asked in one query, as rows of one shape, and become records again of which only those columns are known. A
column that was not asked is fetched when it is read after all, so a panel is never wrong, only slower.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import Any

from django.db.models import Case, CharField, DateField, DateTimeField, DecimalField, Exists, F, Model, OuterRef, QuerySet, UUIDField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from decisions import objections
from decisions.models import AdviceRequest, ApplicantRequest, Beschikking, Claim, DefaultNotice, Objection, PaymentOrder, Transfer
from grants.applications.models import Application
from grants.applications.term_changes import TermChange
from grants.kernel.models import User
from letters.models import Letter

SHAPE: dict[str, type[Any]] = {
    "ref": UUIDField, "state": CharField, "label": CharField, "text": CharField, "more": CharField, "amount": DecimalField,
    "day": DateField, "due": DateField, "first": DateField, "last": DateField, "at": DateTimeField,
}
"""The columns that every kind of record is shown by, beside its kind and id."""

Columns = dict[str, str]
COLLEAGUE = When(kind="colleague", then=Case(When(adviser__last_name="", then=F("adviser__username")), default=F("adviser__first_name")))
INSTEAD: dict[tuple[type[Model], str], Combinable] = {
    (AdviceRequest, "expert_name"): Case(COLLEAGUE, default=F("expert_name")),
    (AdviceRequest, "organisation"): Case(When(kind="colleague", then=F("adviser__last_name")), default=F("organisation")),
}
"""The two names of an adviser: typed, or those of the colleague."""
LINES: tuple[tuple[type[Model], Columns], ...] = (
    (Beschikking, {"ref": "letter_id", "state": "state", "label": "act", "amount": "amount", "day": "sent_on", "at": "created_at"}),
    (Letter, {"state": "state", "label": "kind", "day": "day", "at": "created_at"}),
    (PaymentOrder, {"state": "state", "label": "kind", "amount": "amount", "day": "credited_on", "due": "due_on"}),
    (Claim, {"state": "state", "amount": "amount", "day": "since", "due": "due_on"}),
    (Objection, {"ref": "contested_id", "state": "state", "label": "outcome", "day": "received_on", "due": "decide_by"}),
    (DefaultNotice, {"state": "state", "text": "problem", "amount": "amount", "day": "received_on", "due": "decide_by", "first": "first_day", "last": "last_day"}),
    (AdviceRequest, {"state": "state", "label": "kind", "text": "expert_name", "more": "organisation", "day": "asked_on", "due": "due_on", "last": "answered_on"}),
    (Transfer, {"state": "state", "label": "basis"}),
    (ApplicantRequest, {"state": "state", "label": "kind", "amount": "amount", "day": "asked_on"}),
)
"""Which field of each model stands in which column."""


class CaseFile:
    """The records of one case, loaded once for the request; panels read from here."""

    def __init__(self, application: Application) -> None:
        self.application = application

    @cached_property
    def _records(self) -> dict[type[Model], list[Any]]:
        """Every record of the case by its model, oldest first: one query, however many kinds and rows there are."""
        found: dict[type[Model], list[Any]] = defaultdict(list)
        first, *others = (_lines(model, columns, self.application) for model, columns in LINES)
        for kind, key, *values in first.union(*others, all=True):
            model, columns = LINES[kind]
            row = dict(zip(SHAPE, values, strict=True))
            found[model].append(_record(model, columns, key, row, self.application))
        return found

    def _sorted(self, model: type[Model], *names: str) -> list[Any]:
        return sorted(self._records[model], key=lambda record: [getattr(record, name) for name in names])

    @cached_property
    def decisions(self) -> list[Beschikking]:
        """With their letters, as far as a list shows these."""
        found = self._sorted(Beschikking, "created_at")
        letters = {letter.pk: letter for letter in self.letters}
        for decision in found:
            if decision.letter_id in letters:
                decision.letter = letters[decision.letter_id]
        return found

    @cached_property
    def letters(self) -> list[Letter]:
        return self._sorted(Letter, "created_at")

    @cached_property
    def payments(self) -> list[PaymentOrder]:
        return self._sorted(PaymentOrder, "due_on", "pk")

    @cached_property
    def claims(self) -> list[Claim]:
        return self._sorted(Claim, "since", "pk")

    @cached_property
    def notices(self) -> list[DefaultNotice]:
        return self._sorted(DefaultNotice, "received_on", "state")

    @cached_property
    def transfers(self) -> list[Transfer]:
        return self._records[Transfer]

    @cached_property
    def requests(self) -> list[ApplicantRequest]:
        return self._sorted(ApplicantRequest, "asked_on", "pk")

    @cached_property
    def advices(self) -> list[AdviceRequest]:
        """With the adviser's name, whether typed or a colleague's."""
        found = self._sorted(AdviceRequest, "asked_on", "pk")
        for advice in found:
            if not advice.is_outside:
                advice.adviser = User(first_name=advice.expert_name, last_name=advice.organisation)
        return found

    @cached_property
    def objections(self) -> list[Objection]:
        """With the decisions that they contest."""
        found = self._sorted(Objection, "received_on", "pk")
        decisions = {decision.pk: decision for decision in self.decisions}
        for objection in found:
            objection.contested = decisions[objection.contested_id]
        return found

    def contestable(self) -> list[Beschikking]:
        """The decisions to which somebody can object now."""
        made = defaultdict(list)
        for objection in self.objections:
            made[objection.contested_id].append(objection)
        return [d for d in self.decisions if objections.contest_refusal(d, made[d.pk]) is None]

    @cached_property
    def deadlines(self) -> list[Any]:
        """Each with `stands_still`: does a suspension of it run that has not ended?"""
        pauses = TermChange.objects.filter(deadline=OuterRef("pk"), last_day__isnull=True, kind__in=TermChange.SUSPENSIONS)
        return list(self.application.deadlines.annotate(stands_still=Exists(pauses)))

    @cached_property
    def submissions(self) -> list[Any]:
        return list(self.application.submissions.all())

    @cached_property
    def documents(self) -> list[Any]:
        return list(self.application.documents.all())


def of(application: Application) -> CaseFile:
    """The file of this case; the same one for everything that asks it with the same instance."""
    found: CaseFile | None = application.__dict__.get("_case_file")
    if found is None:
        found = application.__dict__["_case_file"] = CaseFile(application)
    return found


def _lines(model: type[Model], columns: Columns, application: Application) -> QuerySet[Any, Any]:
    """One kind of record in the shape that all share. A notice of default has a number for a key, and needs none on the page."""
    place = next(number for number, (kind, _columns) in enumerate(LINES) if kind is model)
    rows = model._default_manager.filter(chain=application.chain_id) if model is Letter else model._default_manager.filter(application=application)
    key = _nothing(UUIDField) if model is DefaultNotice else F("pk")

    def shown(name: str, kind: type[Any]) -> Combinable:
        field = columns.get(name, "")
        return INSTEAD.get((model, field)) or (F(field) if field else _nothing(kind))

    return rows.order_by().values_list(Value(place), key, *(shown(name, kind) for name, kind in SHAPE.items()))


def _nothing(kind: type[Any]) -> Combinable:
    """An empty column of a kind: PostgreSQL wants to know of which."""
    options: dict[type[Any], dict[str, int]] = {CharField: {"max_length": 200}, DecimalField: {"max_digits": 13, "decimal_places": 2}}
    return Cast(Value(None), kind(**options.get(kind, {})))


def _record(model: type[Model], columns: Columns, key: Any, row: dict[str, Any], application: Application) -> Any:
    """The record with the columns that are known; the others stay deferred."""
    known = {field: row[name] for name, field in columns.items()}
    if model is Letter:
        known["chain_id"] = application.chain_id
    else:
        known["application_id"] = application.pk
    if key is not None:
        known["id"] = key
    names = [field.attname for field in model._meta.concrete_fields if field.attname in known]
    record = model.from_db(application._state.db, names, [known[name] for name in names])
    if model is not Letter:
        record.application = application  # type: ignore[attr-defined]
    return record
