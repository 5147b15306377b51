"""Doors of the offices."""

from django.urls import path

from reglement.views import functies

urlpatterns = [
    path("functies/", functies.overview, name="functies"),
    path("functies/voordragen/", functies.put_forward, name="voordragen"),
    path("functies/vastleggen/", functies.register, name="functie_vastleggen"),
    path("functies/<uuid:functie>/stoppen/", functies.stop, name="functie_stoppen"),
    path(
        "functies/voordracht/<uuid:voordracht>/agenda/",
        functies.agenda,
        name="voordracht_agenda",
    ),
    path(
        "functies/voordracht/<uuid:voordracht>/verwerken/",
        functies.process,
        name="voordracht_verwerken",
    ),
    path(
        "functies/voordracht/<uuid:voordracht>/intrekken/",
        functies.withdraw,
        name="voordracht_intrekken",
    ),
]
