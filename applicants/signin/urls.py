from django.urls import path

from applicants.signin import views

app_name = "signin"
urlpatterns = [
    path("blijven/", views.stay, name="stay"),
    path("tijd/", views.time_left, name="time"),
    path("terug/", views.back, name="back"),
    path("geen-rol/", views.no_role, name="no-role"),
    path("<slug:entry>/", views.start, name="start"),
    path("<slug:entry>/terug/", views.callback, name="callback"),
]
