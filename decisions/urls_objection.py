"""Objections at the desk of officials; part of the `decisions` namespace."""

from django.urls import path

from decisions.views import objections

urlpatterns = [
    path("bezwaar/", objections.work, name="objections"),
    path("bezwaar/<uuid:pk>/", objections.objection, name="objection"),
    path("bezwaar/<uuid:pk>/beslissing/", objections.prepare, name="objection-prepare"),
    path("bezwaar/<uuid:pk>/<slug:act>/", objections.act, name="objection-act"),
    path("<uuid:pk>/bezwaar/", objections.register, name="objection-register"),
]
