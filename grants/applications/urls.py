from django.urls import path

from grants.applications.views import applying, following, together

app_name = "applications"
urlpatterns = [
    path("beginnen/<slug:code>/", applying.start, name="start"),
    path("<uuid:pk>/invullen/", applying.fill_in, name="fill-in"),
    path("<uuid:pk>/bestanden/", applying.upload, name="upload"),
    path("<uuid:pk>/controleren/", applying.check, name="check"),
    path("<uuid:pk>/insturen/", applying.submit, name="submit"),
    path("<uuid:pk>/", following.case, name="case"),
    path("<uuid:pk>/aanvullen/", following.complete, name="complete"),
    path("<uuid:pk>/verantwoorden/", following.account, name="account"),
    path("<uuid:pk>/intrekken/", following.withdraw, name="withdraw"),
    path("<uuid:pk>/melden/", following.report_change, name="report-change"),
    path("<uuid:pk>/voortgang/", following.progress, name="progress"),
    path("<uuid:pk>/gegevens/", following.data, name="data"),
    path("<uuid:pk>/samen/", together.together, name="together"),
    path("uitnodiging/<slug:code>/", together.join, name="join"),
    path("bestand/<uuid:pk>/", following.document, name="document"),
]
