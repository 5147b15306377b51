"""The coordinator's settings: every place where the guideline leaves or needs a choice."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Final, Literal, get_args

KindRegel = Literal["ruim", "schema"]
Pijn24uRegel = Literal["hoofdtekst_en", "kader_of"]
ZwellingZonderKoorts = Literal["contact", "aanbevolen"]
KlokStart = Literal["eerste_melding", "dit_contact"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Instellingen:
    """Chosen readings of the guideline (tensions T-01 … T-24) and local norms.

    Ages in completed years, terms in minutes.  Raises ``ValueError`` for a value outside its
    list or a negative number: a mistyped setting must never switch a safety rule off.
    """

    jong_kind_tot_leeftijd: int = 12  # T-05: "young" is not defined
    kind_tot_leeftijd: int = 18  # T-04: which children
    kind_regel: KindRegel = "ruim"  # T-04: ruim = every child, schema = only R-23
    forse_pijn_vanaf_nrs: int = 7  # T-05: "fors" is not defined
    nrs_overleg_aanbevolen_vanaf: int | None = 7  # T-03: None = the scheme has no threshold
    pijn_terugbel_min: int = 60  # T-12: also the time a painkiller gets to work
    nabloeding_terugbel_min: int = 30  # T-01
    nabloeding_zien_binnen_min: int = 60  # T-01
    avulsie_zien_binnen_min: int = 60  # T-08
    avulsie_streef_min: int = 30  # T-08
    zo_snel_mogelijk_min: int = 60  # T-18: no number given; footnote 11 allows 60
    letsel_zien_binnen_min: int = 1440  # T-17: a maximum
    pijn_zien_binnen_min: int = 1440  # T-02
    pijn_24u_regel: Pijn24uRegel = "hoofdtekst_en"  # T-02: main text (and) or summary box (or)
    zwelling_zonder_koorts: ZwellingZonderKoorts = "contact"  # T-06
    onbekend_is_twijfel: bool = True  # T-07
    klok_start_nabloeding: KlokStart = "eerste_melding"  # T-01
    melktand_tot_leeftijd: int = 6  # T-10
    wisselgebit_tot_leeftijd: int = 12  # T-10
    bsn_vastleggen_toegestaan: bool = True  # T-15: per organisation
    opname_gesprekken: bool = True  # §3.2.2: calls are recorded
    tandarts_contact_norm_min: int = 5  # own norm
    achterwacht_na_pogingen: int = 2  # §3.1.1, own norm
    achterwacht_na_min: int = 5  # §3.1.1, own norm
    max_tussenschakels_automatisch: int = 1  # T-13
    max_tussenschakels_handmatig: int = 2  # T-13
    verslag_ook_bij_alleen_gesproken: bool = True  # T-14

    def __post_init__(self) -> None:
        for name, allowed in _KEUZES.items():
            if getattr(self, name) not in allowed:
                raise ValueError(f"{name} must be one of {', '.join(allowed)}")
        for item in fields(self):
            value = getattr(self, item.name)
            if isinstance(value, int) and value < 0:
                raise ValueError(f"{item.name} may not be negative")


_KEUZES: Final[Mapping[str, tuple[str, ...]]] = {
    "kind_regel": get_args(KindRegel),
    "pijn_24u_regel": get_args(Pijn24uRegel),
    "zwelling_zonder_koorts": get_args(ZwellingZonderKoorts),
    "klok_start_nabloeding": get_args(KlokStart),
}

STANDAARD: Final = Instellingen()

# Setting -> tension it resolves; a setting that is a local norm only has none.
SPANNING: Final[Mapping[str, str]] = {
    "jong_kind_tot_leeftijd": "T-05",
    "kind_tot_leeftijd": "T-04",
    "kind_regel": "T-04",
    "forse_pijn_vanaf_nrs": "T-05",
    "nrs_overleg_aanbevolen_vanaf": "T-03",
    "pijn_terugbel_min": "T-12",
    "nabloeding_terugbel_min": "T-01",
    "nabloeding_zien_binnen_min": "T-01",
    "avulsie_zien_binnen_min": "T-08",
    "avulsie_streef_min": "T-08",
    "zo_snel_mogelijk_min": "T-18",
    "letsel_zien_binnen_min": "T-17",
    "pijn_zien_binnen_min": "T-02",
    "pijn_24u_regel": "T-02",
    "zwelling_zonder_koorts": "T-06",
    "onbekend_is_twijfel": "T-07",
    "klok_start_nabloeding": "T-01",
    "melktand_tot_leeftijd": "T-10",
    "wisselgebit_tot_leeftijd": "T-10",
    "bsn_vastleggen_toegestaan": "T-15",
    "max_tussenschakels_automatisch": "T-13",
    "max_tussenschakels_handmatig": "T-13",
    "verslag_ook_bij_alleen_gesproken": "T-14",
}
