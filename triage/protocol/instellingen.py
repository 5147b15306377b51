"""The coordinator's settings: every place where the guideline leaves or needs a choice.

``Instellingen`` holds the values, ``INSTELLINGEN`` describes each of them: title, unit, range or
list of values, and the tension it resolves (`spanningen`).  A term of the guideline may be made
shorter, never longer.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Final, Literal

KindRegel = Literal["ruim", "schema"]
Pijn24uRegel = Literal["hoofdtekst_en", "kader_of"]
ZwellingZonderKoorts = Literal["contact", "aanbevolen"]
KlokStart = Literal["eerste_melding", "dit_contact"]
Bevrijdingsdag = Literal["lustrum", "elk_jaar", "nooit"]
Waarde = str | int | bool | None


class InstellingFout(ValueError):
    """Settings that may not be used; ``fouten`` has a Dutch sentence for each wrong name."""

    def __init__(self, fouten: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{naam}: {zin}" for naam, zin in fouten.items()))
        self.fouten = dict(fouten)


@dataclass(frozen=True, slots=True, kw_only=True)
class Instellingen:
    """Chosen readings of the guideline (tensions T-01 … T-24) and local norms.

    Ages in completed years, terms in minutes.  Raises ``InstellingFout`` for a value outside its
    list or range: a mistyped setting must never switch a safety rule off.
    """

    jong_kind_tot_leeftijd: int = 12
    kind_tot_leeftijd: int = 18
    kind_regel: KindRegel = "ruim"
    forse_pijn_vanaf_nrs: int = 7
    nrs_overleg_aanbevolen_vanaf: int | None = 7
    pijn_terugbel_min: int = 60
    nabloeding_terugbel_min: int = 30
    nabloeding_zien_binnen_min: int = 60
    avulsie_zien_binnen_min: int = 60
    avulsie_streef_min: int = 30
    zo_snel_mogelijk_min: int = 60
    letsel_zien_binnen_min: int = 1440
    pijn_zien_binnen_min: int = 1440
    pijn_24u_regel: Pijn24uRegel = "hoofdtekst_en"
    zwelling_zonder_koorts: ZwellingZonderKoorts = "contact"
    onbekend_is_twijfel: bool = True
    klok_start_nabloeding: KlokStart = "eerste_melding"
    melktand_tot_leeftijd: int = 6
    wisselgebit_tot_leeftijd: int = 12
    bsn_vastleggen_toegestaan: bool = True
    opname_gesprekken: bool = True
    tandarts_contact_norm_min: int = 5
    achterwacht_na_pogingen: int = 2
    achterwacht_na_min: int = 5
    max_tussenschakels_automatisch: int = 1
    max_tussenschakels_handmatig: int = 2
    verslag_ook_bij_alleen_gesproken: bool = True
    bevrijdingsdag_vrij: Bevrijdingsdag = "lustrum"
    goede_vrijdag_vrij: bool = False

    def __post_init__(self) -> None:
        fouten = faults_in({item.name: getattr(self, item.name) for item in fields(self)})
        if fouten:
            raise InstellingFout(fouten)

    @classmethod
    def from_mapping(cls, data: Mapping[str, Any]) -> "Instellingen":
        """Build from plain (JSON) values; what is absent has its default.

        Raises ``InstellingFout`` for an unknown name or a wrong value.
        """
        unknown = {
            naam: "deze instelling bestaat niet" for naam in data if naam not in INSTELLINGEN
        }
        if unknown:
            raise InstellingFout(unknown)
        return cls(**data)

    def as_record(self) -> dict[str, Waarde]:
        """Plain JSON values of every setting; ``from_mapping`` is its inverse."""
        return asdict(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Instelling:
    """One setting, described for a form: own words, unit, and what it may be.

    ``soort``: ``getal`` (whole, ``laagste`` to ``hoogste``, both included), ``keuze`` (``keuzes``:
    value -> own words) or ``ja_nee``.  ``leeg`` says what leaving it empty means; "" = may not.
    ``spanning`` is its T-number, None for a norm of the kring itself.
    """

    naam: str
    titel: str
    soort: Literal["getal", "keuze", "ja_nee"]
    spanning: str | None = None
    eenheid: str = ""
    laagste: int = 0
    hoogste: int = 0
    keuzes: Mapping[str, str] = field(default_factory=dict)
    leeg: str = ""

    @property
    def standaard(self) -> Waarde:
        waarde: Waarde = getattr(STANDAARD, self.naam)
        return waarde

    def fault(self, waarde: object) -> str:
        """What is wrong with a value, as a Dutch sentence part; "" when it may be used."""
        if waarde is None and self.leeg:
            return ""
        if self.soort == "ja_nee":
            return "" if isinstance(waarde, bool) else "moet ja of nee zijn"
        if self.soort == "keuze":
            is_known = isinstance(waarde, str) and waarde in self.keuzes
            return "" if is_known else f"moet een van deze zijn: {', '.join(self.keuzes)}"
        is_number = isinstance(waarde, int) and not isinstance(waarde, bool)
        if is_number and self.laagste <= waarde <= self.hoogste:  # type: ignore[operator]
            return ""
        return f"moet een heel getal zijn van {self.laagste} tot en met {self.hoogste}"


def _getal(naam: str, titel: str, spanning: str | None, eenheid: str, *range_: int) -> Instelling:
    laagste, hoogste = range_
    return Instelling(
        naam=naam,
        titel=titel,
        soort="getal",
        spanning=spanning,
        eenheid=eenheid,
        laagste=laagste,
        hoogste=hoogste,
    )


def _keuze(naam: str, titel: str, spanning: str | None, keuzes: Mapping[str, str]) -> Instelling:
    return Instelling(naam=naam, titel=titel, soort="keuze", spanning=spanning, keuzes=keuzes)


def _ja_nee(naam: str, titel: str, spanning: str | None) -> Instelling:
    return Instelling(naam=naam, titel=titel, soort="ja_nee", spanning=spanning)


_ALLE: Final = (
    _getal("jong_kind_tot_leeftijd", "Een kind is jong tot", "T-05", "jaar", 1, 18),
    _getal("kind_tot_leeftijd", "Een patiënt is een kind tot", "T-04", "jaar", 1, 21),
    _keuze(
        "kind_regel",
        "Voor welke kinderen is overleg nodig",
        "T-04",
        {
            "ruim": "elk kind: bij pijn verplicht, bij een andere klacht aanbevolen",
            "schema": "alleen een jong kind met hevige of plotselinge pijn",
        },
    ),
    _getal(
        "forse_pijn_vanaf_nrs", "Pijn van een jong kind is hevig vanaf", "T-05", "cijfer", 1, 10
    ),
    Instelling(
        naam="nrs_overleg_aanbevolen_vanaf",
        titel="Overleg aanbevolen vanaf pijncijfer",
        soort="getal",
        spanning="T-03",
        eenheid="cijfer",
        laagste=1,
        hoogste=10,
        leeg="het pijncijfer alleen is nooit reden voor overleg",
    ),
    _getal("pijn_terugbel_min", "Terugbellen na pijnadvies", "T-12", "minuten", 5, 60),
    _getal("nabloeding_terugbel_min", "Terugbellen na bloedingsadvies", "T-01", "minuten", 5, 30),
    _getal("nabloeding_zien_binnen_min", "Nabloeding zien binnen", "T-01", "minuten", 15, 60),
    _keuze(
        "klok_start_nabloeding",
        "De klok bij een nabloeding begint bij",
        "T-01",
        {
            "eerste_melding": "de eerste melding, en loopt door tijdens het halve uur bijten",
            "dit_contact": "het gesprek waarin de patiënt gezien moet worden",
        },
    ),
    _getal("avulsie_zien_binnen_min", "Tand uit de mond zien binnen", "T-08", "minuten", 15, 60),
    _getal("avulsie_streef_min", "Tand uit de mond liefst zien binnen", "T-08", "minuten", 5, 60),
    _getal("zo_snel_mogelijk_min", "Zo snel mogelijk is binnen", "T-18", "minuten", 15, 60),
    _getal("letsel_zien_binnen_min", "Tandletsel zien binnen", "T-17", "minuten", 30, 1440),
    _getal("pijn_zien_binnen_min", "Pijn zonder uitweg zien binnen", "T-02", "minuten", 60, 1440),
    _keuze(
        "pijn_24u_regel",
        "Pijn, en de eigen tandarts kan niet binnen 24 uur",
        "T-02",
        {
            "hoofdtekst_en": "zien als de pijnstiller ook niet helpt, anders overleg aanbevolen",
            "kader_of": "altijd zien binnen 24 uur",
        },
    ),
    _keuze(
        "zwelling_zonder_koorts",
        "Dikke wang of slikklachten zonder koorts",
        "T-06",
        {"contact": "overleg is verplicht", "aanbevolen": "overleg is aanbevolen"},
    ),
    _ja_nee("onbekend_is_twijfel", "Een onbekend antwoord telt als twijfel", "T-07"),
    _getal("melktand_tot_leeftijd", "Tand terugzetten niet adviseren tot", "T-10", "jaar", 1, 12),
    _getal("wisselgebit_tot_leeftijd", "Wisselgebit mogelijk tot", "T-10", "jaar", 1, 18),
    _ja_nee("bsn_vastleggen_toegestaan", "De triagemedewerker mag het BSN vastleggen", "T-15"),
    _ja_nee("opname_gesprekken", "Gesprekken worden opgenomen", None),
    _getal("tandarts_contact_norm_min", "Tandarts gesproken binnen", None, "minuten", 1, 60),
    _getal("achterwacht_na_pogingen", "Achterwacht bellen na", None, "pogingen", 1, 5),
    _getal("achterwacht_na_min", "Achterwacht bellen na", None, "minuten", 1, 30),
    _getal(
        "max_tussenschakels_automatisch", "Schakels bij doorschakelen", "T-13", "schakels", 0, 2
    ),
    _getal("max_tussenschakels_handmatig", "Schakels bij doorverbinden", "T-13", "schakels", 0, 3),
    _ja_nee("verslag_ook_bij_alleen_gesproken", "Verslag ook als alleen is gesproken", "T-14"),
    _keuze(
        "bevrijdingsdag_vrij",
        "Praktijken zijn dicht op 5 mei",
        None,
        {
            "lustrum": "eens in de vijf jaar (2025, 2030)",
            "elk_jaar": "elk jaar",
            "nooit": "nooit",
        },
    ),
    _ja_nee("goede_vrijdag_vrij", "Praktijken zijn dicht op Goede Vrijdag", None),
)
INSTELLINGEN: Final[Mapping[str, Instelling]] = {item.naam: item for item in _ALLE}
KEUZES: Final[Mapping[str, tuple[str, ...]]] = {
    item.naam: tuple(item.keuzes) for item in _ALLE if item.soort == "keuze"
}
# shorter name, longer name: the first may not exceed the second.
VOLGORDE: Final = (
    ("jong_kind_tot_leeftijd", "kind_tot_leeftijd"),
    ("melktand_tot_leeftijd", "wisselgebit_tot_leeftijd"),
    ("avulsie_streef_min", "avulsie_zien_binnen_min"),
)


def faults_in(data: Mapping[str, Any]) -> dict[str, str]:
    """What is wrong in a whole set of values: name -> Dutch sentence part; empty = usable."""
    fouten = {
        naam: zin for naam, item in INSTELLINGEN.items() if (zin := item.fault(data.get(naam)))
    }
    for low, high in VOLGORDE:
        if not {low, high} & set(fouten) and data[low] > data[high]:
            fouten[low] = f"mag niet hoger zijn dan '{INSTELLINGEN[high].titel}' ({data[high]})"
    return fouten


STANDAARD: Final = Instellingen()
