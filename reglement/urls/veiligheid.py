"""Doors of safety on duty."""

from django.urls import path

from reglement.views import veiligheid

urlpatterns = [
    path("veiligheid/", veiligheid.overview, name="veiligheid"),
    path("veiligheid/incident/", veiligheid.report, name="incident_nieuw"),
    path("veiligheid/incident/<uuid:incident>/", veiligheid.incident, name="incident"),
    path("veiligheid/<uuid:deelnemer>/", veiligheid.sheet, name="veiligheidsblad"),
    path(
        "veiligheid/<uuid:deelnemer>/wijzigen/",
        veiligheid.change_sheet,
        name="veiligheidsblad_wijzigen",
    ),
]
