"""The round trip reads forms and sends them back as a browser would."""

import io

import pytest

from spoeddienst.demo.rondgang.client import Mis, _filled
from spoeddienst.demo.rondgang.pagina import Pagina
from spoeddienst.demo.rondgang.tijdlijn import play

HTML = """
<form action="/zoek/"><input name="q"></form>
<form id="f" method="post" action="/k/x/bewaar/">
  <input type="hidden" name="csrf" value="t&amp;k">
  <label><input type="radio" name="keuze" value="a">A</label>
  <label><input type="radio" name="keuze" value="b" checked>B</label>
  <input type="checkbox" name="vink"><input name="uit" disabled value="x">
  <select name="wie"><option value="">kies</option><option value="1">Een</option></select>
  <textarea name="tekst">
eerste &lt;regel&gt;</textarea>
  <template><input name="nieuw-__" value="__"><select name="x"></select></template>
  <noscript><button>Bewaar</button></noscript>
  <button type="button" name="nee" value="1">Open</button>
</form>
<button form="f" name="doel" value="teken">Verder</button>
<div class="veldfout" hidden>niet nu</div>
<div class="veldfout"><svg><use href="#x"></use></svg><div>Vul <b>dit</b> in.<br></div></div>
<a href="/k/x/pdf/">Download <b>pdf</b></a><script>var a = "geheim";</script>
"""


@pytest.fixture
def pagina():
    return Pagina("http://h/k/x/", 200, {"content-type": "text/html"}, HTML.encode())


def _send(pagina, knop="", **waarden):
    return _filled(pagina.formulier("bewaar"), pagina, knop, waarden)


def test_an_untouched_form_sends_what_a_browser_sends(pagina):
    assert _send(pagina) == [
        ("csrf", "t&k"),
        ("keuze", "b"),
        ("wie", ""),
        ("tekst", "eerste <regel>"),
    ]


def test_typed_values_and_the_pressed_button_replace_what_stood_there(pagina):
    sent = dict(_send(pagina, knop="Verder", keuze="a", wie="1", vink="on", tekst="nieuw"))
    assert sent == {
        **{"csrf": "t&k", "keuze": "a", "wie": "1"},
        **{"tekst": "nieuw", "vink": "on", "doel": "teken"},
    }


@pytest.mark.parametrize(
    ("waarden", "zin"),
    [
        ({"weg": "x"}, "geen veld 'weg'"),
        ({"uit": "x"}, "geen veld 'uit'"),
        ({"keuze": "c"}, "kun je 'c' niet kiezen"),
        ({"knop": "nee"}, "geen knop 'nee'"),
    ],
)
def test_what_a_person_could_not_do_is_named(pagina, waarden, zin):
    with pytest.raises(Mis, match=zin):
        _send(pagina, **waarden)


def test_a_page_tells_its_text_and_errors(pagina):
    assert pagina.fouten == ["Vul dit in."]
    assert "Download pdf" in pagina.tekst
    assert "geheim" not in pagina.tekst
    assert pagina.formulier("zoek") is None


def test_whatever_goes_wrong_is_one_clear_line_and_the_end():
    def breaks(nacht):
        raise KeyError("iets")

    def never(nacht):
        pytest.fail("the chain went on after a broken link")

    out = io.StringIO()
    held = play(None, [("een", lambda nacht: "goed"), ("twee", breaks), ("drie", never)], out)
    assert not held
    assert out.getvalue().splitlines()[-1] == "✗ twee: onverwachte fout, KeyError: 'iets'"
