"""The teeth: numbers, surfaces, lines, words, and the picture of them."""

import re
from xml.etree import ElementTree

import pytest

from verslag import gebit, gebitkaart

REGEL = {
    "element": "36",
    "vlakken": "MO",
    "bevinding": "diepe_caries",
    "behandeling": "noodvulling",
}


def line(element, **changes) -> dict:
    return {"element": element, "vlakken": "", "bevinding": "", "behandeling": ""} | changes


def test_the_numbers_are_those_of_the_fdi():
    assert len(gebit.BLIJVEND) == 32
    assert len(gebit.MELK) == 20
    assert gebit.BLIJVEND_BOVEN[0] == "18"
    assert gebit.BLIJVEND_BOVEN[-1] == "28"
    assert gebit.MELK_ONDER == ("85", "84", "83", "82", "81", "71", "72", "73", "74", "75")


@pytest.mark.parametrize(
    ("element", "naam"),
    [
        ("11", "middelste snijtand rechtsboven"),
        ("28", "verstandskies linksboven"),
        ("36", "eerste molaar linksonder"),
        ("45", "tweede premolaar rechtsonder"),
        ("53", "melkhoektand rechtsboven"),
        ("75", "tweede melkmolaar linksonder"),
    ],
)
def test_a_number_has_a_name(element, naam):
    assert gebit.name_of(element) == naam


def test_each_element_has_a_name_of_its_own():
    assert len({gebit.name_of(element) for element in gebit.ELEMENTEN}) == 52


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("", ""), ("om", "MO"), ("DOM", "MOD"), ("m o d", "MOD"), ("VP", "BL"), ("ii", "O")],
)
def test_surfaces_stand_in_one_order_whatever_was_typed(typed, kept):
    assert gebit.normalise_surfaces(typed) == kept


@pytest.mark.parametrize(
    ("regels", "sentence"),
    [
        ([line("19")], "bestaat niet"),
        ([line("56")], "bestaat niet"),
        ([line("")], "bestaat niet"),
        ([line("36"), line("36")], "twee keer"),
        ([line("36", vlakken="MX")], "geen vlak"),
        ([line("36", bevinding="kapot")], "kies een bevinding"),
        ([line("36", behandeling="<script>")], "kies een behandeling"),
    ],
)
def test_what_does_not_exist_is_refused_with_its_reason(regels, sentence):
    with pytest.raises(gebit.Gebitfout, match=sentence):
        gebit.normalise(regels)


def test_lines_stand_in_the_order_of_the_numbers_and_hold_these_keys_only():
    regels = gebit.normalise([REGEL | {"x": "y"}, {"element": "11"}])
    assert regels == [line("11"), REGEL]
    assert gebit.normalise(regels) == regels
    assert gebit.unfinished(regels) == ("11",)


def test_a_line_in_words_names_tooth_place_finding_and_treatment():
    assert gebit.in_words(REGEL) == (
        "36, eerste molaar linksonder: diepe cariës (mesiaal, occlusaal); noodvulling"
    )
    front = line("11", vlakken="OL", bevinding="kroonfractuur")
    assert gebit.in_words(front).endswith("kroonfractuur (incisaal, palatinaal)")
    assert gebit.in_words(line("48", behandeling="extractie")).endswith(": extractie")


@pytest.mark.parametrize(
    ("leeftijd", "regels", "shown"),
    [
        (None, [], {"blijvend"}),
        (4, [], {"melk"}),
        (6, [], {"blijvend", "melk"}),
        (13, [], {"blijvend", "melk"}),
        (14, [], {"blijvend"}),
        (40, [line("55")], {"blijvend", "melk"}),
        (4, [line("16")], {"blijvend", "melk"}),
    ],
)
def test_a_child_that_changes_teeth_has_both(leeftijd, regels, shown):
    assert gebit.dentitions_for(leeftijd, regels) == shown


def test_injury_shows_at_the_teeth():
    assert gebit.is_injured([line("11", bevinding="avulsie")])
    assert not gebit.is_injured([REGEL])


# --- the picture


@pytest.mark.parametrize(
    ("element", "letter", "points"),
    [
        # Mesial is towards the middle, buccal away from the tongue.
        ("16", "M", "20,0"),
        ("26", "M", "0,0"),
        ("16", "B", "0,0 20,0"),
        ("46", "B", "0,20 20,20"),
        ("46", "D", "0,0"),
        ("85", "M", "20,0"),
    ],
)
def test_surfaces_lie_where_they_lie_in_the_mouth(element, letter, points):
    assert gebitkaart.surfaces(element)[letter].startswith(points)


def test_the_chart_is_wellformed_and_says_in_words_what_it_shows():
    regels = gebit.normalise([REGEL, line("48", behandeling="extractie"), line("55")])
    tree = ElementTree.fromstring(gebitkaart.chart(regels))  # noqa: S314
    assert tree.get("role") == "img"
    assert "36, eerste molaar linksonder: diepe cariës" in tree.get("aria-label")
    texts = [text.text for text in tree.iter("{http://www.w3.org/2000/svg}text")]
    assert sorted(texts) == sorted(gebit.ELEMENTEN)
    assert not re.search(r"style=|<script|on\w+=", gebitkaart.chart(regels))


def test_the_chart_shows_only_the_dentition_that_is_named():
    assert gebitkaart.chart([]) == ""
    assert ">11<" in gebitkaart.chart([REGEL])
    assert ">55<" not in gebitkaart.chart([REGEL])
    assert ">11<" not in gebitkaart.chart([line("55", bevinding="caries")])


def test_the_chart_on_paper_has_every_number_at_its_tooth():
    """All digits of a row are one text; each must stand above its own tooth."""
    regels = gebit.normalise([REGEL, line("48", behandeling="extractie"), line("55")])
    tree = ElementTree.fromstring(gebitkaart.chart_for_paper(regels))  # noqa: S314
    found = {}
    for text in tree.iter("{http://www.w3.org/2000/svg}text"):
        digits, places = text.text, [float(x) for x in text.get("x").split()]
        assert len(digits) == len(places)
        for start in range(0, len(digits), 2):
            # The second digit begins in the middle.
            found[digits[start : start + 2]] = (places[start + 1], float(text.get("y")))
    page = ElementTree.fromstring(gebitkaart.chart(regels))  # noqa: S314
    texts = page.iter("{http://www.w3.org/2000/svg}text")
    assert found == {text.text: (float(text.get("x")), float(text.get("y"))) for text in texts}
    assert len(found) == 52


def test_the_chart_on_paper_marks_what_was_named():
    paper, page = gebitkaart.chart_for_paper([REGEL]), gebitkaart.chart([REGEL])
    shapes = str(gebitkaart.tooth("36", REGEL))
    assert shapes in paper
    assert shapes in page
    assert paper.count('class="is-aan"') == page.count('class="is-aan"') == 2
    assert gebitkaart.chart_for_paper([]) == ""


def test_only_the_named_surfaces_are_filled_and_all_when_none_is_named():
    assert gebitkaart.tooth("36", REGEL).count('class="is-aan"') == 2
    assert gebitkaart.tooth("36", REGEL | {"vlakken": ""}).count('class="is-aan"') == 5
    assert gebitkaart.tooth("36", line("36", vlakken="MO")).count('class="is-aan"') == 2
    assert "is-aan" not in gebitkaart.tooth("36", None)
    assert gebitkaart.state_of(line("36", behandeling="advies")) == "bevinding"
