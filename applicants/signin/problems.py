"""The page that says that signing in did not succeed: what happened, why, and what to do now."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from applicants.signin.entries import Entry


def problem(
    request: HttpRequest, heading: str, words: str, status: int, entry: Entry | None = None, again: dict[str, str] | None = None
) -> HttpResponse:
    """`again`: where the person was going and the word for what was typed, so that a new try goes on with both."""
    return render(request, "signin/problem.html", {"heading": heading, "words": words, "entry": entry, "again": again or {}}, status=status)
