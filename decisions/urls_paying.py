from django.urls import path

from decisions.views import paying

urlpatterns = [
    path("betalingen/", paying.payments, name="payments"),
    path("betalingen/<uuid:pk>/", paying.payment, name="payment"),
    path("terugvorderingen/", paying.claims, name="claims"),
    path("terugvorderingen/<uuid:pk>/", paying.claim, name="claim"),
]
