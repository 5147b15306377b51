"""The readings: complete, explained, and stored without loss."""

from dataclasses import fields

import pytest

from reglement.besluitvorming import (
    Betrokkene,
    Doorslag,
    Regel,
    Stem,
    Stemmen,
    Uitkomst,
    Zitting,
    other_readings,
    secrecy_warning,
    turning_points,
)
from reglement.lezing import (
    LEESPUNT,
    LEESPUNTEN,
    STANDAARD,
    Helft,
    Lezing,
    LezingFout,
    Telwijze,
)


def test_every_field_has_a_place_with_its_default_first():
    assert {field.name for field in fields(Lezing)} - {"extra_feestdagen"} == set(LEESPUNT)
    for punt in LEESPUNTEN:
        assert punt.standaard == getattr(STANDAARD, punt.veld)
        assert punt.choice(STANDAARD) is punt.keuzes[0]
        assert punt.vraag.endswith("?")
        assert len(punt.keuzes) >= 2
        assert all(keuze.label and keuze.uitleg for keuze in punt.keuzes)
    assert len({punt.sleutel for punt in LEESPUNTEN}) == len(LEESPUNTEN)


def test_every_single_other_reading_survives_storage(day):
    for punt in LEESPUNTEN:
        for keuze, other in punt.others(STANDAARD):
            assert other != STANDAARD
            assert punt.parse(keuze.tekst) == keuze.waarde
            assert Lezing.from_dict(other.to_dict()) == other
    own = Lezing(extra_feestdagen=(day("2027-05-07"),))
    assert own.to_dict()["extra_feestdagen"] == ["2027-05-07"]
    assert Lezing.from_dict(own.to_dict()) == own
    assert Lezing.from_dict({}) == STANDAARD


@pytest.mark.parametrize(
    "record",
    [
        {"helft": "letterlijk"},
        {"helft_plus_een": "ongeveer"},
        {"helft_plus_een": None},
        {"volmacht": "misschien"},
        {"volmacht": 1.5},
        {"extra_feestdagen": ["5 mei"]},
        {"extra_feestdagen": None},
        {"telwijze": ["vrije_dagen"]},
    ],
)
def test_what_is_not_known_is_refused(record):
    with pytest.raises(LezingFout):
        Lezing.from_dict(record)


def test_yes_and_no_are_read_as_words_too():
    assert Lezing.from_dict({"volmacht": "ja", "betrokkene_stemt": False}) == Lezing(
        volmacht=True, betrokkene_stemt=False
    )


def test_a_result_names_the_reading_that_would_have_turned_it():
    found = other_readings(
        leden=9,
        aanwezig=7,
        zitting=Zitting.EERSTE,
        regel=Regel.GEWOON,
        stemmen=Stemmen(4, 3),
    )
    assert [(one.leespunt.veld, one.uitslag.uitkomst) for one in found] == [
        ("helft_plus_een", Uitkomst.VERWORPEN)
    ]
    assert "A-1" in found[0].uitleg


def test_the_subject_and_the_opening_are_weighed_too():
    vote = {"leden": 9, "zitting": Zitting.EERSTE, "regel": Regel.ROYEMENT}
    flip = other_readings(
        aanwezig=8, stemmen=Stemmen(5, 2, 1), betrokkene=Betrokkene(True, Stem.TEGEN), **vote
    )
    assert [one.leespunt.nummer for one in flip] == ["A-5"]
    late = other_readings(aanwezig=5, bij_opening=6, stemmen=Stemmen(5), **vote)
    assert [one.leespunt.nummer for one in late] == ["A-7"]
    own = other_readings(
        aanwezig=6,
        stemmen=Stemmen(3, 3),
        doorslag=Doorslag(Stem.VOOR, eigen_belang=True, stem_plaatsvervanger=Stem.TEGEN),
        **{**vote, "regel": Regel.GEWOON},
    )
    assert {one.keuze.tekst for one in own} == {"houder"}


def test_a_clear_result_has_no_other():
    vote = {"leden": 9, "aanwezig": 9, "zitting": Zitting.EERSTE, "regel": Regel.GEWOON}
    assert other_readings(stemmen=Stemmen(9), **vote) == []


def test_the_warning_before_a_vote_gives_an_example():
    points = turning_points(leden=9, aanwezig=7, zitting=Zitting.EERSTE, regel=Regel.GEWOON)
    assert [point.leespunt.veld for point in points] == [
        "helft_plus_een",
        "gewone_grondslag",
        "gewone_grondslag",
    ]
    for point in points:
        assert point.nu.uitkomst is not point.dan.uitkomst
        assert point.voorbeeld.totaal <= 7
    even = turning_points(leden=8, aanwezig=8, zitting=Zitting.EERSTE, regel=Regel.ROYEMENT)
    assert even == []


def test_a_quorum_that_hangs_on_the_reading_is_told_before_the_vote():
    points = turning_points(leden=9, aanwezig=5, zitting=Zitting.TWEEDE, regel=Regel.ROYEMENT)
    assert [point.keuze.waarde for point in points] == [Helft.LETTERLIJK]
    assert points[0].uitleg.startswith("Er kan nu wel gestemd worden")


def test_the_warning_knows_subject_opening_and_interest():
    points = turning_points(
        leden=9,
        aanwezig=6,
        zitting=Zitting.EERSTE,
        regel=Regel.GEWOON,
        bij_opening=5,
        betrokkene_aanwezig=True,
        eigen_belang=True,
    )
    assert {"A-5", "A-6", "A-7"} <= {point.leespunt.nummer for point in points}


@pytest.mark.parametrize(
    ("kiezers", "stemmen", "codes"),
    [
        (12, None, []),
        (4, None, ["weinig"]),
        (1, Stemmen(1), ["een"]),
        (12, Stemmen(12), ["eenstemmig"]),
        (12, Stemmen(0, 0, 12), ["eenstemmig"]),
        (12, Stemmen(11, 1), ["op_een_na"]),
        (12, Stemmen(10, 2), []),
        (3, Stemmen(2, 1), ["weinig", "op_een_na"]),
        (12, Stemmen(), []),
    ],
)
def test_what_the_numbers_give_away(kiezers, stemmen, codes):
    assert [one.code for one in secrecy_warning(kiezers, stemmen)] == codes


def test_other_readings_leave_the_terms_alone():
    clear = Lezing(telwijze=Telwijze.VRIJE_DAGEN)
    vote = {"leden": 9, "aanwezig": 7, "zitting": Zitting.EERSTE, "regel": Regel.GEWOON}
    assert len(other_readings(stemmen=Stemmen(4, 3), lezing=clear, **vote)) == 1
