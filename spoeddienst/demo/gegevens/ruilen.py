"""Swaps in the demo: one that waits for an answer, a give-away, and dentists from outside."""

from datetime import timedelta

from kern.actor import Actor
from kern.toegang import Rol
from kring.models import Lidmaatschap, Tandarts
from rooster import actions
from rooster.models import Dienstplaats, Ruilverzoek
from rooster.ruilpartners import candidates
from spoeddienst.demo.gegevens.toneel import Toneel

REGLEMENT = """Artikel 1. Wie dienst heeft, is binnen vijf minuten aan de telefoon.

Artikel 2. De praktijk die aan de beurt is, blijft verantwoordelijk, ook als een ander invalt.

Artikel 3. De waarnemer werkt volgens het protocol en maakt van elk consult een verslag.

Artikel 4. Bij uitval belt de dienstdoende de achterwacht en meldt het in het rooster."""
Soort = Ruilverzoek.Soort


def play(toneel: Toneel) -> None:
    """Let the second dentist of the list propose a swap to the first, and the third give away."""
    een, twee, drie = toneel.rows.tandartsen[:3]
    klok = toneel.klok
    klok.zet(klok.nu - timedelta(hours=5))
    _propose(toneel, twee, een)
    klok.verder(hours=2)
    plaats = next(iter(_places(toneel, drie)))
    actions.ask_ruil(
        plaats,
        soort=Soort.OVERNAME,
        keuzes=(),
        uiterlijk_op=plaats.begin,
        toelichting="Bruiloft van mijn zus.",
        by=toneel.actor(drie.gebruiker, Rol.TANDARTS),
    )
    klok.zet(klok.nu)
    _outsiders(toneel)


def _places(toneel: Toneel, tandarts: Tandarts):
    """Yield the places to come of a dentist, from a week ahead on."""
    rows = Dienstplaats.objects.filter(
        tandarts=tandarts, begin__gt=toneel.klok.nu + timedelta(days=7)
    )
    return rows.select_related("dienst", "tandarts__deelnemer", "deelnemer").order_by("begin")


def _propose(toneel: Toneel, wie: Tandarts, aan: Tandarts) -> None:
    """Put the first swap that fits before this colleague."""
    for plaats in _places(toneel, wie):
        found = candidates(plaats.dienst, plaats.rol, nu=toneel.klok.moment)
        keuze = next((een for een in found.ruilen if een.tandarts == aan.pk), None)
        if keuze is None:
            continue
        actions.ask_ruil(
            plaats,
            soort=Soort.RUIL,
            keuzes=[keuze.sleutel],
            uiterlijk_op=min(plaats.begin, toneel.klok.nu + timedelta(days=4)),
            toelichting="Ik heb die avond een cursus.",
            by=toneel.actor(wie.gebruiker, Rol.TANDARTS),
        )
        return


def _outsiders(toneel: Toneel) -> None:
    """One dentist from outside who may serve, and one of whom the receipt is missing."""
    by = _coordinator(toneel)
    reglement = actions.publish_reglement(kring_id=toneel.rows.kring.pk, tekst=REGLEMENT, by=by)
    for nummer, naam in enumerate(("Wibe Achterberg", "Noor van Loon")):
        row = actions.add_waarnemer(
            kring_id=toneel.rows.kring.pk,
            deelnemer=toneel.rows.deelnemers[nummer],
            naam=naam,
            big_nummer=toneel.bron.big(),
            telefoon=toneel.bron.mobiel(),
            by=by,
        )
        actions.check_big(row, uitkomst="ingeschreven", by=by)
        if nummer == 0:
            actions.confirm_reglement(row, reglement=reglement, by=by)


def _coordinator(toneel: Toneel) -> Actor:
    rows = Lidmaatschap.objects.active().filter(rol=Rol.COORDINATOR, kring=toneel.rows.kring)
    return toneel.actor(rows.select_related("gebruiker").first().gebruiker, Rol.COORDINATOR)
