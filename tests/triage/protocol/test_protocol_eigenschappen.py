"""Properties that hold for every call, not only for the worked ones."""

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from triage.protocol import Contact, Feiten, Instellingen, Uitkomst, Urgentie, evaluate
from triage.protocol.feiten import DEFAULTS, GETALLEN, KEUZES, KLACHTEN
from triage.protocol.zichtbaarheid import drop_hidden, relevant_fields

modest = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
)

START = datetime(2026, 11, 20, 12, tzinfo=UTC)
ORDERED = {
    "twijfel": (False, True),
    "koorts": ("nee", "onbekend", "ja"),
    "antitrombotica": ("nee", "onbekend", "ja"),
    "bloeding_ernst": ("gering", "matig", "onbekend", "ernstig"),
    "nrs": tuple(range(11)),
    "leeftijd_jaren": tuple(range(90, -1, -1)),
    "pijn_fors_of_acuut": (False, True),
}
SETTINGS = st.sampled_from(
    [
        Instellingen(),
        Instellingen(pijn_24u_regel="kader_of"),
        Instellingen(kind_regel="schema", nrs_overleg_aanbevolen_vanaf=None),
        Instellingen(onbekend_is_twijfel=False, zwelling_zonder_koorts="aanbevolen"),
        Instellingen(klok_start_nabloeding="dit_contact", nabloeding_zien_binnen_min=30),
    ]
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
        "klachten": st.lists(st.sampled_from(KLACHTEN), min_size=1, unique=True).map(tuple),
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
@given(FACTS, SETTINGS)
def test_every_complaint_is_judged(feiten: Feiten, instellingen: Instellingen) -> None:
    uitkomst = evaluate(feiten, instellingen)
    assert uitkomst.is_judged
    assert uitkomst.contact_verplicht == (uitkomst.contact_tandarts is Contact.VERPLICHT)
    if uitkomst.contact_verplicht:
        assert uitkomst.terugbel_timers == ()
        assert uitkomst.urgentie not in (Urgentie.ADVIES_MET_TERUGBELMOMENT, Urgentie.NIET_SPOED)
    else:
        assert uitkomst.zien_binnen_min is None


@settings(modest, max_examples=250)
@given(FACTS, SETTINGS, st.sampled_from(sorted(ORDERED)), st.data())
def test_more_worry_never_means_less_care(
    feiten: Feiten, instellingen: Instellingen, name: str, data: st.DataObject
) -> None:
    scale = ORDERED[name]
    low = data.draw(st.integers(0, len(scale) - 2))
    high = data.draw(st.integers(low + 1, len(scale) - 1))
    milder = evaluate(replace(feiten, **{name: scale[low]}), instellingen)
    graver = evaluate(replace(feiten, **{name: scale[high]}), instellingen)
    assert is_at_least_as_strict(graver, milder)


@modest
@given(FACTS, st.sampled_from(KLACHTEN))
def test_one_more_complaint_never_lowers_contact(feiten: Feiten, klacht: str) -> None:
    more = replace(feiten, klachten=(*feiten.klachten, klacht))
    new, old = evaluate(more), evaluate(feiten)
    # With pain R-24 replaces R-12 for a child; both need contact, pain the heavier one.
    assert list(Contact).index(new.contact_tandarts) <= list(Contact).index(old.contact_tandarts)


@modest
@given(FACTS, SETTINGS, st.randoms(use_true_random=False))
def test_order_of_complaints_has_no_meaning(
    feiten: Feiten, instellingen: Instellingen, random: Any
) -> None:
    shuffled = list(feiten.klachten)
    random.shuffle(shuffled)
    again = evaluate(replace(feiten, klachten=tuple(shuffled)), instellingen)
    assert again == evaluate(feiten, instellingen)


@modest
@given(
    FACTS,
    st.sampled_from([*KEUZES, *GETALLEN]),
    st.sampled_from(["misschien", "", "\x00", -1, 9999, 3.5, True, [], {}]),
)
def test_invalid_answer_counts_as_not_filled_in(feiten: Feiten, name: str, junk: Any) -> None:
    assume(not (junk == 9999 and name in GETALLEN and GETALLEN[name][1] is None))
    assert evaluate(replace(feiten, **{name: junk})) == evaluate(replace(feiten, **{name: None}))


@modest
@given(FACTS, st.sampled_from(["naam", "adres", "telefoon", "bsn"]), st.text(max_size=20))
def test_registration_never_touches_the_outcome(feiten: Feiten, name: str, text: str) -> None:
    assert evaluate(replace(feiten, **{name: text})) == evaluate(feiten)


@modest
@given(FACTS, st.data())
def test_hidden_answers_have_no_say(feiten: Feiten, data: st.DataObject) -> None:
    hidden = sorted(set(ANSWERS) - relevant_fields(feiten.klachten, feiten))
    assume(hidden)
    name = data.draw(st.sampled_from(hidden))
    changed = replace(feiten, **{name: data.draw(ANSWERS[name])})
    assert evaluate(changed) == evaluate(feiten)
    assert getattr(drop_hidden(changed), name) == DEFAULTS[name]


@modest
@given(FACTS)
def test_facts_survive_storage(feiten: Feiten) -> None:
    assert Feiten.from_mapping(feiten.as_record()) == feiten
    assert set(feiten.as_record()) == {item.name for item in fields(Feiten)}


@modest
@given(FACTS)
def test_unknown_on_a_deciding_question_is_doubt(feiten: Feiten) -> None:
    assume({"pijn", "dikke_wang", "slikklachten"} & set(feiten.klachten))
    for unknown in ("onbekend", None):
        assert evaluate(replace(feiten, koorts=unknown)).contact_verplicht
