"""Files beside the cases: a paper about an applicant, the evidence of an official. Nobody opens one before it was checked.

A model with such a file inherits `Checked` and is named to `register`: each new row then asks for its check, behind the outbox. Who checks
(the scan for viruses, the safe copy) is registered by a higher floor under the topic CHECK.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _

from grants.kernel import outbox, triggers

CHECK = "files.check_beside"


class CheckState(models.TextChoices):
    """How far the check of a file is; the words are for its readers."""

    RECEIVED = "received", _("wordt nog gecontroleerd")
    WAITING = "waiting", _("wordt nog gecontroleerd")
    CLEAN = "clean", _("gecontroleerd")
    UNCHECKED = "unchecked", _("niet op virussen gecontroleerd (demo)")
    INFECTED = "infected", _("verwijderd: er zat een virus in")
    UNREADABLE = "unreadable", _("niet te lezen")


OPEN = (CheckState.CLEAN, CheckState.UNCHECKED)
UNDER_WAY = (CheckState.RECEIVED, CheckState.WAITING)
REFUSED = (CheckState.INFECTED, CheckState.UNREADABLE)


class Checked(models.Model):
    """The check of the one file that a row may carry, in `file`, `content_type` and `digest`. `received_digest` is of what was sent in."""

    check_state = models.CharField(max_length=10, choices=CheckState, default=CheckState.RECEIVED)
    finding = models.CharField(max_length=300, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    received_digest = models.CharField(max_length=64, blank=True)

    class Meta:
        abstract = True

    @property
    def may_open(self) -> bool:
        return self.check_state in OPEN

    @property
    def is_under_way(self) -> bool:
        return self.check_state in UNDER_WAY

    @property
    def is_refused(self) -> bool:
        return self.check_state in REFUSED

    @property
    def is_infected(self) -> bool:
        return self.check_state == CheckState.INFECTED

    def told_at(self) -> str:
        """The e-mail address that hears that this file cannot be used; '' for nobody: the page says it too."""
        return ""


_models: list[type[Checked]] = []


def register(model: type[Checked]) -> None:
    """Have the files of this model checked."""
    if model not in _models:
        _models.append(model)
        post_save.connect(_asked, sender=model, dispatch_uid=f"checked.{model._meta.label_lower}")


def registered() -> tuple[type[Checked], ...]:
    return tuple(_models)


def model_named(label: str) -> type[Checked]:
    """The registered model with this label. Raises LookupError for another."""
    for model in _models:
        if model._meta.label_lower == label:
            return model
    raise LookupError(label)


def ask(record: Any) -> None:
    """Have the file of this row checked after this transaction; asked twice it is done once."""
    label = record._meta.label_lower
    outbox.enqueue(CHECK, key=f"{label}:{record.pk}", payload={"record": label, "pk": str(record.pk)})


def ask_for_the_forgotten() -> int:
    """Ask for each file that is under way and was never asked for (of before there was a check). Gives how many are under way."""
    found = [record for model in _models for record in model._default_manager.filter(check_state__in=UNDER_WAY).exclude(file="").only("pk")]
    for record in found:
        ask(record)
    return len(found)


def is_kept(path: str) -> bool:
    """Does any row still name this content?"""
    return any(model._default_manager.filter(file=path).exists() for model in _models)


def _asked(sender: type[Checked], instance: Any, created: bool, **_more: Any) -> None:
    if created and instance.file:
        ask(instance)


def constraint(name: str) -> models.CheckConstraint:
    """The check has a known state, and of an infected file nothing is kept."""
    known = Q(check_state__in=["received", "waiting", "clean", "unchecked", "infected", "unreadable"])
    return models.CheckConstraint(condition=known & (~Q(check_state="infected") | Q(file="")), name=name)


def verdict_stands(table: str, *, kept: tuple[str, ...] = ()) -> triggers.Trigger:
    """A trigger: the content changes once, with the verdict; `kept` columns never do."""

    def changed(columns: tuple[str, ...]) -> str:
        return " OR ".join(f"OLD.{column} <> NEW.{column}" for column in columns)

    content = changed(("check_state", "content_type", "digest", "file", "finding"))
    swapped = changed(("file", "digest", "content_type"))
    when = (
        f"{changed((*kept, 'filename', 'received_digest'))} OR (OLD.check_state NOT IN ('received', 'waiting') AND ({content}))"
        f" OR (OLD.check_state = 'waiting' AND NEW.check_state = 'received') OR (NEW.check_state IN ('received', 'waiting') AND ({swapped}))"
    )
    reason = "what was written stays, and a file changes only with the verdict of its check"
    return triggers.refuse(table, "UPDATE", reason, when=when, about="" if kept else "checked")
