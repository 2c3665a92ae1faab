"""`{{ text|translated }}`: a text of a regeling in the language of the page."""

from __future__ import annotations

from django import template

from grants.kernel.wording import translated

register = template.Library()
register.filter("translated", translated)
