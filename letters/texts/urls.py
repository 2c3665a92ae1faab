from django.urls import path

from letters.texts import views

app_name = "texts"
urlpatterns = [
    path("", views.kinds, name="kinds"),
    path("versie/<int:pk>/", views.version, name="version"),
    path("versie/<int:pk>/pdf/", views.pdf, name="pdf"),
    path("versie/<int:pk>/bewerken/", views.edit, name="edit"),
    path("versie/<int:pk>/publiceren/", views.publish, name="publish"),
    path("versie/<int:pk>/weggooien/", views.discard, name="discard"),
    path("versie/<int:pk>/terugzetten/", views.put_back, name="put-back"),
    path("versie/<int:pk>/intrekken/", views.withdraw, name="withdraw"),
    path("<slug:kind>/", views.kind, name="kind"),
    path("<slug:kind>/nieuw/", views.start, name="start"),
]
