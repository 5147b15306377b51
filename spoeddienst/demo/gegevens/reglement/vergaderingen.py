"""A meeting that was, one that is being held, and one to come that other subjects put points on."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from kern.actor import Actor
from kern.pdf import to_pdf
from kern.tijd import AMSTERDAM, to_local
from kern.toegang import Rol
from kring.models import Lidmaatschap
from reglement.actions import vergadering as acties
from reglement.kiesregister import members_on
from reglement.models import Agendapunt, Uitnodiging, Vergadering
from reglement.pdfstuk import Pdfstuk
from spoeddienst.demo.gegevens.reglement.stemmen import hold
from spoeddienst.demo.gegevens.toneel import Toneel

Antwoord = Uitnodiging.Antwoord
ZAAL = "De Vergulde Kies, Maarssen"
BEGROTING = "Begroting van de dienst: telefoon, materiaal, zaalhuur. Samen 4.150 euro."


def coordinator_of(toneel: Toneel) -> Actor:
    """Return the coordinator of the kring, who calls and leads."""
    return toneel.actor(_coordinator(toneel).gebruiker, Rol.COORDINATOR)


def _coordinator(toneel: Toneel) -> Lidmaatschap:
    rows = Lidmaatschap.objects.active().filter(kring=toneel.rows.kring, rol=Rol.COORDINATOR)
    return rows.select_related("gebruiker").order_by("aangemaakt_op").first()


def evening(toneel: Toneel, *, dagen: int) -> datetime:
    """Return eight o'clock in the evening, so many days from the moment of the demo."""
    day = to_local(toneel.klok.nu).date() + timedelta(days=dagen)
    return timezone.make_aware(datetime.combine(day, time(20)), AMSTERDAM)


def past(toneel: Toneel) -> None:
    """Hold the meeting of five weeks ago: one vote by name, one secret, minutes adopted."""
    by = coordinator_of(toneel)
    row = _open_past(toneel)
    _table(toneel, row, 1, "De voorzitter heet iedereen welkom.")
    punt = _table(toneel, row, 2, "Iedereen merkt dat het in de zomer te druk is.")
    hold(
        punt,
        vraag="Komt er in juli en augustus een tweede achterwacht?",
        voorstel="In juli en augustus heeft elke dienst een tweede achterwacht.",
        keuzes="vtvtvtvtv",
        by=by,
    )
    punt = _table(toneel, row, 3, "Zij vertelt wat zij van plan is.")
    hold(
        punt,
        vraag="Wordt Femke Jansen voorzitter van de werkgroep nascholing?",
        voorstel="Femke Jansen is voorzitter van de werkgroep nascholing.",
        keuzes="vtvvtvvbv",
        geheim=True,
        by=by,
    )
    _table(toneel, row, 4, "Niemand heeft nog iets.")
    _close_past(toneel, row)


def _open_past(toneel: Toneel) -> Vergadering:
    """Plan, call and open it; most practices are there."""
    by, begin = coordinator_of(toneel), evening(toneel, dagen=-35)
    toneel.klok.zet(begin - timedelta(days=35))
    row = acties.plan(
        kring_id=toneel.rows.kring.pk,
        titel="Najaarsvergadering",
        begint_op=begin,
        plaats=ZAAL,
        op_afstand=True,
        voorzitter=_coordinator(toneel).gebruiker,
        by=by,
    )
    acties.add_point(row, titel="Opening en mededelingen", by=by)
    points = [
        acties.add_point(row, titel=titel, toelichting=tekst, besluitsoort=soort, by=by)
        for titel, tekst, soort in (
            (
                "Een tweede achterwacht in de zomer",
                "In juli en augustus is het druk op de Vecht.",
                "overig",
            ),
            (
                "Voorzitter van de werkgroep",
                "Femke Jansen wil het graag doen.",
                "overig",
            ),
        )
    ]
    acties.add_point(row, titel="Rondvraag", by=by)
    acties.add_document(
        row,
        stuk=document("begroting.pdf", BEGROTING),
        omschrijving="Begroting",
        agendapunt=points[0],
        by=by,
    )
    row = acties.convoke(row, by=by)
    _answer(toneel, row, komen=9, afmelden=2)
    toneel.klok.zet(begin - timedelta(minutes=10))
    for lid in _speaking(row)[:9]:
        acties.arrive(row, deelnemer=lid.deelnemer, by=by)
    toneel.klok.zet(begin + timedelta(minutes=2))
    return acties.open_meeting(row, by=by)


def _table(toneel: Toneel, row: Vergadering, nummer: int, aantekening: str) -> Agendapunt:
    """Put a point of a running meeting on the table, and note what was said."""
    by = coordinator_of(toneel)
    toneel.klok.verder(minutes=12)
    punt = acties.table_point(row.agendapunten.get(volgorde=nummer), by=by)
    return acties.note_point(punt, aantekening=aantekening, by=by)


def _close_past(toneel: Toneel, row: Vergadering) -> None:
    """Close the meeting, approve its minutes and send the decisions."""
    by = coordinator_of(toneel)
    toneel.klok.verder(minutes=10)
    last = _speaking(row)[8]
    acties.leave(row, deelnemer=last.deelnemer, by=by)
    row = acties.close_meeting(row, by=by)
    toneel.klok.verder(days=3)
    notulen = acties.submit_minutes(row.notulen, by=by)
    toneel.klok.verder(days=2)
    for lid in _speaking(row)[:9]:
        spoken = toneel.actor(lid.vertegenwoordiger, Rol.VERTEGENWOORDIGER)
        acties.answer_minutes(notulen, deelnemer=lid.deelnemer, akkoord=True, by=spoken)
    acties.adopt_minutes(notulen, by=by)


def call_running(toneel: Toneel) -> Vergadering:
    """Call the deelnemers for a meeting that is being held by the time somebody looks."""
    by = coordinator_of(toneel)
    begin = toneel.klok.nu.replace(second=0, microsecond=0) - timedelta(minutes=40)
    toneel.klok.zet(begin - timedelta(days=29))
    row = acties.plan(
        kring_id=toneel.rows.kring.pk,
        titel="Extra vergadering: samen met de huisartsenpost",
        begint_op=begin,
        plaats=ZAAL,
        op_afstand=True,
        voorzitter=_coordinator(toneel).gebruiker,
        by=by,
    )
    acties.add_point(row, titel="Opening en mededelingen", by=by)
    acties.add_point(
        row,
        titel="Een lijn met de huisartsenpost",
        toelichting="De post wil ons rechtstreeks kunnen bellen als een kaak gebroken lijkt.",
        besluitsoort="overig",
        by=by,
    )
    acties.add_point(
        row,
        titel="Wie het overleg met de post voert",
        toelichting="Loïs Roozendaal wil het doen.",
        besluitsoort="overig",
        by=by,
    )
    row = acties.convoke(row, by=by)
    _answer(toneel, row, komen=9, afmelden=1)
    return row


def hold_running(toneel: Toneel, row: Vergadering) -> None:
    """Leave it in the middle of a vote: who logs in may lead it, and most may still vote."""
    by = coordinator_of(toneel)
    toneel.klok.zet(row.begint_op - timedelta(minutes=5))
    for lid in _speaking(row)[:9]:
        acties.arrive(row, deelnemer=lid.deelnemer, by=by)
    toneel.klok.verder(minutes=7)
    row = acties.open_meeting(row, by=by)
    _table(toneel, row, 1, "De voorzitter heet iedereen welkom.")
    hold(
        _table(toneel, row, 2, "De post belt ons dan buiten de triage om."),
        vraag="Krijgt de huisartsenpost een eigen lijn naar de dienst?",
        voorstel="De huisartsenpost krijgt een eigen lijn naar wie dienst heeft.",
        keuzes="..v.v.t..",
        sluit=False,
        by=by,
    )
    toneel.klok.zet(toneel.klok.nu)


def plan_coming(toneel: Toneel) -> Vergadering:
    """Plan the meeting of next week; other subjects put their points on it before it is called."""
    by, begin = coordinator_of(toneel), evening(toneel, dagen=9)
    toneel.klok.zet(toneel.klok.nu - timedelta(days=26))
    row = acties.plan(
        kring_id=toneel.rows.kring.pk,
        titel="Wintervergadering",
        begint_op=begin,
        plaats=ZAAL,
        op_afstand=True,
        voorzitter=_coordinator(toneel).gebruiker,
        by=by,
    )
    acties.add_point(row, titel="Opening en mededelingen", by=by)
    acties.add_point(
        row,
        titel="Vergoeding voor de zaal",
        toelichting="De huur gaat volgend jaar omhoog.",
        besluitsoort="overig",
        by=by,
    )
    return row


def call_coming(toneel: Toneel, row: Vergadering) -> None:
    """Call it with everything that is on its agenda by now; some have answered."""
    row = acties.convoke(row, by=coordinator_of(toneel))
    _answer(toneel, row, komen=6, afmelden=1)
    toneel.klok.zet(toneel.klok.nu)


def plan_next(toneel: Toneel) -> None:
    """Plan one more that nobody was called to yet, so that the trial has something to show."""
    by = coordinator_of(toneel)
    toneel.klok.zet(toneel.klok.nu)
    row = acties.plan(
        kring_id=toneel.rows.kring.pk,
        titel="Voorjaarsvergadering",
        begint_op=evening(toneel, dagen=100),
        plaats=ZAAL,
        voorzitter=_coordinator(toneel).gebruiker,
        by=by,
    )
    acties.add_point(row, titel="Terugblik op de feestdagen", by=by)


def document(naam: str, tekst: str) -> Pdfstuk:
    """Return a small document of one page."""
    html = f'<html lang="nl"><head><title>{naam}</title></head><body><h1>{tekst}</h1></body></html>'
    return Pdfstuk(naam, to_pdf(html, "css/notulen_pdf.css"))


def _speaking(row: Vergadering) -> list:
    return [lid for lid in members_on(row.kring_id, row.dag) if lid.vertegenwoordiger]


def _answer(toneel: Toneel, row: Vergadering, *, komen: int, afmelden: int) -> None:
    given = [Antwoord.KOMT] * (komen - 1) + [Antwoord.OP_AFSTAND] + [Antwoord.KOMT_NIET] * afmelden
    for lid, antwoord in zip(_speaking(row), given, strict=False):
        spoken = toneel.actor(lid.vertegenwoordiger, Rol.VERTEGENWOORDIGER)
        acties.answer(row, deelnemer=lid.deelnemer, antwoord=antwoord, by=spoken)
