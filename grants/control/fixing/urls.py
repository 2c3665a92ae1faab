from django.urls import path

from grants.control.fixing import views

app_name = "fixing"
urlpatterns = [
    path("", views.every, name="every"),
    path("vastleggen/", views.fix, name="fix"),
    path("<slug:number>/", views.one, name="one"),
]
