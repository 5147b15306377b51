"""Load the whole demo, once and in one transaction: half a demo would be worse than none."""

from django.db import transaction

from kern.tenancy import kring_context
from kern.tijd import db_now
from kring.models import Kring
from rooster.models import Dienst
from spoeddienst.demo.gegevens import (
    adresboek,
    bereikbaar,
    concepten,
    diensten,
    dossiers,
    gebied,
    kader,
    kringen,
    nazicht,
    protocol,
    rechten,
    reglement,
    ruilen,
    schrijfhulp,
    verhalen,
    verleden,
    versies,
    verwijzen,
    wensen,
)
from spoeddienst.demo.gegevens.klok import Klok, playing
from spoeddienst.demo.gegevens.toneel import Toneel


def is_loaded() -> bool:
    return Kring.objects.filter(slug=kringen.VECHTSTREEK.slug).exists()


def load() -> None:
    """Make both kringen with everything in them."""
    klok = Klok(db_now())
    with transaction.atomic():
        with playing(klok):
            made = [
                _load_kring(
                    klok, kringen.VECHTSTREEK, verhalen.NU + protocol.AFSPRAKEN, verhalen.EERDER
                ),
                _load_kring(klok, kringen.RIJNMOND, verhalen.NU_KLEIN, verhalen.EERDER_KLEIN),
            ]
        for kring in made:
            nazicht.judge_own_noise(kring)


def _load_kring(klok: Klok, recept: kringen.Recept, nu, eerder) -> Kring:
    kring = kringen.make_kring(recept)
    with kring_context(kring.pk):
        rows = kringen.fill_kring(kring, recept)
        verwijzen.fill(kring)
        schrijfhulp.fill(kring)
        diensten.make_diensten(rows, klok.nu, recept.weken_terug)
        coming = kader.fill(rows, recept, klok)
        wensen.fill(rows, coming, klok)
        concepten.fill(coming)
        # The small kring is further on: its proposal lies with the deelnemers.
        versies.fill(rows, coming, klok, voorstel=recept is kringen.RIJNMOND)
        roster = list(Dienst.objects.with_places().order_by("begin"))
        toneel = Toneel(rows, roster, klok)
        verhalen.play(toneel, nu, eerder)
        # After the stories: a version is not put in force over calls that came after it.
        verleden.make_calls(rows, recept, klok.nu, recept.rustige_oproepen)
        verleden.practise(toneel, aantal=9)
        done = recept is not kringen.VECHTSTREEK
        if recept is kringen.VECHTSTREEK:
            gebied.fill(kring)
            ruilen.play(toneel)
            dossiers.play(toneel)
            rechten.play(toneel)
            reglement.play(toneel)
        bereikbaar.play(rows, roster, klok, gecontroleerd=done)
        adresboek.play(rows, klok)
        klok.zet(klok.nu)
    return kring
