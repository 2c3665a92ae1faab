from django.urls import path

from grants.applications.views import applying
from grants.applications.views.following import accounting, case, changing, completing, files, messaging

app_name = "applications"
urlpatterns = [
    path("beginnen/<slug:code>/", applying.start, name="start"),
    path("<uuid:pk>/invullen/", applying.fill_in, name="fill-in"),
    path("<uuid:pk>/bestanden/", applying.upload, name="upload"),
    path("<uuid:pk>/controleren/", applying.check, name="check"),
    path("<uuid:pk>/insturen/", applying.submit, name="submit"),
    path("<uuid:pk>/", case.case, name="case"),
    path("<uuid:pk>/berichten/", messaging.messages, name="messages"),
    path("<uuid:pk>/aanvullen/", completing.complete, name="complete"),
    path("<uuid:pk>/verantwoorden/", accounting.account, name="account"),
    path("<uuid:pk>/verantwoorden/controleren/", accounting.check, name="account-check"),
    path("<uuid:pk>/verantwoorden/insturen/", accounting.send_in, name="account-send"),
    path("<uuid:pk>/intrekken/", changing.withdraw, name="withdraw"),
    path("<uuid:pk>/melden/", changing.report_change, name="report-change"),
    path("<uuid:pk>/voortgang/", changing.progress, name="progress"),
    path("<uuid:pk>/gegevens/", files.data, name="data"),
    path("bestand/<uuid:pk>/", files.document, name="document"),
]
