"""What the desk keeps about a case: notes, advice, versions and history; part of the `decisions` namespace."""

from django.urls import path

from decisions.views import advising, comparing, history, noting

urlpatterns = [
    path("adviezen/", advising.mine, name="advices"),
    path("adviezen/<uuid:pk>/", advising.advice, name="advice"),
    path("adviezen/<uuid:pk>/geven/", advising.give, name="advice-give"),
    path("adviezen/<uuid:pk>/intrekken/", advising.withdraw, name="advice-withdraw"),
    path("adviezen/<uuid:pk>/gelezen/", advising.seen, name="advice-seen"),
    path("<uuid:pk>/notities/", noting.notes, name="notes"),
    path("<uuid:pk>/advies/", advising.ask, name="advice-ask"),
    path("<uuid:pk>/vergelijken/", comparing.compare, name="compare"),
    path("<uuid:pk>/geschiedenis/", history.history, name="history"),
]
