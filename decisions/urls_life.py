"""What changes around a case; part of the `decisions` namespace."""

from django.urls import path

from decisions.views import absence, bibob, changing, channel, life, members, returned, transferring

urlpatterns = [
    path("teruggekomen-post/", returned.overview, name="returned-post"),
    path("<uuid:pk>/teruggekomen/", returned.note, name="post-note"),
    path("<uuid:pk>/teruggekomen/afhandelen/", returned.handle, name="post-handle"),
    path("<uuid:pk>/datalek/", returned.breach, name="breach"),
    path("<uuid:pk>/bibob/", bibob.compartment, name="bibob"),
    path("bibob/<uuid:pk>/stuk/", bibob.document, name="bibob-document"),
    path("bibob-kring/", bibob.circle, name="bibob-circle"),
    path("<uuid:pk>/overdragen/", transferring.propose, name="transfer"),
    path("<uuid:pk>/overdragen/uitvoeren/", transferring.carry_out, name="transfer-do"),
    path("overdracht/<uuid:pk>/akte/", transferring.deed, name="transfer-deed"),
    path("afwezig/", absence.absence, name="absence"),
    path("<uuid:pk>/veranderingen/", life.changes, name="life"),
    path("<uuid:pk>/gebeurtenis/", life.report, name="party-report"),
    path("<uuid:pk>/gebeurtenis/antwoord/", life.answer, name="party-answer"),
    path("<uuid:pk>/gebeurtenis/einde/", life.end, name="party-end"),
    path("gebeurtenis/<uuid:pk>/bewijs/", life.evidence, name="party-evidence"),
    path("<uuid:pk>/digitale-post/", channel.note, name="channel"),
    path("<uuid:pk>/deelnemers/adres/", members.address, name="member-address"),
    path("<uuid:pk>/wijziging/", changing.enter, name="change-enter"),
    path("<uuid:pk>/wijziging/terugbellen/", changing.call_back, name="change-call-back"),
    path("<uuid:pk>/wijziging/codebrief/", changing.code_letter, name="change-code-letter"),
]
