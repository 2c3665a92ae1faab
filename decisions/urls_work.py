"""The work list: saved views, acts on many cases, and who handles a case; part of the `decisions` namespace."""

from django.urls import path

from decisions.views import assigning, bulk, saved_views, work

urlpatterns = [
    path("", work.work, name="work"),
    path("tegelijk/", bulk.bulk, name="bulk"),
    path("tegelijk/<uuid:pk>/", bulk.result, name="bulk-result"),
    path("tegelijk/<uuid:pk>/zip/", bulk.archive, name="bulk-zip"),
    path("weergaven/", saved_views.saved_views, name="saved-views"),
    path("weergaven/<uuid:pk>/", saved_views.change, name="saved-view"),
    path("<uuid:pk>/behandelaar/", assigning.assign, name="assign"),
]
