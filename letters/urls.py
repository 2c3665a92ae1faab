from django.urls import path

from letters import views

app_name = "letters"
urlpatterns = [
    path("<uuid:pk>/", views.letter, name="letter"),
    path("<uuid:pk>/pdf/", views.pdf, name="pdf"),
    path("postkamer/", views.post_room, name="post-room"),
    path("<uuid:pk>/gepost/", views.posted, name="posted"),
]
