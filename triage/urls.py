"""Doors of the triage app, below /k/<kring>/triage/."""

from django.urls import path

from triage import views
from triage.views import versies

app_name = "triage"
VERSIE = "protocol/<uuid:protocolversie>"
urlpatterns = [
    path("", views.bord, name="bord"),
    path("fragment/", views.bord_fragment, name="bord_fragment"),
    path("gesloten/", views.gesloten, name="gesloten"),
    path("nieuw/", views.nieuw, name="nieuw"),
    path("protocol/", versies.protocol, name="protocol"),
    path("protocol/nieuw/", versies.protocol_nieuw, name="protocol_nieuw"),
    path("protocol/standaard/", versies.protocol_blad, name="protocol_standaard"),
    path("protocol/standaard/print/", versies.protocol_print, name="protocol_standaard_print"),
    path(f"{VERSIE}/", versies.protocolversie, name="protocolversie"),
    path(f"{VERSIE}/regels/", versies.protocol_blad, name="protocol_blad"),
    path(f"{VERSIE}/print/", versies.protocol_print, name="protocol_print"),
    path(f"{VERSIE}/verschil/", versies.protocol_verschil, name="protocol_verschil"),
    path(f"{VERSIE}/toetsen/", versies.protocol_toetsen, name="protocol_toetsen"),
    path(f"{VERSIE}/wijzigen/", versies.protocol_wijzigen, name="protocol_wijzigen"),
    path(f"{VERSIE}/aanbieden/", versies.protocol_aanbieden, name="protocol_aanbieden"),
    path(f"{VERSIE}/terugnemen/", versies.protocol_terugnemen, name="protocol_terugnemen"),
    path(f"{VERSIE}/weggooien/", versies.protocol_weggooien, name="protocol_weggooien"),
    path(f"{VERSIE}/akkoord/", versies.protocol_akkoord, name="protocol_akkoord"),
    path(f"{VERSIE}/terugsturen/", versies.protocol_terugsturen, name="protocol_terugsturen"),
    path(f"{VERSIE}/ingaan/", versies.protocol_ingaan, name="protocol_ingaan"),
    path(f"{VERSIE}/intrekken/", versies.protocol_intrekken, name="protocol_intrekken"),
    path("<uuid:pk>/", views.oproep, name="oproep"),
    path("<uuid:pk>/stand/", views.stand, name="stand"),
    path("<uuid:pk>/antwoorden/", views.antwoorden, name="antwoorden"),
    path("<uuid:pk>/patient/", views.patient, name="patient"),
    path("<uuid:pk>/bsn/", views.bsn_tonen, name="bsn_tonen"),
    path("<uuid:pk>/patient/kies/", views.patient_kies, name="patient_kies"),
    path("<uuid:pk>/herhaling/", views.herhaling, name="herhaling"),
    path("<uuid:pk>/eigen-tandarts/", views.eigen_tandarts, name="eigen_tandarts"),
    path("<uuid:pk>/contactpoging/", views.contactpoging, name="contactpoging"),
    path("<uuid:pk>/vergissing/", views.vergissing, name="vergissing"),
    path("<uuid:pk>/bericht/", views.bericht_sturen, name="bericht_sturen"),
    path("<uuid:pk>/besluit/", views.besluit, name="besluit"),
    path("<uuid:pk>/afronden/", views.afronden, name="afronden"),
    path("<uuid:pk>/afbreken/", views.afbreken, name="afbreken"),
    path("<uuid:pk>/weggooien/", views.weggooien, name="weggooien"),
    path("bericht/<uuid:bericht>/", views.bericht, name="bericht"),
    path("bericht/<uuid:bericht>/bevestigen/", views.bericht_bevestigen, name="bericht_bevestigen"),
    path("bericht/<uuid:bericht>/doorgeven/", views.bericht_doorgeven, name="bericht_doorgeven"),
    path("bericht/<uuid:bericht>/besluit/", views.bericht_besluit, name="bericht_besluit"),
]
