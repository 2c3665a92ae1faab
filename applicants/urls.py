from django.urls import path

from applicants.views import acting, adding, gathering

app_name = "parties"
urlpatterns = [
    path("", adding.parties, name="parties"),
    path("zelf/", adding.oneself, name="self"),
    path("initiatief/", adding.initiative, name="initiative"),
    path("organisatie/", adding.organisation, name="organisation"),
    path("gemeente/", adding.municipality, name="municipality"),
    path("uitnodiging/<slug:code>/", acting.invitation, name="invitation"),
    path("meedoen/<slug:code>/", gathering.take_part, name="take-part"),
    path("uitnodigingen/<uuid:pk>/intrekken/", acting.take_back, name="take-back"),
    path("toegang/<int:pk>/beeindigen/", acting.end, name="end"),
    path("toegang/<int:pk>/machtiging/", acting.authorisation, name="authorisation"),
    path("papier/<uuid:pk>/", acting.paper, name="paper"),
    path("deelnemer/<int:pk>/", gathering.member, name="member"),
    path("<int:pk>/", acting.party, name="party"),
    path("<int:pk>/adres/", adding.contact, name="contact"),
    path("<int:pk>/uitnodigen/", acting.invite, name="invite"),
    path("<int:pk>/deelnemers/", gathering.members, name="members"),
]
