"""The pages of frame, shares and periods: who may, what is kept, what is told."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kern.models import Logregel
from rooster.actions import aandeel as aandeel_actions
from rooster.actions import periode as periode_actions
from rooster.models import (
    Dienstsoort,
    Feestdag,
    Inzet,
    Openingstijd,
    Roosterperiode,
    Saldo,
    Vrijstelling,
)
from tests.factories import (
    DeelnemerFactory,
    DienstsoortFactory,
    InzetFactory,
    RoosterperiodeFactory,
    SaldoFactory,
    TandartsFactory,
    VrijstellingFactory,
)


@pytest.fixture
def url(kring):
    return lambda name, **kwargs: reverse(f"rooster:{name}", kwargs={"kring": kring.slug, **kwargs})


@pytest.fixture
def coord(als, coordinator):
    return als(coordinator)


LINES = [
    ("Open", "praktijken", "doordeweeks", "niet", "01234", "08:00", "17:00", 0),
    ("Nacht", "rooster", "doordeweeks", "ook", "01234", "17:00", "08:00", 1),
    ("Weekend", "rooster", "weekend", "ook", "56", "08:00", "08:00", 1),
    ("Feest", "rooster", "feestdag", "alleen", "01234", "08:00", "17:00", 0),
    ("", "rooster", "doordeweeks", "ook", "", "", "", 1),
]
NAMES = (
    "naam",
    "vervuld_door",
    "categorie",
    "feestdagen",
    "dagen",
    "begin",
    "einde",
    "dagen_later",
)


def posted(lines=LINES, vanaf="2027-01-04") -> dict:
    data = {"vanaf": vanaf, "soort-TOTAL_FORMS": len(lines), "soort-INITIAL_FORMS": 0}
    for number, line in enumerate(lines):
        data |= {
            f"soort-{number}-{name}": list(value) if name == "dagen" else value
            for name, value in zip(NAMES, line, strict=True)
        }
    return data


def test_the_lines_are_kept_and_shown(url, coord, als, triagist):
    response = coord.post(url("dienstsoorten"), posted())
    assert response.status_code == 302
    assert Dienstsoort.objects.count() == 4
    Dienstsoort.objects.update(geldig_vanaf=date(2026, 1, 5))
    html = als(triagist).get(url("kader")).content.decode()
    assert "ma-vr" in html
    assert "za, zo" in html
    assert "een dag later" in html
    assert "Dienstsoorten wijzigen" not in html
    start = coord.get(url("dienstsoorten")).content.decode()
    assert 'value="Weekend"' in start


def test_a_hole_is_told_with_its_line_and_what_was_typed_stays(url, coord):
    lines = [list(line) for line in LINES]
    lines[1][5] = "18:00"
    response = coord.post(url("dienstsoorten"), posted(lines))
    assert response.status_code == 422
    html = response.content.decode()
    assert "Regel 1 (Open) en regel 2 (Nacht): van ma 4 jan 2027 17:00 tot 18:00" in html
    assert 'value="18:00"' in html
    assert Dienstsoort.objects.count() == 0


@pytest.mark.parametrize(
    ("number", "name", "value"),
    [
        (1, "begin", "25:00"),
        (1, "begin", ""),
        (1, "dagen", []),
        (1, "dagen", ["9"]),
        (2, "dagen_later", "12"),
        (3, "naam", "x" * 61),
    ],
)
def test_a_broken_line_is_told_at_its_field(url, coord, number, name, value):
    response = coord.post(url("dienstsoorten"), posted() | {f"soort-{number}-{name}": value})
    assert response.status_code == 422
    assert name in response.context["formset"][number].errors
    assert Dienstsoort.objects.count() == 0


@pytest.mark.parametrize("vanaf", ["", "gisteren", "0001-01-01", "2150-01-01"])
def test_an_odd_day_is_told(url, coord, vanaf):
    response = coord.post(url("dienstsoorten"), posted(vanaf=vanaf))
    assert response.status_code == 422
    assert "vanaf" in response.context["vanaf"].errors


def test_a_missing_management_form_is_no_fault_of_ours(url, coord):
    assert coord.post(url("dienstsoorten"), {"vanaf": "2027-01-04"}).status_code == 422


def test_the_holidays_of_a_year_are_chosen(kring, url, coord):
    page = url("feestdagen", jaar=2027)
    shown = coord.get(page).context["form"]
    kept = [day for day, _label in shown.fields["landelijk"].choices if day != "2027-05-05"]
    response = coord.post(
        page,
        {
            "landelijk": kept,
            "eigen": ["2027-12-31"],
            "dag_1": "2027-10-03",
            "naam_1": "Kermis",
        },
    )
    assert response.status_code == 302
    rows = Feestdag.objects.values_list("datum", "naam", "vervalt")
    assert set(rows) == {
        (date(2027, 5, 5), "Bevrijdingsdag", True),
        (date(2027, 12, 31), "Oudejaarsdag", False),
        (date(2027, 10, 3), "Kermis", False),
    }
    again = coord.get(page).context["form"]
    assert "2027-05-05" not in again.initial["landelijk"]
    assert set(again.initial["eigen"]) == {"2027-12-31", "2027-10-03"}


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"dag_1": "2028-01-02", "naam_1": "Verkeerd jaar"}, "dag_1"),
        ({"dag_1": "2027-01-02"}, "naam_1"),
        ({"naam_2": "Zonder dag"}, "dag_2"),
        ({"eigen": ["2027-01-02"]}, "eigen"),
    ],
)
def test_a_wrong_holiday_is_told(url, coord, typed, field):
    response = coord.post(url("feestdagen", jaar=2027), typed)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert Feestdag.objects.count() == 0


def test_a_year_out_of_this_century_does_not_exist(url, coord):
    assert coord.get(url("feestdagen", jaar=99999)).status_code == 404


HOURS = {"vanaf": "2027-01-04", "dag_0": "8-12:30, 13:00 tot 17.00", "dag_4": "08:00-12:00"}


def test_a_representative_keeps_the_hours_of_the_own_practice_only(
    deelnemer, url, als, vertegenwoordiger, coord
):
    kring = deelnemer.kring
    other = DeelnemerFactory(kring=kring, naam="Andere praktijk")
    client = als(vertegenwoordiger)
    assert client.post(url("openingstijd", deelnemer=deelnemer.pk), HOURS).status_code == 302
    assert Openingstijd.objects.filter(deelnemer=deelnemer).count() == 3
    assert client.post(url("openingstijd", deelnemer=other.pk), HOURS).status_code == 404
    assert "Andere praktijk" not in client.get(url("openingstijden")).content.decode()
    assert "Andere praktijk" in coord.get(url("openingstijden")).content.decode()
    assert coord.post(url("openingstijd", deelnemer=other.pk), HOURS).status_code == 302


def test_hours_that_nobody_filled_in_start_from_the_usual_ones(url, coord, deelnemer):
    form = coord.get(url("openingstijd", deelnemer=deelnemer.pk)).context["form"]
    assert [form.initial.get(f"dag_{day}", "") for day in range(7)] == [
        *["08:00-17:00"] * 5,
        "",
        "",
    ]


def test_a_change_starts_after_the_last_roster_that_is_made(kring, url, coord):
    RoosterperiodeFactory(kring=kring, status="gepubliceerd")
    form = coord.get(url("dienstsoorten")).context["vanaf"]
    assert form.initial["vanaf"] == date(2028, 1, 3)


@pytest.mark.parametrize("typed", ["hele dag", "8-25", "17:00-08:00", "08:00-12:00, 11:00-13:00"])
def test_odd_hours_are_told_and_stay(url, coord, deelnemer, typed):
    response = coord.post(
        url("openingstijd", deelnemer=deelnemer.pk), {"vanaf": "2027-01-04", "dag_2": typed}
    )
    assert response.status_code == 422
    assert f'value="{typed}"' in response.content.decode()
    assert Openingstijd.objects.count() == 0


def test_the_share_of_a_dentist_from_a_day_on(url, coord, tandarts):
    response = coord.post(
        url("inzet_wijzigen", tandarts=tandarts.pk),
        {"deelnemer": tandarts.deelnemer_id, "fte": "0,8", "vanaf": "2026-01-01"},
    )
    assert response.status_code == 302
    row = Inzet.objects.get()
    assert (row.fte, row.doet_dienst) == (Decimal("0.80"), False)
    html = coord.get(url("inzet")).content.decode()
    assert "0,80" in html
    assert "doet geen dienst" in html


def test_a_representative_keeps_the_shares_of_the_own_practice_only(
    kring, tandarts, url, als, vertegenwoordiger
):
    other = TandartsFactory(kring=kring, naam="T. Elders")
    client = als(vertegenwoordiger)
    typed = {"deelnemer": other.deelnemer_id, "fte": "1", "vanaf": "2026-01-01"}
    assert client.get(url("inzet_wijzigen", tandarts=tandarts.pk)).status_code == 200
    assert client.get(url("inzet_wijzigen", tandarts=other.pk)).status_code == 404
    # The own dentist, but to another practice.
    response = client.post(url("inzet_wijzigen", tandarts=tandarts.pk), typed)
    assert list(response.context["form"].errors) == ["deelnemer"]
    assert "T. Elders" not in client.get(url("inzet")).content.decode()
    assert Inzet.objects.count() == 0


EXEMPTION = {
    "deel": "100",
    "eerste_dag": "2027-01-01",
    "laatste_dag": "",
    "last": "kring",
    "grond": "chronisch",
    "toelichting": "Rugklachten.",
}


@pytest.fixture
def exemption(url, coord, tandarts):
    typed = EXEMPTION | {"tandarts": str(tandarts.pk)}
    assert coord.post(url("vrijstelling_nieuw"), typed).status_code == 302
    return Vrijstelling.objects.get(), typed


def test_the_ground_of_an_exemption_stays_on_its_own_page(url, coord, exemption):
    row, _typed = exemption
    listed = coord.get(url("vrijstellingen")).content.decode()
    assert row.tandarts.naam in listed
    assert "chronisch" not in listed
    assert "Rugklachten." not in listed
    assert not Logregel.objects.filter(gebeurtenis="vrijstelling.gezien").exists()
    page = coord.get(url("vrijstelling", vrijstelling=row.pk)).content.decode()
    assert "Rugklachten." in page
    line = Logregel.objects.get(gebeurtenis="vrijstelling.gezien")
    assert line.object_id == str(row.pk)


def test_an_exemption_is_for_the_coordinator_only(url, als, exemption, request):
    for name in ("tandarts_gebruiker", "vertegenwoordiger", "beheerder", "fg"):
        client = als(request.getfixturevalue(name))
        assert client.get(url("vrijstelling", vrijstelling=exemption[0].pk)).status_code == 403
        assert client.get(url("vrijstellingen")).status_code == 403


def test_an_exemption_is_changed_and_taken_back(url, coord, exemption):
    row, typed = exemption
    page = url("vrijstelling", vrijstelling=row.pk)
    wrong = coord.post(page, typed | {"laatste_dag": "2026-01-01"})
    assert wrong.status_code == 422
    assert list(wrong.context["form"].errors) == ["laatste_dag"]
    assert coord.post(page, typed | {"deel": "101"}).status_code == 422
    assert coord.post(page, typed | {"deel": "50"}).status_code == 302
    assert Vrijstelling.objects.get().deel == 50
    assert coord.get(url("vrijstelling_weg", vrijstelling=row.pk)).status_code == 200
    assert coord.post(url("vrijstelling_weg", vrijstelling=row.pk)).status_code == 302
    assert Vrijstelling.objects.count() == 0


PERIODE = {
    "naam": "Rooster 2027",
    "eerste_dag": "2027-01-04",
    "laatste_dag": "2028-01-02",
    "wensen_tot": "2026-12-06",
    "akkoord_tot": "2026-12-20",
    "rustdagen": "3",
    "wensenbudget": "20",
    "blokkadebudget": "40",
}


@pytest.fixture
def november(monkeypatch):
    moment = datetime(2026, 11, 23, 9, tzinfo=UTC)
    for module in (periode_actions, aandeel_actions):
        monkeypatch.setattr(module, "db_now", lambda: moment)


@pytest.fixture
def period(url, coord, november):
    response = coord.post(url("periode_nieuw"), PERIODE)
    row = Roosterperiode.objects.get()
    assert response.url == url("periode", periode=row.pk)
    return row


def test_wishes_are_asked_once_the_frame_is_whole(url, coord, period, tandarts):
    page, ask = (url(name, periode=period.pk) for name in ("periode", "periode_openen"))
    assert "Er zijn nog geen dienstsoorten" in coord.get(page).content.decode()
    assert "kloppen nog niet" in coord.post(ask, follow=True).content.decode()
    coord.post(url("dienstsoorten"), posted())
    html = coord.get(page).content.decode()
    assert "Wensen vragen" in html
    assert tandarts.deelnemer.naam in html
    assert "kan nu wensen opgeven" in html_of(coord.post(ask, follow=True))
    period.refresh_from_db()
    assert period.status == "wensen"
    assert "Wensen vragen" not in coord.get(page).content.decode()


def html_of(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({}, "eerste_dag"),
        ({"eerste_dag": "2029-01-01"}, "laatste_dag"),
        ({"akkoord_tot": "2026-12-05"}, "akkoord_tot"),
        ({"akkoord_tot": "2027-01-04"}, "akkoord_tot"),
        (
            {"eerste_dag": "2028-01-03", "laatste_dag": "2028-12-31", "akkoord_tot": "x"},
            "akkoord_tot",
        ),
        ({"rustdagen": "61"}, "rustdagen"),
        ({"rustdagen": "-1"}, "rustdagen"),
        ({"naam": ""}, "naam"),
    ],
)
def test_a_period_that_cannot_be_is_told_at_its_field(url, coord, period, typed, field):
    response = coord.post(url("periode_nieuw"), PERIODE | typed)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert Roosterperiode.objects.count() == 1


def test_the_next_period_is_filled_in_beforehand(url, coord, period):
    form = coord.get(url("periode_nieuw")).context["form"]
    assert form.initial["eerste_dag"] == date(2028, 1, 3)
    assert form.initial["rustdagen"] == 3


def test_a_period_is_changed_and_taken_back(url, coord, period):
    change = url("periode_wijzigen", periode=period.pk)
    assert coord.post(change, PERIODE | {"rustdagen": "5"}).status_code == 302
    period.refresh_from_db()
    assert period.rustdagen == 5
    assert period.naam in coord.get(url("perioden")).content.decode()
    gone = url("periode_weg", periode=period.pk)
    Roosterperiode.objects.update(status="wensen")
    moved = coord.post(change, PERIODE | {"eerste_dag": "2027-01-11"})
    assert list(moved.context["form"].errors) == ["eerste_dag"]
    assert coord.post(gone).status_code == 422
    Roosterperiode.objects.update(status="voorbereiding")
    assert coord.post(gone).url == url("perioden")
    assert Roosterperiode.objects.count() == 0


def test_everybody_who_serves_sees_the_balances(deelnemer, url, als, tandarts_gebruiker, period):
    kring = deelnemer.kring
    SaldoFactory(kring=kring, deelnemer=deelnemer, periode=period, verschil="1.25")
    html = html_of(als(tandarts_gebruiker).get(url("saldi")))
    assert "+1,25" in html
    assert "Tellen" not in html


def test_balances_of_a_period_that_runs_are_not_counted(url, coord, period):
    response = coord.post(url("saldi_tellen", periode=period.pk), follow=True)
    assert "nog niet voorbij" in html_of(response)
    assert Saldo.objects.count() == 0


def file(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("bestand.csv", text.encode(), "text/csv")


@pytest.mark.parametrize(
    "case",
    [
        ("inzet_csv", "praktijk;tandarts;fte\nDe Zon;A. Bok;0,6\n", Inzet),
        ("openingstijden_csv", "praktijk;dag;van;tot\nDe Zon;ma;08:00;17:00\n", Openingstijd),
        ("saldi_csv", "praktijk;categorie;verschil\nDe Zon;weekend;1\n", Saldo),
    ],
)
def test_a_file_is_taken_over_whole_or_not_at_all(kring, url, coord, period, case):
    name, text, model = case
    praktijk = DeelnemerFactory(kring=kring, naam="De Zon")
    TandartsFactory(kring=kring, deelnemer=praktijk, naam="A. Bok")
    given = {"vanaf": "2027-01-04", "periode": str(period.pk)}
    assert coord.get(url(name)).status_code == 200
    bad = coord.post(url(name), given | {"bestand": file(text + "De Maan;x;y;z\n")})
    assert bad.status_code == 422
    assert "Regel 3: er is geen praktijk “De Maan” in de kring." in html_of(bad)
    assert model.objects.count() == 0
    assert coord.post(url(name), given).status_code == 422
    assert coord.post(url(name), given | {"bestand": file(text)}).status_code == 302
    assert model.objects.count() == 1


def test_a_file_that_is_too_large_is_refused(url, coord):
    big = SimpleUploadedFile("b.csv", b"praktijk;tandarts;fte\n" + b"x" * 1024 * 1024)
    response = coord.post(url("inzet_csv"), {"vanaf": "2027-01-04", "bestand": big})
    assert "groter dan 1 MB" in str(response.context["form"].errors["bestand"])


@pytest.mark.parametrize(
    "name", ["inzet", "openingstijden", "vrijstellingen", "saldi", "perioden", "periode", "kader"]
)
def test_the_queries_do_not_grow_with_the_rows(kring, url, coord, period, name):
    page = url(name, periode=period.pk) if name == "periode" else url(name)

    def fill(first: int, last: int) -> None:
        for number in range(first, last):
            tandarts = TandartsFactory(kring=kring)
            InzetFactory(kring=kring, tandarts=tandarts)
            VrijstellingFactory(kring=kring, tandarts=tandarts)
            SaldoFactory(kring=kring, deelnemer=tandarts.deelnemer, periode=period)
            DienstsoortFactory(kring=kring, naam=f"Soort {number}")

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert coord.get(page).status_code == 200
        return len(queries)

    fill(0, 1)
    count()
    one = count()
    fill(1, 12)
    assert count() == one
