"""The two kringen of the demo: practices, dentists, staff, own dentists."""

from dataclasses import dataclass, field

from kern.toegang import Rol
from kring.models import Deelnemer, EigenTandarts, Gebruiker, Kring, Lidmaatschap, Tandarts
from spoeddienst.demo.gegevens.accounts import make_accounts
from spoeddienst.demo.gegevens.namen import SEED, Bron, mailbox

PRAKTIJKEN = (
    *(
        "Praktijk De Brug",
        "Mondzorg Aan de Vecht",
        "Tandartsen Otterspoor",
        "Tandheelkunde Het Veer",
    ),
    *("Praktijk Zuilenpoort", "De Witte Molen", "Tandartspraktijk Ganzenhof", "Mondzorg Kortrijk"),
    *("Praktijk Rietlanden", "Tandartsen Sluis Zeven", "Het Tandhuis", "Praktijk Slotzicht"),
)
PRAKTIJKEN_ZUID = ("Tandartsen Havenhoofd", "Praktijk De Werf", "Mondzorg IJsselhaven")
ELDERS = (
    *("Praktijk Oosterlicht", "Tandartsen Stadsrand", "Mondzorg De Linde", "Praktijk Heuvelrug"),
    *("Het Gebit", "Tandheelkunde Noord", "Praktijk Lage Weide", "Tandartsen Parkzicht"),
)
BEIDE = ("Marijke van der Laan", "marijke.vanderlaan@meldkamer.example")
"""The triagemedewerker who serves both kringen: sees two boards, never one through the other."""


@dataclass(frozen=True)
class Staf:
    """Who is not a dentist: (role, name, status)."""

    rol: str
    naam: str
    status: str = Lidmaatschap.Status.ACTIEF


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
    coordinator: Gebruiker | None = None


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
        Staf(Rol.TRIAGE, "Hidde Terpstra", Lidmaatschap.Status.UITGENODIGD),
        Staf(Rol.TRIAGE, "Geert Overwater", Lidmaatschap.Status.BEEINDIGD),
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
    seed=SEED + 1,
)


def make_kring(recept: Recept) -> Kring:
    """Make the row of the tenant itself; everything else needs its context."""
    nummer = f"+31{recept.gebied}{'0' * (9 - len(recept.gebied))}"
    return Kring.objects.create(
        slug=recept.slug, naam=recept.naam, plaats=recept.plaats, spoednummer=nummer
    )


def fill_kring(kring: Kring, recept: Recept) -> Bezetting:
    """Make practices, people with accounts and roles, and own dentists."""
    vast = {staf.naam for staf in recept.staf} | {BEIDE[0]}
    rows = Bezetting(kring, Bron(recept.seed, recept.gebied, recept.plaatsen, vast))
    rows.deelnemers = _make_deelnemers(rows, recept)
    rows.eigen = _make_eigen(rows, recept)
    namen = [rows.bron.naam() for _ in range(recept.tandartsen)]
    people = [*namen, *(staf.naam for staf in recept.staf)]
    emails = {naam: mailbox(naam, recept.slug) for naam in people}
    accounts = make_accounts([*emails.items(), BEIDE])
    gebruikers = {naam: accounts[email] for naam, email in emails.items()}
    rows.tandartsen = _make_tandartsen(rows, namen, gebruikers)
    _give_roles(rows, recept, gebruikers, accounts[BEIDE[1]])
    rows.triagisten = [
        gebruikers[staf.naam]
        for staf in recept.staf
        if staf.rol == Rol.TRIAGE and staf.status == Lidmaatschap.Status.ACTIEF
    ]
    rows.coordinator = next(
        gebruikers[staf.naam] for staf in recept.staf if staf.rol == Rol.COORDINATOR
    )
    return rows


def _make_deelnemers(rows: Bezetting, recept: Recept) -> list[Deelnemer]:
    bron = rows.bron
    return Deelnemer.objects.bulk_create(
        Deelnemer(
            kring=rows.kring,
            naam=naam,
            adres=bron.adres(),
            postcode=bron.postcode(),
            plaats=bron.plaats(),
            telefoon=bron.vast(),
            email=f"info{nummer}@praktijk.{recept.slug}.example",
            agb_code=bron.agb(),
        )
        for nummer, naam in enumerate(recept.praktijken, 1)
    )


def _make_eigen(rows: Bezetting, recept: Recept) -> list[EigenTandarts]:
    bron = rows.bron
    return EigenTandarts.objects.bulk_create(
        EigenTandarts(
            kring=rows.kring,
            naam=naam,
            praktijk=praktijk,
            plaats=("Utrecht", "Hilversum", "Woerden")[nummer % 3],
            email=mailbox(naam, f"elders.{recept.slug}"),
            telefoon=bron.mobiel(),
            agb_code=bron.agb(),
        )
        for nummer, praktijk in enumerate(recept.elders)
        for naam in [bron.naam()]
    )


def _make_tandartsen(rows: Bezetting, namen: list[str], gebruikers) -> list[Tandarts]:
    """Spread the dentists over the practices: neighbours in this list never share one."""
    praktijken = rows.deelnemers
    return Tandarts.objects.bulk_create(
        Tandarts(
            kring=rows.kring,
            deelnemer=praktijken[nummer % len(praktijken)],
            naam=naam,
            big_nummer=rows.bron.big(),
            telefoon=rows.bron.mobiel(),
            gebruiker=gebruikers[naam],
        )
        for nummer, naam in enumerate(namen)
    )


def _give_roles(rows: Bezetting, recept: Recept, gebruikers, beide: Gebruiker) -> None:
    """The first dentist of each practice also represents it."""
    first = {tandarts.deelnemer_id: tandarts for tandarts in reversed(rows.tandartsen)}
    lid = [(Rol.TRIAGE, beide, Lidmaatschap.Status.ACTIEF, None)]
    lid += [(s.rol, gebruikers[s.naam], s.status, None) for s in recept.staf]
    lid += [(Rol.TANDARTS, t.gebruiker, Lidmaatschap.Status.ACTIEF, None) for t in rows.tandartsen]
    lid += [
        (Rol.VERTEGENWOORDIGER, t.gebruiker, Lidmaatschap.Status.ACTIEF, t.deelnemer)
        for t in first.values()
    ]
    Lidmaatschap.objects.bulk_create(
        Lidmaatschap(
            kring=rows.kring, rol=rol, gebruiker=gebruiker, status=status, deelnemer=deelnemer
        )
        for rol, gebruiker, status, deelnemer in lid
    )
