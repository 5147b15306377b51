"""The month and the year of the roster: what is drawn, for whom, in how many queries."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kern.tijd import AMSTERDAM
from rooster.beeld.jaar import build_year
from rooster.beeld.maand import build_month, month_stretch, next_month, previous_month
from rooster.models import Dienst
from rooster.versie.rijen import Plek, Roosterrij, row_of
from tests.factories import DeelnemerFactory, DienstFactory, TandartsFactory
from tests.rooster.test_views import MEMBERS, page

NU = datetime(2026, 12, 15, 12, tzinfo=UTC)
A, B = Plek("1", "A. Aalders", "p1", "Praktijk 1"), Plek("2", "B. Bos", "p2", "Praktijk 2")


def at(month: int, day: int, hour: int, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, tzinfo=AMSTERDAM)


def row(begin, einde, *, categorie="doordeweeks", dienst=A, achter=B) -> Roosterrij:
    plekken = {"dienstdoende": dienst, "achterwacht": achter}
    return Roosterrij(begin, einde, categorie, {rol: plek for rol, plek in plekken.items() if plek})


def days_of(weken) -> dict:
    return {dag.datum: dag for week in weken for dag in week.dagen}


# --- the month


def test_a_month_is_whole_weeks_of_real_days():
    weken = build_month([], date(2026, 3, 9), NU, {})
    assert [week.nummer for week in weken] == [9, 10, 11, 12, 13, 14]
    days = days_of(weken)
    # The clock goes forward on Sunday 29 March: 24 hours after midnight is one o'clock.
    assert list(days) == [date(2026, 2, 23) + timedelta(days=n) for n in range(42)]
    assert [day.day for day in days if days[day].in_maand] == list(range(1, 32))


def test_a_duty_stands_on_its_first_day_and_a_weekend_on_the_days_it_fills():
    night = row(at(12, 10, 17), at(12, 11, 8))
    weekend = row(at(12, 11, 17), at(12, 14, 8), categorie="weekend")
    days = days_of(build_month([night, weekend], date(2026, 12, 1), NU, {}))
    assert [day for day in days if days[day].rijen] == [date(2026, 12, 10), date(2026, 12, 11)]
    assert [day for day in days if days[day].lopend] == [date(2026, 12, 12), date(2026, 12, 13)]


def test_holes_between_duties_are_shown_until_they_are_over():
    rows = [row(at(12, 13, 17), at(12, 14, 8)), row(at(12, 17, 17), at(12, 18, 8))]
    days = days_of(build_month(rows, date(2026, 12, 1), NU, {}))
    assert [day.day for day in days if days[day].gaten] == [15, 16]
    later = days_of(build_month(rows, date(2026, 12, 1), at(12, 16, 9), {}))
    assert [day.day for day in later if later[day].gaten] == [16]


def test_today_and_a_holiday_stand_out():
    days = days_of(build_month([], date(2026, 12, 1), NU, {date(2026, 12, 25): "Eerste Kerstdag"}))
    assert [day.day for day in days if days[day].is_vandaag] == [15]
    assert days[date(2026, 12, 25)].feestdag == "Eerste Kerstdag"


def test_the_neighbours_of_a_month():
    assert next_month(date(2026, 12, 31)) == date(2027, 1, 1)
    assert previous_month(date(2027, 1, 31)) == date(2026, 12, 1)
    assert month_stretch(date(2026, 12, 1)).begin == datetime(2026, 11, 29, 23, tzinfo=UTC)


# --- the year


def test_each_practice_has_a_strip_with_its_counts():
    rows = [
        row(at(1, 5, 17), at(1, 6, 8)),
        row(at(1, 9, 8), at(1, 9, 17), categorie="weekend", dienst=B, achter=A),
    ]
    beeld = build_year(rows, 2026, {"p1": "Praktijk 1", "p3": "Aan de Gracht"}, nu=NU)
    assert [(rij.naam, rij.dienst, rij.achterwacht, rij.weekend) for rij in beeld.praktijken] == [
        ("Aan de Gracht", 0, 0, 0),
        ("Praktijk 1", 1, 1, 1),
        # It has places without being in the list of practices that take part.
        ("Praktijk 2", 1, 1, 1),
    ]
    assert [(s.rol, s.x, s.breedte) for s in beeld.praktijken[1].strepen] == [
        ("dienstdoende", 10, 9),
        ("achterwacht", 10, 9),
    ]


def test_duties_of_one_week_share_its_column():
    rows = [row(at(1, day, 17), at(1, day + 1, 8)) for day in (5, 6)]
    strepen = build_year(rows, 2026, {}, nu=NU).praktijken[0].strepen
    assert [(s.x, s.breedte) for s in strepen] == [(10, 3.5), (14.5, 4.5)]


def test_own_practices_come_first():
    beeld = build_year([], 2026, {"p1": "A", "p2": "B"}, nu=NU, eigen=frozenset({"p2"}))
    assert [(rij.naam, rij.eigen) for rij in beeld.praktijken] == [("B", True), ("A", False)]


@pytest.mark.parametrize(("jaar", "weken"), [(2026, 53), (2027, 53), (2028, 53), (2012, 54)])
def test_the_axis_covers_the_year(jaar, weken):
    beeld = build_year([], jaar, {}, nu=NU)
    assert beeld.weken == weken
    last = beeld.maanden[-1]
    assert last.x + last.breedte <= beeld.breedte
    assert (beeld.vandaag is not None) == (jaar == 2026)


def test_a_row_survives_as_json():
    rij = row(at(12, 10, 17), at(12, 11, 8), achter=None)
    again = row_of(rij.as_record())
    assert again == rij
    assert again.open_rollen == ["achterwacht"]
    assert (again.role_of(frozenset({"p1"})), again.role_of(frozenset({"p2"}))) == (
        "dienstdoende",
        "",
    )


# --- the pages

PAGES = ("maand/?maand=2026-12", "jaar/?jaar=2026")


def night(kring, day, **kwargs):
    begin = datetime(2026, 12, day, 17, tzinfo=AMSTERDAM)
    return DienstFactory(kring=kring, begin=begin, **kwargs)


@pytest.mark.django_db
@pytest.mark.parametrize("wie", MEMBERS)
def test_every_member_sees_month_and_year(kring, als, request, tandarts, wie):
    night(kring, 10, dienstdoende=tandarts)
    client = als(request.getfixturevalue(wie))
    month, year = (client.get(page(kring, path)).content.decode() for path in PAGES)
    assert tandarts.naam in month
    assert "Praktijk De Brug" in year


@pytest.mark.django_db
@pytest.mark.parametrize("path", [*PAGES, "wijzigingen/"])
def test_outsiders_see_nothing(kring, als, vreemde, path):
    assert als(vreemde).get(page(kring, path)).status_code == 404


@pytest.mark.django_db
def test_another_kring_is_not_drawn(kring, andere_kring, als, coordinator):
    theirs = TandartsFactory(kring=andere_kring, naam="Z. Eer", deelnemer__naam="Praktijk Ver")
    night(andere_kring, 10, dienstdoende=theirs)
    client = als(coordinator)
    for path in PAGES:
        html = client.get(page(kring, path)).content.decode()
        assert "Z. Eer" not in html
        assert "Praktijk Ver" not in html
    response = client.get(page(kring, f"jaar/{theirs.deelnemer_id}/"))
    assert response.status_code == 404


@pytest.mark.django_db
def test_the_own_practice_stands_out(kring, als, tandarts, tandarts_gebruiker, coordinator):
    night(kring, 10, achterwacht=tandarts)
    own = als(tandarts_gebruiker).get(page(kring, PAGES[0])).content.decode()
    assert own.count("roosterdienst--eigen") == 1
    assert (
        "roosterdienst--eigen" not in als(coordinator).get(page(kring, PAGES[0])).content.decode()
    )
    chosen = f"{PAGES[0]}&praktijk={tandarts.deelnemer_id}"
    assert "roosterdienst--eigen" in als(coordinator).get(page(kring, chosen)).content.decode()


@pytest.mark.django_db
def test_the_practice_that_answers_for_a_place_is_the_one_that_counts(kring, als, coordinator):
    elders = DeelnemerFactory(kring=kring, naam="Praktijk Elders")
    dienst = night(kring, 10)
    dienst.plaatsen.filter(rol="dienstdoende").update(deelnemer=elders)
    row = Dienst.objects.filter(pk=dienst.pk).as_rows()[0]
    assert (row.dienstdoende.praktijk, row.dienstdoende.deelnemer) == (
        "Praktijk Elders",
        str(elders.pk),
    )
    html = als(coordinator).get(page(kring, f"jaar/{elders.pk}/?jaar=2026")).content.decode()
    assert dienst.dienstdoende.naam in html


@pytest.mark.django_db
@pytest.mark.parametrize("path", PAGES)
def test_thirty_duties_cost_the_queries_of_one(kring, als, coordinator, path):
    client = als(coordinator)
    counts = []
    for days in (range(1, 2), range(2, 31)):
        for day in days:
            night(kring, day)
        with CaptureQueriesContext(connection) as queries:
            client.get(page(kring, path))
            counts.append(len(queries))
    assert counts[0] == counts[1]
    # The names of the kringen are set twice; the rest reads rows.
    asked = [query for query in queries.captured_queries if ' FROM "' in query["sql"]]
    assert len(asked) <= 8


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query", ["maand=2026-13", "maand=x", "maand=0001-01", "maand=9999-12", "praktijk=x", "jaar=x"]
)
@pytest.mark.parametrize("path", ["maand/", "jaar/"])
def test_odd_input_shows_today(kring, als, coordinator, path, query):
    response = als(coordinator).get(page(kring, f"{path}?{query}"))
    assert response.status_code == 200
    assert response.context["nu"].year == datetime.now(tz=AMSTERDAM).year


@pytest.mark.django_db
@pytest.mark.traag
@pytest.mark.parametrize("path", ["maand/pdf/?maand=2026-12", "jaar/pdf/?jaar=2026"])
def test_the_sheet_is_one_page_with_the_names(kring, als, coordinator, tandarts, path):
    import io

    import pypdf

    night(kring, 10, dienstdoende=tandarts)
    response = als(coordinator).get(page(kring, path))
    assert response.headers["Content-Type"] == "application/pdf"
    pages = pypdf.PdfReader(io.BytesIO(response.content)).pages
    assert len(pages) == 1
    assert (tandarts.naam if "maand" in path else "Praktijk De Brug") in pages[0].extract_text()
