"""The quick check before the form: does this scheme fit? Public, without signing in; nothing is stored."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from grants.kernel.permissions import allow_public
from grants.schemes.definition_fields import QuickCheck, QuickOption
from grants.schemes.models import Scheme
from grants.schemes.quick_checks import Said, advise, options_of


@dataclass(frozen=True, slots=True)
class Row:
    """A question with its options and the answer that was given; `open` when it was left out of a check that was asked for."""

    check: QuickCheck
    options: tuple[QuickOption, ...]
    given: str
    open: bool


@dataclass(frozen=True, slots=True)
class Against:
    """Why an answer does not fit, and the schemes that may."""

    said: Said
    others: tuple[Scheme, ...]


@allow_public
@require_GET
def quick_check(request: HttpRequest, code: str) -> HttpResponse:
    """The answers stand in the address: so the page can be kept, sent to somebody else, and come back to."""
    scheme = get_object_or_404(Scheme.objects.filter(is_historical=False), code=code)
    definition = scheme.current_version().definition
    asked = "kijk" in request.GET
    advice = advise(definition, {check.key: request.GET.get(check.key, "") for check in definition.quick_check})
    codes = {code for one in advice.against if one.option for code in one.option.schemes}
    others = {other.code: other for other in Scheme.objects.filter(is_historical=False, code__in=codes)}
    context = {
        "scheme": scheme, "definition": definition, "asked": asked, "advice": advice,
        "rows": [
            Row(one.check, options_of(one.check), one.option.value if one.option else "", asked and one.option is None) for one in advice.said
        ],
        "against": [
            Against(one, tuple(others[code] for code in one.option.schemes if code in others)) for one in advice.against if one.option
        ],
    }
    return render(request, "applications/quick_check.html", context)
