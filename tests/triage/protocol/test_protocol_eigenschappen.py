"""Properties that hold for every call and every allowed setting, not only for the worked ones.

``SPOED_VOORBEELDEN`` is the number of examples of all properties together (see docs/testen.md).
"""

import os
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from triage.protocol import (
    INSTELLINGEN,
    STANDAARD,
    STANDAARD_REGELSET,
    Contact,
    Feiten,
    Instellingen,
    Lezing,
    Uitkomst,
    Urgentie,
    evaluate,
)
from triage.protocol.feiten import DEFAULTS, GETALLEN, KEUZES, KLACHTEN
from triage.protocol.instellingen import VOLGORDE
from triage.protocol.zichtbaarheid import drop_hidden

AANTAL_EIGENSCHAPPEN = 16  # the one that matters most counts for three
modest = settings(
    max_examples=int(os.environ.get("SPOED_VOORBEELDEN", "1600")) // AANTAL_EIGENSCHAPPEN,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    database=None,
)

START = datetime(2026, 11, 20, 12, tzinfo=UTC)
ORDERED = {
    "twijfel": (False, True),
    "koorts": ("nee", "onbekend", "ja"),
    "antitrombotica": ("nee", "onbekend", "ja"),
    "bloeding_ernst": ("gering", "matig", "onbekend", "ernstig"),
    "nrs": (0, 1, 4, 6, 7, 8, 9, 10),
    "leeftijd_jaren": (90, 40, 21, 18, 17, 12, 11, 6, 5, 1, 0),
    "pijn_fors_of_acuut": (False, True),
}


def _setting(naam: str) -> st.SearchStrategy[Any]:
    item = INSTELLINGEN[naam]
    if item.soort == "ja_nee":
        return st.booleans()
    if item.soort == "keuze":
        return st.sampled_from(sorted(item.keuzes))
    numbers = st.sampled_from([item.laagste, item.standaard, item.hoogste])
    numbers |= st.integers(item.laagste, item.hoogste)
    return numbers | st.none() if item.leeg else numbers


def _in_order(values: dict[str, Any]) -> Instellingen:
    for low, high in VOLGORDE:
        values[low], values[high] = sorted((values[low], values[high]))
        assume(values[low] >= INSTELLINGEN[low].laagste)
        assume(values[high] <= INSTELLINGEN[high].hoogste)
    return Instellingen(**values)


# The shipped settings for a third of the examples, any allowed ones for the rest.
SETTINGS = st.just(STANDAARD) | st.fixed_dictionaries(
    {naam: _setting(naam) for naam in INSTELLINGEN}
).map(_in_order)
READINGS = st.builds(
    Lezing,
    instellingen=SETTINGS,
    lokale_regels=st.sampled_from([frozenset(), frozenset({"L-01"})]),
)


def _answer(name: str) -> st.SearchStrategy[Any]:
    if name in KEUZES:
        return st.sampled_from((None, *KEUZES[name]))
    if name in GETALLEN:
        low, high = GETALLEN[name]
        return st.none() | st.integers(low, high or 200)
    if isinstance(DEFAULTS[name], bool):
        return st.booleans()
    return st.none() | st.booleans()


ANSWERS = {
    name: _answer(name)
    for name in (
        *KEUZES,
        *GETALLEN,
        "oorzaak_ongeval",
        "pijn_fors_of_acuut",
        "twijfel",
        "herhaalcontact",
        "begeleiding_nodig",
        "passant",
    )
}
FACTS = st.fixed_dictionaries(
    {
        **ANSWERS,
        "tijdstip": st.integers(0, 60 * 24 * 14).map(lambda n: START + timedelta(minutes=n)),
        # Mostly one: many complaints at once drown what a single answer does.
        "klachten": st.sampled_from(KLACHTEN).map(lambda klacht: (klacht,))
        | st.lists(st.sampled_from(KLACHTEN), min_size=1, max_size=4, unique=True).map(tuple),
        "agressie": st.sampled_from(("geen", "onaangepast", "dreigend")),
        "eerdere_uitkomst": st.sampled_from((None, "pijn_advies", "nabloeding_advies", "anders")),
        "beller": st.sampled_from(("patient", "ander")),
    }
).map(lambda values: Feiten(**values))


def is_at_least_as_strict(new: Uitkomst, old: Uitkomst) -> bool:
    weights = list(Contact)
    if weights.index(new.contact_tandarts) > weights.index(old.contact_tandarts):
        return False
    if old.zien_binnen_min is None:
        return True
    return new.zien_binnen_min is not None and new.zien_binnen_min <= old.zien_binnen_min


@modest
@given(FACTS, READINGS)
def test_every_complaint_is_judged(feiten: Feiten, lezing: Lezing) -> None:
    uitkomst = lezing.evaluate(feiten)
    assert uitkomst.is_judged
    assert uitkomst.contact_verplicht == (uitkomst.contact_tandarts is Contact.VERPLICHT)
    assert (uitkomst.zien_binnen_min is None) == (uitkomst.termijn_zekerheid is None)
    if uitkomst.contact_verplicht:
        assert uitkomst.terugbel_timers == ()
        assert uitkomst.urgentie not in (Urgentie.ADVIES_MET_TERUGBELMOMENT, Urgentie.NIET_SPOED)
    else:
        assert uitkomst.zien_binnen_min is None


@modest
@given(FACTS, READINGS)
def test_every_term_stays_within_the_guideline(feiten: Feiten, lezing: Lezing) -> None:
    uitkomst = lezing.evaluate(feiten)
    assert all(0 <= timer <= 60 for timer in uitkomst.terugbel_timers)
    if uitkomst.zien_binnen_min is not None:
        assert 0 <= uitkomst.zien_binnen_min <= 1440


@settings(modest, max_examples=3 * modest.max_examples)
@given(FACTS, READINGS)
def test_more_worry_never_means_less_care(feiten: Feiten, lezing: Lezing) -> None:
    """Along the whole scale of every question that this call asks."""
    for name in lezing.relevant_fields(feiten) & set(ORDERED):
        outcomes = [lezing.evaluate(replace(feiten, **{name: step})) for step in ORDERED[name]]
        for (low, milder), (high, graver) in pairwise(zip(ORDERED[name], outcomes, strict=True)):
            assert is_at_least_as_strict(graver, milder), (name, low, high)


@modest
@given(FACTS, READINGS, st.sampled_from(KLACHTEN))
def test_one_more_complaint_never_means_less_care(
    feiten: Feiten, lezing: Lezing, klacht: str
) -> None:
    more = replace(feiten, klachten=(*feiten.klachten, klacht))
    assert is_at_least_as_strict(lezing.evaluate(more), lezing.evaluate(feiten))


@modest
@given(FACTS, SETTINGS)
def test_a_local_rule_never_means_less_care(feiten: Feiten, instellingen: Instellingen) -> None:
    without = evaluate(feiten, instellingen)
    assert is_at_least_as_strict(evaluate(feiten, instellingen, lokale_regels={"L-01"}), without)


@modest
@given(FACTS, READINGS, st.randoms(use_true_random=False))
def test_order_of_complaints_has_no_meaning(feiten: Feiten, lezing: Lezing, random: Any) -> None:
    shuffled = list(feiten.klachten)
    random.shuffle(shuffled)
    again = lezing.evaluate(replace(feiten, klachten=tuple(shuffled)))
    assert again == lezing.evaluate(feiten)


ACHTERSTEVOREN = replace(
    STANDAARD_REGELSET,
    regels=tuple(reversed(STANDAARD_REGELSET.regels)),
    lokaal=tuple(reversed(STANDAARD_REGELSET.lokaal)),
)
# The same rules without the shortcut that skips those of other complaints.
ONVERKORT = replace(
    STANDAARD_REGELSET,
    regels=tuple(replace(regel, klachten=None) for regel in STANDAARD_REGELSET.regels),
)


@modest
@given(FACTS, READINGS)
def test_order_of_rules_has_no_meaning(feiten: Feiten, lezing: Lezing) -> None:
    turned = replace(lezing, regelset=ACHTERSTEVOREN)
    assert turned.evaluate(feiten) == lezing.evaluate(feiten)


@modest
@given(FACTS, READINGS)
def test_skipping_the_rules_of_other_complaints_changes_nothing(
    feiten: Feiten, lezing: Lezing
) -> None:
    whole = replace(lezing, regelset=ONVERKORT)
    assert whole.evaluate(feiten) == lezing.evaluate(feiten)


@modest
@given(
    FACTS,
    READINGS,
    st.sampled_from([*KEUZES, *GETALLEN]),
    st.sampled_from(["misschien", "", "\x00", -1, 9999, 3.5, True, [], {}]),
)
def test_invalid_answer_counts_as_not_filled_in(
    feiten: Feiten, lezing: Lezing, name: str, junk: Any
) -> None:
    assume(not (junk == 9999 and name in GETALLEN and GETALLEN[name][1] is None))
    empty = lezing.evaluate(replace(feiten, **{name: None}))
    assert lezing.evaluate(replace(feiten, **{name: junk})) == empty
    # So a mistake never hides the advice of the complaint.
    assert empty.is_judged


@modest
@given(FACTS, READINGS, st.sampled_from(["naam", "adres", "telefoon", "bsn"]), st.text(max_size=20))
def test_registration_never_touches_the_outcome(
    feiten: Feiten, lezing: Lezing, name: str, text: str
) -> None:
    assert lezing.evaluate(replace(feiten, **{name: text})) == lezing.evaluate(feiten)


@modest
@given(FACTS, READINGS, st.data())
def test_hidden_answers_have_no_say(feiten: Feiten, lezing: Lezing, data: st.DataObject) -> None:
    hidden = sorted(set(ANSWERS) - lezing.relevant_fields(feiten))
    assume(hidden)
    name = data.draw(st.sampled_from(hidden))
    changed = replace(feiten, **{name: data.draw(ANSWERS[name])})
    assert lezing.evaluate(changed) == lezing.evaluate(feiten)
    dropped = drop_hidden(changed, lezing.instellingen, lezing.lokale_regels)
    assert getattr(dropped, name) == DEFAULTS[name]


@modest
@given(FACTS)
def test_facts_survive_storage(feiten: Feiten) -> None:
    assert Feiten.from_mapping(feiten.as_record()) == feiten
    assert set(feiten.as_record()) == {item.name for item in fields(Feiten)}


@modest
@given(SETTINGS)
def test_settings_survive_storage(instellingen: Instellingen) -> None:
    assert Instellingen.from_mapping(instellingen.as_record()) == instellingen


@modest
@given(FACTS, READINGS)
def test_unknown_on_a_deciding_question_is_doubt(feiten: Feiten, lezing: Lezing) -> None:
    assume({"pijn", "dikke_wang", "slikklachten"} & set(feiten.klachten))
    assume(lezing.instellingen.onbekend_is_twijfel)
    for unknown in ("onbekend", None):
        assert lezing.evaluate(replace(feiten, koorts=unknown)).contact_verplicht
