"""Pages of the roster: who may, what is shown, and what a tired person types wrong."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kern.models import Logregel
from kern.tijd import AMSTERDAM
from kern.weergave import format_moment
from rooster import actions
from rooster.actions import dienst as dienst_actions
from rooster.models import Dienst, Dienstplaats
from tests.factories import DeelnemerFactory, DienstFactory, OproepFactory, TandartsFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def achter(kring):
    return TandartsFactory(kring=kring, naam="D. Achterberg")


@pytest.fixture
def typed(tandarts, achter):
    """What a person types for a night in December."""
    return {
        "begin": "2026-12-01T17:00",
        "einde": "2026-12-02T08:00",
        "dienstdoende": str(tandarts.pk),
        "achterwacht": str(achter.pk),
        "opmerking": "Sleutel bij de balie",
    }


REDEN = {"reden": "Geruild aan de telefoon"}


@pytest.fixture
def post(kring, als, coordinator):
    """Plan a duty as the coordinator."""
    client = als(coordinator)
    return lambda typed: client.post(page(kring, "dienst/"), typed)


def page(kring, path=""):
    return f"/k/{kring.slug}/rooster/{path}"


def night(kring, day, **kwargs):
    begin = datetime(2026, 12, day, 17, tzinfo=AMSTERDAM)
    return DienstFactory(kring=kring, begin=begin, einde=begin + timedelta(hours=15), **kwargs)


MEMBERS = ["triagist", "tandarts_gebruiker", "coordinator", "vertegenwoordiger", "beheerder", "fg"]


@pytest.mark.parametrize("wie", MEMBERS)
def test_every_member_reads_the_roster(kring, als, request, wie):
    client = als(request.getfixturevalue(wie))
    assert client.get(page(kring)).status_code == 200
    assert client.get(page(kring, "nu/")).status_code == 200


@pytest.mark.parametrize("path", ["", "nu/", "dienst/"])
@pytest.mark.parametrize("wie", ["vreemde", "uitgenodigde", "beeindigde"])
def test_outsiders_do_not(kring, als, request, path, wie):
    assert als(request.getfixturevalue(wie)).get(page(kring, path)).status_code == 404


@pytest.mark.parametrize("path", ["", "nu/", "dienst/"])
def test_who_is_not_logged_in_goes_to_the_login(kring, als, path):
    response = als().get(page(kring, path))
    assert (response.status_code, response.url.split("?")[0]) == (302, "/aanmelden/")


@pytest.mark.parametrize("wie", [name for name in MEMBERS if name != "coordinator"])
def test_only_the_coordinator_changes_the_roster(kring, als, request, typed, wie):
    dienst = night(kring, 10)
    client = als(request.getfixturevalue(wie))
    for path in ("dienst/", f"dienst/{dienst.pk}/", f"dienst/{dienst.pk}/weg/"):
        assert client.get(page(kring, path)).status_code == 403
        assert client.post(page(kring, path), typed).status_code == 403
    assert list(Dienst.objects.all()) == [dienst]


def test_another_krings_duty_does_not_exist_here(kring, andere_kring, als, typed, coordinator):
    theirs = night(
        andere_kring, 10, dienstdoende=TandartsFactory(kring=andere_kring, naam="Z. Eer")
    )
    client = als(coordinator)
    for path in (f"dienst/{theirs.pk}/", f"dienst/{theirs.pk}/weg/"):
        assert client.get(page(kring, path)).status_code == 404
        assert client.post(page(kring, path), typed).status_code == 404
    assert "Z. Eer" not in client.get(page(kring, "?vanaf=2026-12-07")).content.decode()
    assert Dienst.objects.get() == theirs


def test_another_krings_dentist_is_not_a_choice(kring, andere_kring, als, typed, coordinator):
    theirs = TandartsFactory(kring=andere_kring)
    response = als(coordinator).post(
        page(kring, "dienst/"), typed | {"dienstdoende": str(theirs.pk)}
    )
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["dienstdoende"]


def test_plan_a_duty(kring, als, typed, coordinator):
    response = als(coordinator).post(page(kring, "dienst/"), typed)
    # Tuesday 1 December: its week begins on Monday.
    assert (response.status_code, response.url) == (302, page(kring, "?vanaf=2026-11-30"))
    dienst = Dienst.objects.get()
    assert dienst.begin == datetime(2026, 12, 1, 17, tzinfo=AMSTERDAM)
    assert str(dienst.dienstdoende.pk) == typed["dienstdoende"]
    assert str(dienst.achterwacht.pk) == typed["achterwacht"]
    line = Logregel.objects.get(gebeurtenis="dienst.gepland")
    assert (line.gebruiker_naam, line.rollen, line.doel) == (
        coordinator.naam,
        "coordinator",
        "organisatie",
    )


def test_a_duty_far_away_is_in_sight_and_named_with_its_real_hours(kring, als, typed, coordinator):
    client = als(coordinator)
    # The night in which the clock goes forward: from 17:00 to 08:00 is fourteen hours.
    typed |= {"begin": "2027-03-27T17:00", "einde": "2027-03-28T08:00"}
    response = client.post(page(kring, "dienst/"), typed)
    assert response.url == page(kring, "?vanaf=2027-03-22")
    dienst = Dienst.objects.get()
    shown = client.get(response.url).content.decode()
    assert page(kring, f"dienst/{dienst.pk}/") in shown
    begin, einde = format_moment(dienst.begin), format_moment(dienst.einde)
    message = f"Gepland: {begin} tot {einde} (14 u)."
    assert message in shown
    response = client.post(page(kring, f"dienst/{dienst.pk}/"), typed | REDEN)
    assert response.url == page(kring, "?vanaf=2027-03-22")
    assert message.replace("Gepland", "Gewijzigd") in client.get(response.url).content.decode()


def test_the_form_of_a_duty_shows_amsterdam_time(kring, als, coordinator):
    dienst = night(kring, 10)
    html = als(coordinator).get(page(kring, f"dienst/{dienst.pk}/")).content.decode()
    assert 'value="2026-12-10T17:00"' in html
    assert 'value="2026-12-11T08:00"' in html


def test_change_and_remove(kring, als, typed, coordinator):
    dienst = night(kring, 10)
    client = als(coordinator)
    assert client.post(page(kring, f"dienst/{dienst.pk}/"), typed | REDEN).status_code == 302
    dienst.refresh_from_db()
    assert dienst.opmerking == "Sleutel bij de balie"
    assert client.get(page(kring, f"dienst/{dienst.pk}/weg/")).status_code == 200
    assert Dienst.objects.count() == 1
    assert client.post(page(kring, f"dienst/{dienst.pk}/weg/"), REDEN).status_code == 302
    assert Dienst.objects.count() == 0


@pytest.mark.parametrize("path", ["", "weg/"])
def test_a_change_asks_for_its_reason(kring, als, typed, coordinator, path):
    dienst = night(kring, 10)
    response = als(coordinator).post(page(kring, f"dienst/{dienst.pk}/{path}"), typed)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["reden"]
    dienst.refresh_from_db()
    assert dienst.opmerking == ""


def test_a_refused_removal_says_why(kring, als, coordinator):
    dienst = DienstFactory(kring=kring, begin=timezone.now() - timedelta(days=3))
    OproepFactory(kring=kring, dienst=dienst)
    response = als(coordinator).post(page(kring, f"dienst/{dienst.pk}/weg/"), REDEN)
    assert response.status_code == 422
    assert "zijn oproepen aangenomen" in response.content.decode()


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"begin": ""}, "begin", "verplicht"),
        ({"begin": "morgen"}, "begin", "Vul een datum en tijd in"),
        ({"begin": "2026-02-30T17:00"}, "begin", "Vul een datum en tijd in"),
        ({"begin": "99999-01-01T00:00"}, "begin", "Vul een datum en tijd in"),
        ({"begin": "2026-12-01T17:00\x00"}, "begin", "Vul een datum en tijd in"),
        ({"begin": "2027-03-28T02:30", "einde": "2027-03-28T08:00"}, "begin", "bestaat niet"),
        ({"begin": "2026-10-24T17:00", "einde": "2026-10-25T02:30"}, "einde", "twee keer"),
        ({"einde": "2026-12-01T08:00"}, "einde", "na het begin"),
        ({"einde": "2027-12-02T08:00"}, "einde", "langer dan een week"),
        ({"dienstdoende": "x\x00"}, "dienstdoende", "Kies uit de lijst"),
        ({"achterwacht": ""}, "achterwacht", "verplicht"),
        ({"opmerking": "x" * 65536}, "opmerking", "niet meer dan 200 tekens"),
        ({"dienstdoende": "9" * 500}, "dienstdoende", "Kies uit de lijst"),
        ({"opmerking": "a\x00b"}, "opmerking", "Null-tekens"),
    ],
)
def test_a_wrong_field_is_told_and_the_rest_stays(post, typed, wrong, field, sentence):
    response = post(typed | wrong)
    assert response.status_code == 422
    form = response.context["form"]
    assert list(form.errors) == [field]
    assert sentence in str(form.errors[field])
    html = response.content.decode()
    for name, text in (typed | wrong).items():
        assert name == field or text in html
    assert Dienst.objects.count() == 0


def test_the_same_dentist_twice_is_told_at_the_achterwacht(
    kring, als, typed, coordinator, tandarts
):
    response = als(coordinator).post(
        page(kring, "dienst/"), typed | {"achterwacht": str(tandarts.pk)}
    )
    assert response.context["form"].errors == {
        "achterwacht": ["De achterwacht moet een andere tandarts zijn dan de dienstdoende."]
    }


def test_an_overlap_names_the_duty_in_the_way(kring, als, typed, coordinator):
    night(kring, 1)
    response = als(coordinator).post(page(kring, "dienst/"), typed)
    assert response.status_code == 422
    assert "Hier is al een dienst: di 1 dec 17:00" in str(response.context["form"].errors["begin"])


def test_a_lost_race_is_told_at_the_field(kring, als, typed, coordinator, monkeypatch):
    """Someone else's duty lands between the check and the insert: only the constraint sees it."""
    night(kring, 1)
    monkeypatch.setattr(dienst_actions, "_in_the_way", lambda dienst: None)
    response = als(coordinator).post(page(kring, "dienst/"), typed)
    assert response.status_code == 422
    assert response.context["form"].errors == {"begin": ["In deze periode is er al een dienst."]}
    assert Dienst.objects.count() == 1


def test_the_card_shows_the_number_to_call(kring, als, triagist):
    voor = TandartsFactory(kring=kring, naam="V. Voorwacht", telefoon="+31612345671")
    DienstFactory(kring=kring, dienstdoende=voor)
    html = als(triagist).get(page(kring, "nu/")).content.decode()
    assert "V. Voorwacht" in html
    assert 'href="tel:+31612345671"' in html
    assert "06-12345671" in html


def test_nobody_on_duty_is_a_red_bar(kring, als, triagist):
    begin = timezone.now() + timedelta(hours=2)
    straks = TandartsFactory(kring=kring, naam="S. Straks")
    DienstFactory(kring=kring, begin=begin, dienstdoende=straks)
    for path in (page(kring, "nu/"), f"/k/{kring.slug}/"):
        html = als(triagist).get(path).content.decode()
        assert "melding--fout" in html
        assert "Nu heeft niemand dienst" in html
        assert "S. Straks" in html


def test_nobody_on_duty_comes_with_a_number_to_ring(kring, als, triagist):
    kring.telefoon_coordinator = "+31611112222"
    kring.save()
    for path in (page(kring, "nu/"), f"/k/{kring.slug}/", f"/k/{kring.slug}/triage/"):
        assert 'href="tel:+31611112222"' in als(triagist).get(path).content.decode()


def test_the_overview_shows_duties_holes_and_clock_change_nights(kring, als, coordinator):
    begin = datetime(2027, 3, 27, 17, tzinfo=AMSTERDAM)
    DienstFactory(kring=kring, begin=begin, einde=datetime(2027, 3, 28, 8, tzinfo=AMSTERDAM))
    response = als(coordinator).get(page(kring, "?vanaf=2027-03-22"))
    rows = {row.periode.begin: row for week in response.context["weken"] for row in week.rijen}
    assert rows[begin].periode.duur == timedelta(hours=14)
    assert rows[begin].klokwissel == timedelta(hours=-1)
    hole = rows[datetime(2027, 3, 28, 8, tzinfo=AMSTERDAM)]
    assert hole.dienst is None
    # The day after is Easter Monday: nobody opens.
    assert hole.periode.einde == datetime(2027, 3, 30, 8, tzinfo=AMSTERDAM)
    html = response.content.decode()
    assert "klok verzet" in html
    assert "Geen dienst gepland" in html
    # The nights of that week before the duty; Good Friday makes one hole of two of them.
    assert response.context["gaten"] == 5
    assert "Na zo 28 mrt 2027 08:00 is er nog niets gepland" in html


@pytest.mark.parametrize("path", ["nu/", ""])
def test_a_place_shows_the_practice_that_answers_for_it(kring, als, triagist, path):
    elders = DeelnemerFactory(kring=kring, naam="Praktijk Elders")
    for begin in (timezone.now() - timedelta(hours=1), timezone.now() + timedelta(hours=20)):
        dienst = DienstFactory(kring=kring, begin=begin)
        dienst.plaatsen.update(deelnemer=elders)
    html = als(triagist).get(page(kring, path)).content.decode()
    assert html.count("Praktijk Elders") == 4
    for plaats in Dienstplaats.objects.select_related("tandarts__deelnemer"):
        assert plaats.tandarts.deelnemer.naam not in html


@pytest.mark.parametrize("path", ["nu/", ""])
def test_an_open_place_is_said_to_be_open(kring, als, triagist, path):
    DienstFactory(kring=kring)
    straks = DienstFactory(kring=kring, begin=timezone.now() + timedelta(hours=20))
    html = als(triagist).get(page(kring, path)).content.decode()
    assert "nog niemand" not in html
    straks.plaatsen.all().delete()
    html = als(triagist).get(page(kring, path)).content.decode()
    assert html.count("nog niemand") == (3 if path else 2)


def test_only_holes_between_duties_count(kring, als, coordinator):
    begin = datetime(2027, 5, 7, 17, tzinfo=AMSTERDAM)
    DienstFactory(kring=kring, begin=begin, einde=begin + timedelta(hours=15))
    DienstFactory(kring=kring, begin=begin + timedelta(days=1), einde=begin + timedelta(days=2))
    response = als(coordinator).get(page(kring, "?vanaf=2027-05-07"))
    assert response.context["gaten"] == 2  # before the first duty, and the Saturday between them


@pytest.mark.parametrize(
    "vanaf", ["", "gisteren", "0001-01-01", "9999-12-31", "2026-02-30", "1" * 5000]
)
def test_an_odd_start_day_shows_today(kring, als, triagist, vanaf):
    assert als(triagist).get(page(kring), {"vanaf": vanaf}).status_code == 200


def test_the_leap_day_is_in_the_overview(kring, als, triagist):
    begin = datetime(2028, 2, 29, 17, tzinfo=AMSTERDAM)
    DienstFactory(kring=kring, begin=begin)
    html = als(triagist).get(page(kring, "?vanaf=2028-02-29")).content.decode()
    assert "di 29 feb" in html


@pytest.mark.parametrize("path", ["?vanaf=2026-12-01", "nu/"])
def test_pages_cost_the_same_for_one_and_thirty_duties(kring, als, coordinator, path):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(page(kring, path)).status_code == 200
        return len(captured)

    client = als(coordinator)
    night(kring, 1)
    one = queries()
    for day in range(2, 31):
        night(kring, day)
    assert queries() == one


def test_actions_refuse_by_field_only(kring, tandarts, achter, coordinator, actor):
    """Every field that an action names exists on the form: add_error would raise otherwise."""
    from rooster.forms.dienst import DienstForm

    fields = set(DienstForm(kring=kring).fields)
    assert set(dienst_actions.CONSTRAINTS.values()) <= fields
    with pytest.raises(ValidationError) as refused:
        actions.plan_dienst(
            kring_id=kring.pk,
            begin=timezone.now(),
            einde=timezone.now() - timedelta(days=30),
            dienstdoende=tandarts,
            achterwacht=tandarts,
            by=actor(coordinator),
        )
    assert set(refused.value.message_dict) <= fields


@pytest.mark.parametrize(
    ("begin", "einde", "hours"),
    [
        ("2027-03-27T17:00", "2027-03-28T08:00", 14),
        ("2026-10-24T17:00", "2026-10-25T08:00", 16),
        ("2028-02-29T17:00", "2028-03-01T08:00", 15),
        # Up to the end of the skipped hour.
        ("2027-03-28T00:00", "2027-03-28T03:00", 2),
    ],
)
def test_a_night_is_planned_and_shown_with_its_real_hours(post, typed, begin, einde, hours):
    response = post(typed | {"begin": begin, "einde": einde})
    assert Dienst.objects.get().periode.duur == timedelta(hours=hours)
    weken = response.client.get(response.url, {"vanaf": begin[:10]}).context["weken"]
    row = next(row for row in weken[0].rijen if row.dienst)
    assert row.periode.duur == timedelta(hours=hours)
    assert bool(row.klokwissel) is (hours != 15)
