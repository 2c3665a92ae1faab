"""Find an applicant for whoever is signed in, do an act, and go where the person came from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme

from applicants.acts.refusing import PartyRefused
from applicants.models import Applicant
from applicants.papers import PaperRefused


def posted(request: HttpRequest) -> tuple[Any, Any]:
    """What was filled in and the files; twice None when the page is only shown."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def own_party(request: HttpRequest, pk: int) -> Applicant:
    """An applicant for whom the signed-in person acts; otherwise it is not found."""
    return get_object_or_404(Applicant.objects.represented_by(request.user), pk=pk)


def managed_party(request: HttpRequest, pk: int) -> Applicant:
    """An applicant of whom the signed-in person may say who else acts; otherwise it is not found."""
    return get_object_or_404(Applicant.objects.managed_by(request.user), pk=pk)


def back(request: HttpRequest) -> str:
    """The page of ours from which the person came; '' when there is none."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return target if safe else ""


def attempt(request: HttpRequest, to: str | Applicant, done: str, act: Callable[[], object]) -> HttpResponse:
    """Do what a button asks, say `done` or why it cannot be, and go on."""
    try:
        act()
    except (PartyRefused, PaperRefused) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect(to)


def told(form: forms.Form, error: PartyRefused | PaperRefused) -> None:
    """Put what cannot be at its field in the form, so that what was typed stays beside it."""
    field = getattr(error, "field", "paper")
    form.add_error(field if field in form.fields else None, str(error))
