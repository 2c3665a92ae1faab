from django.urls import path

from grants.figures import views

app_name = "figures"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("indicatoren/<slug:code>/", views.one, name="indicator"),
]
