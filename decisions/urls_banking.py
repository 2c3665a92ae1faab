from django.urls import path

from decisions.views import batching, reconciling, statements

urlpatterns = [
    path("betaalbestanden/", batching.batches, name="batches"),
    path("betaalbestanden/nieuw/", batching.new, name="new-batch"),
    path("betaalbestanden/<uuid:pk>/", batching.batch, name="batch"),
    path("betaalbestanden/<uuid:pk>/vrijgeven/", batching.release, name="release-batch"),
    path("betaalbestanden/<uuid:pk>/intrekken/", batching.cancel, name="cancel-batch"),
    path("betaalbestanden/<uuid:pk>/bestand/", batching.download, name="download-batch"),
    path("bankafschriften/", statements.statements, name="statements"),
    path("bankafschriften/inlezen/", statements.read, name="read-statement"),
    path("bankafschriften/<uuid:pk>/", statements.statement, name="statement"),
    path("bankregels/<uuid:pk>/", statements.entry, name="bank-entry"),
    path("aansluiting/", reconciling.reconcile, name="reconcile"),
]
