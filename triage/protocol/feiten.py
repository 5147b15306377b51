"""What the triage assistant knows: one frozen record of answers.

``None`` means "not asked or not filled in", ``"onbekend"`` means "asked, no answer".  On a
deciding question both count as doubt (T-07).
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from typing import Any

KLACHTEN = (
    "ongemak",
    "pijn",
    "dikke_wang",
    "slikklachten",
    "nabloeding",
    "tandletsel",
    "avulsie",
    "anders",
)

JA_NEE_ONBEKEND = ("ja", "nee", "onbekend")
VERBETERING = ("ja", "nee", "erger", "onbekend")

# Closed lists of answers.  A value outside its list counts as not filled in.
KEUZES: Mapping[str, tuple[str, ...]] = {
    "ingeschreven_bij_deelnemer": JA_NEE_ONBEKEND,
    "eigen_tandarts": ("ja", "geen", "onbekend"),
    "eigen_tandarts_binnen_24u": JA_NEE_ONBEKEND,
    "koorts": JA_NEE_ONBEKEND,
    "pijnstilling_ingenomen": JA_NEE_ONBEKEND,
    "pijnstilling_verbetering": VERBETERING,
    "antitrombotica": JA_NEE_ONBEKEND,
    "bloeding_ernst": ("gering", "matig", "ernstig", "onbekend"),
    "avulsie_element": ("blijvend", "melk", "onbekend"),
    "avulsie_bewaard": (
        "droog",
        "melk",
        "speeksel",
        "water",
        "teruggeplaatst",
        "kwijt",
        "onbekend",
    ),
    "verbetering_sinds_advies": VERBETERING,
    "direct_gevaar": JA_NEE_ONBEKEND,
}

# Whole numbers with their inclusive range; None = no upper bound.
GETALLEN: Mapping[str, tuple[int, int | None]] = {
    "leeftijd_jaren": (0, 120),
    "nrs": (0, 10),
    "klacht_sinds_uren": (0, None),
    "pijnstilling_minuten_geleden": (0, None),
    "bloeding_minuten_dichtgebeten": (0, None),
    "ongeval_minuten_geleden": (0, None),
    "minuten_sinds_eerste_contact": (0, None),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Feiten:
    """The answers of one contact (§3.2.1, Bijlage 1 §2.1-2.3); only ``tijdstip`` is required.

    Minutes and hours count back from ``tijdstip``.  Values may be invalid: ``validate`` names
    them, ``evaluate`` treats them as not filled in.  Raises ``ValueError`` for a ``tijdstip``
    without time zone, because "tomorrow" would then be a guess.
    """

    tijdstip: datetime
    # contact and caller - §3.2.1, §3.2.2, Bijlage 1 §2.2
    beller: str = "patient"  # patient | ander
    patient_kan_zelf_spreken: bool = True
    reden_patient_niet_zelf: str | None = None
    opname_gemeld: bool = False
    # patient and care relation - §3.2.1, §2.2.3, §2.2.4, §1.3.2
    naam: str | None = None
    adres: str | None = None
    woonplaats: str | None = None
    telefoon: str | None = None
    bsn: str | None = None
    leeftijd_jaren: int | None = None
    ingeschreven_bij_deelnemer: str | None = None
    eigen_tandarts: str | None = None
    eigen_tandarts_binnen_24u: str | None = None
    passant: bool = False
    mondhygienist_patient: bool = False
    # complaint - Bijlage 1 §2.2, §2.3.2; order of klachten has no meaning
    klachten: tuple[str, ...] = ()
    oorzaak_ongeval: bool | None = None
    omschrijving: str = ""
    klacht_sinds_uren: int | None = None
    verloop: str | None = None
    koorts: str | None = None
    nrs: int | None = None
    pijn_fors_of_acuut: bool | None = None
    pijnstilling_ingenomen: str | None = None
    pijnstilling_minuten_geleden: int | None = None
    pijnstilling_verbetering: str | None = None
    pijnstilling_middel_en_dosis: str | None = None
    antitrombotica: str | None = None
    aandoeningen: str | None = None
    bloeding_ernst: str | None = None
    bloeding_minuten_dichtgebeten: int | None = None
    ongeval_minuten_geleden: int | None = None
    avulsie_element: str | None = None
    avulsie_bewaard: str | None = None
    # judgement - §3.2.1, §5.5
    twijfel: bool = False
    agressie: str = "geen"  # geen | onaangepast | dreigend
    begeleiding_nodig: bool = False
    # earlier contact about the same complaint - Bijlage 1 §1.1, §2.3.2
    herhaalcontact: bool = False
    minuten_sinds_eerste_contact: int | None = None
    eerdere_uitkomst: str | None = None  # pijn_advies | nabloeding_advies | other
    verbetering_sinds_advies: str | None = None
    # not from the guideline: only asked where a kring switched on local rule L-01 (T-21)
    direct_gevaar: str | None = None

    def __post_init__(self) -> None:
        if self.tijdstip.utcoffset() is None:
            raise ValueError("tijdstip must carry a time zone")

    @classmethod
    def from_mapping(cls, data: Mapping[str, Any]) -> "Feiten":
        """Build facts from plain (JSON) values, as stored with a call.

        ``tijdstip`` may be an ISO 8601 string.  Raises ``ValueError`` for an unknown key: a
        silently dropped answer would be a silently different outcome.
        """
        unknown = set(data) - {item.name for item in fields(cls)}
        if unknown:
            raise ValueError(f"unknown facts: {', '.join(sorted(unknown))}")
        values = dict(data)
        if isinstance(values.get("tijdstip"), str):
            values["tijdstip"] = datetime.fromisoformat(values["tijdstip"])
        values["klachten"] = tuple(values.get("klachten") or ())
        return cls(**values)

    def as_record(self) -> dict[str, Any]:
        """Plain JSON values of every fact; ``from_mapping`` is its inverse."""
        record = asdict(self)
        record["tijdstip"] = self.tijdstip.isoformat()
        record["klachten"] = list(self.klachten)
        return record


DEFAULTS: Mapping[str, Any] = {
    item.name: item.default for item in fields(Feiten) if item.name != "tijdstip"
}


def is_valid_number(name: str, value: object) -> bool:
    """Whether ``value`` is a whole number inside the range of the field ``name``."""
    low, high = GETALLEN[name]
    if not isinstance(value, int) or isinstance(value, bool):
        return False
    return value >= low and (high is None or value <= high)


def clean(feiten: Feiten) -> Feiten:
    """The same facts with every invalid answer reset to "not filled in"."""
    invalid = [
        name
        for name in GETALLEN
        if (value := getattr(feiten, name)) is not None and not is_valid_number(name, value)
    ]
    invalid += [
        name
        for name, choices in KEUZES.items()
        if (value := getattr(feiten, name)) is not None and value not in choices
    ]
    if not invalid:
        return feiten
    blank: dict[str, Any] = dict.fromkeys(invalid)
    return replace(feiten, **blank)
