"""Changing one's own details as an applicant, beside the pages of the case."""

from django.urls import path

from decisions.views import changing

app_name = "changing"
urlpatterns = [
    path("<uuid:pk>/wijzigen/", changing.own, name="own"),
]
