from django.urls import path

from letters.post import notice_views

app_name = "post"
urlpatterns = [
    path("meldingen/", notice_views.overview, name="notices"),
    path("meldingen/<uuid:pk>/", notice_views.notice, name="notice"),
]
