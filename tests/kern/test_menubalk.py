"""The main menu in a real browser: what a role has fits its bar, and the rest is one press away."""

from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from kern import context
from kern.toegang import LID, MENU_OPEN, Rol
from tests.kern.paginaserver import IN_A_BROWSER, serve

pytestmark = IN_A_BROWSER

ROLLEN = {rol.value: frozenset({rol}) for rol in LID} | {"alle": LID}
NAAM = "Willemijn op den Kamp-van der Valk"


def menu_of(rollen, path="/"):
    """Return the menu of somebody with these roles, with more waiting than there ever is."""
    kring = SimpleNamespace(slug="vechtstreek", naam="Kring Groot-Vechtstreek")
    request = RequestFactory().get(path)
    request.actor = SimpleNamespace(rollen=rollen)
    alle = context._menu(request, kring)
    for place in alle:
        if place.telt:
            place.telt = lambda: 99
    return kring, context.Hoofdmenu(alle)


def page_of(rollen, path="/"):
    kring, menu = menu_of(rollen, path)
    user = type("Somebody", (), {"is_authenticated": True, "__str__": lambda self: NAAM})()
    frame = {"kring": kring, "kringen": [kring, kring], "menu": menu, "user": user, "demo": True}
    return render_to_string("base.html", frame)


@pytest.fixture(scope="module")
def adres():
    pages = {f"/{naam}": page_of(rollen) for naam, rollen in ROLLEN.items()}
    pages["/onder-meer"] = page_of(frozenset({Rol.COORDINATOR}), "/k/vechtstreek/cijfers/")
    with serve(pages) as adres:
        yield adres


@pytest.fixture
def open_page(chromium, adres):
    contexts = []

    def open_(path, breedte, **kwargs):
        contexts.append(chromium.new_context(viewport={"width": breedte, "height": 768}, **kwargs))
        page = contexts[-1].new_page()
        page.goto(f"{adres}/{path}")
        return page

    yield open_
    for one in contexts:
        one.close()


@pytest.mark.parametrize("naam", sorted(ROLLEN))
def test_no_menu_wraps_or_slides(open_page, naam):
    page = open_page(naam, 1366)
    for breedte in (1366, 1280, 1024):
        page.set_viewport_size({"width": breedte, "height": 768})
        assert page.evaluate("document.documentElement.scrollWidth") <= breedte
        kop = page.locator("header.kop")
        assert kop.bounding_box()["height"] <= 48
        places = [place.bounding_box() for place in page.locator(".kop__menu > li").all()]
        assert len(places) == min(len(menu_of(ROLLEN[naam])[1].alle), MENU_OPEN + 1)
        assert len({box["y"] for box in places}) == 1
        ends = [box["x"] + box["width"] for box in places]
        begins = [box["x"] for box in places[1:]] + [
            page.locator(".kop__rechts").bounding_box()["x"]
        ]
        assert all(end <= begin for end, begin in zip(ends, begins, strict=True)), breedte


def test_meer_opens_by_keyboard_and_closes_with_escape(open_page):
    page = open_page("coordinator", 1366)
    verder = page.locator(".kop__menu").get_by_role("link", name="Wachtrij")
    assert not verder.is_visible()
    page.locator(".kop__meer summary").focus()
    page.keyboard.press("Enter")
    assert verder.is_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.kop__meer + ul') !== null")
    page.keyboard.press("Escape")
    assert not verder.is_visible()
    assert page.evaluate("document.activeElement.matches('.kop__meer summary')")


def test_meer_works_without_javascript_and_is_flat_on_a_phone(open_page):
    desk = open_page("coordinator", 1366, java_script_enabled=False)
    desk.click(".kop__meer summary")
    assert desk.locator(".kop__menu").get_by_role("link", name="Wachtrij").is_visible()
    phone = open_page("coordinator", 390, java_script_enabled=False)
    assert phone.locator(".kop__menuknop .kop__telling").inner_text().startswith("99")
    phone.click(".kop__menuknop summary")
    assert phone.locator(".kop__menu").get_by_role("link", name="Wachtrij").is_visible()
    assert not phone.locator(".kop__meer").is_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_page_below_meer_marks_both(open_page):
    page = open_page("onder-meer", 1366)
    assert page.locator(".kop__menu [aria-current]").inner_text() == "Cijfers"
    weight = "summary => getComputedStyle(summary).fontWeight"
    assert page.locator(".kop__meer summary").evaluate(weight) == "600"


def test_axe_finds_nothing_in_the_open_menu(open_page):
    from axe_playwright_python.sync_playwright import Axe

    for breedte, knop in ((1366, ".kop__meer"), (390, ".kop__menuknop")):
        page = open_page("onder-meer", breedte, bypass_csp=True)
        page.click(f"{knop} summary")
        found = Axe().run(page, context="header").response["violations"]
        assert [(one["id"], one["nodes"][0]["target"]) for one in found] == []


def test_tasks_stay_in_the_bar_of_whoever_has_them():
    for rollen in ROLLEN.values():
        _, menu = menu_of(rollen)
        counted = [place.titel for place in menu.alle if place.telt]
        assert set(counted) <= {place.titel for place in menu.balk}
