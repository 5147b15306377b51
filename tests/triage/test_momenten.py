"""When the first outcome stood, and since when the dentist had to be called (U14)."""

import pytest

from kern.tijd import db_now
from triage import actions

ONGEMAK = {"klachten": ["ongemak"], "oorzaak_ongeval": False}
PIJN = {
    "koorts": "nee",
    "pijnstilling_ingenomen": "nee",
    "nrs": 4,
    "eigen_tandarts_binnen_24u": "ja",
    "leeftijd_jaren": 40,
}

pytestmark = pytest.mark.django_db


@pytest.fixture
def answer(by):
    def save(oproep, **antwoorden):
        return actions.save_antwoorden(
            oproep, antwoorden=antwoorden, omschrijving="", versie=None, by=by
        )

    return save


def test_without_a_complaint_there_is_no_first_outcome(oproep, answer):
    answer(oproep, opname_gemeld=True)
    oproep.refresh_from_db()
    assert (oproep.uitkomst_op, oproep.verplicht_op) == (None, None)


def test_the_first_outcome_stays_the_first(oproep, answer):
    before = db_now()
    answer(oproep, **ONGEMAK)
    first = oproep.uitkomst_op
    assert before <= first <= db_now()
    answer(oproep, klachten=["avulsie"])
    oproep.refresh_from_db()
    assert oproep.uitkomst_op == first
    assert first < oproep.verplicht_op <= db_now()


def test_the_obligation_counts_from_its_first_moment(oproep, answer):
    answer(oproep, klachten=["avulsie"])
    since = oproep.verplicht_op
    answer(oproep, klachten=["avulsie"], avulsie_bewaard="melk")
    oproep.refresh_from_db()
    assert oproep.verplicht_op == since


def test_a_complaint_by_mistake_leaves_no_obligation(oproep, answer):
    answer(oproep, klachten=["avulsie"])
    answer(oproep, **ONGEMAK)
    oproep.refresh_from_db()
    assert oproep.verplicht_op is None
    assert oproep.uitkomst_op is not None


def test_an_outcome_that_questions_can_still_change_does_not_count(oproep, answer):
    """Until the fever is known the screen says "nog 4 vragen", not "call the dentist"."""
    answer(oproep, klachten=["pijn"])
    oproep.refresh_from_db()
    assert oproep.contact == "verplicht"  # unknown is doubt
    assert (oproep.uitkomst_op, oproep.verplicht_op) == (None, None)
    answer(oproep, klachten=["pijn"], **PIJN)
    oproep.refresh_from_db()
    assert oproep.contact == "niet_nodig"
    assert oproep.uitkomst_op is not None
    assert oproep.verplicht_op is None
