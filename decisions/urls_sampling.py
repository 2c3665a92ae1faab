from django.urls import path

from decisions.views import sampling

urlpatterns = [
    path("steekproef/", sampling.samples, name="samples"),
    path("steekproef/nieuw/", sampling.prepare, name="sample-prepare"),
    path("steekproef/controle/<uuid:pk>/", sampling.check, name="sample-check"),
    path("steekproef/<uuid:pk>/", sampling.draw, name="sample-draw"),
]
