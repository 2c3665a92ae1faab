from django.urls import path

from letters.post import notice_views, paper_views

app_name = "post"
urlpatterns = [
    path("", paper_views.waiting, name="paper"),
    path("stapels/<uuid:pk>/", paper_views.batch, name="batch"),
    path("stapels/<uuid:pk>/pdf/", paper_views.pdf, name="batch-pdf"),
    path("stapels/<uuid:pk>/lijst/", paper_views.manifest, name="batch-list"),
    path("stapels/<uuid:pk>/zip/", paper_views.archive, name="batch-zip"),
    path("stapels/<uuid:pk>/gepost/", paper_views.confirm, name="batch-confirm"),
    path("stapels/<uuid:pk>/intrekken/", paper_views.withdraw, name="batch-withdraw"),
    path("opnieuw/<uuid:pk>/vervalt/", paper_views.drop, name="drop"),
    path("meldingen/", notice_views.overview, name="notices"),
    path("meldingen/<uuid:pk>/", notice_views.notice, name="notice"),
]
