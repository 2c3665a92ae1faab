from django.urls import path

from grants.applications.views import applying, copying, files, filling, receiving, together
from grants.applications.views.following import accounting, case, changing, completing, data, messaging

app_name = "applications"
urlpatterns = [
    path("beginnen/<slug:code>/", applying.start, name="start"),
    path("<uuid:pk>/invullen/", filling.fill_in, name="fill-in"),
    path("<uuid:pk>/invullen/<slug:section>/", filling.section, name="section"),
    path("<uuid:pk>/bewaren/", filling.save, name="save"),
    path("<uuid:pk>/overnemen/", copying.copy, name="copy"),
    path("<uuid:pk>/bestanden/", files.upload, name="upload"),
    path("<uuid:pk>/controleren/", applying.check, name="check"),
    path("<uuid:pk>/insturen/", applying.submit, name="submit"),
    path("<uuid:pk>/ontvangst/", receiving.receipt, name="receipt"),
    path("<uuid:pk>/ontvangst/kopie/", receiving.copy_as_pdf, name="receipt-pdf"),
    path("<uuid:pk>/", case.case, name="case"),
    path("<uuid:pk>/berichten/", messaging.messages, name="messages"),
    path("<uuid:pk>/aanvullen/", completing.complete, name="complete"),
    path("<uuid:pk>/verantwoorden/", accounting.account, name="account"),
    path("<uuid:pk>/verantwoorden/controleren/", accounting.check, name="account-check"),
    path("<uuid:pk>/verantwoorden/insturen/", accounting.send_in, name="account-send"),
    path("<uuid:pk>/intrekken/", changing.withdraw, name="withdraw"),
    path("<uuid:pk>/melden/", changing.report_change, name="report-change"),
    path("<uuid:pk>/voortgang/", changing.progress, name="progress"),
    path("<uuid:pk>/gegevens/", data.data, name="data"),
    path("<uuid:pk>/samen/", together.together, name="together"),
    path("uitnodiging/<slug:code>/", together.join, name="join"),
    path("<uuid:pk>/bestanden/begin/", files.begin, name="file-begin"),
    path("bestanddeel/<uuid:pk>/", files.part, name="file-part"),
    path("bestanddeel/<uuid:pk>/klaar/", files.finish, name="file-finish"),
    path("bestand/<uuid:pk>/", files.document, name="document"),
]
