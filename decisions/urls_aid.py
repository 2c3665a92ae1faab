from django.urls import path

from decisions.views import aid, related

urlpatterns = [
    path("<uuid:pk>/staatssteun/", aid.test, name="aid"),
    path("<uuid:pk>/de-minimis/", aid.declare, name="aid-declare"),
    path("de-minimis/", aid.register, name="de-minimis"),
    path("de-minimis/<uuid:pk>/", aid.undertaking, name="undertaking"),
    path("de-minimis/post/<uuid:pk>/", aid.entry, name="aid-entry"),
    path("nevenfuncties/", related.positions, name="positions"),
]
