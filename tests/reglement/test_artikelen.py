"""The text of the rules: eleven articles that say what was filled in, and what differs."""

from itertools import product

import pytest

from reglement.inhoud.artikelen import build
from reglement.inhoud.nakijken import check_texts
from reglement.inhoud.tekst import Artikel
from reglement.inhoud.variabelen import VARIABELEN
from reglement.inhoud.verschil import Wat, compare_articles, compare_text, compare_values
from tests.reglement.test_variabelen import VOL

MET_BESTUUR = VOL | {"4.optie": "A", "4.variant": "II", "4.jaren_bestuur": 4}


def _text(waarden, teksten=None):
    return "\n".join(
        f"{lid.nummer} {lid.tekst}"
        for artikel in build(waarden, teksten or {})
        for lid in artikel.leden
    )


def test_there_are_eleven_articles_whatever_is_chosen():
    for optie, variant, meerderheid in product("AB", ("I", "II", None), "AB"):
        waarden = VOL | {"4.optie": optie, "4.variant": variant, "10.optie": meerderheid}
        found = build(waarden, {})
        assert [artikel.nummer for artikel in found] == [str(n) for n in range(1, 12)]
        assert all(artikel.leden for artikel in found)


def test_a_whole_reglement_names_every_value_and_has_no_open_place():
    waarden = MET_BESTUUR | {
        "10.optie": "B",
        "10.lijst": ["wijzigen"],
        "4.extra_taken": ["De {website} bijhouden."],
        "5.a": "Wie zwanger is, doet geen nachtdienst.",
    }
    text = _text(waarden)
    assert "[" not in text
    assert "{" not in text
    for var in VARIABELEN:
        head_or_choice = var.artikel == "0" or var.sleutel in {"4.optie", "4.variant", "10.optie"}
        if (
            not head_or_choice
            and var.sleutel != "4.extra_taken"
            and waarden.get(var.sleutel) not in (None, {"geen": True})
        ):
            assert var.in_words(waarden[var.sleutel]) in text, var.sleutel
    assert "4.2g De website bijhouden." in text
    assert "Een aparte nachtdienst is er niet." in text


def test_an_open_place_is_marked_with_what_belongs_there():
    leden = build({}, {})[7].leden
    deel = next(deel for lid in leden for deel in lid.delen if deel.is_open)
    assert (deel.sleutel, deel.tekst) == ("8.opzegmaanden", "[Opzegtermijn: minstens]")


def test_the_options_change_who_leads_and_who_appoints():
    assert "bestuur" not in _text(VOL).replace("het benoemen van een bestuur", "")
    assert "Het bestuur stelt op grond van feiten vast" in _text(MET_BESTUUR)
    assert "De deelnemers kiezen de coördinator" in _text(MET_BESTUUR)
    assert "Het bestuur wijst uit zijn midden" in _text(MET_BESTUUR | {"4.variant": "I"})


def test_an_own_text_takes_the_place_of_ours_and_survives_being_kept():
    artikel = build(VOL, {"8": "Stoppen mag.\n\n  Met  6 maanden. "})[7]
    assert artikel.is_eigen
    assert [lid.tekst for lid in artikel.leden] == ["Stoppen mag.", "Met 6 maanden."]
    kept = Artikel.from_record(artikel.as_record())
    assert kept == artikel
    assert Artikel.from_record(build(VOL, {})[3].as_record()).leden[0].tekst.startswith("De deel")


def test_a_changed_term_shows_in_its_variable_and_in_one_member_of_one_article():
    nieuw = VOL | {"8.opzegmaanden": 6}
    (waarde,) = compare_values(VOL, nieuw)
    assert (waarde.artikel, waarde.oud, waarde.nieuw) == ("8", "3 maanden", "6 maanden")
    (artikel,) = compare_articles(build(VOL, {}), build(nieuw, {}))
    (lid,) = [lid for lid in artikel.leden if lid.is_anders]
    assert artikel.nummer == "8"
    assert [(s.wat, s.tekst) for s in lid.stukken if s.wat is not Wat.GELIJK] == [
        (Wat.WEG, "3"),
        (Wat.NIEUW, "6"),
    ]


def test_a_text_can_be_read_back_from_its_differences():
    oud, nieuw = "De week is 3 dagen, niet meer.", "Een week is 7 dagen."
    stukken = compare_text(oud, nieuw)
    assert "".join(s.tekst for s in stukken if s.wat is not Wat.NIEUW) == oud
    assert "".join(s.tekst for s in stukken if s.wat is not Wat.WEG) == nieuw


def test_a_member_that_comes_and_one_that_goes_are_whole():
    (artikel,) = compare_articles(build(VOL, {}), build(VOL | {"5.a": "Zwanger: geen nacht."}, {}))
    assert [lid.stukken[0].wat for lid in artikel.leden if lid.is_anders] == [Wat.NIEUW]
    (artikel,) = compare_articles(build(MET_BESTUUR, {})[1:2], build(VOL, {})[1:2])
    (weg,) = [lid for lid in artikel.leden if lid.is_anders]
    assert (weg.stukken[0].wat, weg.stukken[0].tekst[:8]) == (Wat.WEG, "Bestuur:")


def test_the_same_version_has_no_differences():
    assert compare_values(VOL, dict(VOL)) == ()
    assert compare_articles(build(VOL, {}), build(dict(VOL), {})) == ()


@pytest.mark.parametrize("plek", ["[aantal]", "[ ]", "......", "____ maanden"])
def test_a_bracket_left_in_a_pasted_text_stops_adoption(plek):
    (gemis,) = check_texts(VOL, {"7": f"Je zegt op met {plek}."})
    assert (gemis.artikel, gemis.blokkeert) == ("7", True)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Opzeggen: minstens 3 maanden.", False),
        ("Opzeggen: minstens drie maanden.", False),
        ("Opzeggen: minstens 13 maanden.", True),
        ("Opzeggen: minstens zes maanden.", True),
    ],
)
def test_a_pasted_text_that_names_another_term_than_was_filled_in_is_pointed_at(text, wrong):
    found = check_texts(VOL, {"8": text})
    assert [gemis.blokkeert for gemis in found] == ([False] if wrong else [])


def test_an_empty_own_text_is_none():
    assert check_texts(VOL, {"8": "  \n"}) == []
    assert not build(VOL, {"8": "  \n"})[7].is_eigen
