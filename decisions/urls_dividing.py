"""Dividing a ceiling, scores, and where the money is; part of the `decisions` namespace."""

from django.urls import path

from decisions.views import dividing, money_under, scoring

urlpatterns = [
    path("verdeling/", dividing.ceilings, name="divisions"),
    path("verdeling/uitslag/<uuid:pk>/", dividing.draw, name="draw"),
    path("verdeling/<slug:ceiling>/", dividing.ceiling, name="division"),
    path("verdeling/<slug:ceiling>/maken/", dividing.divide, name="divide"),
    path("<uuid:pk>/punten/", scoring.scores, name="scores"),
    path("plafonds/", money_under.ceilings, name="ceilings"),
    path("plafonds/<slug:ceiling>/", money_under.ceiling, name="ceiling"),
    path("begroting/", money_under.budgets, name="budgets"),
    path("begroting/nieuw/", money_under.enter, name="mutation-enter"),
    path("begroting/<int:pk>/", money_under.budget, name="budget"),
    path("begroting/terugboeken/<int:pk>/", money_under.correct, name="mutation-correct"),
]
