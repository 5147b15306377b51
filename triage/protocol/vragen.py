"""Which questions are worth asking now.

Nothing is listed by hand as "decisive": a question counts when two answers to it lead to
different outcomes, given the answers so far.  That keeps the screen true to the rules.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from itertools import product
from typing import Any, Final

from triage.protocol.feiten import KEUZES, Feiten, clean
from triage.protocol.instellingen import STANDAARD, Instellingen
from triage.protocol.oordeel import evaluate
from triage.protocol.zichtbaarheid import relevant_fields

BOOL = (False, True)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Vragenplan:
    """The open questions of a call, each list in asking order.

    ``beslissend``: put these before showing an outcome.  ``verfijnend``: the outcome stands, an
    answer can still change it.  ``vrij``: changes nothing any more; closing may still need it.
    """

    beslissend: tuple[Vraag, ...]
    verfijnend: tuple[Vraag, ...]
    vrij: tuple[Vraag, ...]


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

# Questions that interact; the others are held at their mildest value while one group is tried.
_GROEPEN: Final[tuple[frozenset[str], ...]] = (
    frozenset(
        {
            "koorts",
            "pijn_fors_of_acuut",
            "pijnstilling_ingenomen",
            "pijnstilling_minuten_geleden",
            "pijnstilling_verbetering",
            "nrs",
            "eigen_tandarts_binnen_24u",
            "verbetering_sinds_advies",
        }
    ),
    frozenset(
        {
            "bloeding_ernst",
            "antitrombotica",
            "bloeding_minuten_dichtgebeten",
            "verbetering_sinds_advies",
        }
    ),
    frozenset({"oorzaak_ongeval"}),
    frozenset({"avulsie_bewaard", "avulsie_element"}),
)


def _trial_values(veld: str, s: Instellingen) -> tuple[Any, ...]:
    """Answers that can differ in effect, mildest first."""
    return {
        "verbetering_sinds_advies": ("ja", "nee", "erger"),
        "oorzaak_ongeval": BOOL,
        "bloeding_ernst": ("gering", "onbekend", "ernstig"),
        "antitrombotica": ("nee", "onbekend", "ja"),
        "koorts": ("nee", "ja"),
        "pijn_fors_of_acuut": BOOL,
        "pijnstilling_ingenomen": ("nee", "ja"),
        "pijnstilling_minuten_geleden": (0, s.pijn_terugbel_min),
        "pijnstilling_verbetering": ("ja", "nee"),
        "nrs": (1, 10),
        "eigen_tandarts_binnen_24u": ("ja", "nee"),
        "bloeding_minuten_dichtgebeten": (0, s.nabloeding_terugbel_min),
        "avulsie_bewaard": ("droog", "teruggeplaatst"),
        "avulsie_element": ("blijvend", "melk"),
    }.get(veld, ())


def visible_questions(
    klachten: Collection[str], feiten: Feiten, instellingen: Instellingen = STANDAARD
) -> tuple[Vraag, ...]:
    """Every question shown for these complaints, answered or not, in asking order."""
    relevant = relevant_fields(klachten, feiten, instellingen)
    return tuple(
        vraag
        for vraag in VRAGEN
        if vraag.veld in relevant and (not vraag.klachten or vraag.klachten & set(klachten))
    )


def plan_questions(
    klachten: Collection[str], feiten: Feiten, instellingen: Instellingen = STANDAARD
) -> Vragenplan:
    """Sort the open questions by what an answer can still do; one computation for a screen."""
    changing = _changing_fields(klachten, feiten, instellingen)
    plan: dict[str, list[Vraag]] = {"beslissend": [], "verfijnend": [], "vrij": []}
    for vraag in visible_questions(klachten, feiten, instellingen):
        if getattr(feiten, vraag.veld) is not None:
            continue
        if vraag.veld not in changing:
            plan["vrij"].append(vraag)
        elif _comes_first(vraag, klachten, feiten, instellingen):
            plan["beslissend"].append(vraag)
        else:
            plan["verfijnend"].append(vraag)
    return Vragenplan(**{name: tuple(vragen) for name, vragen in plan.items()})


def deciding_questions(
    klachten: Collection[str], feiten: Feiten, instellingen: Instellingen = STANDAARD
) -> tuple[Vraag, ...]:
    """Open questions to put before showing an outcome, in asking order (U4).

    Only questions whose answer can still change the outcome; none for avulsion and tooth injury,
    at most two for bleeding and six for pain.  ``"onbekend"`` is an answer, None is not.
    """
    return plan_questions(klachten, feiten, instellingen).beslissend


def is_settled(
    klachten: Collection[str], feiten: Feiten, instellingen: Instellingen = STANDAARD
) -> bool:
    """Whether no deciding question can change whom to call, before when, and whether to come.

    Only the advice may still grow: a card that says so need not wait for the answers.
    """
    changing = _changing_fields(klachten, feiten, instellingen, without_advice=True)
    deciding = deciding_questions(klachten, feiten, instellingen)
    return changing.isdisjoint(vraag.veld for vraag in deciding)


def _comes_first(
    vraag: Vraag, klachten: Collection[str], feiten: Feiten, instellingen: Instellingen
) -> bool:
    # T-05: the scale is unreliable for young children, so there it never holds up an outcome.
    leeftijd = feiten.leeftijd_jaren
    is_young = leeftijd is not None and leeftijd < instellingen.jong_kind_tot_leeftijd
    if vraag.veld == "nrs" and is_young:
        return False
    return bool(vraag.vooraf_bij & set(klachten))


def _changing_fields(
    klachten: Collection[str],
    feiten: Feiten,
    instellingen: Instellingen,
    *,
    without_advice: bool = False,
) -> frozenset[str]:
    """Open fields that can still change the outcome, found by trying their answers."""
    feiten = clean(replace(feiten, klachten=tuple(klachten)))
    open_fields = {
        vraag.veld: values
        for vraag in VRAGEN
        if getattr(feiten, vraag.veld) is None
        and (values := _trial_values(vraag.veld, instellingen))
    }
    mild = replace(feiten, **{veld: values[0] for veld, values in open_fields.items()})
    # A painkiller not yet asked about may turn out to be taken: keep its details in the trial.
    taken = "pijnstilling_ingenomen" in open_fields
    possible = replace(mild, pijnstilling_ingenomen="ja") if taken else mild
    relevant = relevant_fields(klachten, possible, instellingen)
    return frozenset().union(
        *(
            _changing_within(
                mild,
                {veld: open_fields[veld] for veld in open_fields if veld in groep & relevant},
                instellingen,
                without_advice=without_advice,
            )
            for groep in _GROEPEN
        )
    )


def _changing_within(
    feiten: Feiten,
    answers: Mapping[str, tuple[Any, ...]],
    instellingen: Instellingen,
    *,
    without_advice: bool,
) -> set[str]:
    """Fields of one group for which two answers differ in outcome, for some answer to the rest."""
    velden = list(answers)
    outcomes = {
        combination: _core(
            replace(feiten, **dict(zip(velden, combination, strict=True))), instellingen
        )[: -1 if without_advice else None]
        for combination in product(*answers.values())
    }
    changing: set[str] = set()
    for index, veld in enumerate(velden):
        per_rest: dict[tuple[Any, ...], set[Any]] = {}
        for combination, outcome in outcomes.items():
            rest = combination[:index] + combination[index + 1 :]
            per_rest.setdefault(rest, set()).add(outcome)
        if any(len(found) > 1 for found in per_rest.values()):
            changing.add(veld)
    return changing


def _core(feiten: Feiten, instellingen: Instellingen) -> tuple[Any, ...]:
    """What the assistant would notice of a different outcome."""
    uitkomst = evaluate(feiten, instellingen)
    return (
        uitkomst.contact_tandarts,
        uitkomst.urgentie,
        uitkomst.moet_gezien,
        uitkomst.zien_binnen_min,
        uitkomst.streef_zien_binnen_min,
        uitkomst.terugbel_timers,
        uitkomst.adviezen,  # the last, see `is_settled`
    )
