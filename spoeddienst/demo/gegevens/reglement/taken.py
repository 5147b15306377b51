"""The coördinator's duties: an office that ends, a wheel partly done, a dispute, a letter."""

from datetime import timedelta

from kern.actor import Actor
from kern.models import Zending
from kern.tijd import db_now, to_local
from kern.toegang import Rol
from kring.models import Lidmaatschap
from reglement.actions import functies, geschil, jaarwiel, post
from reglement.geldend import variabelen_on
from reglement.jaarwiel import regels
from reglement.jaarwiel.rijen import turns_near
from reglement.models import Rondbezorging, Verplichting
from reglement.termijnen import add_months
from spoeddienst.demo.gegevens import bezorgd
from spoeddienst.demo.gegevens.toneel import Toneel

EIGEN = (
    ("Toezien op goed functioneren van de dienst", "kwartaal", 9),
    ("Achterwacht bellen als proef", "halfjaar", 12),
)
BRIEF = (
    "Wensen voor het nieuwe rooster",
    "De wensen voor het nieuwe rooster kun je nog twee weken opgeven. Wie niets opgeeft, krijgt "
    "een rooster zonder voorkeuren.\n\nKijk ook even of het telefoonnummer van je praktijk klopt.",
)


def play(toneel: Toneel) -> None:
    """Play it all; the rules are in force already."""
    member = Lidmaatschap.objects.active().filter(kring=toneel.rows.kring, rol=Rol.COORDINATOR)
    by = toneel.actor(member.select_related("gebruiker").first().gebruiker, Rol.COORDINATOR)
    _offices(toneel, by)
    _letter(toneel, by)
    _disputes(toneel, by)
    _wheel(toneel, by)


def _offices(toneel: Toneel, by: Actor) -> None:
    """The coördinator stops in ten weeks and somebody is put forward; the deputy just began."""
    kring, today = toneel.rows.kring, to_local(db_now()).date()
    people = [tandarts.gebruiker for tandarts in toneel.rows.tandartsen]
    rules = variabelen_on(kring.pk, today)
    end = today + timedelta(days=70)
    terms = [
        ("coordinator", people[2], end, rules.jaren_coordinator),
        ("plv_coordinator", people[5], add_months(today, 30), rules.jaren_coordinator),
    ]
    if rules.heeft_bestuur:
        terms += [
            (soort, people[number], add_months(today, 14), rules.jaren_bestuur or 3)
            for soort, number in (("voorzitter", 0), ("secretaris", 7), ("penningmeester", 9))
        ]
    for soort, person, last, years in terms:
        functies.register(
            kring_id=kring.pk,
            soort=soort,
            gebruiker=person,
            vanaf=add_months(last, -12 * years) + timedelta(days=1),
            laatste_dag=last,
            wijze="eerder",
            toelichting="Notulen op papier, map Vergaderingen.",
            by=by,
        )
    functies.put_forward(
        kring_id=kring.pk,
        soort="coordinator",
        gebruiker=people[5],
        vanaf=end + timedelta(days=1),
        toelichting="Is nu plaatsvervanger en kent het werk.",
        by=by,
    )


def _letter(toneel: Toneel, by: Actor) -> None:
    """A letter of two weeks ago that everybody got."""
    moment = toneel.klok.nu - timedelta(days=14)
    toneel.klok.zet(moment)
    onderwerp, tekst = BRIEF
    brief = post.send_round(
        toneel.rows.kring,
        aan="stemmend",
        onderwerp=onderwerp,
        tekst=tekst,
        antwoord="coordinator@vechtstreek.example",
        by=by,
    )
    for row in Rondbezorging.objects.filter(rondschrijven=brief).select_related("zending"):
        bezorgd.close(row.zending, Zending.Status.VERZONDEN, moment)


def _disputes(toneel: Toneel, by: Actor) -> None:
    """One that was solved in spring, one in which both sides were heard last month."""
    rows = toneel.rows
    for weeks, mine, other, onderwerp, omschrijving, steps in (
        (
            30,
            3,
            4,
            "Verrekening van een overgenomen weekend",
            "Wij namen een weekend over. Over wat daar tegenover staat, worden we het niet eens.",
            (("overleg", "Beide praktijken zijn gehoord."), ("oplossen", "Eén weekend terug.")),
        ),
        (
            5,
            6,
            1,
            "Wie de telefoon opneemt na zes uur",
            "De lijn blijft geregeld staan tot half zeven. Onze patiënten krijgen dan niemand.",
            (("overleg", "Beide kanten gehoord; afspraak om het een maand te proberen."),),
        ),
    ):
        toneel.klok.zet(toneel.klok.nu - timedelta(weeks=weeks))
        speaker = rows.tandartsen[mine].gebruiker
        row = geschil.declare(
            kring_id=rows.kring.pk,
            namens=rows.deelnemers[mine],
            partijen=[rows.deelnemers[other]],
            onderwerp=onderwerp,
            omschrijving=omschrijving,
            by=toneel.actor(speaker, Rol.VERTEGENWOORDIGER),
        )
        for soort, tekst in steps:
            toneel.klok.verder(days=7)
            geschil.note_step(
                row, soort=soort, gedaan_op=to_local(db_now()).date(), tekst=tekst, by=by
            )
    toneel.klok.zet(toneel.klok.nu)


def _wheel(toneel: Toneel, by: Actor) -> None:
    """Two duties of its own, one given away; what patients said of the duty was read in spring."""
    kring, today = toneel.rows.kring, to_local(db_now()).date()
    made = [
        jaarwiel.save_task(
            Verplichting(kring=kring, soort="extra"),
            titel=titel,
            ritme=ritme,
            eerste_dag=today + timedelta(days=days),
            herinner_dagen=14,
            gedelegeerd_aan=toneel.rows.tandartsen[8].gebruiker if ritme == "halfjaar" else None,
            by=by,
        )
        for titel, ritme, days in EIGEN
    ]
    supervised = today + timedelta(days=EIGEN[0][2])
    jaarwiel.note_done(
        kring,
        f"extra|{made[0].pk}|{supervised}",
        jaar=supervised.year,
        gedaan_op=today - timedelta(days=2),
        bewijs="Besproken met de plaatsvervanger, aantekening in de map Dienst.",
        by=by,
    )
    complaints = [beurt for beurt in turns_near(kring, today) if beurt.soort == regels.KLACHTEN]
    # All but the last one that was due.
    for beurt in [beurt for beurt in complaints if beurt.uiterlijk < today][:-1]:
        jaarwiel.note_done(
            kring,
            beurt.sleutel,
            jaar=beurt.uiterlijk.year,
            gedaan_op=beurt.uiterlijk - timedelta(days=3),
            bewijs="Besproken met de plaatsvervanger; verslag in de map Dienst.",
            by=by,
        )
