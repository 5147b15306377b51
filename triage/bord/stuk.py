"""The finished board: made once for each state, filled in with the time for each who asks.

A piece holds no time that runs: the clocks are places that `fill` writes at the database clock of
the request, so a piece that is a minute old shows the same seconds as a fresh one.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from kern.templatetags.componenten import icoon
from kern.weergave import SECONDEN_ONDER, klok_stand, klok_tekst, sinds_tekst
from triage.bord import voorraad
from triage.bord.html import GAT, SINDS, Schrijver
from triage.bord.rijen import Bord, read_board
from triage.bord.sleutel import Sleutel
from triage.models import Termijn


class Vorm(StrEnum):
    """For whom the same rows make another page."""

    KRING = "kring"
    KRINGEN = "kringen"
    WAND = "wand"


@dataclass(frozen=True)
class Stuk:
    """A board without its running clocks, and whom it shows.

    `klokken`: (soort, moment) in the order of their places. `getoond`: (call, kring, patient,
    changed at) of every patient on it, for the access log. `diensten`: who has the duty, per kring
    as (user, name). Moments are seconds since 1970.
    """

    html: str
    klokken: list[tuple[str, float]]
    getoond: list[tuple[str, int, str, float]]
    diensten: dict[int, tuple[int | None, str]]

    def fill(self, nu: datetime) -> SafeString:
        """Return the board as it is at `nu`, the database clock."""
        seconds, iso, icon = nu.timestamp(), nu.isoformat(), icoon("klok")
        first, *parts = self.html.split(GAT)
        pieces = [first]
        for (soort, om), rest in zip(self.klokken, parts, strict=True):
            stand, tekst = _face(soort, om - seconds)
            pieces.append(
                f' class="klok klok--{stand}" data-nu="{iso}" data-stand="{stand}">'
                f"{icon}<span data-klok-tekst>{tekst}</span></time>{rest}"
            )
        # Every value in it went through format_html or a template; kept under our own seal.
        return SafeString("".join(pieces))  # nosemgrep: onveilige-html

    def pack(self) -> bytes:
        head = {"klokken": self.klokken, "getoond": self.getoond, "diensten": self.diensten}
        return json.dumps(head).encode() + b"\n" + self.html.encode()

    @classmethod
    def unpack(cls, packed: bytes) -> "Stuk":
        head, _newline, html = packed.partition(b"\n")
        data = json.loads(head)
        diensten = {int(kring): tuple(wie) for kring, wie in data["diensten"].items()}
        return cls(html.decode(), data["klokken"], data["getoond"], diensten)


def _face(soort: str, left: float) -> tuple[str, str]:
    """Return the state and the words of a clock: all of it our own words and numbers."""
    if soort == SINDS:
        return "sinds", sinds_tekst(-left)
    if soort == Termijn.Soort.STREEF and left <= 0:
        return "voorbij", "voorbij"
    if -60 < left <= SECONDEN_ONDER:
        return klok_stand(left), klok_tekst(left)
    # No seconds in it: the same words for a whole minute.
    return _face_of_minute(int(left / 60))


@lru_cache(maxsize=4096)
def _face_of_minute(minutes: int) -> tuple[str, str]:
    """Return the same of so many minutes, counted towards zero; "ten" is more than ten here."""
    tekst = klok_tekst(minutes * 60)
    return ("te_laat" if minutes < 0 else "ruim"), tekst


def make_piece(sleutel: Sleutel, vorm: Vorm, kringen: dict) -> Stuk:
    """Return the board of this state: a kept one, or a new one; `kringen` are rows by id."""
    # What the piece shows and the state does not tell.
    own = sorted((k.pk, k.slug, k.naam, k.telefoon_coordinator) for k in kringen.values())
    naam = f"{vorm}|{own}|{sleutel.tekst}"
    packed = voorraad.get(naam)
    if packed is not None:
        return Stuk.unpack(packed)
    stuk = _draw(read_board(sleutel.nu), vorm, kringen)
    voorraad.put(naam, stuk.pack())
    return stuk


def _draw(bord: Bord, vorm: Vorm, kringen: dict) -> Stuk:
    names = {pk: (kring.slug, kring.naam) for pk, kring in kringen.items()}
    several = vorm is Vorm.KRINGEN or len(kringen) > 1
    schrijver = Schrijver(bord, names, met_kring=several)
    write = schrijver.wall_rows if vorm is Vorm.WAND else schrijver.rows
    # In the order of the page: the places of the clocks are counted.
    queues = {
        "dienst": write(bord.queue("dienst")),
        "gewoon": write(bord.queue("")),
        "patient": write(bord.queue("patient")),
    }
    context = {
        **queues,
        "met_kring": several,
        "wand": vorm is Vorm.WAND,
        "leeg": not bord.rijen,
        "diensten": [
            {"kring": kring, **_duty(bord, pk)}
            for pk, kring in sorted(kringen.items(), key=lambda item: item[1].naam)
        ],
    }
    return Stuk(
        html=render_to_string("triage/_bord_inhoud.html", context),
        klokken=schrijver.klokken,
        getoond=_shown(bord, vorm),
        diensten=_on_duty(bord),
    )


def _shown(bord: Bord, vorm: Vorm) -> list[tuple[str, int, str, float]]:
    """Return the patients that can be told from the page: on the wall there are none."""
    if vorm is Vorm.WAND:
        return []
    return [
        (str(rij.id), rij.kring_id, str(rij.patient_id), rij.gewijzigd_op.timestamp())
        for rij in bord.rijen
        if rij.patient_id
    ]


def _duty(bord: Bord, kring_id: int) -> dict:
    wachten = bord.wachten.get(kring_id, [])
    nu = next((wacht for wacht in wachten if wacht.begin <= bord.nu), None)
    straks = next((wacht for wacht in wachten if wacht.begin > bord.nu), None)
    return {"nu": nu, "straks": straks, "niemand": nu is None or nu.dienstdoende is None}


def _on_duty(bord: Bord) -> dict[int, tuple[int | None, str]]:
    """Return under whose responsibility a triagemedewerker looks, per kring."""
    found = {}
    for kring_id in bord.wachten:
        nu = _duty(bord, kring_id)["nu"]
        if nu and nu.dienstdoende:
            found[kring_id] = (nu.dienstdoende.gebruiker_id, nu.dienstdoende.naam)
    return found
