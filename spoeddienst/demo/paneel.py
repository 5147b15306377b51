"""What the panel shows: per kring and role the people one can be, on duty first."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Count, Min
from django.utils.translation import gettext_lazy as _

from kern.tenancy import all_kring_ids, kring_context
from kern.tijd import db_now
from kern.toegang import Rol
from kring.models import Gebruiker, Kring, Lidmaatschap
from rooster.models import Dienstplaats
from verslag.models import Vervolgactie

VOLGORDE = [Rol.TRIAGE, Rol.TANDARTS, Rol.COORDINATOR, Rol.VERTEGENWOORDIGER, Rol.BEHEERDER, Rol.FG]
UITLEG = {
    Rol.TRIAGE: _("neemt de telefoon op"),
    Rol.TANDARTS: _("ziet patiënten en tekent verslagen"),
    Rol.COORDINATOR: _("beheert de kring en het rooster"),
    Rol.VERTEGENWOORDIGER: _("spreekt voor een praktijk"),
    Rol.BEHEERDER: _("regelt accounts en gegevens"),
    Rol.FG: _("controleert wie wat heeft gezien"),
}
NU_DIENST, NU_ACHTERWACHT = _("nu dienst"), _("nu achterwacht")
MET_DOSSIERS = _("dossiers met vervolg")
OUD = timedelta(hours=12)
"""After this the calls "of now" are all far too late."""
ZICHTBAAR = 3
"""People shown per role; the others fold away."""


@dataclass(frozen=True)
class Persoon:
    """One button."""

    gebruiker: Gebruiker
    merk: str = ""


@dataclass(frozen=True)
class Rolgroep:
    """The people of one role in one kring."""

    rol: Rol
    personen: list[Persoon]

    @property
    def uitleg(self) -> str:
        return UITLEG[self.rol]

    @property
    def vooraan(self) -> list[Persoon]:
        return self.personen[:ZICHTBAAR]

    @property
    def verder(self) -> list[Persoon]:
        return self.personen[ZICHTBAAR:]


@dataclass(frozen=True)
class Kringkaart:
    """One kring with its groups."""

    kring: Kring
    groepen: list[Rolgroep] = field(default_factory=list)


def is_stale() -> bool:
    """Return whether the calls of this hour were loaded too long ago to make sense."""
    loaded = Gebruiker.objects.aggregate(first=Min("aangemaakt_op"))["first"]
    return loaded is not None and db_now() - loaded > OUD


def cards() -> list[Kringkaart]:
    """Return the cards of the panel; the kring with most people first."""
    with kring_context(*all_kring_ids()):
        rows = list(
            Lidmaatschap.objects.active()
            .select_related("kring", "gebruiker", "deelnemer")
            .order_by("gebruiker__naam")
        )
        marks = _marks(rows)
    found: dict[int, Kringkaart] = {}
    for row in rows:
        found.setdefault(row.kring_id, Kringkaart(row.kring))
    for card in found.values():
        card.groepen.extend(_groups([r for r in rows if r.kring_id == card.kring.pk], marks))
    return sorted(found.values(), key=lambda card: -sum(r.kring == card.kring for r in rows))


def _groups(rows: list[Lidmaatschap], marks) -> list[Rolgroep]:
    for rol in VOLGORDE:
        people = [
            Persoon(row.gebruiker, marks.get((row.kring_id, row.gebruiker_id, row.rol), ""))
            for row in rows
            if row.rol == rol
        ]
        if people:
            # A stable sort: on duty first, then whoever has another mark, then by name.
            rank = {NU_DIENST: 0, NU_ACHTERWACHT: 1, "": 3}
            yield Rolgroep(rol, sorted(people, key=lambda persoon: rank.get(persoon.merk, 2)))


def _with_follow_ups() -> list[tuple[int, int, str]]:
    """Return per kring the dentist whose list says most about files: the demo plays them there."""
    found: dict[int, int] = {}
    rows = Vervolgactie.objects.filter(gesloten_op=None, tandarts__gebruiker__isnull=False)
    counted = rows.values_list("kring", "tandarts__gebruiker").annotate(aantal=Count("pk"))
    for kring, gebruiker, _aantal in counted.order_by("-aantal", "tandarts__gebruiker"):
        found.setdefault(kring, gebruiker)
    return [(kring, gebruiker, Rol.TANDARTS.value) for kring, gebruiker in found.items()]


def _marks(rows: list[Lidmaatschap]) -> dict[tuple[int, int, str], str]:
    """Return what stands behind a name: on duty now, serves two kringen, for which practice."""
    marks = {}
    kringen: dict[int, set[int]] = {}
    for row in rows:
        kringen.setdefault(row.gebruiker_id, set()).add(row.kring_id)
    for row in rows:
        key = (row.kring_id, row.gebruiker_id, row.rol)
        if row.deelnemer:
            marks[key] = row.deelnemer.naam
        elif len(kringen[row.gebruiker_id]) > 1:
            marks[key] = _("werkt voor %(aantal)s kringen") % {
                "aantal": len(kringen[row.gebruiker_id])
            }
    marks |= dict.fromkeys(_with_follow_ups(), MET_DOSSIERS)
    now = db_now()
    on_duty = Dienstplaats.objects.filter(
        begin__lte=now, einde__gt=now, tandarts__gebruiker__isnull=False
    )
    for plaats in on_duty.select_related("tandarts"):
        is_first = plaats.rol == Dienstplaats.Rol.DIENSTDOENDE
        label = NU_DIENST if is_first else NU_ACHTERWACHT
        marks[plaats.kring_id, plaats.tandarts.gebruiker_id, Rol.TANDARTS.value] = label
    return marks
