"""The protocol in words: every rule of every edition, with the reading of the version."""

import re

import pytest
from django.urls import reverse

from triage.lezing import reading_of_version
from triage.protocol import INSTELLINGEN, REGELSETS, SPANNINGEN, STANDAARD_LEZING, Lezing
from triage.protocol.instellingen import Instellingen
from triage.versies.blad import protocol_page
from triage.versies.woorden import Woorden


def page(lezing=STANDAARD_LEZING):
    return protocol_page(lezing, None)


def rule(lezing, name):
    return next(r for _k, _t, rules in page(lezing)["tabellen"] for r in rules if r.id == name)


@pytest.mark.parametrize("regelset", REGELSETS.values(), ids=list(REGELSETS))
def test_every_rule_of_every_edition_has_words(regelset):
    lezing = Lezing(regelset=regelset)
    shown = [r.id for _k, _t, rules in page(lezing)["tabellen"] for r in rules]
    assert sorted(shown) == sorted(regelset.per_id)
    for _key, _title, rules in page(lezing)["tabellen"]:
        for one in rules:
            assert all(one.als), one.id
            # No code name of a fact, setting or answer in the middle of a sentence.
            assert not re.search(r">[^<]*[a-z]_[a-z][^<]*<", f">{''.join(one.als + one.dan)}<")


def test_numbers_come_from_the_settings():
    stricter = Lezing(instellingen=Instellingen(avulsie_zien_binnen_min=45))
    assert "60 minuten" in "".join(rule(STANDAARD_LEZING, "R-60").dan)
    assert "45 minuten" in "".join(rule(stricter, "R-60").dan)


def test_choice_says_whether_it_holds():
    other = Lezing(instellingen=Instellingen(kind_regel="schema"))
    assert "(geldt)" in "".join(rule(STANDAARD_LEZING, "R-12").als)
    assert "geldt niet in deze versie" in "".join(rule(other, "R-12").als)


def test_local_rule_is_marked_off_and_on():
    assert rule(STANDAARD_LEZING, "L-01").uit
    on = Lezing(lokale_regels=frozenset({"L-01"}))
    assert not rule(on, "L-01").uit
    assert rule(on, "L-01").lokaal


def test_advice_stands_with_its_condition():
    advice = rule(STANDAARD_LEZING, "R-10").adviezen
    assert [bool(condition) for condition, _text in advice] == [True, True]
    assert all(text.startswith("Bel uw eigen tandarts") for _condition, text in advice)


def test_reading_names_setting_and_tension():
    used = {row.naam: row.spanning for row in rule(STANDAARD_LEZING, "R-23").instellingen}
    assert used["forse_pijn_vanaf_nrs"] == "T-05"


def test_every_tension_and_setting_is_there():
    context = page()
    assert [blok.spanning.id for blok in context["spanningen"]] == list(SPANNINGEN)
    shown = {row.naam for blok in context["spanningen"] for row in blok.instellingen}
    assert shown | {row.naam for row in context["normen"]} == set(INSTELLINGEN)


def test_empty_setting_has_words():
    words = Woorden(Lezing(instellingen=Instellingen(nrs_overleg_aanbevolen_vanaf=None)))
    assert words.value_words("nrs_overleg_aanbevolen_vanaf").startswith("geen: ")


def test_words_are_escaped():
    """Everything comes from the product; still nothing may slip through as markup."""
    words = Woorden(STANDAARD_LEZING)
    assert "<script" not in str(words.condition({"begrip": "<script>"}))


def test_page_has_an_anchor_for_every_rule_and_link(als, triagist, maak, kring):
    versie = maak("van_kracht", zwelling_zonder_koorts="aanbevolen")
    client = als(triagist)
    own = reverse("triage:protocol_blad", kwargs={"kring": kring.slug, "protocolversie": versie.pk})
    standard = reverse("triage:protocol_standaard", kwargs={"kring": kring.slug})
    for address in (own, standard):
        html = client.get(address).content.decode()
        anchors = re.findall(r' id="([^"]+)"', html)
        assert len(anchors) == len(set(anchors))
        assert set(reading_of_version(versie).regelset.per_id) <= set(anchors)
        assert set(re.findall(r'href="#([^"]+)"', html)) <= set(anchors)
    assert "overleg is aanbevolen" in client.get(own).content.decode()


def test_print_has_the_version_at_the_foot(als, triagist, maak, kring):
    versie = maak("van_kracht")
    kwargs = {"kring": kring.slug, "protocolversie": versie.pk}
    html = als(triagist).get(reverse("triage:protocol_print", kwargs=kwargs)).content.decode()
    foot = html.split("<tfoot>")[1]
    assert "versie 1" in foot
    assert versie.regelset in foot
    assert kring.naam in foot
