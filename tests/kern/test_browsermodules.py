"""The gallery in a real browser under the real content policy: axe, console, keyboard, clock.

The page is rendered once and served by a few lines of stdlib: what is tested here is the frame and
its modules, not a view, so no database is needed.
"""

import re

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from kern.context import Hoofdmenu, Menuplaats
from spoeddienst.demo import galerij
from tests.kern.paginaserver import IN_A_BROWSER, serve

pytestmark = IN_A_BROWSER


@pytest.fixture(scope="module")
def adres():
    with pytest.MonkeyPatch.context() as patch:
        # Only the context is wanted; the page is rendered without user, session and database.
        patch.setattr(galerij, "render", lambda request, naam, context: context)
        context = galerij.galerij(RequestFactory().post("/", {"klacht": "pijn"}))
    menu = [
        Menuplaats("Meldbord", "/bord/", "m", plaats="page", telt=lambda: 2),
        # A key that the page uses too: there the page wins.
        Menuplaats("Dossiers", "/dossiers/", "3"),
    ]
    context |= {"menu": Hoofdmenu(menu), "demo": True}
    with serve({"/": render_to_string("galerij.html", context)}) as adres:
        yield f"{adres}/"


@pytest.fixture
def open_page(chromium, adres):
    """Open the gallery; at the end of the test the console must have stayed silent."""
    console, contexts = [], []

    def open_(klok=False, **kwargs):
        contexts.append(chromium.new_context(**kwargs))
        page = contexts[-1].new_page()
        page.on("console", lambda bericht: console.append(bericht.text))
        page.on("pageerror", lambda fout: console.append(str(fout)))
        if klok:
            page.clock.install()
        page.goto(adres)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert console == []


@pytest.mark.parametrize("kleuren", ["light", "dark"])
@pytest.mark.parametrize("maat", [(1366, 768), (390, 844)])
def test_gallery_is_accessible(open_page, maat, kleuren):
    from axe_playwright_python.sync_playwright import Axe

    page = open_page(viewport={"width": maat[0], "height": maat[1]}, color_scheme=kleuren)
    violations = Axe().run(page).response["violations"]
    assert [(v["id"], v["nodes"][0]["target"]) for v in violations] == []


@pytest.mark.parametrize("breedte", [320, 390, 683, 1366])
def test_nothing_runs_off_the_side(open_page, breedte):
    """683 px is 1366 px at 200 % zoom; 320 px is WCAG's reflow width."""
    page = open_page(viewport={"width": breedte, "height": 768})
    assert page.evaluate("document.documentElement.scrollWidth") == breedte


def test_header_leaves_the_height_to_the_work(open_page):
    page = open_page(viewport={"width": 1366, "height": 768})
    assert page.locator("header.kop").bounding_box()["height"] <= 48


def test_menu_opens_without_javascript(open_page):
    page = open_page(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    assert not page.is_visible(".kop__nav")
    page.click(".kop__menuknop summary")
    assert page.is_visible(".kop__nav")


def test_errors_take_the_focus(open_page):
    page = open_page()
    assert page.evaluate("document.activeElement.id") == "fout-overzicht"


def test_shortcuts_work_and_keep_silent_while_typing(open_page):
    page = open_page()
    page.keyboard.press("3")
    assert page.is_checked("input[name=klacht][value=avulsie]")
    page.focus("#id_naam")
    page.keyboard.press("1")
    page.keyboard.press("?")
    assert page.input_value("#id_naam") == "1?"
    assert page.is_checked("input[name=klacht][value=avulsie]")
    page.keyboard.press("Tab")
    page.focus("main")
    page.keyboard.press("Control+1")
    assert page.is_checked("input[name=klacht][value=avulsie]")


def test_question_mark_lists_the_shortcuts(open_page):
    page = open_page()
    page.keyboard.press("?")
    uitleg = page.locator("#sneltoetsen-hulp [data-toetsenlijst]").inner_text()
    assert re.search(r"M\s+Meldbord", uitleg)
    assert re.search(r"3\s+Tand uit de mond", uitleg)
    assert "Dossiers" not in uitleg
    page.keyboard.press("Escape")
    assert not page.is_visible("#sneltoetsen-hulp")


def test_hidden_questions_are_not_sent(open_page):
    page = open_page()
    assert page.is_enabled("input[name=bloeding] >> nth=0")
    page.keyboard.press("1")
    assert page.is_hidden("input[name=bloeding] >> nth=0")
    assert page.is_disabled("input[name=bloeding] >> nth=0")


def test_klok_warns_at_ten_and_five_minutes(open_page):
    page = open_page(klok=True)
    klok = page.locator(".gegevens [data-naam=straks]")
    page.clock.run_for(1_000)
    assert "nog 9:5" in klok.inner_text()
    page.clock.fast_forward(5 * 60_000)
    page.clock.run_for(1_000)
    assert "klok--bijna" in klok.get_attribute("class")
    assert "Nog 5 minuten: straks" in page.locator("#meldgebied").inner_text()
    page.clock.fast_forward(5 * 60_000)
    page.clock.run_for(1_000)
    assert klok.inner_text().strip() == "nu"
    assert "klok--te_laat" in klok.get_attribute("class")


@pytest.mark.parametrize("uren", [-3, 0, 3])
def test_klok_is_right_after_ten_minutes_in_the_background(open_page, uren):
    """U6: a slowed-down tab and a browser whose own clock is hours off change nothing."""
    page = open_page(klok=True)
    page.evaluate(
        """([naam, minuten]) => {
            const klok = document.querySelector(`.gegevens [data-naam=${naam}]`);
            const om = new Date(Date.parse(klok.dataset.nu) + minuten * 60000);
            klok.dataset.deadline = om.toISOString();
        }""",
        ["ruim", 15],
    )
    page.clock.set_system_time(page.evaluate("Date.now()") + uren * 3_600_000)
    page.evaluate(
        "() => { document.querySelectorAll('[data-deadline]').forEach(k => {"
        " k.dataset.nu = new Date(Date.parse(k.dataset.nu)).toISOString(); }); }"
    )
    page.clock.run_for(1_000)
    # All timers of those ten minutes fire once, as in a tab that nobody looks at.
    page.clock.fast_forward(599_000)
    tekst = page.locator(".gegevens [data-naam=ruim]").inner_text()
    left = [int(part) for part in re.search(r"nog (\d+):(\d\d)", tekst).groups()]
    assert 298 <= left[0] * 60 + left[1] <= 301


def test_a_form_is_sent_once(open_page):
    page = open_page()
    verzonden = []
    page.on("request", lambda request: verzonden.append(request) if request.method == "POST" else 0)
    page.route("**/*", lambda route: None if route.request.method == "POST" else route.continue_())
    page.evaluate(
        "() => { const knop = document.querySelector('form[data-warn-unsaved] button');"
        " knop.click(); knop.click(); }"
    )
    page.wait_for_timeout(300)
    assert len(verzonden) == 1


def test_typed_text_is_not_lost_without_a_warning(open_page):
    page = open_page()
    vragen = []
    page.on("dialog", lambda vraag: (vragen.append(vraag.type), vraag.accept()))
    page.fill("#id_naam", "Bakker")
    page.reload()
    assert vragen == ["beforeunload"]
