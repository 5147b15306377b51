"""What stands in a calendar feed: the duties of a link, and those that were taken off it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Q, QuerySet
from django.utils.translation import gettext as _

from kern.toegang import Rol
from kring.models import Lidmaatschap, Tandarts
from rooster.agenda.bestand import Afspraak, write_calendar
from rooster.models import Agendalink, Dienst, Dienstplaats, Roosterwijziging

TERUG = timedelta(days=90)
"""How long a duty that is over stays in the feed; a calendar keeps what it read before."""

_ROLLEN = Dienstplaats.Rol.values


@dataclass(frozen=True)
class _Persoon:
    """A place, in the form of `Roosterwijziging.voor` too: ids as text, names as they were."""

    rol: str
    tandarts: str
    naam: str
    deelnemer: str
    praktijk: str


def is_open(link: Agendalink) -> bool:
    """Whether the link still shows anything: its owner must be somebody who may see the duties."""
    memberships = Lidmaatschap.objects.active().filter(
        kring_id=link.kring_id, gebruiker_id=link.gebruiker_id
    )
    if link.ingetrokken_op or not memberships.exists():
        return False
    match link.soort:
        case Agendalink.Soort.TANDARTS:
            return Tandarts.objects.filter(
                pk=link.tandarts_id, gebruiker_id=link.gebruiker_id
            ).exists()
        case Agendalink.Soort.PRAKTIJK:
            return may_see_practice(link.gebruiker_id, link.kring_id, link.deelnemer_id)
        case _:
            return True


def may_see_practice(gebruiker_id: int, kring_id: int, deelnemer_id) -> bool:
    """Whether a person works at a practice, represents it, or coordinates the kring."""
    if Tandarts.objects.filter(gebruiker_id=gebruiker_id, deelnemer_id=deelnemer_id).exists():
        return True
    return (
        Lidmaatschap.objects.active()
        .filter(kring_id=kring_id, gebruiker_id=gebruiker_id)
        .filter(Q(rol=Rol.VERTEGENWOORDIGER, deelnemer_id=deelnemer_id) | Q(rol=Rol.COORDINATOR))
        .exists()
    )


def feed(link: Agendalink, nu: datetime) -> bytes:
    """Return the calendar of a link, in four queries whatever the roster holds."""
    since = nu - TERUG
    places = _places(link, since)
    history = _history(link)
    # The first event of a duty (it was planned or published) is version 0.
    version = {
        row["dienst_nummer"]: (max(row["aantal"] - 1, 0), row["laatst"])
        for row in history.values("dienst_nummer").annotate(
            aantal=Count("pk"), laatst=Max("gedaan_op")
        )
    }
    rows = [_appointment(link, dienst, personen, version) for dienst, personen in places.values()]
    gone = [
        row
        for row in _gone(link, history, since, version)
        if row.dienst not in {dienst.pk for dienst, _personen in places.values()}
    ]
    return write_calendar(_title(link), [*rows, *gone], bezet=link.bezet)


def _places(link: Agendalink, since: datetime) -> dict:
    """Return duty id → (duty, places of it), only of duties that belong in this calendar."""
    diensten = Dienst.objects.filter(kring_id=link.kring_id, einde__gt=since).prefetch_related(
        "plaatsen__tandarts__deelnemer", "plaatsen__deelnemer"
    )
    found = {}
    for dienst in diensten:
        personen = [
            _Persoon(
                plaats.rol,
                str(plaats.tandarts_id),
                plaats.tandarts.naam,
                str(plaats.praktijk.pk),
                plaats.praktijk.naam,
            )
            for plaats in dienst.plaatsen.all()
        ]
        if _belongs(link, personen):
            found[dienst.pk] = (dienst, personen)
    return found


def _belongs(link: Agendalink, personen: list[_Persoon]) -> bool:
    match link.soort:
        case Agendalink.Soort.TANDARTS:
            return any(persoon.tandarts == str(link.tandarts_id) for persoon in personen)
        case Agendalink.Soort.PRAKTIJK:
            return any(persoon.deelnemer == str(link.deelnemer_id) for persoon in personen)
        case _:
            return True


def _history(link: Agendalink) -> QuerySet[Roosterwijziging]:
    return Roosterwijziging.objects.filter(kring_id=link.kring_id)


def _gone(link: Agendalink, history: QuerySet, since: datetime, version: dict) -> list[Afspraak]:
    """Return the duties that once stood in this calendar: a reader must hear that they left."""
    found = {}
    changes = history.filter(voor__isnull=False).order_by("gedaan_op")
    if link.soort != Agendalink.Soort.KRING:
        key, value = (
            ("tandarts", link.tandarts_id)
            if link.soort == Agendalink.Soort.TANDARTS
            else ("deelnemer", link.deelnemer_id)
        )
        changes = changes.filter(
            Q(**{f"voor__dienstdoende__{key}": str(value)})
            | Q(**{f"voor__achterwacht__{key}": str(value)})
        )
    else:
        changes = changes.filter(na__isnull=True)
    for change in changes:
        begin, einde = (datetime.fromisoformat(change.voor[name]) for name in ("begin", "einde"))
        if einde <= since:
            continue
        volgnummer, laatst = version[change.dienst_nummer]
        personen = [_Persoon(rol, **change.voor[rol]) for rol in _ROLLEN if change.voor.get(rol)]
        found[change.dienst_nummer] = Afspraak(
            dienst=change.dienst_nummer,
            begin=begin,
            einde=einde,
            titel=_("Vervallen: %(titel)s") % {"titel": _summary(link, personen)},
            tekst=_("Deze dienst staat niet meer in deze agenda. Kijk in het rooster."),
            volgnummer=volgnummer,
            gewijzigd_op=laatst,
            vervallen=True,
        )
    return list(found.values())


def _appointment(
    link: Agendalink, dienst: Dienst, personen: list[_Persoon], version: dict
) -> Afspraak:
    volgnummer, laatst = version.get(dienst.pk, (0, dienst.gewijzigd_op))
    return Afspraak(
        dienst=dienst.pk,
        begin=dienst.begin,
        einde=dienst.einde,
        titel=_summary(link, personen),
        # No phone numbers: a feed is read by whatever program the link was given to.
        tekst="\n".join(
            f"{Dienstplaats.Rol(persoon.rol).label}: {persoon.naam} ({persoon.praktijk})"
            for persoon in _in_order(personen)
        ),
        volgnummer=volgnummer,
        gewijzigd_op=laatst,
    )


def _summary(link: Agendalink, personen: list[_Persoon]) -> str:
    """Return the line that a phone shows: what I am, who of us, or who has the duty."""
    ordered = _in_order(personen)
    if link.soort == Agendalink.Soort.TANDARTS:
        mine = [row.rol for row in ordered if row.tandarts == str(link.tandarts_id)]
        wat = Dienstplaats.Rol(mine[0]).label if mine else _("dienst")
        return _("Spoeddienst: %(wat)s") % {"wat": wat}
    if link.soort == Agendalink.Soort.PRAKTIJK:
        ordered = [row for row in ordered if row.deelnemer == str(link.deelnemer_id)]
    wie = ", ".join(f"{row.naam} ({Dienstplaats.Rol(row.rol).label})" for row in ordered)
    return _("Spoeddienst: %(wie)s") % {"wie": wie or _("nog niemand")}


def _in_order(personen: list[_Persoon]) -> list[_Persoon]:
    return sorted(personen, key=lambda row: _ROLLEN.index(row.rol))


def _title(link: Agendalink) -> str:
    naam = {
        Agendalink.Soort.TANDARTS: lambda: _("Spoeddienst %(kring)s") % {"kring": link.kring.naam},
        Agendalink.Soort.PRAKTIJK: lambda: (
            _("Spoeddienst %(praktijk)s") % {"praktijk": link.deelnemer.naam}
        ),
        Agendalink.Soort.KRING: lambda: _("Rooster %(kring)s") % {"kring": link.kring.naam},
    }
    return naam[link.soort]()
