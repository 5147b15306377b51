"""The tabs of the app and its access table say the same."""

from types import SimpleNamespace

import pytest
from django.urls import reverse

from kern import toegang
from kern.tabbladen import tabs
from kern.toegang import Rol
from reglement.tabbladen import DEELNEMERS, TABBLADEN
from reglement.toegang.rollen import LEZERS


def _tabs(rol, route):
    request = SimpleNamespace(
        actor=SimpleNamespace(rollen=frozenset({rol})),
        kring=SimpleNamespace(slug="vecht"),
        path=reverse(route, kwargs={"kring": "vecht"}),
    )
    return tabs(request, TABBLADEN)


@pytest.mark.parametrize("rol", sorted(LEZERS))
def test_whoever_may_open_a_page_finds_its_tab(rol):
    for tab in (*TABBLADEN, *DEELNEMERS):
        if rol not in toegang.find(tab.route).methoden["GET"].rollen:
            continue
        current = [shown for shown in _tabs(rol, tab.route) if shown["plaats"]]
        assert len(current) == 1, (rol, tab.route)


@pytest.mark.parametrize(
    ("rol", "titel", "plaats"),
    [
        (Rol.TANDARTS, "Gebied", "page"),
        (Rol.BEHEERDER, "Gebied", "page"),
        (Rol.COORDINATOR, "Deelnemers", "true"),
        (Rol.VERTEGENWOORDIGER, "Deelnemers", "true"),
    ],
)
def test_the_area_has_a_tab_of_its_own_only_without_the_register(rol, titel, plaats):
    shown = {tab["titel"]: tab["plaats"] for tab in _tabs(rol, "reglement:verzorgingsgebied")}
    assert shown[titel] == plaats
    assert len({"Gebied", "Deelnemers"} & shown.keys()) == 1
