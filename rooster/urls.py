"""Doors of the rooster app, below /k/<kring>/rooster/."""

from django.urls import path

from rooster.views import (
    aandelen,
    agenda,
    beeld,
    dienst,
    gebied,
    kader,
    openingstijden,
    perioden,
    ruilen,
    telling,
    versie,
    waarnemers,
    wensen,
    wijzigingen,
)
from rooster.views.concept import (
    bestand,
    concept,
    eerlijk,
    herstel,
    lijst,
    rekenen,
    vergelijk,
)

app_name = "rooster"

# The published roster: pictures and history.
_BEELD = [
    path(
        "dienst/<uuid:pk>/wijzigingen/", wijzigingen.dienst_wijzigingen, name="dienst_wijzigingen"
    ),
    path("wijzigingen/", wijzigingen.wijzigingen, name="wijzigingen"),
    path("maand/", beeld.maand, name="maand"),
    path("maand/pdf/", beeld.maand_pdf, name="maand_pdf"),
    path("jaar/", beeld.jaar, name="jaar"),
    path("jaar/pdf/", beeld.jaar_pdf, name="jaar_pdf"),
    path("jaar/<uuid:deelnemer>/", beeld.praktijk, name="praktijk"),
    path("versie/", versie.versies, name="versies"),
    path("versie/voorleggen/<uuid:concept>/", versie.voorleggen, name="voorleggen"),
    path("versie/<uuid:roosterversie>/", versie.versie, name="versie"),
    path("versie/<uuid:roosterversie>/maand/", versie.maand, name="versie_maand"),
    path("versie/<uuid:roosterversie>/verschil/", versie.verschil, name="versie_verschil"),
    path(
        "versie/<uuid:roosterversie>/antwoord/<uuid:deelnemer>/",
        versie.antwoord,
        name="versie_antwoord",
    ),
    path("versie/<uuid:roosterversie>/vaststellen/", versie.vaststellen, name="versie_vaststellen"),
    path("versie/<uuid:roosterversie>/intrekken/", versie.intrekken, name="versie_intrekken"),
]

# Drafts of a period.
_CONCEPT = [
    path("concept/", lijst.concepten, name="concepten"),
    path("concept/nieuw/<uuid:periode>/", lijst.concept_nieuw, name="concept_nieuw"),
    path("concept/<uuid:concept>/", concept.concept, name="concept"),
    path("concept/<uuid:concept>/plannen/", rekenen.rekenen, name="concept_rekenen"),
    path("concept/<uuid:concept>/voortgang/", rekenen.voortgang, name="concept_voortgang"),
    path("concept/<uuid:concept>/stop/", rekenen.stoppen, name="concept_stoppen"),
    path("concept/<uuid:concept>/wat-als/", lijst.wat_als, name="concept_wat_als"),
    path("concept/<uuid:concept>/kies/", lijst.concept_kiezen, name="concept_kiezen"),
    path("concept/herstel/<uuid:periode>/", herstel.herstellen, name="herstellen"),
    path("concept/<uuid:concept>/bestand/", bestand.bestand, name="concept_bestand"),
    path("concept/<uuid:concept>/inlezen/", bestand.inlezen, name="concept_inlezen"),
    path("concept/<uuid:concept>/uitval/", herstel.uitval, name="concept_uitval"),
    path("concept/<uuid:concept>/overnemen/", herstel.overnemen, name="concept_overnemen"),
    path(
        "concept/<uuid:concept>/naast/<uuid:ander>/", vergelijk.vergelijk, name="concept_vergelijk"
    ),
    path("concept/<uuid:concept>/weg/", lijst.concept_weg, name="concept_weg"),
    path("concept/eerlijk/", eerlijk.eerlijk, name="eerlijk"),
    path("concept/<uuid:concept>/eerlijk/", eerlijk.concept_eerlijk, name="concept_eerlijk"),
    path(
        "concept/plaats/<uuid:conceptplaats>/waarom/", eerlijk.waarom, name="conceptplaats_waarom"
    ),
    path("concept/plaats/<uuid:conceptplaats>/", concept.plaats, name="conceptplaats"),
    path(
        "concept/plaats/<uuid:conceptplaats>/vast/", concept.vastzetten, name="conceptplaats_vast"
    ),
]

# Swaps and illness.
_RUILEN = [
    path("ruilen/", ruilen.ruilen, name="ruilen"),
    path("ruilen/plaats/<uuid:plaats>/", ruilen.ruil_nieuw, name="ruil_nieuw"),
    path("ruilen/plaats/<uuid:plaats>/ziek/", ruilen.ziek, name="ziek"),
    path("ruilen/verzoek/<uuid:ruilverzoek>/", ruilen.ruilverzoek, name="ruilverzoek"),
    path("ruilen/aanbod/<uuid:ruilaanbod>/", ruilen.ruilaanbod, name="ruilaanbod"),
    path(
        "ruilen/plaats/<uuid:plaats>/waarnemer/",
        waarnemers.waarnemer_zetten,
        name="waarnemer_zetten",
    ),
    path("ruilen/waarnemers/", waarnemers.waarnemers, name="waarnemers"),
    path("ruilen/waarnemers/nieuw/", waarnemers.waarnemer_nieuw, name="waarnemer_nieuw"),
    path("ruilen/waarnemer/<uuid:waarnemer>/", waarnemers.waarnemer, name="waarnemer"),
    path("ruilen/reglement/", waarnemers.reglement, name="reglement"),
    path("ruilen/reglement/nieuw/", waarnemers.reglement_nieuw, name="reglement_nieuw"),
]

# Wishes of the dentists.
_WENSEN = [
    path("wensen/", wensen.wensen, name="wensen"),
    path(
        "wensen/<uuid:periode>/<uuid:tandarts>/",
        wensen.wensenlijst,
        name="wensenlijst",
    ),
    path(
        "wensen/<uuid:periode>/<uuid:tandarts>/reeks/",
        wensen.wensenreeks,
        name="wensenreeks",
    ),
    path(
        "wensen/<uuid:periode>/<uuid:tandarts>/indienen/",
        wensen.wensen_indienen,
        name="wensen_indienen",
    ),
    path("wensen/<uuid:periode>/herinneren/", wensen.wensen_herinneren, name="wensen_herinneren"),
    path("wensen/<uuid:periode>/heropenen/", wensen.wensen_heropenen, name="wensen_heropenen"),
    path("wensen/<uuid:periode>/sluiten/", wensen.wensen_sluiten, name="wensen_sluiten"),
]

# Periods and the frame.
_KADER = [
    path("perioden/", perioden.perioden, name="perioden"),
    path("perioden/nieuw/", perioden.periode_nieuw, name="periode_nieuw"),
    path("perioden/<uuid:periode>/", perioden.periode, name="periode"),
    path("perioden/<uuid:periode>/wijzigen/", perioden.periode_wijzigen, name="periode_wijzigen"),
    path("perioden/<uuid:periode>/openen/", perioden.periode_openen, name="periode_openen"),
    path("perioden/<uuid:periode>/weg/", perioden.periode_weg, name="periode_weg"),
    path("kader/", kader.kader, name="kader"),
    path("kader/soorten/", kader.soorten, name="dienstsoorten"),
    path("kader/feestdagen/<int:jaar>/", kader.feestdagen, name="feestdagen"),
    path("kader/openingstijden/", openingstijden.openingstijden, name="openingstijden"),
    path("kader/openingstijden/csv/", openingstijden.openingstijden_csv, name="openingstijden_csv"),
    path(
        "kader/openingstijden/<uuid:deelnemer>/", openingstijden.openingstijd, name="openingstijd"
    ),
    path("kader/inzet/", aandelen.inzet, name="inzet"),
    path("kader/inzet/csv/", aandelen.inzet_csv, name="inzet_csv"),
    path("kader/inzet/<uuid:tandarts>/", aandelen.inzet_wijzigen, name="inzet_wijzigen"),
    path("kader/vrijstellingen/", aandelen.vrijstellingen, name="vrijstellingen"),
    path("kader/vrijstellingen/nieuw/", aandelen.vrijstelling_nieuw, name="vrijstelling_nieuw"),
    path("kader/vrijstellingen/<uuid:vrijstelling>/", aandelen.vrijstelling, name="vrijstelling"),
    path(
        "kader/vrijstellingen/<uuid:vrijstelling>/weg/",
        aandelen.vrijstelling_weg,
        name="vrijstelling_weg",
    ),
    path("kader/saldi/", aandelen.saldi, name="saldi"),
    path("kader/saldi/csv/", aandelen.saldi_csv, name="saldi_csv"),
    path("kader/saldi/<uuid:periode>/", aandelen.saldi_tellen, name="saldi_tellen"),
]

# Counting.
_TELLING = [
    path("telling/", telling.telling, name="telling"),
    path("telling/bestand/", telling.bestand, name="telling_bestand"),
]

urlpatterns = [
    path("", dienst.overzicht, name="overzicht"),
    path("nu/", dienst.nu, name="nu"),
    path("dienst/", dienst.dienst_nieuw, name="dienst_nieuw"),
    path("dienst/<uuid:pk>/", dienst.dienst, name="dienst"),
    path("dienst/<uuid:pk>/weg/", dienst.dienst_verwijderen, name="dienst_verwijderen"),
    # Agenda and area
    path("agenda/", agenda.agenda, name="agenda"),
    path("agenda/<uuid:agendalink>/weg/", agenda.intrekken, name="agenda_intrekken"),
    path("agenda/<str:geheim>/dienst.ics", agenda.lezen, name="agenda_lezen"),
    path("gebied/", gebied.gebied, name="gebied"),
    path("gebied/wijzigen/", gebied.wijzigen, name="gebied_wijzigen"),
    *_BEELD,
    *_CONCEPT,
    *_RUILEN,
    *_WENSEN,
    *_KADER,
    *_TELLING,
]
