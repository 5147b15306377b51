"""The questions: few before an outcome, and none that matters left out."""

import random
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from triage.protocol import (
    PATIENTVRAGEN,
    STANDAARD_LEZING,
    STANDAARD_REGELSET,
    VRAGEN,
    Feiten,
    Instellingen,
    Lezing,
    deciding_questions,
    drop_hidden,
    evaluate,
    is_settled,
    plan_questions,
    visible_questions,
)
from triage.protocol.feiten import KEUZES, KLACHTEN
from triage.protocol.vragen import _core, _trial_values

LEEG = Feiten(tijdstip=datetime(2026, 11, 24, 19, tzinfo=UTC), leeftijd_jaren=40)


def names(vragen: tuple[Any, ...]) -> list[str]:
    return [vraag.veld for vraag in vragen]


@pytest.mark.parametrize(
    ("klacht", "limit"), [("avulsie", 0), ("tandletsel", 0), ("nabloeding", 2), ("pijn", 6)]
)
@pytest.mark.parametrize("leeftijd", [None, 4, 15, 40])
def test_questions_before_an_outcome(klacht: str, limit: int, leeftijd: int | None) -> None:
    rng = random.Random(2)
    for _ in range(6):
        feiten = replace(LEEG, klachten=(klacht,), leeftijd_jaren=leeftijd)
        asked = 0
        while vragen := deciding_questions(feiten.klachten, feiten):
            veld = vragen[0].veld
            feiten = replace(feiten, **{veld: rng.choice(_trial_values(veld, Instellingen()))})
            asked += 1
        assert asked <= limit
        assert evaluate(feiten).is_judged


def test_pain_is_asked_in_a_fixed_order() -> None:
    assert names(deciding_questions(["pijn"], LEEG)) == [
        "koorts",
        "pijnstilling_ingenomen",
        "nrs",
        "eigen_tandarts_binnen_24u",
    ]


def test_painkiller_details_appear_after_yes() -> None:
    feiten = replace(LEEG, koorts="nee", pijnstilling_ingenomen="ja")
    assert "pijnstilling_verbetering" in names(deciding_questions(["pijn"], feiten))


def test_severe_pain_is_only_asked_for_a_young_child() -> None:
    assert "pijn_fors_of_acuut" not in names(visible_questions(["pijn"], LEEG))
    child = replace(LEEG, leeftijd_jaren=5)
    assert "pijn_fors_of_acuut" in names(deciding_questions(["pijn"], child))


def test_avulsion_is_refined_after_the_outcome() -> None:
    plan = plan_questions(["avulsie"], LEEG)
    assert names(plan.verfijnend) == ["avulsie_bewaard", "avulsie_element"]


def test_call_back_asks_for_improvement_first() -> None:
    feiten = replace(
        LEEG,
        koorts="nee",
        pijnstilling_ingenomen="nee",
        nrs=4,
        eigen_tandarts_binnen_24u="ja",
        herhaalcontact=True,
        minuten_sinds_eerste_contact=61,
        eerdere_uitkomst="pijn_advies",
    )
    assert names(deciding_questions(["pijn"], feiten)) == ["verbetering_sinds_advies"]


def test_danger_to_life_is_asked_first_where_a_kring_chose_so() -> None:
    local = Lezing(lokale_regels=frozenset({"L-01"}))
    for klacht in KLACHTEN:
        assert names(deciding_questions([klacht], LEEG, local))[0] == "direct_gevaar"
        assert "direct_gevaar" not in names(visible_questions([klacht], LEEG))
    safe = replace(LEEG, klachten=("avulsie",), direct_gevaar="nee")
    assert deciding_questions(["avulsie"], safe, local) == ()


def test_switching_complaint_forgets_the_old_answers() -> None:
    feiten = replace(LEEG, klachten=("pijn",), nrs=9, koorts="nee", pijnstilling_ingenomen="nee")
    assert "R-27" in evaluate(feiten).regel_ids
    switched = drop_hidden(replace(feiten, klachten=("ongemak",), oorzaak_ongeval=False))
    assert switched.nrs is None
    assert evaluate(switched).regel_ids == ("R-10",)


def test_rules_named_by_questions_exist() -> None:
    for vraag in (*VRAGEN, *PATIENTVRAGEN):
        assert set(vraag.regels) <= set(STANDAARD_REGELSET.per_id), vraag.veld


def test_bleeding_with_blood_thinners_is_settled_before_the_rest_is_asked() -> None:
    assert not is_settled(["nabloeding"], LEEG)
    thinners = replace(LEEG, klachten=("nabloeding",), antitrombotica="ja")
    assert names(deciding_questions(["nabloeding"], thinners)) == ["bloeding_ernst"]
    assert is_settled(["nabloeding"], thinners)


OPEN = {
    vraag.veld: st.sampled_from((None, *_trial_values(vraag.veld, Instellingen())))
    for vraag in VRAGEN
    if _trial_values(vraag.veld, Instellingen())
}


@settings(max_examples=25, deadline=None, database=None)
@given(
    st.fixed_dictionaries(OPEN),
    st.lists(st.sampled_from(KLACHTEN), min_size=1, max_size=2, unique=True),
    st.sampled_from([None, 4, 9, 15, 40]),
    st.booleans(),
    st.data(),
)
def test_a_question_set_free_changes_nothing(
    answers: dict[str, Any],
    klachten: list[str],
    leeftijd: int | None,
    herhaal: bool,
    data: st.DataObject,
) -> None:
    feiten = replace(
        LEEG,
        **answers,
        klachten=tuple(klachten),
        leeftijd_jaren=leeftijd,
        herhaalcontact=herhaal,
        minuten_sinds_eerste_contact=45,
    )
    free = [vraag for vraag in plan_questions(klachten, feiten).vrij if vraag.veld in OPEN]
    completed = replace(
        feiten,
        **{
            veld: data.draw(st.sampled_from(_trial_values(veld, Instellingen())))
            for veld in OPEN
            if getattr(feiten, veld) is None
        },
    )
    for vraag in free:
        values = KEUZES.get(vraag.veld) or _trial_values(vraag.veld, Instellingen())
        outcomes = {
            _core(replace(completed, **{vraag.veld: value}), STANDAARD_LEZING) for value in values
        }
        assert len(outcomes) == 1, vraag.veld


@settings(max_examples=50, deadline=None, database=None)
@given(
    st.fixed_dictionaries(OPEN),
    st.lists(st.sampled_from(KLACHTEN), min_size=1, max_size=2, unique=True),
    st.sampled_from([None, 4, 9, 15, 40]),
    st.data(),
)
def test_no_deciding_answer_changes_contact_or_term_once_it_is_settled(
    answers: dict[str, Any], klachten: list[str], leeftijd: int | None, data: st.DataObject
) -> None:
    feiten = replace(LEEG, **answers, klachten=tuple(klachten), leeftijd_jaren=leeftijd)
    if not is_settled(klachten, feiten):
        return
    deciding = deciding_questions(klachten, feiten)
    completed = replace(
        feiten,
        **{
            veld: data.draw(st.sampled_from(_trial_values(veld, Instellingen())))
            for veld in OPEN
            if getattr(feiten, veld) is None
        },
    )
    for vraag in deciding:
        outcomes = {
            _core(replace(completed, **{vraag.veld: value}), STANDAARD_LEZING)[:-1]
            for value in (None, *_trial_values(vraag.veld, Instellingen()))
        }
        assert len(outcomes) == 1, vraag.veld
