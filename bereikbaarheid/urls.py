"""Doors of the bereikbaarheid app, below /k/<kring>/bereikbaarheid/."""

from django.urls import path

from bereikbaarheid.views import ontvangers, praktijken, startcontrole, weekbericht

app_name = "bereikbaarheid"
urlpatterns = [
    path("", startcontrole.overzicht, name="overzicht"),
    path("mijn/", startcontrole.mijn, name="mijn"),
    path("start/<uuid:dienst>/", startcontrole.start, name="start"),
    path("namens/<uuid:dienst>/", startcontrole.namens, name="namens"),
    path("schakels/", praktijken.schakels, name="schakels"),
    path("schakels/kring/", praktijken.schakel_kring, name="schakel_kring"),
    path("schakels/<uuid:deelnemer>/", praktijken.schakel, name="schakel"),
    path("teksten/", praktijken.teksten, name="teksten"),
    path("teksten/<uuid:deelnemer>/", praktijken.tekst, name="tekst"),
    path("teksten/<uuid:deelnemer>/deur/", praktijken.deur, name="deur"),
    path("teksten/<uuid:deelnemer>/tijden/", praktijken.openingstijden, name="openingstijden"),
    path("teksten/<uuid:deelnemer>/sluiting/", praktijken.sluiting_nieuw, name="sluiting_nieuw"),
    path("sluiting/<uuid:sluiting>/weg/", praktijken.sluiting_weg, name="sluiting_weg"),
    path("weekbericht/", weekbericht.overzicht, name="weekbericht"),
    path("weekbericht/versturen/", weekbericht.versturen, name="versturen"),
    path("weekbericht/<uuid:weekbericht>/", weekbericht.bericht, name="bericht"),
    path("bezorging/<uuid:weekbezorging>/opnieuw/", weekbericht.opnieuw, name="opnieuw"),
    path("ontvangers/", ontvangers.ontvangers, name="ontvangers"),
    path("ontvangers/nieuw/", ontvangers.nieuw, name="ontvanger_nieuw"),
    path("ontvangers/<uuid:ontvanger>/", ontvangers.ontvanger, name="ontvanger"),
    path("ontvangers/<uuid:ontvanger>/weg/", ontvangers.weg, name="ontvanger_weg"),
    path("instellingen/", weekbericht.instellingen, name="instellingen"),
]
