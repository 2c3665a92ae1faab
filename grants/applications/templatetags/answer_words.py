"""An answer as a reader expects to see it. What was typed stays as it is; only a good date or amount is dressed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django import template
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from grants.applications.answering import Asked
from grants.law import formats
from grants.law.errors import LawError
from grants.law.formats import masked_iban
from grants.schemes import answer_values
from grants.schemes.costs import STATUSES

register = template.Library()


@register.filter
def answer_words(asked: Asked) -> str:
    """A date in words, an amount with its sign; anything else as typed."""
    typed = str(asked.value)
    if asked.question.kind == "date":
        try:
            return date_format(date.fromisoformat(typed), "j F Y")
        except ValueError:
            return typed
    return euros(typed) if asked.question.kind == "amount" and typed else typed


@register.filter
def masked(typed: str) -> str:
    """An account number as most officials may see it: country and last four."""
    try:
        return masked_iban(str(typed))
    except LawError:
        return str(_("(geen geldig rekeningnummer)"))


@register.filter
def euros(typed: str) -> str:
    """`30.000` or `30000,00` as € 30.000,00; what is no amount stays as typed."""
    try:
        return f"€ {number_format(answer_values.amount(typed), 2, use_l10n=True, force_grouping=True)}"
    except ValueError:
        return str(typed)


@register.filter
def euro(amount: Decimal) -> str:
    """An amount as € 3.000,00."""
    return formats.euro(amount)


@register.filter
def financing_status(code: str) -> str:
    """How sure another's money is, in words; what is no such code stays as typed."""
    return STATUSES.get(str(code), str(code))
