"""The rules of the demo kring: in force for years, signed by most, a change on the agenda."""

from datetime import timedelta

from kern.actor import Actor
from kern.tijd import to_local
from kern.toegang import Rol
from kring.models import Gebruiker, Lidmaatschap
from reglement.actions import reglement as acties
from reglement.inhoud.variabelen import VOORSTEL
from reglement.models import Reglementversie, Vergadering
from spoeddienst.demo.gegevens.toneel import Toneel

OUD = timedelta(days=1150)
"""How long ago the kring adopted its rules, on paper: before anybody of now got an office."""
NIET_GETEKEND = {0, 5, 9}
"""Practices whose signature is still missing; the first is the one that the demo logs in as."""
_AVOND = {"dagen": [0, 1, 2, 3, 4], "begin": "17:00", "einde": "08:00", "dagen_later": 1}
_WEEKEND = {"dagen": [5, 6], "begin": "08:00", "einde": "08:00", "dagen_later": 1}


def play(toneel: Toneel) -> Reglementversie:
    """Register, send and sign version 1; begin a draft. Return the version in force."""
    kring = toneel.rows.kring
    by = coordinator_of(toneel)
    toneel.klok.zet(toneel.klok.nu - timedelta(days=200))
    versie = acties.start_draft(kring_id=kring.pk, by=by)
    waarden = VOORSTEL | {
        "0.naam": f"Spoedgevallendienst {kring.naam}",
        "0.gebied": "Vechtstreek",
        "2.gebied": ["Stichtse Vecht", "Wijdemeren (Loosdrecht)", "De Ronde Venen (Abcoude)"],
        "4.optie": "A",
        "4.variant": "II",
        "4.jaren_bestuur": 3,
        "4.extra_taken": ["Een keer per jaar een nascholing over spoedzorg regelen."],
        "5.avond": _AVOND,
        "5.nacht": {"geen": True},
        "5.weekend": _WEEKEND,
        "5.a": "Wie zwanger is, doet vanaf de zesde maand geen nachtdienst.",
        "9.bedrag": 27500,
        "10.optie": "B",
        "10.lijst": ["wijzigen", "verzorgingsgebied"],
        "slot.plaats": kring.plaats,
    }
    versie = acties.save_article(
        versie, pagina="aanhef", waarden=waarden, tekst=None, gezien=0, by=by
    )
    day = to_local(toneel.klok.nu - OUD).date()
    versie = acties.register_paper(
        versie,
        besloten_op=day,
        geldig_vanaf=day,
        reden="Notulen van de ledenvergadering, map reglement. Nu overgenomen in dit programma.",
        by=by,
    )
    _sign(toneel, versie)
    draft = acties.start_draft(kring_id=kring.pk, by=by)
    acties.save_article(
        draft,
        pagina="5",
        waarden={"5.b": "Wie net een praktijk begint, doet het eerste halfjaar halve diensten."},
        tekst=None,
        gezien=0,
        by=by,
    )
    toneel.klok.zet(toneel.klok.nu)
    return versie


def propose(toneel: Toneel, vergadering: Vergadering) -> None:
    """Put an amendment on the agenda of the meeting to come."""
    by = coordinator_of(toneel)
    row = acties.start_draft(kring_id=toneel.rows.kring.pk, by=by)
    row = acties.save_article(
        row,
        pagina="8",
        waarden={"8.opzegmaanden": 6, "4.weken_oproep": 2},
        tekst=None,
        gezien=0,
        by=by,
    )
    row = acties.save_toelichting(
        row,
        toelichting="Met drie maanden krijgen we het rooster niet rond als een praktijk stopt.",
        gezien=row.wijziging,
        by=by,
    )
    acties.lay_before(row, vergadering=vergadering, by=by)


def coordinator_of(toneel: Toneel) -> Actor:
    """Return the coordinator of the kring at work."""
    row = Lidmaatschap.objects.active().filter(kring=toneel.rows.kring, rol=Rol.COORDINATOR)
    return toneel.actor(row.select_related("gebruiker").earliest("pk").gebruiker, Rol.COORDINATOR)


def representatives_of(toneel: Toneel) -> list[Gebruiker | None]:
    """Return who speaks for each practice, in the order of the practices."""
    rows = Lidmaatschap.objects.active().filter(kring=toneel.rows.kring, rol=Rol.VERTEGENWOORDIGER)
    by_practice = {row.deelnemer_id: row.gebruiker for row in rows.select_related("gebruiker")}
    return [by_practice.get(deelnemer.pk) for deelnemer in toneel.rows.deelnemers]


def _sign(toneel: Toneel, versie: Reglementversie) -> None:
    people = representatives_of(toneel)
    for number, (deelnemer, gebruiker) in enumerate(
        zip(toneel.rows.deelnemers, people, strict=True)
    ):
        if gebruiker is None or number in NIET_GETEKEND:
            continue
        toneel.klok.verder(hours=7)
        acties.sign(
            versie,
            deelnemer=deelnemer,
            gezien=versie.sha256,
            by=toneel.actor(gebruiker, Rol.VERTEGENWOORDIGER),
        )
