"""What an applicant answers and asks beside the pages of the case."""

from django.urls import path

from decisions.views import answering

app_name = "answers"
urlpatterns = [
    path("<uuid:pk>/zienswijze/", answering.view, name="view"),
    path("<uuid:pk>/zienswijze/meer-tijd/", answering.more_time, name="more-time"),
    path("<uuid:pk>/voorschot/", answering.advance, name="advance"),
    path("<uuid:pk>/te-laat/", answering.default_notice, name="default-notice"),
    path("verzoek/<uuid:pk>/intrekken/", answering.withdraw_request, name="request-withdraw"),
]
