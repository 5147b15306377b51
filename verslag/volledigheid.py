"""The law of the report: when it is due, when it may be signed, who gets it (§4.1-4.3).

Plain values in, a frozen judgement with its reasons out. Knows no database, no clock, no request.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class EigenTandarts(StrEnum):
    """What is known of the patient's own dentist."""

    JA = "ja"
    GEEN = "geen"
    ONBEKEND = "onbekend"


class Overdrachtweg(StrEnum):
    """What happens with a signed report."""

    VEILIG_ELEKTRONISCH = "veilig_elektronisch"
    # The patient names a dentist whose address we do not have yet; sending stays to be done.
    ADRES_ONTBREEKT = "adres_ontbreekt"
    GEEN_ONTVANGER = "geen_ontvanger"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gegevens:
    """The report as it would be signed now, as plain values."""

    tandarts_gesproken: bool = True
    gezien: bool = False
    behandeld: bool = False
    naam: str = ""
    adres: str = ""
    woonplaats: str = ""
    bsn: str = ""
    geen_bsn_reden: str = ""
    spoedklacht: str = ""
    bevindingen: str = ""
    diagnose: str = ""
    behandeling: str = ""
    verwijzing: str = ""
    verwijzing_reden: str = ""
    vervolg: str = ""
    vervolg_termijn: str = ""
    tariefcodes: str = ""
    eigen_tandarts: EigenTandarts = EigenTandarts.ONBEKEND
    ontvanger_bekend: bool = False
    advies_eigen_tandarts: bool = False


@dataclass(frozen=True, slots=True)
class Reden:
    """One reason: a stable key, the field it stands at, a sentence for the dentist, the source."""

    sleutel: str
    veld: str
    zin: str
    paragraaf: str


@dataclass(frozen=True, slots=True)
class Oordeel:
    """Whether a report is due and may be signed, and which way it goes."""

    verslag_vereist: bool
    fouten: tuple[Reden, ...]
    hints: tuple[Reden, ...]
    overdracht: Overdrachtweg
    # A stand-in of the own dentist needs no consent for the report to that dentist (§4.2 note 15).
    toestemming_nodig: bool = False

    @property
    def ondertekenen_toegestaan(self) -> bool:
        return self.verslag_vereist and not self.fouten

    @property
    def passantendossier(self) -> bool:
        """Every patient that asks for a report gets a dossier."""
        return self.verslag_vereist


def judge(gegevens: Gegevens) -> Oordeel:
    """Judge a report."""
    return Oordeel(
        verslag_vereist=is_required(gegevens),
        fouten=tuple(_missing_identity(gegevens)) + tuple(_faults(gegevens)),
        hints=tuple(_hints(gegevens)),
        overdracht=route_of(gegevens),
    )


def is_required(gegevens: Gegevens) -> bool:
    """Whether the dentist owes a report: spoken, seen or treated (§4.1)."""
    return gegevens.tandarts_gesproken or gegevens.gezien or gegevens.behandeld


def route_of(gegevens: Gegevens) -> Overdrachtweg:
    """Return the way of the handover; there is one safe way, and no ordinary mail (§4.2)."""
    if gegevens.eigen_tandarts is not EigenTandarts.JA:
        return Overdrachtweg.GEEN_ONTVANGER
    if gegevens.ontvanger_bekend:
        return Overdrachtweg.VEILIG_ELEKTRONISCH
    return Overdrachtweg.ADRES_ONTBREEKT


def _blank(text: str) -> bool:
    return not text.strip()


_REQUIRED = (
    ("naam", "naam_ontbreekt", "Vul de naam van de patiënt in."),
    ("adres", "adres_ontbreekt", "Vul het adres van de patiënt in."),
    ("woonplaats", "woonplaats_ontbreekt", "Vul de woonplaats van de patiënt in."),
    ("spoedklacht", "spoedklacht_ontbreekt", "Beschrijf de spoedklacht."),
    ("bevindingen", "bevindingen_ontbreken", "Beschrijf wat je hebt gevonden of gehoord."),
    ("diagnose", "diagnose_ontbreekt", "Vul de diagnose in, of schrijf dat die er nog niet is."),
    (
        "behandeling",
        "behandeling_of_advies_ontbreekt",
        "Schrijf op wat je hebt gedaan of welk advies je hebt gegeven.",
    ),
)


def _missing_identity(gegevens: Gegevens) -> Iterator[Reden]:
    for veld, sleutel, zin in _REQUIRED:
        if _blank(getattr(gegevens, veld)):
            yield Reden(sleutel, veld, zin, "§4.1")
    if _blank(gegevens.bsn) and _blank(gegevens.geen_bsn_reden):
        yield Reden(
            "bsn_of_reden_ontbreekt",
            "bsn",
            "Vul het BSN in, of schrijf bij 'reden' waarom het er niet is.",
            "§4.1",
        )


def _faults(gegevens: Gegevens) -> Iterator[Reden]:
    if gegevens.verwijzing and _blank(gegevens.verwijzing_reden):
        yield Reden(
            "verwijzing_reden_ontbreekt",
            "verwijzing_reden",
            "Schrijf op waarom je de patiënt verwijst.",
            "§4.1",
        )
    if not gegevens.verwijzing and not _blank(gegevens.verwijzing_reden):
        yield Reden(
            "verwijzing_ontbreekt",
            "verwijzing",
            "Kies naar wie je verwijst, of maak de reden leeg.",
            "§4.1",
        )
    if not _blank(gegevens.vervolg) and _blank(gegevens.vervolg_termijn):
        yield Reden(
            "vervolg_termijn_ontbreekt",
            "vervolg_termijn",
            "Schrijf op binnen welke tijd het vervolg nodig is.",
            "§4.1",
        )
    if _blank(gegevens.vervolg) and not _blank(gegevens.vervolg_termijn):
        yield Reden(
            "vervolg_ontbreekt",
            "vervolg",
            "Schrijf op welk vervolg nodig is, of maak de termijn leeg.",
            "§4.1",
        )
    if gegevens.eigen_tandarts is EigenTandarts.ONBEKEND:
        yield Reden(
            "eigen_tandarts_onbekend",
            "heeft_eigen_tandarts",
            "Vraag of de patiënt een eigen tandarts heeft en vul het antwoord in.",
            "§4.2; §4.3",
        )
    if gegevens.eigen_tandarts is EigenTandarts.GEEN and not gegevens.advies_eigen_tandarts:
        yield Reden(
            "advies_zoek_tandarts_ontbreekt",
            "advies_eigen_tandarts",
            "Geef het dringende advies om een eigen tandarts te zoeken en vink dit aan.",
            "§4.3; §2.2.4",
        )


def _hints(gegevens: Gegevens) -> Iterator[Reden]:
    if _blank(gegevens.tariefcodes) and (gegevens.behandeld or gegevens.gezien):
        yield Reden(
            "tariefcodes_bij_voorkeur",
            "tariefcodes",
            "Liefst met de tariefcodes die je in rekening brengt.",
            "§4.1",
        )
    if route_of(gegevens) is Overdrachtweg.ADRES_ONTBREEKT:
        yield Reden(
            "adres_eigen_tandarts_ontbreekt",
            "eigen_tandarts",
            "De eigen tandarts is niet gekozen: het verslag wordt nog niet verstuurd.",
            "§4.2",
        )
