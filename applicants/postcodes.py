"""A postcode as it stands in an address: "6411 CC", or one from abroad with its country before it."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from stdnum.exceptions import ValidationError as NoPostcode
from stdnum.nl import postcode

_COUNTRIES = "B BE D DE L LU F FR A AT CH E ES I IT P PT PL DK S SE".split()
_ABROAD = re.compile(rf"({'|'.join(_COUNTRIES)})[- ]?([0-9]{{4,5}})")
"""The country, and the digits: B-3620, D-52062. Only countries whose postcode is digits alone."""


class InvalidPostcode(ValueError):
    """`str()` is a sentence for people."""

    def __init__(self) -> None:
        super().__init__(_("Dit is geen postcode. Schrijf vier cijfers en twee letters, zoals 6411 CC. Is het adres in het buitenland? Zet het land ervoor, zoals B-3620."))


def normal(text: str) -> str:
    """The postcode as we store it. Raises InvalidPostcode; an empty text stays empty."""
    written = " ".join(text.upper().split())
    if not written:
        return ""
    abroad = _ABROAD.fullmatch(written)
    if abroad is not None:
        return f"{abroad[1]}-{abroad[2]}" if len(abroad[1] + abroad[2]) < 7 else abroad[1] + abroad[2]
    try:
        return str(postcode.validate(written))
    except NoPostcode as error:
        raise InvalidPostcode from error


class PostcodeField(forms.CharField):
    """Takes 6411cc and gives 6411 CC; what is no postcode stays in the field, with a sentence."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 12, **kwargs})

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        try:
            return normal(text)
        except InvalidPostcode as error:
            raise forms.ValidationError(str(error)) from error
