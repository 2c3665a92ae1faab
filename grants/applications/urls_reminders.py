from django.urls import path

from grants.applications.views import emailing

app_name = "reminders"
urlpatterns = [
    path("mijn/e-mail/", emailing.mine, name="mine"),
    path("e-mail/afmelden/<str:token>/", emailing.stop, name="stop"),
]
