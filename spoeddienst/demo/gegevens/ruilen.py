"""Swaps in the demo: one that waits for an answer, a give-away, and dentists from outside."""

from datetime import timedelta

from kern.actor import Actor
from kern.toegang import Rol
from kring.models import Lidmaatschap, Tandarts
from rooster import actions
from rooster.models import Dienstplaats, Ruilverzoek
from rooster.ruil.partners import candidates
from spoeddienst.demo.gegevens.toneel import Toneel

REGLEMENT = """Artikel 1. Wie dienst heeft, is binnen vijf minuten aan de telefoon.

Artikel 2. De praktijk die aan de beurt is, blijft verantwoordelijk, ook als een ander invalt.

Artikel 3. De waarnemer werkt volgens het protocol en maakt van elk consult een verslag.

Artikel 4. Bij uitval belt de dienstdoende de achterwacht en meldt het in het rooster."""
Soort = Ruilverzoek.Soort


def play(toneel: Toneel) -> None:
    """Let somebody propose a swap to the first dentist of the list, and another give away."""
    een, *anderen = toneel.rows.tandartsen
    klok = toneel.klok
    klok.zet(klok.nu - timedelta(hours=5))
    next(wie for wie in anderen if _propose(toneel, wie, een))
    klok.verder(hours=2)
    next(wie for wie in reversed(anderen) if _give_away(toneel, wie))
    klok.zet(klok.nu)
    _outsiders(toneel)


def _places(toneel: Toneel, tandarts: Tandarts):
    """Return the places to come of a dentist, from a week ahead on."""
    rows = Dienstplaats.objects.filter(
        tandarts=tandarts, begin__gt=toneel.klok.nu + timedelta(days=7)
    )
    return rows.select_related("dienst", "tandarts__deelnemer", "deelnemer").order_by("begin")


def _give_away(toneel: Toneel, wie: Tandarts) -> bool:
    """Give the first place away that at least two colleagues could take."""
    for plaats in _places(toneel, wie)[:6]:
        if len(candidates(plaats.dienst, plaats.rol, nu=toneel.klok.moment).overnames) < 2:
            continue
        actions.ask_ruil(
            plaats,
            soort=Soort.OVERNAME,
            keuzes=(),
            uiterlijk_op=plaats.begin,
            toelichting="Bruiloft van mijn zus.",
            by=toneel.actor(wie.gebruiker, Rol.TANDARTS),
        )
        return True
    return False


def _propose(toneel: Toneel, wie: Tandarts, aan: Tandarts) -> bool:
    """Put the first swap that fits before this colleague; return whether there was one."""
    for plaats in _places(toneel, wie)[:6]:
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
        return True
    return False


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
