"""This year's roster as it was adopted, a change since, and maybe a proposal for next year."""

from datetime import timedelta

from kern.actor import Actor
from rooster.actions import change_dienst
from rooster.actions.versie import answer, propose
from rooster.actions.wens import close_wensen
from rooster.models import Akkoord, Dienst, Roosterperiode, Roosterversie
from spoeddienst.demo.gegevens.klok import Klok
from spoeddienst.demo.gegevens.kringen import Bezetting

BEZWAAR = "Onze twee weekenden in mei liggen vlak na elkaar. Kan er een naar juni?"


def fill(rows: Bezetting, coming: Roosterperiode, klok: Klok, *, voorstel: bool) -> None:
    """Adopt this year, straight into the tables: it happened before the demo began."""
    by = Actor.system(rows.kring.pk, "demogegevens")
    _adopted(rows, klok)
    _change_one(rows, klok, by)
    if voorstel:
        close_wensen(coming, by=by)
        versie = propose(coming.concepten.get(gekozen=True), by=by)
        for deelnemer, akkoord in zip(rows.deelnemers, (True, True, False, True), strict=False):
            opmerking = "" if akkoord else BEZWAAR
            answer(versie, deelnemer=deelnemer, akkoord=akkoord, opmerking=opmerking, by=by)


def _adopted(rows: Bezetting, klok: Klok) -> None:
    diensten = Dienst.objects.filter(kring=rows.kring, roosterperiode__isnull=False)
    periode = Roosterperiode.objects.get(
        kring=rows.kring, eerste_dag__lte=klok.nu.date(), laatste_dag__gte=klok.nu.date()
    )
    begin = klok.nu - timedelta(weeks=10)
    versie = Roosterversie.objects.create(
        kring=rows.kring,
        periode=periode,
        nummer=1,
        status=Roosterversie.Status.VASTGESTELD,
        inhoud=[rij.as_record() for rij in diensten.filter(roosterperiode=periode).as_rows()],
        reageren_tot=begin.date() + timedelta(weeks=3),
        voorgelegd_op=begin,
        vastgesteld_op=begin + timedelta(weeks=3, days=1),
    )
    Akkoord.objects.bulk_create(
        Akkoord(
            kring=rows.kring,
            versie=versie,
            deelnemer=deelnemer,
            akkoord=True,
            gegeven_op=begin + timedelta(days=2 + nummer),
        )
        for nummer, deelnemer in enumerate(rows.deelnemers)
    )


def _change_one(rows: Bezetting, klok: Klok, by: Actor) -> None:
    """Let two dentists trade places in a duty some days ahead: its history has something to say."""
    dienst = (
        Dienst.objects.filter(kring=rows.kring, begin__gt=klok.nu + timedelta(days=16))
        .with_places()
        .first()
    )
    change_dienst(
        dienst,
        begin=dienst.begin,
        einde=dienst.einde,
        opmerking=dienst.opmerking,
        dienstdoende=dienst.achterwacht,
        achterwacht=dienst.dienstdoende,
        reden="In overleg omgedraaid",
        by=by,
    )
