from django.urls import path

from grants.control.learning.views import managing, review

app_name = "learning-review"
urlpatterns = [
    path("", review.proposals, name="proposals"),
    path("voorstel/<int:pk>/", review.proposal, name="proposal"),
    path("voorstel/<int:pk>/afwijzen/", review.reject, name="reject"),
    path("voorstel/<int:pk>/opnieuw/", review.reopen, name="reopen"),
    path("lessen/", review.lessons, name="lessons"),
    path("lessen/nieuw/", review.new, name="new"),
    path("lessen/<uuid:lesson>/", review.lesson, name="lesson"),
    path("lessen/<uuid:lesson>/versie/", review.version, name="version"),
    path("lessen/<uuid:lesson>/van-de-site/", review.take_back, name="take-back"),
    path("lessen/<uuid:lesson>/leegmaken/", review.empty, name="empty"),
    path("experts/", managing.experts, name="experts"),
    path("experts/nieuw/", managing.new_expert, name="new-expert"),
    path("experts/<int:pk>/", managing.expert, name="expert"),
    path("experts/<int:pk>/verwijderen/", managing.remove_expert, name="remove-expert"),
    path("bijeenkomsten/", managing.meetings, name="meetings"),
    path("bijeenkomsten/nieuw/", managing.new_meeting, name="new-meeting"),
    path("bijeenkomsten/<int:pk>/", managing.meeting, name="meeting"),
    path("bijeenkomsten/<int:pk>/afgelasten/", managing.cancel_meeting, name="cancel-meeting"),
]
