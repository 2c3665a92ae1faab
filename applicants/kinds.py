"""The kinds of applicant there are."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ApplicantType(models.TextChoices):
    NATUURLIJK_PERSOON = "natuurlijk_persoon", _("inwoner")
    BEWONERSINITIATIEF = "bewonersinitiatief", _("bewonersinitiatief")
    VERENIGING = "vereniging", _("vereniging")
    STICHTING = "stichting", _("stichting")
    COOPERATIE = "cooperatie", _("coöperatie")
    GEMEENTE = "gemeente", _("gemeente")


ORGANISATIONS = (ApplicantType.VERENIGING, ApplicantType.STICHTING, ApplicantType.COOPERATIE)
"""Kinds that stand in the trade register and register with its number."""
