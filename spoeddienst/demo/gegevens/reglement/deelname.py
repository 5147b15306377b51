"""Who comes, who goes, another area, and how safe the addresses are."""

from datetime import timedelta

from kern.actor import Actor
from kern.tijd import to_local
from kern.toegang import Rol
from kring.models import Lidmaatschap
from reglement.actions import einde, toelating, veiligheid
from reglement.actions import gebied as gebieden
from reglement.models import Toelating, Vergadering
from spoeddienst.demo.gegevens.gebied import VECHTSTREEK
from spoeddienst.demo.gegevens.toneel import Toneel

NIEUW = {
    "naam": "Tandartsen Vijverhof",
    "adres": "Vijverhof 12",
    "postcode": "3607 AB",
    "plaats": "Maarssen",
    "telefoon": "+31346555012",
    "email": "balie@vijverhof.example",
    "vertegenwoordiger": "Ineke Zandstra",
}
LATER = {
    "naam": "Praktijk De Plassen",
    "adres": "Dorpsstraat 80",
    "postcode": "3648 AJ",
    "plaats": "Wilnis",
    "telefoon": "+31297555080",
    "email": "info@deplassen.example",
    "vertegenwoordiger": "Joost Ruigrok",
}
UITGANGEN = (
    "Vanuit de behandelkamer door de sterilisatie naar de achterdeur.",
    "De nooduitgang naast de wachtkamer; de klink gaat altijd open.",
    "Door de kelder naar de parkeerplaats achter het pand.",
)


def apply(toneel: Toneel) -> Toelating:
    """Two practices want to take part: one is ready for the meeting, one has just asked."""
    by = _coordinator(toneel)
    today = to_local(toneel.klok.moment).date()
    row = _asked(toneel, NIEUW, today, by)
    for naam, nummer in (("Ineke Zandstra", "39012345671"), ("Bram Hoekstra", "39012345672")):
        dentist = toelating.add_dentist(
            row, naam=naam, big_nummer=nummer, telefoon="+31612345671", by=by
        )
        toelating.check_dentist(dentist, uitkomst="ingeschreven", by=by)
    toelating.change_toelating(row, standaard=True, tweede_dienst=False, kent_reglement=True, by=by)
    return toelating.advise(
        row,
        advies="toelaten",
        advies_reden="Voldoet aan par. 5.2.1. Abcoude ligt volgens de schatting net over de grens; "
        "nagereden is het 28 minuten.",
        by=by,
    )


def put(toneel: Toneel, vergadering: Vergadering) -> None:
    """Put the one that is ready on the agenda of the meeting to come."""
    toelating.put_to_meeting(apply(toneel), vergadering=vergadering, by=_coordinator(toneel))


def play(toneel: Toneel) -> None:
    """Play what needs no meeting yet: a late resignation, an area as proposed, safety."""
    by = _coordinator(toneel)
    toneel.klok.zet(toneel.klok.nu - timedelta(days=6))
    today = to_local(toneel.klok.moment).date()
    row = _asked(toneel, LATER, today, by)
    toelating.add_dentist(
        row, naam="Joost Ruigrok", big_nummer="39012345680", telefoon="+31612345680", by=by
    )
    # Far away: the roster of the coming year does not change by it.
    einde.resign(
        toneel.rows.deelnemers[-1], gemeld_op=today, gevraagd=today + timedelta(days=420), by=by
    )
    gebieden.propose_area(
        kring_id=toneel.rows.kring.pk,
        postcodes=[*VECHTSTREEK, "3641", "3648"],
        grens=30,
        gemeenten=["Stichtse Vecht", "Wijdemeren (Loenen)", "De Ronde Venen (oost)"],
        toelichting="Mijdrecht en Wilnis hebben sinds de zomer geen eigen dienst meer.",
        by=by,
    )
    _safety(toneel, by)
    toneel.klok.zet(toneel.klok.nu)


def _asked(toneel: Toneel, velden: dict, today, by: Actor) -> Toelating:
    return toelating.apply_for(
        kring_id=toneel.rows.kring.pk,
        aangevraagd_op=today,
        gewenst_op=today + timedelta(days=60),
        by=by,
        **velden,
    )


def _safety(toneel: Toneel, by: Actor) -> None:
    for number, deelnemer in enumerate(toneel.rows.deelnemers[:9]):
        alone = number == 4
        veiligheid.save_blad(
            deelnemer,
            by=by,
            tweede_persoon="nee" if alone else "op_afspraak" if number % 3 else "altijd",
            wie="" if alone else "de assistent van dienst",
            uitgangen=UITGANGEN[number % len(UITGANGEN)],
            sloten="De voordeur valt in het slot. Open met de knop aan de balie.",
            hulp="Vecht Beveiliging, binnen tien minuten",
            hulp_telefoon="+31346555099",
        )
    duty = next(d for d in toneel.diensten if d.einde < toneel.klok.moment)
    dentist = duty.dienstdoende
    row = veiligheid.report_incident(
        kring_id=toneel.rows.kring.pk,
        soort="bedreiging",
        gebeurd_op=duty.begin + timedelta(hours=3),
        deelnemer=dentist.deelnemer,
        tekst="De begeleider wilde per se mee naar binnen en ging voor de deur staan. Na een "
        "gesprek aan de balie ging hij buiten wachten.",
        alleen=True,
        politie=False,
        by=toneel.actor(dentist.gebruiker, Rol.TANDARTS),
    )
    toneel.klok.verder(days=1)
    veiligheid.follow_incident(
        row,
        tekst="Gebeld met de tandarts. De praktijk zorgt in het weekend voortaan voor een "
        "assistent.",
        sluit=False,
        by=by,
    )


def _coordinator(toneel: Toneel) -> Actor:
    rows = Lidmaatschap.objects.active().filter(kring=toneel.rows.kring, rol=Rol.COORDINATOR)
    row = rows.select_related("gebruiker").order_by("aangemaakt_op").first()
    return toneel.actor(row.gebruiker, Rol.COORDINATOR)
