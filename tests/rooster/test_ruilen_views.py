"""The pages of swapping: who may, what is shown, and what a tired person presses wrong."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kern.tijd import db_now, to_local
from rooster import actions
from rooster.models import Ruilverzoek
from tests.factories import (
    DienstFactory,
    LidmaatschapFactory,
    RuilaanbodFactory,
    RuilverzoekFactory,
    TandartsFactory,
)
from tests.rooster.ruilen import colleague, holders, night, place, swap_key

pytestmark = pytest.mark.django_db


def page(kring, path=""):
    return f"/k/{kring.slug}/rooster/ruilen/{path}"


@pytest.fixture
def vier(kring):
    return [colleague(kring, naam) for naam in ("Anna", "Bram", "Cato", "Daan")]


@pytest.fixture
def nachten(kring, vier):
    a, b, c, d = vier
    return [night(kring, 10, a, b), night(kring, 17, b, c), night(kring, 24, c, d)]


@pytest.fixture
def typed(nachten):
    dag = to_local(nachten[0].begin).date() - timedelta(days=2)
    return {"soort": "overname", "uiterlijk": dag.isoformat(), "toelichting": "Bruiloft"}


@pytest.fixture
def post(kring, als, nachten, vier, typed):
    """Give the first night away, as its dentist; with something typed wrong."""
    path = page(kring, f"plaats/{place(nachten[0]).pk}/")
    return lambda wrong: als(vier[0].gebruiker).post(path, typed | wrong)


def test_a_duty_of_next_autumn_can_be_reached(kring, als, vier):
    """A year of duties is too long a list to begin with, but each of them may be given away."""
    a, b, *_others = vier
    last = [night(kring, 7 * week, a, b) for week in range(1, 15)][-1]
    path = page(kring, f"plaats/{place(last).pk}/")
    html = als(a.gebruiker).get(page(kring)).content.decode()
    assert path not in html
    assert 'href="?toon=alles"' in html
    html = als(a.gebruiker).get(page(kring, "?toon=alles")).content.decode()
    assert path in html
    assert 'href="?toon=alles"' not in html


def test_the_whole_way_on_two_phones(kring, als, nachten, vier, typed):
    anna, daan = als(vier[0].gebruiker), als(vier[3].gebruiker)
    plaats = place(nachten[0])
    html = anna.get(page(kring)).content.decode()
    assert page(kring, f"plaats/{plaats.pk}/") in html
    html = anna.get(page(kring, f"plaats/{plaats.pk}/")).content.decode()
    assert html.index("Daan") < html.index("Cato")
    response = anna.post(page(kring, f"plaats/{plaats.pk}/"), typed)
    verzoek = Ruilverzoek.objects.get()
    assert (response.status_code, response.url) == (302, page(kring, f"verzoek/{verzoek.pk}/"))
    aanbod = verzoek.aanbiedingen.get(tandarts=vier[3])
    html = daan.get(page(kring)).content.decode()
    assert "Aan jou gevraagd" in html
    assert page(kring, f"aanbod/{aanbod.pk}/") in html
    html = daan.get(page(kring, f"aanbod/{aanbod.pk}/")).content.decode()
    assert "Bruiloft" in html
    response = daan.post(page(kring, f"aanbod/{aanbod.pk}/"), {"antwoord": "ja"})
    assert (response.status_code, response.url) == (302, page(kring))
    assert holders(nachten[0]) == [("Daan", "Bram")]
    assert "gelukt" in anna.get(page(kring, f"verzoek/{verzoek.pk}/")).content.decode()


def test_propose_a_swap(kring, als, nachten, vier, typed):
    eerste, _tweede, derde = nachten
    client = als(vier[0].gebruiker)
    path = page(kring, f"plaats/{place(eerste).pk}/")
    sleutel = swap_key(eerste, "dienstdoende", derde, "achterwacht")
    maand = to_local(derde.begin).strftime("%Y-%m")
    assert sleutel in client.get(f"{path}?wat=ruil&maand={maand}").content.decode()
    assert client.get(f"{path}?wat=ruil&maand=onzin").status_code == 200
    response = client.post(path, typed | {"soort": "ruil", "keuzes": [sleutel]})
    assert response.status_code == 302
    aanbod = Ruilverzoek.objects.get().aanbiedingen.get()
    als(vier[3].gebruiker).post(page(kring, f"aanbod/{aanbod.pk}/"), {"antwoord": "ja"})
    assert holders(eerste, derde) == [("Daan", "Bram"), ("Cato", "Anna")]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"uiterlijk": ""}, "uiterlijk"),
        ({"uiterlijk": "morgen"}, "uiterlijk"),
        ({"uiterlijk": "9999-12-31"}, "uiterlijk"),
        ({"uiterlijk": "2020-01-01"}, "uiterlijk"),
        ({"toelichting": "x" * 201}, "toelichting"),
        ({"toelichting": "a\x00b"}, "toelichting"),
        ({"keuzes": ["onzin"]}, "keuzes"),
        ({"soort": "ruil"}, "keuzes"),
    ],
)
def test_a_wrong_field_is_told_and_nothing_is_asked(post, wrong, field):
    response = post(wrong)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    if field != "toelichting":
        assert "Bruiloft" in response.content.decode()
    assert Ruilverzoek.objects.count() == 0


def test_an_answer_that_is_none(kring, als, nachten, vier):
    aanbod = RuilaanbodFactory(
        kring=kring,
        verzoek=RuilverzoekFactory(kring=kring, dienst=nachten[0]),
        tandarts=vier[3],
    )
    response = als(vier[3].gebruiker).post(page(kring, f"aanbod/{aanbod.pk}/"), {"antwoord": "?"})
    assert response.status_code == 422
    assert holders(nachten[0]) == [("Anna", "Bram")]


def test_who_is_too_late_reads_that_nothing_needs_doing(kring, als, nachten, vier):
    verzoek = RuilverzoekFactory(kring=kring, dienst=nachten[0])
    cato, daan = (
        RuilaanbodFactory(kring=kring, verzoek=verzoek, tandarts=tandarts, volgorde=n)
        for n, tandarts in enumerate(vier[2:])
    )
    als(vier[3].gebruiker).post(page(kring, f"aanbod/{daan.pk}/"), {"antwoord": "ja"})
    response = als(vier[2].gebruiker).post(page(kring, f"aanbod/{cato.pk}/"), {"antwoord": "ja"})
    assert response.status_code == 422
    assert "Een collega was je net voor" in response.content.decode()
    assert holders(nachten[0]) == [("Daan", "Bram")]


def test_withdraw(kring, als, nachten, vier):
    verzoek = RuilverzoekFactory(kring=kring, dienst=nachten[0])
    client = als(vier[0].gebruiker)
    assert "Verzoek intrekken" in client.get(page(kring, f"verzoek/{verzoek.pk}/")).content.decode()
    assert client.post(page(kring, f"verzoek/{verzoek.pk}/")).status_code == 302
    verzoek.refresh_from_db()
    assert verzoek.status == "ingetrokken"
    assert client.post(page(kring, f"verzoek/{verzoek.pk}/")).status_code == 422


def paths(kring, dienst, tandarts):
    verzoek = RuilverzoekFactory(kring=kring, dienst=dienst)
    aanbod = RuilaanbodFactory(kring=kring, verzoek=verzoek, tandarts=tandarts)
    plaats = place(dienst)
    return [
        page(kring, f"plaats/{plaats.pk}/"),
        page(kring, f"plaats/{plaats.pk}/ziek/"),
        page(kring, f"verzoek/{verzoek.pk}/"),
        page(kring, f"aanbod/{aanbod.pk}/"),
    ]


def test_a_colleague_does_not_see_what_is_between_others(kring, als, nachten, vier):
    client = als(vier[1].gebruiker)
    for path in paths(kring, nachten[0], vier[3]):
        assert client.get(path).status_code == 404
        assert client.post(path, {"antwoord": "ja"}).status_code == 404
    assert holders(nachten[0]) == [("Anna", "Bram")]


@pytest.mark.parametrize("wie", ["triagist", "beheerder", "fg"])
def test_who_does_no_duties_does_not_swap(kring, als, request, wie):
    client, daan = als(request.getfixturevalue(wie)), colleague(kring, "Daan")
    dienst = night(kring, 10, daan, colleague(kring, "Bram"))
    for path in [page(kring), *paths(kring, dienst, daan)]:
        assert client.get(path).status_code == 403
        assert client.post(path).status_code in (403, 405)


def test_another_krings_request_does_not_exist_here(kring, andere_kring, als, coordinator):
    dienst = DienstFactory(kring=andere_kring, begin=db_now() + timedelta(days=9))
    ander = TandartsFactory(kring=andere_kring, naam="Z. Eer")
    client = als(coordinator)
    for path in paths(andere_kring, dienst, ander):
        own = path.replace(andere_kring.slug, kring.slug)
        assert client.get(own).status_code == 404
        assert client.post(own).status_code == 404
    assert "Z. Eer" not in client.get(page(kring)).content.decode()


def test_the_coordinator_sees_all_and_says_yes_for_nobody(kring, als, nachten, vier, coordinator):
    client = als(coordinator)
    plaats, ziek, verzoek, aanbod = paths(kring, nachten[0], vier[3])
    assert verzoek in client.get(page(kring)).content.decode()
    for path in (plaats, ziek, verzoek):
        assert client.get(path).status_code == 200
    assert client.get(aanbod).status_code == 404


def test_the_representative_sees_the_dentists_of_the_practice(kring, als, nachten, vier):
    chef = LidmaatschapFactory(
        kring=kring, rol="vertegenwoordiger", deelnemer=vier[0].deelnemer
    ).gebruiker
    html = als(chef).get(page(kring)).content.decode()
    assert page(kring, f"plaats/{place(nachten[0]).pk}/") in html
    assert page(kring, f"plaats/{place(nachten[1]).pk}/") not in html


def test_the_list_asks_the_same_with_one_and_with_many(kring, als, coordinator):
    tandarts = colleague(kring, "Veel")
    LidmaatschapFactory(kring=kring, gebruiker=tandarts.gebruiker, rol="coordinator")
    client = als(tandarts.gebruiker)

    def fill(first, last):
        for n in range(first, last):
            ander, achter = TandartsFactory(kring=kring), TandartsFactory(kring=kring)
            dienst = night(kring, 3 * n, ander, achter)
            verzoek = RuilverzoekFactory(kring=kring, dienst=dienst)
            RuilaanbodFactory(kring=kring, verzoek=verzoek, tandarts=tandarts)
            eigen = night(kring, 3 * n + 1, tandarts, achter)
            RuilverzoekFactory(kring=kring, dienst=eigen)

    fill(1, 2)
    client.get(page(kring))
    with CaptureQueriesContext(
        connection,
    ) as een:
        client.get(page(kring))
    fill(2, 9)
    with CaptureQueriesContext(connection) as veel:
        client.get(page(kring))
    assert len(veel) == len(een)


def test_the_first_page_says_that_a_colleague_asks(kring, als, nachten, vier):
    client = als(vier[3].gebruiker)
    assert "Een collega vraagt" not in client.get(f"/k/{kring.slug}/").content.decode()
    verzoek = RuilverzoekFactory(kring=kring, dienst=nachten[0])
    RuilaanbodFactory(kring=kring, verzoek=verzoek, tandarts=vier[3])
    assert "Een collega vraagt" in client.get(f"/k/{kring.slug}/").content.decode()


def test_the_form_of_a_duty_without_achterwacht_opens(kring, als, nachten, coordinator):
    place(nachten[0], "achterwacht").delete()
    path = f"/k/{kring.slug}/rooster/dienst/{nachten[0].pk}/"
    assert als(coordinator).get(path).status_code == 200


def test_report_ill_from_the_phone(kring, als, vier):
    dienst = night(kring, 0, vier[0], vier[1])
    client = als(vier[0].gebruiker)
    path = page(kring, f"plaats/{place(dienst).pk}/ziek/")
    html = client.get(path).content.decode()
    assert "Bram" in html
    response = client.post(path, {"toelichting": "x" * 201})
    assert response.status_code == 422
    assert holders(dienst) == [("Anna", "Bram")]
    response = client.post(path, {"toelichting": ""})
    verzoek = Ruilverzoek.objects.get()
    assert response.url == page(kring, f"verzoek/{verzoek.pk}/")
    assert holders(dienst) == [("Bram", None)]


def test_why_somebody_falls_out_is_not_read_by_who_is_asked(kring, als, vier, coordinator):
    dienst = night(kring, 0, vier[0], vier[1])
    als(coordinator).post(page(kring, f"plaats/{place(dienst).pk}/ziek/"), {"toelichting": "Griep"})
    verzoek = Ruilverzoek.objects.get()
    aanbod = verzoek.aanbiedingen.get(tandarts=vier[2])
    html = als(vier[2].gebruiker).get(page(kring, f"aanbod/{aanbod.pk}/")).content.decode()
    assert "na uitval van Anna" in html
    assert "Griep" not in html
    own = als(coordinator).get(page(kring, f"verzoek/{verzoek.pk}/")).content.decode()
    assert "Griep" in own


def test_the_coordinator_notes_the_yes_of_somebody_on_the_phone(kring, als, vier, coordinator):
    dienst = night(kring, 0, vier[0], vier[1])
    client = als(coordinator)
    client.post(page(kring, f"plaats/{place(dienst).pk}/ziek/"), {"toelichting": ""})
    verzoek = Ruilverzoek.objects.get()
    html = client.get(page(kring, f"verzoek/{verzoek.pk}/")).content.decode()
    aanbod = verzoek.aanbiedingen.get(tandarts=vier[2])
    assert page(kring, f"aanbod/{aanbod.pk}/") in html
    response = client.post(page(kring, f"aanbod/{aanbod.pk}/"), {"antwoord": "ja"})
    assert response.status_code == 302
    assert holders(dienst) == [("Bram", "Cato")]
    assert actions.expire_ruil(verzoek, by=None) is False
