"""Changing one's own details as an applicant, beside the pages of the case."""

from django.urls import path

from decisions.views import accepting, changing, channel, transferring

app_name = "changing"
urlpatterns = [
    path("<uuid:pk>/wijzigen/", changing.own, name="own"),
    path("<uuid:pk>/digitale-post/", channel.own, name="channel"),
    path("<uuid:pk>/overgedragen/", transferring.passed_on, name="passed-on"),
    path("<uuid:pk>/deelnemers/", accepting.members, name="members"),
]
