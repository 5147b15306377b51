"""The history of a duty in words, from its events (`rooster.actions.wijziging`)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from kern.weergave import format_moment
from rooster.models import Roosterwijziging
from rooster.versie.rijen import ROLLEN

ICONEN = {
    "gepland": "plus",
    "gepubliceerd": "kalender",
    "gewijzigd": "potlood",
    "verwijderd": "prullenbak",
    "overgenomen": "verwissel",
    "geruild": "verwissel",
    "uitgevallen": "let-op",
    "hersteld": "herhaal",
}
KLEUREN = {"verwijderd": "rood", "uitgevallen": "amber", "gepubliceerd": "groen"}


@dataclass(frozen=True)
class Gebeurtenis:
    """One event as the timeline shows it; `tekst` is what changed, one line each."""

    moment: datetime
    titel: str
    tekst: str
    wie: str
    icoon: str
    kleur: str
    dienst_nummer: str
    over: str


def history(events: Iterable[Roosterwijziging], *, met_reden: bool) -> list[Gebeurtenis]:
    """Return the events in words. Why somebody could not serve is for the coordinator alone."""
    return [_in_words(event, met_reden) for event in events]


def _in_words(event: Roosterwijziging, met_reden: bool) -> Gebeurtenis:
    lines = differences(event.voor, event.na)
    if met_reden and event.reden:
        lines.append(_("Reden: %(reden)s") % {"reden": event.reden})
    stand = event.na or event.voor or {}
    return Gebeurtenis(
        moment=event.gedaan_op,
        titel=event.get_soort_display().capitalize(),
        tekst="\n".join(lines),
        wie=event.gedaan_door.naam if event.gedaan_door else "",
        icoon=ICONEN[event.soort],
        kleur=KLEUREN.get(event.soort, "grijs"),
        dienst_nummer=str(event.dienst_nummer),
        over=_span(stand) if stand else "",
    )


def differences(voor: dict | None, na: dict | None) -> list[str]:
    """Return what differs between two snapshots of a duty, a sentence each."""
    if voor is None or na is None:
        stand = na or voor or {}
        return [f"{_role(rol)}: {_place(stand.get(rol))}" for rol in ROLLEN if stand]
    found = []
    if (voor["begin"], voor["einde"]) != (na["begin"], na["einde"]):
        found.append(_("Tijd: %(voor)s wordt %(na)s") % {"voor": _span(voor), "na": _span(na)})
    for rol in ROLLEN:
        if voor.get(rol) != na.get(rol):
            found.append(
                _("%(rol)s: %(voor)s wordt %(na)s")
                % {"rol": _role(rol), "voor": _place(voor.get(rol)), "na": _place(na.get(rol))}
            )
    if voor.get("opmerking", "") != na.get("opmerking", ""):
        found.append(_("Opmerking: %(tekst)s") % {"tekst": na.get("opmerking") or _("geen")})
    return found


def _role(rol: str) -> str:
    return _("Dienstdoende") if rol == "dienstdoende" else _("Achterwacht")


def _place(record: dict | None) -> str:
    return f"{record['naam']} ({record['praktijk']})" if record else _("niemand")


def _span(stand: dict) -> str:
    begin, einde = (datetime.fromisoformat(stand[name]) for name in ("begin", "einde"))
    return f"{format_moment(begin)} – {format_moment(einde)}"
