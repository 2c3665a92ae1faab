from django.urls import include, path

from decisions import urls_aid, urls_desk, urls_life, urls_paying, urls_sampling, urls_work
from decisions.views import beside, case, costing, deciding, freedays, handling, paper, people, timing

app_name = "decisions"
urlpatterns = [
    path("", include(urls_work)),
    path("<uuid:pk>/", case.case, name="case"),
    path("<uuid:pk>/aanvulling/", handling.request_completion, name="request-completion"),
    path("<uuid:pk>/compleet/", handling.mark_complete, name="mark-complete"),
    path("<uuid:pk>/beoordeling/", handling.assess, name="assess"),
    path("<uuid:pk>/beoordeling/bevestigen/", handling.confirm_assessment, name="confirm-assessment"),
    path("<uuid:pk>/later/", timing.delay, name="delay"),
    path("<uuid:pk>/opschorten/", timing.suspend, name="suspend"),
    path("<uuid:pk>/opschorting-beeindigen/", timing.end_suspension, name="end-suspension"),
    path("<uuid:pk>/tijdlijn/", timing.timeline, name="timeline"),
    path("<uuid:pk>/kenmerken/", handling.labels, name="labels"),
    path("<uuid:pk>/zienswijze/", handling.view, name="view"),
    path("<uuid:pk>/ingebrekestelling/", beside.default_notice, name="default-notice"),
    path("<uuid:pk>/opnieuw-verzenden/", beside.resend, name="resend"),
    path("", include("decisions.urls_objection")),
    path("<uuid:pk>/herroepen/", beside.annul, name="annul"),
    path("<uuid:pk>/handeling/<slug:act>/", handling.plain_act, name="plain-act"),
    path("<uuid:pk>/besluit/<slug:act>/", deciding.prepare, name="prepare"),
    path("<uuid:pk>/belang/", people.declare_interest, name="interest"),
    path("<uuid:pk>/kosten/<slug:of>/", costing.costs, name="costs"),
    path("papier/", paper.choose, name="paper-choose"),
    path("papier/<slug:code>/", paper.register, name="paper"),
    path("<uuid:pk>/papier/", paper.incoming, name="incoming"),
    path("", include(urls_paying)),
    path("", include(urls_sampling)),
    path("", include("decisions.urls_dividing")),
    path("", include(urls_aid)),
    path("", include("decisions.urls_banking")),
    path("", include(urls_desk)),
    path("", include(urls_life)),
    path("mandaten/", people.mandates, name="mandates"),
    path("vrije-dagen/", freedays.free_days, name="free-days"),
    path("besluit/<uuid:pk>/", deciding.decision, name="decision"),
    path("besluit/<uuid:pk>/toetsen/", deciding.review, name="review"),
    path("besluit/<uuid:pk>/ondertekenen/", deciding.sign, name="sign"),
    path("besluit/<uuid:pk>/teruggeven/", deciding.give_back, name="give-back"),
]
