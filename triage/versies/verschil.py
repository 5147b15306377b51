"""What a version changes against the one in force: settings, rules, and the outcome of cases."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from triage import protocol_teksten as teksten
from triage.lezing import reading_of_version, version_in_force
from triage.models import Protocolversie
from triage.protocol import INSTELLINGEN, SPANNINGEN, Lezing, Regel, compare, differences
from triage.protocol import Verschil as Onderdeel
from triage.versies.gevallen import shipped
from triage.versies.woorden import value_words


@dataclass(frozen=True)
class Instellingwissel:
    titel: str
    oud: str
    nieuw: str
    onderwerp: str


@dataclass(frozen=True)
class Uitkomstwissel:
    """One part of an outcome that differs, in words; `richting`: zwaarder | lichter | ""."""

    wat: str
    oud: str
    nieuw: str
    richting: str


@dataclass(frozen=True)
class Gevalwissel:
    id: str
    titel: str
    verschillen: list[Uitkomstwissel]


@dataclass(frozen=True)
class Verschil:
    """Everything on the page "wat verandert er"; `geldt` is the version in force, or None."""

    geldt: Protocolversie | None
    regelset: Onderdeel | None
    instellingen: list[Instellingwissel]
    lokaal: list[Onderdeel]
    regels: list[Regel]
    gevallen: list[Gevalwissel]
    aantal_gevallen: int
    blad: str

    @property
    def is_leeg(self) -> bool:
        return not (self.regelset or self.instellingen or self.lokaal or self.regels)


def changes(versie: Protocolversie, nu: datetime) -> Verschil:
    geldt = version_in_force(versie.kring_id, nu)
    oud, nieuw = reading_of_version(geldt), reading_of_version(versie)
    parts = differences(oud, nieuw)
    books = shipped()
    kwargs = {"kring": versie.kring.slug, "protocolversie": versie.pk}
    return Verschil(
        geldt=geldt,
        regelset=next((part for part in parts if part.soort == "regelset"), None),
        instellingen=[_setting(part) for part in parts if part.soort == "instelling"],
        lokaal=[part for part in parts if part.soort == "lokale_regel"],
        regels=_touched(nieuw, parts),
        gevallen=_cases_that_differ(oud, nieuw),
        aantal_gevallen=sum(len(book.gevallen) for book in books),
        blad=reverse("triage:protocol_blad", kwargs=kwargs),
    )


def _setting(part: Onderdeel) -> Instellingwissel:
    item = INSTELLINGEN[part.naam]
    spanning = SPANNINGEN.get(item.spanning or "")
    return Instellingwissel(
        item.titel,
        value_words(part.naam, part.oud),
        value_words(part.naam, part.nieuw),
        f"{spanning.titel} ({spanning.id})" if spanning else _("eigen norm van de kring"),
    )


def _touched(nieuw: Lezing, parts: tuple[Onderdeel, ...]) -> list[Regel]:
    """Return the rules that read a changed setting, or changed themselves, or were switched."""
    settings = {part.naam for part in parts if part.soort == "instelling"}
    named = {part.naam for part in parts if part.soort in ("regel", "lokale_regel")}
    return [
        regel
        for regel in nieuw.regelset.per_id.values()
        if regel.id in named or settings & set(regel.instellingen)
    ]


def _cases_that_differ(oud: Lezing, nieuw: Lezing) -> list[Gevalwissel]:
    found = []
    for book in shipped():
        for case in book.gevallen:
            parts = compare(
                oud.evaluate(case.feiten, book.feestdagen),
                nieuw.evaluate(case.feiten, book.feestdagen),
            )
            if parts:
                found.append(Gevalwissel(case.id, case.titel, outcome_words(parts, nieuw)))
    return found


# --- outcomes in words

_WAT = {
    "contact_tandarts": lambda: _("overleg"),
    "urgentie": lambda: _("urgentie"),
    "moet_gezien": lambda: _("gezien worden"),
    "zien_binnen_min": lambda: _("gezien binnen"),
    "streef_zien_binnen_min": lambda: _("liefst gezien binnen"),
    "terugbel_minuten": lambda: _("terugbellen na"),
    "adviezen": lambda: _("adviezen"),
    "vlaggen": lambda: _("opmerkingen"),
    "melden_agressie": lambda: _("gedrag melden aan de tandarts"),
}
_CONTACT = {
    "verplicht": lambda: _("verplicht"),
    "aanbevolen": lambda: _("aanbevolen"),
    "niet_nodig": lambda: _("niet nodig"),
}


def part_name(naam: str) -> str:
    """Return the name of a part of an outcome; of other parts of a table their own name."""
    return _WAT[naam]() if naam in _WAT else naam.replace("_", " ")


def outcome_words(parts: tuple[Onderdeel, ...], lezing: Lezing) -> list[Uitkomstwissel]:
    """Return the differences between two outcomes in words; of lists only what came and went."""
    return [
        Uitkomstwissel(part_name(part.naam), *_both(part, lezing), part.richting) for part in parts
    ]


def _both(part: Onderdeel, lezing: Lezing) -> tuple[str, str]:
    if part.naam in ("adviezen", "vlaggen"):
        gone = [key for key in part.oud if key not in part.nieuw]
        new = [key for key in part.nieuw if key not in part.oud]
        return _texts(gone, lezing), _texts(new, lezing)
    return _word(part.naam, part.oud), _word(part.naam, part.nieuw)


def _texts(keys: list[str], lezing: Lezing) -> str:
    texts: Mapping[str, str] = {
        **{key: item.tekst for key, item in lezing.regelset.adviezen.items()},
        **lezing.regelset.vlaggen,
    }
    return " ".join(texts.get(key, key.replace("_", " ")) for key in keys) or "–"


def _word(naam: str, value: Any) -> str:
    if value is None:
        return _("geen termijn")
    if isinstance(value, bool):
        return _("ja") if value else _("nee")
    if isinstance(value, int):
        return _("%(minuten)s minuten") % {"minuten": value}
    if naam == "contact_tandarts":
        return _CONTACT[value]()
    words = teksten.URGENTIE if naam == "urgentie" else teksten.MOET_GEZIEN
    return str(words[value]).lower()
