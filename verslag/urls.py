"""Doors of the verslag app, below /k/<kring>/."""

from django.urls import path

from verslag.views import (
    beheer,
    bijlage,
    briefhoofd,
    dossier,
    eigen_tandarts,
    kanaal,
    mijn,
    ophalen,
    overdracht,
    overzicht,
    samenvoegen,
    taak,
    verslag,
)

app_name = "verslag"

_KANAAL = [
    path("verslagen/<uuid:verslag>/overhandigen/", kanaal.hand_over, name="overhandigen"),
    path("kanalen/<uuid:ontvanger>/", kanaal.channel, name="kanaal"),
    path(
        "certificaten/<uuid:certificaat>/intrekken/",
        kanaal.withdraw_certificate,
        name="certificaat_intrekken",
    ),
]

urlpatterns = [
    *_KANAAL,
    path("mijn/", mijn.mine, name="mijn"),
    path("mijn/<uuid:oproep>/gezien/", mijn.seen, name="gezien"),
    path("mijn/vervolg/<uuid:vervolg>/", mijn.follow_up, name="vervolg"),
    path("mijn/<uuid:oproep>/verslag/", verslag.make, name="maak"),
    path("verslagen/<uuid:verslag>/", verslag.show, name="verslag"),
    path("verslagen/<uuid:verslag>/bewerken/", verslag.edit, name="bewerk"),
    path("verslagen/<uuid:verslag>/tekenen/", verslag.sign, name="teken"),
    path("verslagen/<uuid:verslag>/versie-<int:nummer>/pdf/", verslag.pdf, name="pdf"),
    path("verslagen/<uuid:verslag>/bijlagen/<uuid:bijlage>/", bijlage.show, name="bijlage"),
    path("verslagen/<uuid:verslag>/versturen/", overdracht.send, name="verstuur"),
    path("overdrachten/<uuid:overdracht>/opnieuw/", overdracht.resend, name="opnieuw"),
    path("overdrachten/<uuid:overdracht>/intrekken/", overdracht.withdraw, name="intrekken"),
    path("tekstblokken/", beheer.tekstblokken, name="tekstblokken"),
    path("tekstblokken/nieuw/", beheer.tekstblok_nieuw, name="tekstblok_nieuw"),
    path("tekstblokken/<uuid:tekstblok>/", beheer.tekstblok, name="tekstblok"),
    path("tekstblokken/<uuid:tekstblok>/weg/", beheer.tekstblok_weg, name="tekstblok_weg"),
    path("tariefcodes/", beheer.tariefcodes, name="tariefcodes"),
    path("tariefcodes/bestand/", beheer.tariefcodes_csv, name="tariefcodes_csv"),
    path("dossiers/", dossier.overview, name="dossiers"),
    path("dubbel/", samenvoegen.doubles, name="dubbel"),
    path("dubbel/kies/", samenvoegen.choose, name="dubbel_kies"),
    path("dubbel/<uuid:patient>/<uuid:ander>/", samenvoegen.merge, name="samenvoegen"),
    path("samenvoegingen/<uuid:samenvoeging>/", samenvoegen.undo, name="samenvoeging"),
    path("dossiers/<uuid:dossier>/", dossier.show, name="dossier"),
    path("dossiers/<uuid:dossier>/bsn/", dossier.show_bsn, name="bsn_tonen"),
    path("dossiers/<uuid:dossier>/eigen-tandarts/", eigen_tandarts.fill_in, name="eigen_tandarts"),
    path("taken/", taak.overview, name="taken"),
    path("taken/<uuid:taak>/", taak.show, name="taak"),
    path("taken/<uuid:taak>/opnieuw/", taak.again, name="taak_opnieuw"),
    path("antwoorden/<uuid:antwoord>/gelezen/", overdracht.reply_read, name="antwoord_gelezen"),
    path("verslagoverzicht/", overzicht.overzicht, name="overzicht"),
    path("verslagoverzicht/bestand/", overzicht.bestand, name="overzicht_bestand"),
    path("briefhoofd/", briefhoofd.wijzigen, name="briefhoofd"),
    path("ophalen/<str:token>/", ophalen.pick_up, name="ophalen"),
    path("ophalen/<str:token>/alles/", ophalen.pick_up_all, name="ophalen_alles"),
    path("ophalen/<str:token>/antwoord/", ophalen.pick_up_reply, name="ophalen_antwoord"),
    path("ophalen/<str:token>/klaar/", ophalen.pick_up_done, name="ophalen_klaar"),
    path("ophalen/<str:token>/pdf/", ophalen.pick_up_pdf, name="ophalen_pdf"),
    path(
        "ophalen/<str:token>/bijlagen/<uuid:bijlage>/",
        ophalen.pick_up_attachment,
        name="ophalen_bijlage",
    ),
]
