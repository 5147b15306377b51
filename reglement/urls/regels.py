"""Doors of the rules themselves."""

from django.urls import path

from reglement.views import concept, regels, vaststelling

_VERSIE = "regels/<uuid:reglementversie>/"

urlpatterns = [
    path("regels/", regels.regels, name="regels"),
    path("regels/nieuw/", concept.nieuw, name="concept_nieuw"),
    path(_VERSIE, regels.versie, name="versie"),
    path(f"{_VERSIE}verschil/", regels.verschil, name="verschil"),
    path(f"{_VERSIE}pdf/", regels.versie_pdf, name="versie_pdf"),
    path(f"{_VERSIE}artikel/<slug:pagina>/", concept.artikel, name="artikel"),
    path(f"{_VERSIE}lezingen/", concept.lezingen, name="lezingen"),
    path(f"{_VERSIE}bijwerken/", concept.bijwerken, name="bijwerken"),
    path(f"{_VERSIE}weggooien/", concept.weggooien, name="weggooien"),
    path(f"{_VERSIE}voorleggen/", vaststelling.voorleggen, name="voorleggen"),
    path(f"{_VERSIE}terughalen/", vaststelling.terughalen, name="terughalen"),
    path(f"{_VERSIE}intrekken/", vaststelling.intrekken, name="versie_intrekken"),
    path(f"{_VERSIE}verwerken/", vaststelling.verwerken, name="verwerken"),
    path(f"{_VERSIE}papier/", vaststelling.papier, name="versie_papier"),
    path(f"{_VERSIE}verzenden/", vaststelling.verzenden, name="verzenden"),
    path(f"{_VERSIE}ondertekenen/", vaststelling.ondertekenen, name="ondertekenen"),
    path(f"{_VERSIE}ondertekeningen/", vaststelling.ondertekeningen, name="ondertekeningen"),
    path(f"{_VERSIE}herinneren/", vaststelling.herinneren, name="herinneren"),
    path(
        f"{_VERSIE}handtekening/",
        vaststelling.papieren_handtekening,
        name="papieren_handtekening",
    ),
]
