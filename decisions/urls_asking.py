"""Messages and requests of applicants, as officials see them; part of the `decisions` namespace."""

from django.urls import path

from decisions.views import messaging, requests

urlpatterns = [
    path("berichten/", messaging.unanswered, name="unanswered"),
    path("<uuid:pk>/berichten/", messaging.messages, name="messages"),
    path("<uuid:pk>/berichten/geen-antwoord/", messaging.settle, name="messages-settle"),
    path("verzoeken/", requests.requests, name="requests"),
    path("verzoeken/<uuid:pk>/", requests.one, name="request"),
]
