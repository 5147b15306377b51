"""The list of versions: which one holds, who made and approved them, and why."""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.utils.translation import gettext as _

from kern.weergave import format_moment
from triage.models import Protocolversie

Status = Protocolversie.Status
PERSONEN = (
    "gemaakt_door",
    "aangeboden_door",
    "teruggestuurd_door",
    "goedgekeurd_door",
    "van_kracht_door",
    "gemaakt_van",
)


@dataclass(frozen=True)
class Stand:
    """Where a version is in its life, in words; `soort` is the colour of its pill."""

    soort: str
    tekst: str
    geldt: bool = False


@dataclass(frozen=True)
class Versierij:
    versie: Protocolversie
    stand: Stand


@dataclass(frozen=True)
class Overzicht:
    """All versions, newest first; `geldt` is the one in force, None the shipped standard."""

    rijen: list[Versierij]
    geldt: Protocolversie | None


def overview(kring_id: int, nu: datetime) -> Overzicht:
    rows = list(Protocolversie.objects.filter(kring_id=kring_id).select_related(*PERSONEN))
    begun = sorted((v for v in rows if v.has_begun(nu)), key=lambda v: v.van_kracht_vanaf)
    until = {old.pk: new.van_kracht_vanaf for old, new in pairwise(begun)}
    return Overzicht(
        [Versierij(v, state_of(v, nu, until.get(v.pk))) for v in rows], begun[-1] if begun else None
    )


def state_of(versie: Protocolversie, nu: datetime, tot: datetime | None) -> Stand:
    """Return the state in words; `tot` is when another version took its place."""
    if versie.has_begun(nu) and tot is not None:
        return Stand("grijs", _("vervangen op %(moment)s") % {"moment": format_moment(tot)})
    if versie.has_begun(nu):
        return Stand("groen", _("van kracht"), geldt=True)
    if versie.status == Status.GOEDGEKEURD:
        return Stand("blauw", _when(versie.van_kracht_vanaf))
    if versie.status == Status.AANGEBODEN:
        return Stand("amber", _("wacht op akkoord"))
    if versie.teruggestuurd_op:
        return Stand("amber", _("concept, teruggestuurd"))
    return Stand("grijs", _("concept"))


def _when(moment: datetime | None) -> str:
    if moment is None:
        return _("goedgekeurd, nog niet van kracht")
    return _("gaat in op %(moment)s") % {"moment": format_moment(moment)}


def state_of_one(versie: Protocolversie, nu: datetime) -> Stand:
    """Return the state of one version, asking only for what came after it."""
    later = Protocolversie.objects.filter(
        kring_id=versie.kring_id, van_kracht_vanaf__gt=versie.van_kracht_vanaf or nu
    )
    after = later.filter(van_kracht_vanaf__lte=nu).order_by("van_kracht_vanaf").first()
    return state_of(versie, nu, after.van_kracht_vanaf if after else None)


def history(versie: Protocolversie) -> list[dict]:
    """Return who did what when and why, as the timeline shows it."""
    steps = [
        {
            "moment": versie.gemaakt_op,
            "titel": _("Gemaakt"),
            "tekst": _origin(versie),
            "wie": versie.gemaakt_door.naam,
            "icoon": "potlood",
        }
    ]
    for moment, titel, tekst, person, icoon, kleur in (
        (versie.aangeboden_op, _("Aangeboden"), "", versie.aangeboden_door, "verzenden", "amber"),
        (
            versie.teruggestuurd_op,
            _("Teruggestuurd"),
            versie.teruggestuurd_reden,
            versie.teruggestuurd_door,
            "pijl-links",
            "amber",
        ),
        (versie.goedgekeurd_op, _("Goedgekeurd"), "", versie.goedgekeurd_door, "vinkje", "groen"),
        (
            versie.van_kracht_vanaf,
            _("Van kracht vanaf dit moment"),
            "",
            versie.van_kracht_door,
            "klok",
            "blauw",
        ),
    ):
        if moment:
            steps.append(
                {
                    "moment": moment,
                    "titel": titel,
                    "tekst": tekst,
                    "wie": person.naam,
                    "icoon": icoon,
                    "kleur": kleur,
                }
            )
    return steps


def _origin(versie: Protocolversie) -> str:
    if versie.gemaakt_van is None:
        return _("Begonnen als kopie van de standaard.")
    return _("Begonnen als kopie van versie %(nummer)s.") % {"nummer": versie.gemaakt_van.nummer}
