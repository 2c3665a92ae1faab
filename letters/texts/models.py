"""The texts that the province wrote itself, version by version, and the values that each letter was made with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from grants.kernel import triggers
from grants.kernel.roles import Role
from letters.kinds import KINDS
from letters.texts.template import Template

if TYPE_CHECKING:
    from grants.kernel.models import User


class LetterTemplateQuerySet(models.QuerySet["LetterTemplate"]):
    def visible_to(self, user: User) -> LetterTemplateQuerySet:
        """Texts that the user manages: those of the house only for who manages every scheme."""
        codes = user.scheme_codes_for(frozenset({Role.SCHEME_MANAGER}))
        return self.all() if codes is None else self.filter(scheme__in=codes)

    def published(self) -> LetterTemplateQuerySet:
        return self.filter(state=LetterTemplate.State.PUBLISHED)


class LetterTemplate(models.Model):
    """One version of the text of a kind: of the whole house, or the parts in which a scheme differs from it.

    Once published its text never changes. To go back, an older version is published anew (`restores`).
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("concept")
        PUBLISHED = "published", _("in gebruik")
        WITHDRAWN = "withdrawn", _("niet meer in gebruik")

    kind = models.CharField(_("soort brief"), max_length=12)
    scheme = models.CharField(_("regeling"), max_length=40, blank=True, help_text=_("Code van de regeling. Leeg: voor alle regelingen."))
    number = models.PositiveIntegerField(_("nummer"))
    based_on = models.CharField(max_length=8, help_text=_("De versie van de tekst bij de software toen deze versie werd gemaakt."))
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    restores = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(_("wat is er veranderd, en waarom"), blank=True, max_length=1000)
    changed_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)

    objects = LetterTemplateQuerySet.as_manager()

    class Meta:
        app_label = "letters"
        verbose_name = _("brieftekst")
        verbose_name_plural = _("briefteksten")
        ordering = ["kind", "scheme", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "scheme", "number"], name="letter_text_number_once"),
            models.UniqueConstraint(fields=["kind", "scheme"], condition=Q(state="published"), name="one_published_letter_text"),
            models.UniqueConstraint(fields=["kind", "scheme"], condition=Q(state="draft"), name="one_draft_letter_text"),
            models.CheckConstraint(condition=Q(state__in=["draft", "published", "withdrawn"]), name="letter_text_known_state"),
            models.CheckConstraint(condition=Q(number__gte=1), name="letter_text_from_one"),
            models.CheckConstraint(
                condition=Q(state="draft", published_by__isnull=True, published_at__isnull=True)
                | ~Q(state="draft") & Q(published_by__isnull=False, published_at__isnull=False),
                name="letter_text_published_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn", withdrawn_by__isnull=False, withdrawn_at__isnull=False)
                | ~Q(state="withdrawn") & Q(withdrawn_by__isnull=True, withdrawn_at__isnull=True),
                name="letter_text_withdrawn_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(published_by__isnull=True) | ~Q(published_by=F("author")) | Q(restores__isnull=False), name="letter_text_four_eyes",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.scheme} v{self.number}".replace("  ", " ")

    def get_absolute_url(self) -> str:
        return reverse("texts:version", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def name(self) -> str:
        return KINDS[self.kind].name

    @property
    def template(self) -> Template:
        """The text; for a scheme only the parts in which it differs from the house."""
        return Template.from_dict(self.content)


class LetterValues(models.Model):
    """The values that a letter was filled with. A letter that was made again before it was sent has a row for each time."""

    letter = models.ForeignKey("letters.Letter", on_delete=models.PROTECT, related_name="made_with")
    letter_digest = models.CharField(max_length=64, help_text=_("het controlegetal van de inhoud die ermee is gemaakt"))
    template_version = models.CharField(max_length=20)
    values = models.JSONField()

    class Meta:
        app_label = "letters"
        verbose_name = _("gegevens van een brief")
        verbose_name_plural = _("gegevens van brieven")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["letter", "letter_digest"], name="letter_values_once_per_content")]

    def __str__(self) -> str:
        return f"{self.letter_id} {self.template_version}"


def register_triggers() -> None:
    """What was published keeps its words, and the values of a letter are written once."""
    triggers.register(
        triggers.refuse(
            "letters_lettertemplate", "UPDATE", "a published letter text never changes",
            when="OLD.state = 'withdrawn' OR (OLD.state = 'published' AND (NEW.state = 'draft' OR NEW.content <> OLD.content OR NEW.digest <> OLD.digest "
            "OR NEW.kind <> OLD.kind OR NEW.scheme <> OLD.scheme OR NEW.number <> OLD.number OR NEW.author_id <> OLD.author_id "
            "OR NEW.published_by_id <> OLD.published_by_id))",
        ),
        triggers.refuse("letters_lettertemplate", "DELETE", "a published letter text is kept", when="OLD.state <> 'draft'"),
        *triggers.append_only("letters_lettervalues"),
    )
