"""Doors of the kring app, below /k/<kring>/."""

from django.urls import path

from kring.views import (
    adresboek,
    factorherstel,
    gebruikers,
    instellingen,
    logboek,
    praktijken,
    start,
    toestand,
    wachtrij,
)

app_name = "kring"
urlpatterns = [
    path("", start.start, name="start"),
    path("instellingen/", instellingen.change, name="instellingen"),
    path("praktijken/", praktijken.deelnemers, name="deelnemers"),
    path("praktijken/nieuw/", praktijken.deelnemer_nieuw, name="deelnemer_nieuw"),
    path("praktijken/<uuid:pk>/", praktijken.deelnemer, name="deelnemer"),
    path("tandartsen/", praktijken.tandartsen, name="tandartsen"),
    path("tandartsen/nieuw/", praktijken.tandarts_nieuw, name="tandarts_nieuw"),
    path("tandartsen/<uuid:pk>/", praktijken.tandarts, name="tandarts"),
    path("eigen-tandartsen/", adresboek.eigen_tandartsen, name="eigen_tandartsen"),
    path("eigen-tandartsen/nieuw/", adresboek.eigen_tandarts_nieuw, name="eigen_tandarts_nieuw"),
    path("eigen-tandartsen/<uuid:pk>/", adresboek.eigen_tandarts, name="eigen_tandarts"),
    path(
        "eigen-tandartsen/<uuid:pk>/gecontroleerd/",
        adresboek.adres_gecontroleerd,
        name="adres_gecontroleerd",
    ),
    path("eigen-tandartsen/<uuid:pk>/klopt-niet/", adresboek.adres_fout, name="adres_fout"),
    path("gebruikers/", gebruikers.gebruikers, name="gebruikers"),
    path("gebruikers/rol/", gebruikers.rol_geven, name="rol_geven"),
    path("gebruikers/rol/<uuid:pk>/einde/", gebruikers.rol_beeindigen, name="rol_beeindigen"),
    path("gebruikers/<int:pk>/tweede-stap/", factorherstel.vragen, name="factorherstel_vragen"),
    path("gebruikers/tweede-stap/<uuid:pk>/", factorherstel.besluit, name="factorherstel"),
    path("gebruikers/<int:pk>/link/", gebruikers.link_sturen, name="link_sturen"),
    path("activeren/<str:uidb64>/<str:token>/", gebruikers.activeren, name="activeren"),
    path("logboek/", logboek.regels, name="logboek"),
    path("logboek/bestand/", logboek.bestand, name="logboek_csv"),
    path("toestand/", toestand.show, name="toestand"),
    path("wachtrij/", wachtrij.show, name="wachtrij"),
    path("wachtrij/<uuid:pk>/opnieuw/", wachtrij.again, name="zending_opnieuw"),
    path("wachtrij/<uuid:pk>/tegenhouden/", wachtrij.stop, name="zending_stoppen"),
]
