"""The announcements: right number, right days, and no day that is over."""

from datetime import date

import pytest

from bereikbaarheid.models import Sluiting
from bereikbaarheid.teksten import closed, make_teksten, spoken
from kring.models import Deelnemer, Kring

KRING = Kring(naam="Kring Vecht", spoednummer="+31302345678", plaats="Utrecht")
PRAKTIJK = Deelnemer(naam="Praktijk De Brug", plaats="Breukelen", telefoon="+31346123456")


def teksten(*sluitingen):
    return make_teksten(KRING, PRAKTIJK, "maandag tot en met vrijdag", list(sluitingen))


@pytest.mark.parametrize("soort", ["deur", "website"])
def test_the_number_is_the_emergency_number(soort):
    text = getattr(teksten(), soort)
    assert "030-2345678" in text


def test_the_machine_says_the_number_twice_and_slowly():
    text = teksten().antwoordapparaat
    assert text.count("0 3 0, 2 3 4, 5 6, 7 8") == 2
    assert "Praktijk De Brug in Breukelen" in text
    assert "bel dan 1 1 2" in text


def test_the_website_also_gives_the_number_of_the_practice_itself():
    assert "0346-123456" in teksten().website


def test_without_closings_there_is_no_sentence_about_them():
    words = teksten()
    for text in (words.antwoordapparaat, words.deur, words.website):
        assert "Extra gesloten" not in text
        assert "%" not in text


def test_closings_are_told_everywhere():
    words = teksten(
        Sluiting(van=date(2026, 12, 24), tot=date(2027, 1, 1), reden="vakantie"),
        Sluiting(van=date(2027, 5, 5), tot=date(2027, 5, 5)),
    )
    said = "24 december 2026 tot en met 1 januari 2027 (vakantie); 5 mei 2027"
    for text in (words.antwoordapparaat, words.deur, words.website):
        assert f"Extra gesloten: {said}." in text


@pytest.mark.parametrize(
    ("nummer", "gesproken"),
    [
        ("030-2345678", "0 3 0, 2 3 4, 5 6, 7 8"),
        ("0346-123456", "0 3 4 6, 1 2, 3 4, 5 6"),
        ("06-12345678", "0 6, 1 2, 3 4, 5 6, 7 8"),
        ("0900-1515", "0 9 0 0, 1 5 1 5"),
    ],
)
def test_numbers_as_they_are_spoken(nummer, gesproken):
    assert spoken(nummer) == gesproken


def test_a_closing_of_one_day():
    assert closed(Sluiting(van=date(2027, 5, 5), tot=date(2027, 5, 5))) == "5 mei 2027"
