"""Points: too light costs most, too heavy a little, and a question that mattered is named."""

from dataclasses import replace

import pytest

from oefening import score
from oefening.score import Keuze
from tests.oefening.test_casussen import ask_everything, right_choice


@pytest.fixture
def pijn(casus):
    """Pain, number 4, nothing taken yet: advice, and a call back after 60 minutes."""
    return casus("Kiespijn, cijfer 4").feiten


@pytest.fixture
def dikke_wang(casus):
    """Swelling with fever: the dentist, who sets the term."""
    return casus("Dikke wang met koorts").feiten


def part(uitslag, naam):
    found = next(deel for deel in uitslag.delen if deel.naam == naam)
    return found.punten, found.oordeel


@pytest.mark.parametrize(
    ("contact", "expected"),
    [("niet_nodig", (4, "goed")), ("aanbevolen", (2, "te_zwaar")), ("verplicht", (2, "te_zwaar"))],
)
def test_calling_without_need_costs_half(pijn, contact, expected):
    keuze = replace(right_choice(pijn), contact=contact)
    assert part(score.judge(pijn, ask_everything(pijn), keuze), "contact") == expected


@pytest.mark.parametrize("contact", ["aanbevolen", "niet_nodig"])
def test_not_calling_when_it_is_due_costs_everything(dikke_wang, contact):
    keuze = replace(right_choice(dikke_wang), contact=contact)
    uitslag = score.judge(dikke_wang, ask_everything(dikke_wang), keuze)
    assert part(uitslag, "contact") == (0, "te_licht")


@pytest.mark.parametrize(
    ("termijn", "minuten", "expected"),
    [
        ("advies_met_terugbelmoment", 60, (3, "goed")),
        ("advies_met_terugbelmoment", 55, (3, "goed")),
        ("advies_met_terugbelmoment", 54, (2, "deels")),
        ("advies_met_terugbelmoment", None, (2, "deels")),
        ("binnen_60_min", None, (1, "te_zwaar")),
        ("niet_spoed", None, (0, "te_licht")),
    ],
)
def test_the_term(pijn, termijn, minuten, expected):
    keuze = replace(right_choice(pijn), termijn=termijn, minuten=minuten)
    assert part(score.judge(pijn, ask_everything(pijn), keuze), "termijn") == expected


def test_the_advice(pijn):
    right = right_choice(pijn)
    gevraagd = ask_everything(pijn)
    one_less = replace(right, adviezen=frozenset(sorted(right.adviezen)[1:]))
    assert part(score.judge(pijn, gevraagd, one_less), "advies") == (1, "deels")
    nothing = replace(right, adviezen=frozenset())
    assert part(score.judge(pijn, gevraagd, nothing), "advies") == (0, "fout")


def test_as_soon_as_possible_is_within_the_hour(casus):
    feiten = casus("Kleuter met hevige pijn").feiten
    keuze = Keuze("verplicht", "binnen_60_min", None, frozenset())
    assert part(score.judge(feiten, [], keuze), "termijn") == (3, "goed")


def test_a_question_that_could_have_changed_the_outcome_is_named(pijn):
    gevraagd = [veld for veld in ask_everything(pijn) if veld != "koorts"]
    uitslag = score.judge(pijn, gevraagd, right_choice(pijn))
    assert [vraag.veld for vraag in uitslag.zwaar] == ["koorts"]
    assert part(uitslag, "vragen") == (0, "fout")
    assert uitslag.punten == 9


def test_a_question_that_changes_nothing_is_not_missed(pijn):
    gevraagd = [v for v in ask_everything(pijn) if v not in ("aandoeningen", "verloop")]
    assert score.judge(pijn, gevraagd, right_choice(pijn)).punten == 10


def test_the_age_is_missed_where_it_decides(pijn, casus):
    """A child with the same pain is the dentist's to judge (R-24)."""
    gevraagd = [veld for veld in ask_everything(pijn) if veld != "leeftijd_jaren"]
    assert [v.veld for v in score.judge(pijn, gevraagd, right_choice(pijn)).zwaar] == [
        "leeftijd_jaren"
    ]
    letsel = casus("Voortand staat scheef").feiten
    gevraagd = [veld for veld in ask_everything(letsel) if veld != "leeftijd_jaren"]
    assert not score.judge(letsel, gevraagd, right_choice(letsel)).zwaar
