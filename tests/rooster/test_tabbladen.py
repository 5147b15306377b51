"""The sub-navigation: each person sees the tabs the access table opens, and where they are."""

import pytest
from django.test import RequestFactory

from kern import tabbladen
from kern.tabbladen import Tabblad, tabs
from kern.toegang import Rol, regel
from rooster.tabbladen import TABBLADEN


@pytest.fixture
def shown(kring, actor):
    """Two tabs of one list: the form of a duty is for the coordinator only."""

    def build(gebruiker, path):
        request = RequestFactory().get(path)
        request.kring, request.actor = kring, actor(gebruiker)
        rows = [Tabblad("rooster:overzicht", "Rooster"), Tabblad("rooster:dienst_nieuw", "Dienst")]
        return [(tab["titel"], tab["plaats"]) for tab in tabs(request, rows)]

    return build


def test_a_tab_is_shown_to_who_may_open_it(shown, coordinator, triagist):
    assert shown(triagist, "/k/vecht/rooster/") == [("Rooster", "page")]
    assert shown(coordinator, "/k/vecht/rooster/") == [("Rooster", "page"), ("Dienst", "")]


def test_a_page_below_a_tab_lights_it_up_and_the_longest_address_wins(shown, coordinator):
    assert shown(coordinator, "/k/vecht/rooster/dienst/12/") == [
        ("Rooster", ""),
        ("Dienst", "true"),
    ]


def test_a_tab_without_a_row_or_a_get_is_not_shown(shown, coordinator, monkeypatch):
    post_only = regel("rooster:dienst_nieuw", Rol.COORDINATOR, methoden="POST")
    found = {"rooster:dienst_nieuw": post_only}
    monkeypatch.setattr(tabbladen.toegang, "find", found.get)
    assert shown(coordinator, "/k/vecht/rooster/") == []


def test_every_tab_stands_on_the_page_of_the_coordinator(kring, als, coordinator):
    html = als(coordinator).get(f"/k/{kring.slug}/rooster/").content.decode()
    navigation = html.split('aria-label="Onderdelen van het rooster"')[1].split("</nav>")[0]
    assert navigation.count("nav-link") == len(TABBLADEN)
    assert navigation.count("aria-current") == 1
