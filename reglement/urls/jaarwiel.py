"""Doors of the yearly wheel; the address names a turn in its query, because it is no row."""

from django.urls import path

from reglement.views import jaarwiel

urlpatterns = [
    path("jaarwiel/", jaarwiel.overview, name="jaarwiel"),
    path("jaarwiel/gedaan/", jaarwiel.done, name="jaarwiel_gedaan"),
    path("jaarwiel/terug/", jaarwiel.take_back, name="jaarwiel_terug"),
    path("jaarwiel/taak/", jaarwiel.settings, name="jaarwiel_taak"),
]
