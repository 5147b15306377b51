"""The two kringen of the demo: practices, dentists, staff, own dentists."""

from dataclasses import dataclass, field

from django.utils.text import slugify

from kern.actor import Actor
from kern.toegang import Rol
from kring import actions
from kring.models import Deelnemer, EigenTandarts, Gebruiker, Kring, Lidmaatschap, Tandarts
from spoeddienst.demo.gegevens.accounts import make_accounts
from spoeddienst.demo.gegevens.namen import SEED, Bron, mailbox

PRAKTIJKEN = (
    *("Praktijk De Brug", "Mondzorg Aan de Vecht", "Tandartsen Otterspoor", "Het Veer"),
    *("Praktijk Zuilenpoort", "De Witte Molen", "Tandartspraktijk Ganzenhof", "Mondzorg Kortrijk"),
    *("Praktijk Rietlanden", "Tandartsen Sluis Zeven", "Het Tandhuis", "Praktijk Slotzicht"),
)
PRAKTIJKEN_ZUID = ("Tandartsen Havenhoofd", "Praktijk De Werf", "Mondzorg IJsselhaven")
ELDERS = (
    *("Praktijk Oosterlicht", "Tandartsen Stadsrand", "Mondzorg De Linde", "Praktijk Heuvelrug"),
    *("Het Gebit", "Tandheelkunde Noord", "Praktijk Lage Weide", "Tandartsen Parkzicht"),
)
Status = Lidmaatschap.Status
BEIDE = ("Marijke van der Laan", "marijke.vanderlaan@meldkamer.example")
"""The triagemedewerker who serves both kringen: sees two boards, never one through the other."""


@dataclass(frozen=True)
class Staf:
    """Who is not a dentist: (role, name, status)."""

    rol: str
    naam: str
    status: str = Status.ACTIEF


@dataclass(frozen=True)
class Recept:
    """What a demo kring is made of."""

    slug: str
    naam: str
    plaats: str
    gebied: str
    plaatsen: tuple[str, ...]
    praktijken: tuple[str, ...]
    tandartsen: int
    staf: tuple[Staf, ...]
    elders: tuple[str, ...] = ELDERS
    weken_terug: int = 4
    rustige_oproepen: int = 240
    seed: int = SEED


@dataclass
class Bezetting:
    """The rows of one kring, for the builders of duties and calls."""

    kring: Kring
    bron: Bron
    deelnemers: list[Deelnemer] = field(default_factory=list)
    tandartsen: list[Tandarts] = field(default_factory=list)
    eigen: list[EigenTandarts] = field(default_factory=list)
    triagisten: list[Gebruiker] = field(default_factory=list)


VECHTSTREEK = Recept(
    slug="vechtstreek",
    naam="Kring Vechtstreek",
    plaats="Maarssen",
    gebied="346",
    plaatsen=("Maarssen", "Breukelen", "Loenen", "Abcoude", "Kockengen", "Nigtevecht"),
    praktijken=PRAKTIJKEN,
    tandartsen=30,
    staf=(
        Staf(Rol.TRIAGE, "Sanne de Wit"),
        Staf(Rol.TRIAGE, "Özlem Kuipers"),
        Staf(Rol.TRIAGE, "Hidde Terpstra", Status.UITGENODIGD),
        Staf(Rol.TRIAGE, "Geert Overwater", Status.BEEINDIGD),
        Staf(Rol.COORDINATOR, "Willemijn op den Kamp"),
        Staf(Rol.BEHEERDER, "Rachid El Amrani"),
        Staf(Rol.FG, "Renée Schönfeld"),
    ),
)
RIJNMOND = Recept(
    slug="rijnmond-zuid",
    naam="Kring Rijnmond-Zuid",
    plaats="Barendrecht",
    gebied="180",
    plaatsen=("Barendrecht", "Ridderkerk", "Rhoon"),
    praktijken=PRAKTIJKEN_ZUID,
    tandartsen=6,
    staf=(
        Staf(Rol.TRIAGE, "Chantal Zuidema"),
        Staf(Rol.COORDINATOR, "Björn ter Horst"),
        Staf(Rol.BEHEERDER, "Floor Nuñez"),
        Staf(Rol.FG, "André Soekhoe"),
    ),
    elders=ELDERS[:3],
    weken_terug=1,
    rustige_oproepen=40,
    seed=SEED + 1,
)


def make_kring(recept: Recept) -> Kring:
    """Make the row of the tenant itself; everything else needs its context."""
    nummer = f"+31{recept.gebied}{'0' * (9 - len(recept.gebied))}"
    return Kring.objects.create(
        slug=recept.slug,
        naam=recept.naam,
        plaats=recept.plaats,
        spoednummer=nummer,
        telefoon_coordinator=f"{nummer[:-1]}1",
    )


def fill_kring(kring: Kring, recept: Recept) -> Bezetting:
    """Make practices, people with accounts and roles, and own dentists."""
    vast = {staf.naam for staf in recept.staf} | {BEIDE[0]}
    rows = Bezetting(kring, Bron(recept.seed, recept.gebied, recept.plaatsen, vast))
    by = Actor.system(kring.pk, "demogegevens")
    rows.deelnemers = [_add_deelnemer(rows, recept, naam, by) for naam in recept.praktijken]
    rows.eigen = [_add_eigen(rows, recept, praktijk, by) for praktijk in recept.elders]
    namen = [rows.bron.naam() for _ in range(recept.tandartsen)]
    # Whoever was only invited has no account to log in with.
    active = [staf.naam for staf in recept.staf if staf.status != Status.UITGENODIGD]
    people = {naam: mailbox(naam, recept.slug) for naam in (*namen, *active)}
    accounts = make_accounts([*people.items(), BEIDE])
    gebruikers = {naam: accounts[email] for naam, email in people.items()}
    rows.tandartsen = [
        # Neighbours in this list never share a practice.
        _add_tandarts(rows, rows.deelnemers[nummer % len(rows.deelnemers)], gebruikers[naam], by)
        for nummer, naam in enumerate(namen)
    ]
    _give_roles(rows, recept, by)
    rows.triagisten = [
        gebruikers[staf.naam]
        for staf in recept.staf
        if staf.rol == Rol.TRIAGE and staf.status == Status.ACTIEF
    ]
    return rows


def _add_deelnemer(rows: Bezetting, recept: Recept, naam: str, by: Actor) -> Deelnemer:
    bron = rows.bron
    return actions.add_deelnemer(
        kring_id=rows.kring.pk,
        naam=naam,
        adres=bron.adres(),
        postcode=bron.postcode(),
        plaats=bron.plaats(),
        telefoon=bron.vast(),
        email=f"info@{slugify(naam)}.{recept.slug}.example",
        agb_code=bron.agb(),
        by=by,
    )


def _add_eigen(rows: Bezetting, recept: Recept, praktijk: str, by: Actor) -> EigenTandarts:
    bron = rows.bron
    naam = bron.naam()
    return actions.add_eigen_tandarts(
        kring_id=rows.kring.pk,
        naam=naam,
        praktijk=praktijk,
        plaats=bron.kans.choice(("Utrecht", "Hilversum", "Woerden")),
        email=mailbox(naam, f"elders.{recept.slug}"),
        telefoon=bron.mobiel(),
        agb_code=bron.agb(),
        by=by,
    )


def _add_tandarts(
    rows: Bezetting, deelnemer: Deelnemer, gebruiker: Gebruiker, by: Actor
) -> Tandarts:
    return actions.add_tandarts(
        kring_id=rows.kring.pk,
        deelnemer=deelnemer,
        naam=gebruiker.naam,
        big_nummer=rows.bron.big(),
        telefoon=rows.bron.mobiel(),
        gebruiker=gebruiker,
        by=by,
    )


def _give_roles(rows: Bezetting, recept: Recept, by: Actor) -> None:
    """Give every role; the first dentist of each practice also represents it."""

    def give(naam: str, email: str, rol: str, deelnemer: Deelnemer | None = None) -> Lidmaatschap:
        return actions.give_rol(
            kring_id=rows.kring.pk, email=email, naam=naam, rol=rol, deelnemer=deelnemer, by=by
        )

    give(*BEIDE, Rol.TRIAGE)
    for staf in recept.staf:
        lid = give(staf.naam, mailbox(staf.naam, recept.slug), staf.rol)
        if staf.status == Status.BEEINDIGD:
            actions.end_lidmaatschap(lid, by=by)
    for nummer, tandarts in enumerate(rows.tandartsen):
        gebruiker = tandarts.gebruiker
        give(gebruiker.naam, gebruiker.email, Rol.TANDARTS)
        if nummer < len(rows.deelnemers):
            give(gebruiker.naam, gebruiker.email, Rol.VERTEGENWOORDIGER, tandarts.deelnemer)
