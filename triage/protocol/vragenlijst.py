"""The questions: each about one fact, with the rules that its answer can fire."""

from dataclasses import dataclass
from typing import Any, Final

from triage.protocol.feiten import KEUZES, KLACHTEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Vraag:
    """One question about one fact.

    ``soort`` is ``keuze``, ``ja_nee`` (bool), ``getal`` or ``tekst``; ``keuzes`` its options.
    ``regels`` are the rules an answer can fire.  ``vooraf_bij`` are the complaints for which the
    protocol wants it answered before it shows an outcome; otherwise it only refines one.
    """

    veld: str
    soort: str
    regels: tuple[str, ...]
    paragraaf: str
    klachten: frozenset[str] = frozenset()  # empty = not tied to a complaint
    vooraf_bij: frozenset[str] = frozenset()
    keuzes: tuple[str, ...] = ()


def _keuze(veld: str, **rest: Any) -> Vraag:
    return Vraag(veld=veld, soort="keuze", keuzes=KEUZES[veld], **rest)


_PIJN = frozenset({"pijn"})
_BLOEDING = frozenset({"nabloeding"})
_AVULSIE = frozenset({"avulsie"})
_RIJ_3 = frozenset({"pijn", "dikke_wang", "slikklachten"})
_RIJ_2_REGELS = ("R-20", "R-21", "R-25", "R-26", "R-28", "R-29")

# In the order in which they are asked.
VRAGEN: Final[tuple[Vraag, ...]] = (
    _keuze(
        "direct_gevaar",
        regels=("L-01",),
        paragraaf="niet uit de richtlijn",
        vooraf_bij=frozenset(KLACHTEN),
    ),
    _keuze(
        "verbetering_sinds_advies",
        regels=("R-22", "R-28", "R-29", "R-44", "R-47", "R-70"),
        paragraaf="Bijlage 1 §2.3.2 rij 2; rij 4",
        vooraf_bij=frozenset({"pijn", "nabloeding", "ongemak"}),
    ),
    Vraag(
        veld="oorzaak_ongeval",
        soort="ja_nee",
        regels=("R-10", "R-50"),
        paragraaf="§2.2.2; Bijlage 1 §2.3.2 rij 1, rij 5",
        klachten=frozenset({"ongemak"}),
        vooraf_bij=frozenset({"ongemak"}),
    ),
    _keuze(
        "bloeding_ernst",
        regels=("R-41", "R-42", "R-46"),
        paragraaf="§2.2.1; Bijlage 1 §2.3.2 rij 4",
        klachten=_BLOEDING,
        vooraf_bij=_BLOEDING,
    ),
    _keuze(
        "antitrombotica",
        regels=("R-41", "R-43", "R-46"),
        paragraaf="Bijlage 1 §2.2; §2.3.2 rij 4",
        vooraf_bij=_BLOEDING,
    ),
    _keuze(
        "koorts",
        regels=("R-02", "R-20", "R-21", "R-22", "R-28", "R-29", "R-30", "R-31", "R-32"),
        paragraaf="Bijlage 1 §2.3.2 rij 2, rij 3",
        vooraf_bij=_RIJ_3,
    ),
    Vraag(
        veld="pijn_fors_of_acuut",
        soort="ja_nee",
        regels=("R-23",),
        paragraaf="§2.2.3; Bijlage 1 §2.3.1",
        klachten=_PIJN,
        vooraf_bij=_PIJN,
    ),
    _keuze(
        "pijnstilling_ingenomen",
        regels=_RIJ_2_REGELS,
        paragraaf="Bijlage 1 §2.2; §2.3.2 rij 2",
        klachten=_PIJN,
        vooraf_bij=_PIJN,
    ),
    Vraag(
        veld="pijnstilling_minuten_geleden",
        soort="getal",
        regels=_RIJ_2_REGELS[1:5],
        paragraaf="Bijlage 1 §2.3.2 rij 2",
        klachten=_PIJN,
        vooraf_bij=_PIJN,
    ),
    _keuze(
        "pijnstilling_verbetering",
        regels=_RIJ_2_REGELS[1:],
        paragraaf="§2.2.3; Bijlage 1 §2.3.2 rij 2",
        klachten=_PIJN,
        vooraf_bij=_PIJN,
    ),
    Vraag(
        veld="nrs",
        soort="getal",
        regels=("R-23", "R-27"),
        paragraaf="Bijlage 1 §2.3.1",
        klachten=_PIJN,
        vooraf_bij=_PIJN,
    ),
    _keuze(
        "eigen_tandarts_binnen_24u",
        regels=("R-25", "R-26"),
        paragraaf="§2.2.3; kader h2",
        klachten=_PIJN,
        vooraf_bij=_PIJN,
    ),
    Vraag(
        veld="bloeding_minuten_dichtgebeten",
        soort="getal",
        regels=("R-45",),
        paragraaf="§2.2.1",
        klachten=_BLOEDING,
    ),
    _keuze(
        "avulsie_bewaard",
        regels=("R-62",),
        paragraaf="Bijlage 1 §2.3.2 rij 6",
        klachten=_AVULSIE,
    ),
    _keuze(
        "avulsie_element",
        regels=("R-61", "R-63"),
        paragraaf="§2.2.2",
        klachten=_AVULSIE,
    ),
    Vraag(
        veld="ongeval_minuten_geleden",
        soort="getal",
        regels=(),
        paragraaf="§2.2.2",
        klachten=frozenset({"ongemak", "tandletsel", "avulsie"}),
    ),
    Vraag(
        veld="pijnstilling_middel_en_dosis",
        soort="tekst",
        regels=(),
        paragraaf="Bijlage 1 §2.2",
        klachten=_PIJN,
    ),
    Vraag(
        veld="klacht_sinds_uren",
        soort="getal",
        regels=(),
        paragraaf="Bijlage 1 §2.2",
    ),
    Vraag(
        veld="verloop",
        soort="tekst",
        regels=(),
        paragraaf="Bijlage 1 §2.2",
    ),
    Vraag(
        veld="aandoeningen",
        soort="tekst",
        regels=(),
        paragraaf="Bijlage 1 §2.2",
    ),
)

# Facts of the patient block: always on the screen, so never counted as complaint questions.
PATIENTVRAGEN: Final[tuple[Vraag, ...]] = (
    _keuze(
        "direct_gevaar",
        regels=("L-01",),
        paragraaf="niet uit de richtlijn",
        vooraf_bij=frozenset(KLACHTEN),
    ),
    Vraag(
        veld="leeftijd_jaren",
        soort="getal",
        regels=("R-12", "R-23", "R-24", "R-61", "R-63", "R-80"),
        paragraaf="§2.1; §2.2.3; Bijlage 1 §2.3.1",
    ),
    _keuze(
        "eigen_tandarts",
        regels=("R-10", "R-11", "R-25", "R-26", "R-82"),
        paragraaf="§2.2.4; §4.3",
    ),
    _keuze("ingeschreven_bij_deelnemer", regels=(), paragraaf="§3.2.1; Bijlage 1 §2.1"),
    Vraag(veld="passant", soort="ja_nee", regels=("R-83",), paragraaf="§1.3.2; Bijlage 2 art. 1"),
    Vraag(veld="mondhygienist_patient", soort="ja_nee", regels=("R-84",), paragraaf="§1.3.2"),
)
