from django.urls import path

from letters import views
from letters.seal import views as seal_views

app_name = "letters"
urlpatterns = [
    path("<uuid:pk>/", views.letter, name="letter"),
    path("<uuid:pk>/pdf/", views.pdf, name="pdf"),
    path("controleren/", seal_views.check, name="check"),
]
