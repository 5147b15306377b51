"""Doors of the toezicht app, below /k/<kring>/toezicht/."""

from django.urls import path

from toezicht.views import inzage, signalen

app_name = "toezicht"
urlpatterns = [
    path("signalen/", signalen.overview, name="signalen"),
    path("signalen/zoeken/", signalen.search, name="zoeken"),
    path("signalen/<uuid:signaal>/", signalen.show, name="signaal"),
    path("inzage/", inzage.search, name="zoek_patient"),
    path("inzage/<uuid:patient>/", inzage.show, name="inzage"),
    path("inzage/<uuid:patient>/pdf/", inzage.pdf, name="inzage_pdf"),
]
