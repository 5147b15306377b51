"""The page, the file and the paper: who sees which numbers, and what a broken choice says."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kern.models import Logregel
from kern.tijd import db_now
from oefening.models import Oefenpoging
from statistiek import beeld, lezen, periode
from statistiek.lezen import Aandeel
from tests import factories
from tests.statistiek.conftest import local

pytestmark = pytest.mark.django_db

KLEIN = "&lt; 5"
MAAND = {"periode": "vrij", "van": "2026-11-01", "tot": "2026-11-30"}


@pytest.fixture
def url(kring):
    def build(naam="overzicht"):
        return reverse(f"statistiek:{naam}", kwargs={"kring": kring.slug})

    return build


@pytest.fixture
def november(call):
    """Twelve calls, of which two are avulsions: a small number."""
    for number in range(12):
        klacht = "avulsie" if number < 2 else "pijn"
        call(
            local(2026, 11, 3 + number, 20, 0),
            antwoorden={"klachten": [klacht]},
            contact="verplicht",
        )


def cells_of(page, sleutel):
    chart = next(d for d in page.context["beeld"].grafieken if d.sleutel == sleutel)
    return {staaf.label: staaf.tekst for staaf in chart.staven}


@pytest.mark.parametrize("naam", ["overzicht", "papier", "bestand"])
@pytest.mark.parametrize("wie", ["vertegenwoordiger", "beheerder", "fg"])
def test_refused(als, url, request, naam, wie):
    assert als(request.getfixturevalue(wie)).get(url(naam)).status_code == 403


@pytest.mark.parametrize("naam", ["papier", "bestand"])
def test_only_the_coordinator_takes_figures_along(als, url, triagist, naam):
    assert als(triagist).get(url(naam)).status_code == 403


def test_another_kring_is_not_there(als, url, vreemde):
    assert als(vreemde).get(url()).status_code == 404


@pytest.mark.usefixtures("november")
def test_who_helps_patients_sees_every_number(als, url, triagist):
    page = als(triagist).get(url(), MAAND)
    assert cells_of(page, "klacht")["Tand uit de mond"] == "2"
    assert cells_of(page, "klacht")["Pijn"] == "10"
    assert page.context["beeld"].aantal == "12"


@pytest.mark.usefixtures("november")
def test_nobody_else_sees_a_small_number(als, url, coordinator):
    page = als(coordinator).get(url(), MAAND)
    shown = cells_of(page, "klacht")
    # The ten go with the two, or these would follow from the total.
    assert (shown["Tand uit de mond"], shown["Pijn"], shown["Ongemak zonder pijn"]) == (
        "< 5",
        "< 5",
        "0",
    )
    assert "weggelaten" in page.content.decode()
    assert KLEIN in page.content.decode()


@pytest.mark.usefixtures("november")
@pytest.mark.parametrize("naam", ["papier", "bestand"])
def test_nothing_small_leaves_the_screen_whoever_asks(als, url, kring, coordinator, naam):
    factories.LidmaatschapFactory(kring=kring, gebruiker=coordinator, rol="tandarts")
    text = als(coordinator).get(url(naam), MAAND).content.decode()
    assert "12" in text
    shown = re.search(r'Tand uit de mond(?:</th><td>|";")([^"/]+)', text)[1]
    assert shown.startswith(("< 5", KLEIN))


@pytest.mark.usefixtures("november")
def test_the_file(als, url, coordinator):
    response = als(coordinator).get(url("bestand"), MAAND)
    assert "cijfers-vecht-vrij.csv" in response.headers["Content-Disposition"]
    lines = response.content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith('"onderdeel";"cijfer";"waarde"')
    assert '"oproepen";"alle oproepen";"12"' in "\n".join(lines)
    assert len({line.count('";"') for line in lines}) == 1
    line = Logregel.objects.get(gebeurtenis="statistiek.csv")
    assert (line.actie, line.object_soort, line.patient_id) == ("E", "statistiek", None)


@pytest.mark.usefixtures("november")
def test_the_page_says_how_it_is_counted(als, url, coordinator):
    page = als(coordinator).get(url(), MAAND).content.decode()
    for text in (
        "1 november 2026 tot en met 30 november 2026",
        "een tandarts gesproken binnen 5 minuten",
        "95 % of meer",
        "9 van de 10 binnen 3:00 min",
        "9 van de 10 binnen 0:30 min",
        "Op papier was volgens gepubliceerd onderzoek 21 % volledig",
        'role="img"',
        "<title id=",
        "<desc id=",
    ):
        assert text in page, text
    svg = re.search(r"<svg.*?</svg>", page, re.DOTALL)[0]
    assert "style=" not in svg
    assert not re.search(r'(x|y|width|height)="[0-9]*,', svg)  # a Dutch comma is no number here


def test_an_empty_period_says_so(als, url, coordinator):
    assert "Geen oproepen in deze periode" in als(coordinator).get(url()).content.decode()
    assert als(coordinator).get(url("papier")).status_code == 200


@pytest.mark.parametrize(
    "geval",
    [
        ({"periode": "morgen"}, "Kies een periode uit de lijst."),
        ({"periode": "vrij"}, "Vul een datum in, bijvoorbeeld 1-9-2026."),
        ({**MAAND, "tot": "2026-11-27"}, "Kies ten minste 28 dagen"),
        ({**MAAND, "tot": "2026-10-01"}, "Kies ten minste 28 dagen"),
        ({**MAAND, "tot": "2036-11-27"}, "Kies ten hoogste vijf jaar."),
        ({**MAAND, "van": "31-02-2026"}, "Vul een datum in, bijvoorbeeld 1-9-2026."),
        ({**MAAND, "van": "0001-01-01"}, "Dit jaar kan niet kloppen."),
    ],
)
@pytest.mark.parametrize("naam", ["overzicht", "papier", "bestand"])
def test_a_broken_choice_is_a_sentence(als, url, coordinator, naam, geval):
    query, sentence = geval
    response = als(coordinator).get(url(naam), query)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Logregel.objects.filter(gebeurtenis="statistiek.csv").exists()


def test_as_many_queries_for_30_as_for_1(als, url, coordinator, many):
    client = als(coordinator)
    begin = db_now().replace(hour=2) - timedelta(days=20)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url()).status_code == 200
        return len(queries)

    many(3, begin=begin, dagen=18)
    asked()
    one = asked()
    many(30, begin=begin, dagen=18)
    assert asked() == one


def test_a_training_does_not_count(als, url, kring, triagist):
    """Also when a hundred people practise: the figures read calls, and there is none."""
    Oefenpoging.objects.bulk_create(
        Oefenpoging(
            kring=kring,
            gebruiker=triagist,
            casus="eerste:E-07",
            tabel="bloeding",
            punten=8,
            ingeleverd_op=db_now(),
        )
        for _ in range(100)
    )
    page = als(triagist).get(url())
    assert page.context["beeld"].aantal == "0"
    assert lezen.read(kring.pk, periode.last_days(db_now()), db_now()).aantal == 0


# --- words


def test_a_target_is_judged_by_the_true_figure():
    toon = beeld._Toon(precies=True)
    maat = beeld.maten.AANDELEN[0]
    assert toon.share(maat, Aandeel(946, 1000)).waarde == "94 %"
    assert toon.share(maat, Aandeel(946, 1000)).gehaald is False
    assert toon.share(maat, Aandeel(950, 1000)).gehaald is True
    assert toon.share(maat, Aandeel(0, 0)).gehaald is None


@pytest.mark.parametrize(
    ("sec", "text"), [(0, "0:00 min"), (125, "2:05 min"), (3599, "59:59 min"), (3850, "1:04:10 u")]
)
def test_a_time_in_words(sec, text):
    assert beeld.seconds(timedelta(seconds=sec)) == text


def test_too_few_to_say_anything():
    toon = beeld._Toon(precies=False)
    row = toon.share(beeld.maten.AANDELEN[0], Aandeel(1, 4))
    assert (row.waarde, row.aantal, row.gehaald) == ("te weinig", "< 5", None)


def test_a_small_part_of_many_is_not_told_either():
    toon = beeld._Toon(precies=False)
    row = toon.share(beeld.maten.AANDELEN[4], Aandeel(2, 34))
    assert (row.waarde, row.aantal) == ("< 14 %", "< 5 van 34")
    row = toon.share(beeld.maten.AANDELEN[4], Aandeel(0, 34))
    assert (row.waarde, row.aantal) == ("0 %", "0 van 34")
    precies = beeld._Toon(precies=True).share(beeld.maten.AANDELEN[4], Aandeel(2, 34))
    assert (precies.waarde, precies.aantal) == ("5 %", "2 van 34")
