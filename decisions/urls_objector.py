"""Objecting as an applicant, beside the pages of the case."""

from django.urls import path

from decisions.views import objecting

app_name = "objections"
urlpatterns = [
    path("<uuid:pk>/bezwaar/", objecting.object_to, name="object"),
    path("bezwaar/<uuid:pk>/aanvullen/", objecting.repair, name="repair"),
    path("bezwaar/<uuid:pk>/intrekken/", objecting.withdraw, name="withdraw"),
]
