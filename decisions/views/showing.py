"""The letter beside a form: on the page, or as a file that says it is a concept."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from decisions.previewing import CannotShow, Preview

PREVIEW, PDF = "voorbeeld", "pdf"
"""Buttons beside the form that show the letter of what is typed, and keep nothing."""


def only_shows(request: HttpRequest) -> bool:
    """Was one of those two buttons pressed?"""
    return request.method == "POST" and (PREVIEW in request.POST or PDF in request.POST)


def shown(request: HttpRequest, preview: Preview, template: str, context: dict[str, object]) -> HttpResponse:
    """The page with the letter, or the letter as a file."""
    if request.method == "POST" and PDF in request.POST:
        try:
            response = HttpResponse(preview.pdf(), content_type="application/pdf")
        except CannotShow as error:
            messages.error(request, str(error))
        else:
            response["Content-Disposition"] = 'inline; filename="concept.pdf"'
            response["Cache-Control"] = "no-store"
            return response
    return render(request, template, context)
