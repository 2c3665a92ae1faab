from django.urls import path

from grants.control.learning.views import own, people, public

app_name = "learning"
urlpatterns = [
    path("", public.lessons, name="lessons"),
    path("feed/", public.feed, name="feed"),
    path("les/<uuid:lesson>/", public.lesson, name="lesson"),
    path("les/<uuid:lesson>/antwoord/", public.answer, name="answer"),
    path("experts/", people.experts, name="experts"),
    path("experts/<int:pk>/bericht/", people.write, name="write"),
    path("bijeenkomsten/", people.meetings, name="meetings"),
    path("bijeenkomsten/<int:pk>/", people.meeting, name="meeting"),
    path("bijeenkomsten/<int:pk>/aangemeld/", people.registered, name="registered"),
    path("afmelden/<str:token>/", people.unregister, name="unregister"),
    path("mijn/", own.mine, name="mine"),
    path("mijn/<int:pk>/intrekken/", own.withdraw, name="withdraw"),
]
