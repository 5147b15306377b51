"""The components refuse what they do not know, escape what they are given, and write Dutch."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.template import Context, Template, TemplateSyntaxError
from django.template.loader import get_template, render_to_string

from kern import weergave
from kern.templatetags.componenten import icoon_namen

ROOT = Path(settings.BASE_DIR)
TEMPLATES = sorted([*ROOT.glob("templates/**/*.html"), *ROOT.glob("*/templates/**/*.html")])
NU = datetime(2026, 11, 21, 22, 40, tzinfo=UTC)


def render(bron: str, **context) -> str:
    return Template("{% load componenten %}" + bron).render(Context(context))


# --- values


@pytest.mark.parametrize(
    ("waarde", "verwacht"),
    [
        ("+31612345678", "06-12345678"),
        ("0612345678", "06-12345678"),
        ("+31301234567", "030-1234567"),
        ("+31512345678", "0512-345678"),
        ("+3224791111", "+32 2 479 11 11"),
        ("geen nummer", "geen nummer"),
        ("", ""),
    ],
)
def test_telefoon_as_the_dutch_write_it(waarde, verwacht):
    assert render("{{ n|telefoon }}", n=waarde) == verwacht


def test_telefoon_link_dials_the_international_number():
    assert render("{{ n|telefoon_link }}", n="0612345678") == (
        '<a class="telefoon" href="tel:+31612345678">06-12345678</a>'
    )


def test_telefoon_link_escapes_what_is_not_a_number():
    assert render("{{ n|telefoon_link }}", n="<b>") == "&lt;b&gt;"


@pytest.mark.parametrize(
    ("waarde", "verwacht"),
    [("999992333", "*****2333"), ("9999.92.333", "*****2333"), ("1234", "****"), ("", "")],
)
def test_bsn_shows_four_digits_at_most(waarde, verwacht):
    assert render("{{ b|bsn_gemaskeerd }}", b=waarde) == verwacht


def test_moment_in_amsterdam_time():
    assert weergave.format_moment(NU, nu=NU) == "za 21 nov 23:40"


def test_moment_names_another_year():
    assert weergave.format_moment(NU, nu=datetime(2027, 1, 1, tzinfo=UTC)) == "za 21 nov 2026 23:40"


def test_moment_of_new_year_counts_the_amsterdam_year():
    last_utc_hour = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    assert weergave.format_moment(last_utc_hour, nu=last_utc_hour) == "vr 1 jan 00:30"


@pytest.mark.parametrize(
    ("moment", "verwacht"),
    [
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "02:30 (zomertijd)"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "02:30 (wintertijd)"),
        (datetime(2026, 10, 25, 2, 0, tzinfo=UTC), "03:00"),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "03:00"),
    ],
)
def test_tijdstip_tells_the_doubled_hour_apart(moment, verwacht):
    assert render("{{ m|tijdstip }}", m=moment) == verwacht


def test_datum_of_a_day_and_of_a_late_moment():
    assert render("{{ d|datum }}", d=date(2026, 3, 1)) == "zo 1 mrt 2026"
    assert render("{{ d|datum }}", d=datetime(2026, 3, 1, 23, 30, tzinfo=UTC)) == "ma 2 mrt 2026"


@pytest.mark.parametrize(
    ("waarde", "verwacht"),
    [
        (0, "0 min"),
        (35, "35 min"),
        (60, "1 u"),
        (65, "1 u 05 min"),
        (1440, "1 dag"),
        (3060, "2 dagen 3 u"),
        (timedelta(hours=2, minutes=30), "2 u 30 min"),
        (None, ""),
    ],
)
def test_duur(waarde, verwacht):
    assert render("{{ d|duur }}", d=waarde) == verwacht


# --- the countdown


@pytest.mark.parametrize(
    ("seconden", "stand", "tekst"),
    [
        (3600, "ruim", "nog 1 u"),
        (601, "ruim", "nog 10 min"),
        (600, "straks", "nog 10 min"),
        (599, "straks", "nog 9:59 min"),
        (300, "bijna", "nog 5:00 min"),
        (1, "bijna", "nog 0:01 min"),
        (0, "te_laat", "nu"),
        (-59, "te_laat", "nu"),
        (-60, "te_laat", "1 min te laat"),
        (-3900, "te_laat", "1 u 05 min te laat"),
    ],
)
def test_klok_says_it_in_words_and_in_a_class(seconden, stand, tekst):
    deadline = NU + timedelta(seconds=seconden)
    html = render("{% klok deadline nu=nu naam=naam %}", deadline=deadline, nu=NU, naam="mw <b>")
    assert f'class="klok klok--{stand}"' in html
    assert f">{tekst}</span>" in html
    assert 'data-nu="2026-11-21T22:40:00+00:00"' in html
    assert "mw &lt;b&gt;" in html


def test_klok_takes_the_clock_of_the_page():
    assert ">nog 30 min<" in render("{% klok d %}", d=NU + timedelta(minutes=30), nu=NU)


def test_klok_script_has_the_same_limits():
    script = (ROOT / "static/js/klok.js").read_text()
    assert f"const STRAKS = {weergave.STRAKS};" in script
    assert f"const BIJNA = {weergave.BIJNA};" in script
    assert weergave.SECONDEN_ONDER == weergave.STRAKS


# --- the tags


@pytest.mark.parametrize(
    "bron",
    [
        '{% knop "Opslaan" kleur="rood" %}',
        '{% knop "Opslaan" soort="felrood" %}',
        '{% knop "Opslaan" maat="enorm" %}',
        '{% knop "Opslaan" icoon="bestaat-niet" %}',
        '{% pil "paars" "Tekst" %}',
        '{% pil "rood" %}',
        '{% icoon "bestaat-niet" %}',
        '{% kaart "T" stijl="x" %}{% endkaart %}',
        '{% kaart "T" soort="paars" %}{% endkaart %}',
        '{% melding "ramp" %}x{% endmelding %}',
        '{% melding "info" kleur="x" %}x{% endmelding %}',
        '{% uitkomst "misschien" "x" %}{% enduitkomst %}',
        '{% tabel "x" border="1" %}{% endtabel %}',
        '{% tijdlijn r stijl="x" %}',
        '{% leeg "x" kleur="x" %}',
        '{% bevestig "x" url="/" vraag="?" knop="Ja" maat="enorm" %}',
        '{% toetsen r kleur="x" %}',
        '{% klok d tot="x" %}',
    ],
)
def test_components_refuse_what_they_do_not_know(bron):
    with pytest.raises(TemplateSyntaxError):
        render(bron, d=NU, r=[])


@pytest.mark.parametrize(
    "bron",
    [
        "{% knop t %}",
        "{% knop t url=t label=t %}",
        '{% pil "rood" t %}',
        "{% kaart t url=t url_tekst=t rechts=t %}{{ t }}{% endkaart %}",
        '{% melding "info" titel=t %}{{ t }}{% endmelding %}',
        '{% uitkomst "open" t %}{{ t }}{% enduitkomst %}',
        "{% tabel t %}{{ t }}{% endtabel %}",
        "{% leeg t tekst=t url=t knop=t %}",
        "{% bevestig t url=t vraag=t knop=t label=t naam=t waarde=t %}",
        "{% sneltoets t %}",
        "{% tijdlijn r %}",
    ],
)
def test_components_escape(bron):
    kwaad = '"><script>alert(1)</script>'
    html = render(bron, t=kwaad, r=[{"titel": kwaad, "tekst": kwaad, "wie": kwaad, "moment": NU}])
    assert "<script>" not in html
    assert '"&gt;<' not in html
    assert "&lt;script&gt;" in html


def test_knop_is_a_button_or_a_link():
    assert render('{% knop "Opslaan" naam="actie" waarde="klaar" %}') == (
        '<button class="btn btn--primair" type="submit" name="actie" value="klaar">'
        "<span>Opslaan</span></button>"
    )
    link = render('{% knop "Nieuw" url="/nieuw/" toets="n" soort="secundair" %}')
    assert link.startswith('<a class="btn btn--secundair" href="/nieuw/" data-toets="n">')
    assert ">N</kbd></a>" in link


def test_knop_with_an_own_action_does_not_send_the_form():
    assert 'type="button" data-opent="hulp"' in render('{% knop "Hulp" opent="hulp" %}')


def test_a_disabled_link_becomes_a_disabled_button():
    html = render('{% knop "Bel" url="/bel/" uitgeschakeld=True %}')
    assert html.startswith("<button")
    assert " disabled>" in html


def test_pil_has_text_icon_and_colour():
    html = render('{% pil "verplicht" %}')
    assert "pil--rood" in html
    assert "#telefoon-uit" in html
    assert "Contact verplicht" in html


def test_icoon_is_silent_unless_it_has_a_label():
    assert 'aria-hidden="true"' in render('{% icoon "telefoon" %}')
    assert 'role="img" aria-label="Bellen"' in render('{% icoon "telefoon" label="Bellen" %}')


def test_only_an_error_interrupts():
    assert 'role="alert"' in render('{% melding "fout" %}x{% endmelding %}')
    assert 'role="status"' in render('{% melding "gelukt" %}x{% endmelding %}')


def test_leeg_says_what_to_do_next():
    html = render('{% leeg "Niets" tekst="Iedereen is geholpen." url="/n/" knop="Nieuw" %}')
    assert "Iedereen is geholpen." in html
    assert 'href="/n/"' in html


class KlachtForm(forms.Form):
    naam = forms.CharField(label="Naam")
    soort = forms.ChoiceField(label="Soort", choices=[("p", "Pijn")], widget=forms.RadioSelect)

    def clean(self):
        raise forms.ValidationError("Er is al een melding.")


BEVESTIG = '{% bevestig "Trek in" url="/weg/" vraag=vraag knop="Ja" naam="doel" waarde="x" %}'


def test_bevestig_acts_at_the_second_press():
    html = render(BEVESTIG, vraag="Zeker <b>nu</b>?", csrf_token="teken")
    question, form = html.split("</summary>")
    # What is pressed first opens the question, and is in no form.
    assert question.startswith('<details class="bevestig"><summary class="btn btn--stil">')
    assert "<form" not in question
    assert form.count("<button") == 1
    assert '<form method="post" action="/weg/">' in form
    assert 'name="csrfmiddlewaretoken" value="teken"' in form
    assert 'type="submit" name="doel" value="x"' in form
    assert "Zeker &lt;b&gt;nu&lt;/b&gt;?" in form


def test_fout_overzicht_links_to_each_field():
    html = render("{% fout_overzicht form %}", form=KlachtForm({}))
    assert "Er zijn nog 3 dingen niet goed ingevuld" in html
    assert '<a href="#id_naam">Naam: ' in html
    assert '<a href="#id_soort_0">Soort: ' in html
    assert "<li>Er is al een melding.</li>" in html
    assert "autofocus" in html


def test_fout_overzicht_is_absent_without_errors():
    assert render("{% fout_overzicht form %}", form=KlachtForm()).strip() == ""


def test_fields_tell_their_error_and_name_what_is_optional():
    class Form(KlachtForm):
        bsn = forms.CharField(label="BSN", required=False)

    html = Template("{% load crispy_forms_filters %}{{ form|crispy }}").render(
        Context({"form": Form({})})
    )
    veld = re.search(r'<input[^>]*name="naam"[^>]*>', html)[0]
    assert 'aria-invalid="true"' in veld
    assert 'aria-describedby="id_naam_error"' in veld
    assert 'id="id_naam_error" class="veldfout"' in html
    assert html.count("(niet verplicht)") == 1


def test_toetsen_show_a_group_as_keys():
    html = render(
        '{% toetsen form.soort toetsen="7" lijst=True toon_als="naam" %}', form=KlachtForm()
    )
    assert html.startswith('<fieldset class="toetsen toetsen--lijst" data-toon-als="naam">')
    assert "<legend>Soort</legend>" in html
    assert re.search(
        r'<label><input type="radio"[^>]* data-toets="7"[^>]*><kbd[^>]*>7</kbd> Pijn', html
    )


def test_toetsen_tell_their_error():
    html = render("{% toetsen form.soort %}", form=KlachtForm({}))
    assert 'aria-describedby="id_soort_error"' in html
    assert 'id="id_soort_error" class="veldfout"' in html


# --- all templates of the house


@pytest.mark.parametrize("pad", TEMPLATES, ids=lambda pad: str(pad.relative_to(ROOT)))
def test_template_compiles_and_obeys_the_content_policy(pad):
    naam = str(pad).rpartition("/templates/")[2]
    get_template(naam)
    bron = pad.read_text()
    assert not re.search(r"""\sstyle\s*=\s*["']""", bron), "inline style"
    assert not re.search(r"""\son[a-z]+\s*=\s*["']""", bron), "inline handler"
    assert not re.search(r"<style\b", bron), "inline stylesheet"
    assert not re.search(r"<script(?![^>]*\ssrc=)", bron), "inline script"
    assert not re.search(r"""hx-(on|vals\s*=\s*["']js:)""", bron), "evaluated by htmx"
    assert "|safe" not in bron


def test_every_icon_that_a_template_names_exists():
    named = set()
    for pad in TEMPLATES:
        bron = pad.read_text()
        named |= set(re.findall(r'{% icoon "([^"]+)"', bron))
        named |= set(re.findall(r'\bicoon="([^"]+)"', bron))
    assert named <= icoon_namen()


@pytest.mark.parametrize(
    "naam", ["400.html", "403.html", "403_csrf.html", "404.html", "405.html", "429.html"]
)
def test_error_pages_need_no_context(naam):
    html = render_to_string(naam)
    assert "Wat nu?" in html
    assert '<html lang="nl">' in html


def test_the_page_for_an_unexpected_error_is_plain_html():
    bron = (ROOT / "templates/500.html").read_text()
    assert "{%" not in bron
    assert "{{" not in bron
    assert "papier" in bron
