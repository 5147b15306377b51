"""The cases come from the tables of the product, and every one can be told and played."""

import json

import pytest

from oefening import casussen, gesprek, score, teksten
from oefening.casussen import Eerder
from oefening.forms import KeuzeForm
from oefening.score import Keuze, right_term
from triage import protocol_teksten
from triage.protocol import STANDAARD_REGELSET, Feiten, Tabel

CASES = casussen.cases()


def right_choice(feiten) -> Keuze:
    """Return the decision that follows the protocol to the letter."""
    uitkomst = casussen.right_outcome(feiten)
    return Keuze(
        uitkomst.contact_tandarts.value,
        right_term(uitkomst).value,
        uitkomst.terugbel_minuten,
        frozenset(uitkomst.adviezen),
    )


def ask_everything(feiten) -> list[str]:
    gevraagd: list[str] = []
    while True:
        bekend = gesprek.known(feiten, feiten.klachten, gevraagd)
        new = [v.veld for v in gesprek.askable(bekend) if v.veld not in gevraagd]
        if not new:
            return gevraagd
        gevraagd += new


def test_there_are_enough_cases_over_every_subject():
    assert len(CASES) >= 20
    assert len({case.sleutel for case in CASES}) == len(CASES)
    assert set(casussen.tables_with_cases()) >= set(Tabel) - {Tabel.RANDVOORWAARDEN}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.sleutel)
def test_who_asks_everything_and_follows_the_protocol_has_all_points(case):
    gevraagd = ask_everything(case.feiten)
    uitslag = score.judge(case.feiten, gevraagd, right_choice(case.feiten))
    assert uitslag.punten == 10
    assert not uitslag.zwaar
    assert not uitslag.licht


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.sleutel)
def test_every_case_has_a_story_and_an_answer_to_each_question(case):
    said = gesprek.story(case.feiten, case.sleutel)
    assert said
    assert all(said)
    for veld in ask_everything(case.feiten):
        answer = gesprek.reply(case.feiten, veld)
        assert answer
        assert "{" not in answer
    # A title names the point of the case: never before it was handed in.
    assert case.titel not in " ".join([*said, *gesprek.noticed(case.feiten)])


def test_every_advice_can_be_chosen():
    offered = {key for group in teksten.ADVIEZEN.values() for key in group}
    assert offered == {key for regel in STANDAARD_REGELSET.regels for key in regel.adviezen}
    choices = {key for field in KeuzeForm().adviesgroepen for key, _label in field.field.choices}
    assert choices == offered


def test_every_complaint_has_an_opening():
    assert set(teksten.OPENING) == set(protocol_teksten.KLACHTEN)


def test_first_what_is_new_then_what_went_worst():
    done = {case.sleutel: Eerder(1, 8) for case in CASES[1:]}
    assert casussen.choose(done, zaad=1) == CASES[0]
    done[CASES[0].sleutel] = Eerder(1, 9)
    done[CASES[3].sleutel] = Eerder(1, 2)
    assert casussen.choose(done, zaad=1) == CASES[3]


def test_everybody_has_an_order_of_their_own():
    first = {casussen.choose({}, zaad=person).sleutel for person in range(30)}
    assert len(first) > 5


def test_one_table_can_be_chosen():
    found = casussen.choose({}, zaad=1, tabel="bloeding")
    assert found.tabel == Tabel.BLOEDING
    with pytest.raises(LookupError):
        casussen.choose({}, zaad=1, tabel="bestaat niet")


def test_the_table_of_the_training_says_what_the_protocol_says():
    book = json.loads((casussen.MAP / "oefening.json").read_text(encoding="utf-8"))
    for row in book["triage"]:
        feiten = Feiten.from_mapping({**book["basis"], **row["verschil_met_basis"]})
        uitkomst = casussen.right_outcome(feiten)
        found = {**uitkomst.as_record(), "regels": list(uitkomst.regel_ids)}
        assert {key: found[key] for key in row["verwacht"]} == row["verwacht"], row["id"]
