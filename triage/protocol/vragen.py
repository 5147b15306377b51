"""Which questions are worth asking now.

Nothing is listed by hand as "decisive": a question counts when two answers to it lead to
different outcomes, given the answers so far.  That keeps the screen true to the rules.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from itertools import product
from typing import Any, Final

from triage.protocol.feiten import Feiten, clean
from triage.protocol.instellingen import Instellingen
from triage.protocol.lezing import STANDAARD_LEZING, Lezing
from triage.protocol.vragenlijst import VRAGEN, Vraag

BOOL = (False, True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vragenplan:
    """The open questions of a call, each list in asking order.

    ``beslissend``: put these before showing an outcome.  ``verfijnend``: the outcome stands, an
    answer can still change it.  ``vrij``: changes nothing any more; closing may still need it.
    """

    beslissend: tuple[Vraag, ...]
    verfijnend: tuple[Vraag, ...]
    vrij: tuple[Vraag, ...]


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
    frozenset({"direct_gevaar"}),
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
        "direct_gevaar": ("nee", "onbekend", "ja"),
    }.get(veld, ())


def visible_questions(
    klachten: Collection[str], feiten: Feiten, lezing: Lezing = STANDAARD_LEZING
) -> tuple[Vraag, ...]:
    """Every question shown for these complaints, answered or not, in asking order."""
    relevant = lezing.relevant_fields(replace(feiten, klachten=tuple(klachten)))
    return tuple(
        vraag
        for vraag in VRAGEN
        if vraag.veld in relevant and (not vraag.klachten or vraag.klachten & set(klachten))
    )


def plan_questions(
    klachten: Collection[str], feiten: Feiten, lezing: Lezing = STANDAARD_LEZING
) -> Vragenplan:
    """Sort the open questions by what an answer can still do; one computation for a screen."""
    changing = _changing_fields(klachten, feiten, lezing)
    plan: dict[str, list[Vraag]] = {"beslissend": [], "verfijnend": [], "vrij": []}
    for vraag in visible_questions(klachten, feiten, lezing):
        if getattr(feiten, vraag.veld) is not None:
            continue
        if vraag.veld not in changing:
            plan["vrij"].append(vraag)
        elif _comes_first(vraag, klachten, feiten, lezing):
            plan["beslissend"].append(vraag)
        else:
            plan["verfijnend"].append(vraag)
    return Vragenplan(**{name: tuple(vragen) for name, vragen in plan.items()})


def deciding_questions(
    klachten: Collection[str], feiten: Feiten, lezing: Lezing = STANDAARD_LEZING
) -> tuple[Vraag, ...]:
    """Open questions to put before showing an outcome, in asking order (U4).

    Only questions whose answer can still change the outcome; none for avulsion and tooth injury,
    at most two for bleeding and six for pain.  ``"onbekend"`` is an answer, None is not.
    """
    return plan_questions(klachten, feiten, lezing).beslissend


def is_settled(
    klachten: Collection[str], feiten: Feiten, lezing: Lezing = STANDAARD_LEZING
) -> bool:
    """Whether no deciding question can change whom to call, before when, and whether to come.

    Only the advice may still grow: a card that says so need not wait for the answers.
    """
    changing = _changing_fields(klachten, feiten, lezing, without_advice=True)
    deciding = deciding_questions(klachten, feiten, lezing)
    return changing.isdisjoint(vraag.veld for vraag in deciding)


def _comes_first(vraag: Vraag, klachten: Collection[str], feiten: Feiten, lezing: Lezing) -> bool:
    # T-05: the scale is unreliable for young children, so there it never holds up an outcome.
    leeftijd = feiten.leeftijd_jaren
    is_young = leeftijd is not None and leeftijd < lezing.instellingen.jong_kind_tot_leeftijd
    if vraag.veld == "nrs" and is_young:
        return False
    return bool(vraag.vooraf_bij & set(klachten))


def _changing_fields(
    klachten: Collection[str],
    feiten: Feiten,
    lezing: Lezing,
    *,
    without_advice: bool = False,
) -> frozenset[str]:
    """Open fields that can still change the outcome, found by trying their answers."""
    feiten = clean(replace(feiten, klachten=tuple(klachten)))
    open_fields = {
        vraag.veld: values
        for vraag in VRAGEN
        if getattr(feiten, vraag.veld) is None
        and (values := _trial_values(vraag.veld, lezing.instellingen))
    }
    mild = replace(feiten, **{veld: values[0] for veld, values in open_fields.items()})
    # A painkiller not yet asked about may turn out to be taken: keep its details in the trial.
    taken = "pijnstilling_ingenomen" in open_fields
    possible = replace(mild, pijnstilling_ingenomen="ja") if taken else mild
    relevant = lezing.relevant_fields(possible)
    return frozenset().union(
        *(
            _changing_within(
                mild,
                {veld: open_fields[veld] for veld in open_fields if veld in groep & relevant},
                lezing,
                without_advice=without_advice,
            )
            for groep in _GROEPEN
        )
    )


def _changing_within(
    feiten: Feiten,
    answers: Mapping[str, tuple[Any, ...]],
    lezing: Lezing,
    *,
    without_advice: bool,
) -> set[str]:
    """Fields of one group for which two answers differ in outcome, for some answer to the rest."""
    velden = list(answers)
    outcomes = {
        combination: _core(replace(feiten, **dict(zip(velden, combination, strict=True))), lezing)[
            : -1 if without_advice else None
        ]
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


def _core(feiten: Feiten, lezing: Lezing) -> tuple[Any, ...]:
    """What the assistant would notice of a different outcome."""
    uitkomst = lezing.evaluate(feiten)
    return (
        uitkomst.contact_tandarts,
        uitkomst.urgentie,
        uitkomst.moet_gezien,
        uitkomst.zien_binnen_min,
        uitkomst.streef_zien_binnen_min,
        uitkomst.terugbel_timers,
        uitkomst.adviezen,  # the last, see `is_settled`
    )
