"""Doors of votes and decisions."""

from django.urls import path

from reglement.views import besluiten, stem, stemmen

urlpatterns = [
    path("besluiten/", besluiten.besluiten, name="besluiten"),
    path("besluiten/<uuid:besluit>/", besluiten.besluit, name="besluit"),
    path("besluiten/<uuid:besluit>/bewijs/", besluiten.bundel, name="besluit_bundel"),
    path("punt/<uuid:agendapunt>/stemming/", stemmen.stemming_openen, name="stemming_openen"),
    path("besluiten/stemming/<uuid:stemming>/", stem.stemming, name="stemming"),
    path("stemming/<uuid:stemming>/stem/", stem.stemmen, name="stemmen"),
    path("stemming/<uuid:stemming>/belang/", stem.belang, name="belang"),
    path("stemming/<uuid:stemming>/doorslag/", stem.doorslag, name="doorslag"),
    path("stemming/<uuid:stemming>/sluiten/", stemmen.stemming_sluiten, name="stemming_sluiten"),
    path(
        "stemming/<uuid:stemming>/intrekken/",
        stemmen.stemming_intrekken,
        name="stemming_intrekken",
    ),
    path("stemming/<uuid:stemming>/opnieuw/", stemmen.stemming_opnieuw, name="stemming_opnieuw"),
]
