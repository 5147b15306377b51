"""Doors of the triage app, below /k/<kring>/triage/."""

from django.urls import path

from triage import views

app_name = "triage"
urlpatterns = [
    path("", views.bord, name="bord"),
    path("fragment/", views.bord_fragment, name="bord_fragment"),
    path("nieuw/", views.nieuw, name="nieuw"),
    path("<uuid:pk>/", views.oproep, name="oproep"),
    path("<uuid:pk>/stand/", views.stand, name="stand"),
    path("<uuid:pk>/antwoorden/", views.antwoorden, name="antwoorden"),
    path("<uuid:pk>/patient/", views.patient, name="patient"),
    path("<uuid:pk>/bsn/", views.bsn_tonen, name="bsn_tonen"),
    path("<uuid:pk>/patient/kies/", views.patient_kies, name="patient_kies"),
    path("<uuid:pk>/eigen-tandarts/", views.eigen_tandarts, name="eigen_tandarts"),
    path("<uuid:pk>/contactpoging/", views.contactpoging, name="contactpoging"),
    path("<uuid:pk>/besluit/", views.besluit, name="besluit"),
    path("<uuid:pk>/afronden/", views.afronden, name="afronden"),
    path("<uuid:pk>/afbreken/", views.afbreken, name="afbreken"),
    path("<uuid:pk>/weggooien/", views.weggooien, name="weggooien"),
]
