"""Doors of the rechten app, below /k/<kring>/rechten/."""

from django.urls import path

from rechten.views import vernietiging, verzoek

app_name = "rechten"
urlpatterns = [
    path("", verzoek.overview, name="verzoeken"),
    path("zoek/", verzoek.search, name="zoek"),
    path("nieuw/<uuid:patient>/", verzoek.new, name="nieuw"),
    path("instelling/", verzoek.fee, name="instelling"),
    path("vernietiging/", vernietiging.overview, name="vernietigingen"),
    path("vernietiging/<uuid:vernietiging>/", vernietiging.show, name="vernietiging"),
    path("<uuid:verzoek>/", verzoek.show, name="verzoek"),
    path("<uuid:verzoek>/stap/", verzoek.step, name="stap"),
    path("<uuid:verzoek>/besluit/", verzoek.decide, name="besluit"),
    path("<uuid:verzoek>/brief/", verzoek.letter, name="brief"),
    path("<uuid:verzoek>/bestand/", verzoek.files, name="bestand"),
]
