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
    # The term can be read as a day, and that day came before the visit.
    vervolg_termijn_voorbij: bool = False
    tariefcodes: str = ""
    eigen_tandarts: EigenTandarts = EigenTandarts.ONBEKEND
    ontvanger_bekend: bool = False
    advies_eigen_tandarts: bool = False
    rontgen_gemaakt: bool = False
    rontgen_bijgevoegd: bool = False
    # One of the attachments is known to be an X-ray.
    rontgen_herkend: bool = True
    # An urgent finding beside the complaint, at a patient without own dentist (note 9).
    nevenbevinding_urgent: bool = False
    nevenbevinding_gemeld: bool = False
    # Refused or put off; with a young child in severe pain that takes weighty grounds (§2.2.3).
    uitgesteld: bool = False
    uitstel_grond: str = ""
    # Teeth at which neither a finding nor a treatment was noted.
    elementen_leeg: tuple[str, ...] = ()
    # Words that are no tariff code on the day of the visit.
    tariefcodes_ongeldig: tuple[str, ...] = ()
    kanaal: str = Overdrachtweg.VEILIG_ELEKTRONISCH


# Ways of sending that keep a report closed on its way (§4.2, AVG); ordinary mail is none of them.
VEILIGE_KANALEN = frozenset(
    {
        Overdrachtweg.VEILIG_ELEKTRONISCH.value,
        "ophalen",
        "veilige_email",
        "veilige_mail",
        "beveiligde_email",
        "zorgmail",
        "zivver",
    }
)


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
    # What stands in the way of sending only: the report itself may be complete.
    verzendfouten: tuple[Reden, ...] = ()
    is_contact: bool = True
    # A stand-in of the own dentist needs no consent for the report to that dentist (§4.2 note 15).
    toestemming_nodig: bool = False

    @property
    def ondertekenen_toegestaan(self) -> bool:
        return self.is_contact and not self.fouten

    @property
    def verzenden_toegestaan(self) -> bool:
        is_safe = self.overdracht is Overdrachtweg.VEILIG_ELEKTRONISCH and not self.verzendfouten
        return self.ondertekenen_toegestaan and is_safe

    @property
    def passantendossier(self) -> bool:
        """Every patient that asks for a report gets a dossier."""
        return self.verslag_vereist


def judge(gegevens: Gegevens, *, ook_bij_alleen_gesproken: bool = True) -> Oordeel:
    """Judge a report; the setting says whether speaking alone asks for one (T-14)."""
    vereist = is_required(gegevens, ook_bij_alleen_gesproken=ook_bij_alleen_gesproken)
    return Oordeel(
        verslag_vereist=vereist,
        fouten=tuple(_missing_identity(gegevens)) + tuple(_faults(gegevens)),
        hints=tuple(_hints(gegevens, vereist=vereist)),
        overdracht=route_of(gegevens),
        verzendfouten=tuple(_sending_faults(gegevens)),
        is_contact=is_required(gegevens),
    )


def is_required(gegevens: Gegevens, *, ook_bij_alleen_gesproken: bool = True) -> bool:
    """Whether the dentist owes a report: spoken, seen or treated (§4.1)."""
    has_been_seen = gegevens.gezien or gegevens.behandeld
    return has_been_seen or (gegevens.tandarts_gesproken and ook_bij_alleen_gesproken)


def may_charge_copy(nummer: int) -> bool:
    """Whether a fee may be asked of the patient for this copy; the first is free (§4.2)."""
    return nummer > 1


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
    if gegevens.vervolg_termijn_voorbij:
        yield Reden(
            "vervolg_termijn_voorbij",
            "vervolg_termijn",
            "Deze termijn ligt vóór het bezoek. Schrijf op wanneer het vervolg uiterlijk nodig is.",
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
    if gegevens.rontgen_gemaakt and not gegevens.rontgen_bijgevoegd:
        yield Reden(
            "rontgen_niet_bijgevoegd",
            "bestand",
            "Voeg de röntgenopname toe die je hebt gemaakt.",
            "§4.1",
        )
    if (
        gegevens.nevenbevinding_urgent
        and not gegevens.nevenbevinding_gemeld
        and gegevens.eigen_tandarts is not EigenTandarts.JA
    ):
        yield Reden(
            "nevenbevinding_niet_gemeld",
            "nevenbevinding_gemeld",
            "Vertel de patiënt wat je nog meer hebt gevonden, met het advies, en vink dit aan.",
            "§2.2.4; §4.3",
        )
    if gegevens.nevenbevinding_gemeld and not gegevens.nevenbevinding_urgent:
        yield Reden(
            "nevenbevinding_ontbreekt",
            "nevenbevinding",
            "Schrijf op wat je nog meer vond en wat je adviseerde, of haal het vinkje weg.",
            "§2.2.4; §4.3",
        )
    yield from _refusal_faults(gegevens)
    yield from _typing_faults(gegevens)


def _refusal_faults(gegevens: Gegevens) -> Iterator[Reden]:
    if gegevens.uitgesteld and _blank(gegevens.uitstel_grond):
        yield Reden(
            "uitstel_grond_ontbreekt",
            "uitstel_grond",
            "Schrijf op waarom je niet behandelde of waarom het kon wachten.",
            "§2.2.3",
        )
    if not gegevens.uitgesteld and not _blank(gegevens.uitstel_grond):
        yield Reden(
            "uitstel_ontbreekt",
            "uitgesteld",
            "Vink aan dat je hebt geweigerd of uitgesteld, of maak de grond leeg.",
            "§2.2.3",
        )


def _typing_faults(gegevens: Gegevens) -> Iterator[Reden]:
    """What may stand in a draft and not under a signature."""
    if gegevens.elementen_leeg:
        elementen = ", ".join(gegevens.elementen_leeg)
        yield Reden(
            "element_zonder_inhoud",
            "gebit",
            f"Kies bij element {elementen} een bevinding of behandeling, of haal het weg.",
            "§4.1",
        )
    if gegevens.tariefcodes_ongeldig:
        codes = ", ".join(gegevens.tariefcodes_ongeldig)
        yield Reden(
            "tariefcode_onbekend",
            "tariefcodes",
            f"Geen tariefcode op de dag van het bezoek: {codes}. Verbeter of verwijder dit.",
            "§4.1",
        )


def _sending_faults(gegevens: Gegevens) -> Iterator[Reden]:
    if gegevens.kanaal not in VEILIGE_KANALEN:
        yield Reden(
            "kanaal_niet_veilig",
            "kanaal",
            "Verstuur het verslag langs een veilige elektronische weg.",
            "§4.2",
        )


def _hints(gegevens: Gegevens, *, vereist: bool) -> Iterator[Reden]:
    if not vereist:
        yield Reden(
            "verslag_niet_verplicht",
            "gezien",
            "Je kring vraagt geen verslag als je de patiënt alleen sprak. Het mag wel.",
            "§4.1",
        )
    if _blank(gegevens.tariefcodes) and (gegevens.behandeld or gegevens.gezien):
        yield Reden(
            "tariefcodes_bij_voorkeur",
            "tariefcodes",
            "Liefst met de tariefcodes die je in rekening brengt.",
            "§4.1",
        )
    if gegevens.rontgen_gemaakt and gegevens.rontgen_bijgevoegd and not gegevens.rontgen_herkend:
        yield Reden(
            "rontgen_niet_herkend",
            "bestand",
            "Geen van de bijlagen is een röntgenfoto. Is het er toch een? Voeg hem dan opnieuw toe "
            "en kies 'röntgenfoto'.",
            "§4.1",
        )
    if route_of(gegevens) is Overdrachtweg.ADRES_ONTBREEKT:
        yield Reden(
            "adres_eigen_tandarts_ontbreekt",
            "eigen_tandarts",
            "De eigen tandarts is niet gekozen: het verslag wordt nog niet verstuurd.",
            "§4.2",
        )
