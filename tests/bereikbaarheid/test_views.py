"""The pages of the coordinator: links, texts, the notice, its list, the settings."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bereikbaarheid import actions
from bereikbaarheid.bericht import week_period
from bereikbaarheid.models import (
    Aankondiging,
    Doorschakeling,
    Instelling,
    Ontvanger,
    Sluiting,
    Weekbericht,
    Weekbezorging,
)
from kern.actor import Actor
from kern.models import Logregel, Zending
from kern.tijd import db_now, to_local
from tests.factories import (
    DeelnemerFactory,
    DienstFactory,
    DoorschakelingFactory,
    OntvangerFactory,
    SluitingFactory,
    WeekberichtFactory,
    WeekbezorgingFactory,
)

pytestmark = pytest.mark.django_db
BEHEER = ["schakels/", "schakels/kring/", "weekbericht/", "ontvangers/", "instellingen/"]


def page(kring, path=""):
    return f"/k/{kring.slug}/bereikbaarheid/{path}"


@pytest.fixture
def client_(als, coordinator):
    return als(coordinator)


@pytest.fixture
def vol(kring):
    """A roster without holes for this and the next weeks."""
    today = to_local(db_now()).date()
    begin, einde = week_period(today - timedelta(days=today.weekday()))
    return DienstFactory(kring=kring, begin=begin, einde=einde + timedelta(days=14))


def volgende_week():
    today = to_local(db_now()).date()
    return today + timedelta(days=7 - today.weekday())


def body(response):
    return response.content.decode()


# --- who may


@pytest.mark.parametrize("wie", ["triagist", "tandarts_gebruiker", "vertegenwoordiger", "fg"])
@pytest.mark.parametrize("path", BEHEER)
def test_only_the_coordinator_manages(kring, als, request, wie, path):
    client = als(request.getfixturevalue(wie))
    assert client.get(page(kring, path)).status_code == 403


@pytest.mark.parametrize("path", ["", *BEHEER, "teksten/"])
def test_a_stranger_finds_nothing(kring, als, vreemde, path):
    assert als(vreemde).get(page(kring, path)).status_code == 404


@pytest.mark.parametrize("wie", ["coordinator", "tandarts_gebruiker", "vertegenwoordiger"])
def test_practices_read_their_texts(kring, deelnemer, als, request, wie):
    client = als(request.getfixturevalue(wie))
    assert "Praktijk De Brug" in body(client.get(page(kring, "teksten/")))
    for path in (f"teksten/{deelnemer.pk}/", f"teksten/{deelnemer.pk}/deur/"):
        assert "030-2345678" in body(client.get(page(kring, path)))


def test_only_the_coordinator_may_change_the_texts(kring, deelnemer, als, tandarts_gebruiker):
    sluiting = SluitingFactory(kring=kring, deelnemer=deelnemer)
    client = als(tandarts_gebruiker)
    text = body(client.get(page(kring, f"teksten/{deelnemer.pk}/")))
    assert "Sluiting toevoegen" not in text
    for path in (f"teksten/{deelnemer.pk}/tijden/", f"teksten/{deelnemer.pk}/sluiting/"):
        assert client.post(page(kring, path), {}).status_code == 403
    assert client.post(page(kring, f"sluiting/{sluiting.pk}/weg/")).status_code == 403
    assert Sluiting.objects.count() == 1


def test_objects_of_another_kring_are_not_there(kring, andere_kring, client_):
    deelnemer = DeelnemerFactory(kring=andere_kring)
    bezorging = WeekbezorgingFactory(kring=andere_kring)
    sluiting = SluitingFactory(kring=andere_kring, deelnemer=deelnemer)
    for path in (
        f"schakels/{deelnemer.pk}/",
        f"teksten/{deelnemer.pk}/",
        f"teksten/{deelnemer.pk}/deur/",
        f"teksten/{deelnemer.pk}/tijden/",
        f"teksten/{deelnemer.pk}/sluiting/",
        f"weekbericht/{bezorging.weekbericht_id}/",
        f"ontvangers/{bezorging.ontvanger_id}/",
        f"ontvangers/{bezorging.ontvanger_id}/weg/",
    ):
        assert client_.get(page(kring, path)).status_code == 404
    for path in (f"sluiting/{sluiting.pk}/weg/", f"bezorging/{bezorging.pk}/opnieuw/"):
        assert client_.post(page(kring, path)).status_code == 404
    assert Weekbezorging.objects.filter(kring=andere_kring).count() == 1


# --- links


def test_two_automatic_links_give_a_warning_and_are_kept(kring, deelnemer, client_):
    """P-013: nothing is refused."""
    typed = {"soort": "automatisch", "schakels": "Centrale\n\n Meldkamer "}
    response = client_.post(page(kring, f"schakels/{deelnemer.pk}/"), typed, follow=True)
    row = Doorschakeling.objects.get()
    assert (row.tussenschakels, row.oordeel.te_veel) == (["Centrale", "Meldkamer"], True)
    assert "hoogstens 1" in body(response)
    assert "2, aanbevolen 1" in body(response)
    events = Logregel.objects.filter(kring=kring, gebeurtenis="doorschakeling.opgeslagen")
    assert events.count() == 1


def test_two_links_by_hand_are_fine(kring, client_):
    typed = {"soort": "handmatig", "schakels": "Centrale\nMeldkamer"}
    response = client_.post(page(kring, "schakels/kring/"), typed, follow=True)
    assert "aanbevolen" not in body(response).partition("<table")[2]
    assert Doorschakeling.objects.get().deelnemer is None


def test_a_chain_is_changed_not_doubled(kring, deelnemer, client_):
    DoorschakelingFactory(kring=kring, deelnemer=deelnemer)
    url = page(kring, f"schakels/{deelnemer.pk}/")
    assert "Centrale van de praktijk" in body(client_.get(url))
    client_.post(url, {"soort": "automatisch", "schakels": ""})
    assert Doorschakeling.objects.get().tussenschakels == []


@pytest.mark.parametrize(
    ("typed", "zin"),
    [
        ({"soort": "", "schakels": "Centrale"}, "verplicht"),
        ({"soort": "duif", "schakels": "Centrale"}, "duif"),
        ({"soort": "automatisch", "schakels": "\n".join("abcdefghijk")}, "hoogstens 10"),
    ],
)
def test_a_broken_chain_keeps_what_was_typed(kring, client_, typed, zin):
    response = client_.post(page(kring, "schakels/kring/"), typed)
    assert response.status_code == 422
    assert zin in body(response)
    assert typed["schakels"] in body(response)
    assert not Doorschakeling.objects.exists()


# --- texts


def test_hours_and_closings_change_the_texts(kring, deelnemer, client_):
    base = f"teksten/{deelnemer.pk}/"
    client_.post(page(kring, base + "tijden/"), {"openingstijden": "dinsdag van 9 tot 12 uur"})
    assert Aankondiging.objects.get().openingstijden == "dinsdag van 9 tot 12 uur"
    dag = to_local(db_now()).date() + timedelta(days=30)
    client_.post(page(kring, base + "sluiting/"), {"van": dag.isoformat(), "reden": "studiedag"})
    text = body(client_.get(page(kring, base)))
    assert text.count("dinsdag van 9 tot 12 uur") == 4
    assert "studiedag" in text
    row = Sluiting.objects.get()
    assert (row.van, row.tot) == (dag, dag)
    client_.post(page(kring, f"sluiting/{row.pk}/weg/"))
    assert "studiedag" not in body(client_.get(page(kring, base)))
    found = Logregel.objects.filter(kring=kring, gebeurtenis__regex="^(aankondiging|sluiting)")
    assert found.count() == 3


def test_a_closing_that_is_over_is_not_told(kring, deelnemer, client_):
    SluitingFactory(kring=kring, deelnemer=deelnemer, van="2020-01-01", tot="2020-01-02")
    assert "Extra gesloten:" not in body(client_.get(page(kring, f"teksten/{deelnemer.pk}/")))


@pytest.mark.parametrize(
    ("typed", "zin"),
    [
        ({"van": ""}, "verplicht"),
        ({"van": "morgen"}, "datum"),
        ({"van": "2026-12-24", "tot": "2026-12-23"}, "Draai ze om"),
        ({"van": "2226-12-24"}, "Controleer het jaar"),
    ],
)
def test_a_broken_closing(kring, deelnemer, client_, typed, zin):
    response = client_.post(page(kring, f"teksten/{deelnemer.pk}/sluiting/"), typed)
    assert response.status_code == 422
    assert zin in body(response)
    assert not Sluiting.objects.exists()


def test_hours_are_asked(kring, deelnemer, client_):
    url = page(kring, f"teksten/{deelnemer.pk}/tijden/")
    assert "maandag tot en met vrijdag" in body(client_.get(url))
    assert client_.post(url, {"openingstijden": ""}).status_code == 422
    assert not Aankondiging.objects.exists()


# --- the notice


def test_the_page_shows_what_would_leave(kring, vol, client_):
    OntvangerFactory(kring=kring)
    text = body(client_.get(page(kring, "weekbericht/")))
    assert "030-2345678" in text
    assert "Er zit een gat in het rooster" not in text
    assert "aan 1 ontvanger" in text


def test_now_sends_it_and_shows_the_delivery(kring, vol, client_, coordinator):
    OntvangerFactory(kring=kring, naam="Weekblad De Brug")
    typed = {"week": volgende_week().isoformat()}
    response = client_.post(page(kring, "weekbericht/versturen/"), typed, follow=True)
    assert "Het bericht gaat naar 1 ontvanger." in body(response)
    assert "onderweg" in body(response)
    assert Weekbericht.objects.get().gemaakt_door == coordinator
    assert Weekbericht.objects.get().week == volgende_week()
    response = client_.post(page(kring, "weekbericht/versturen/"), typed, follow=True)
    assert "heeft dit bericht al" in body(response)


def test_a_hole_is_shown_and_takes_a_second_thought(kring, client_):
    OntvangerFactory(kring=kring)
    url = page(kring, "weekbericht/versturen/")
    assert "Toch versturen" in body(client_.get(page(kring, "weekbericht/")))
    response = client_.post(url, {"week": volgende_week().isoformat()})
    assert response.status_code == 422
    assert "Vul het, of kies Toch versturen" in body(response)
    client_.post(url, {"week": volgende_week().isoformat(), "met_gat": "ja"})
    assert Weekbericht.objects.get().met_gat


@pytest.mark.parametrize("week", ["", "gisteren", "2020-01-06", "2026-02-30"])
def test_an_odd_week_falls_back_to_the_next_one(kring, vol, client_, week):
    OntvangerFactory(kring=kring)
    assert client_.get(page(kring, f"weekbericht/?week={week}")).status_code == 200
    client_.post(page(kring, "weekbericht/versturen/"), {"week": week})
    sent = Weekbericht.objects.get().week
    assert sent in (volgende_week(), volgende_week() - timedelta(days=7))


def test_without_recipients_it_says_what_to_do(kring, vol, client_):
    assert "Voeg een ontvanger toe" in body(client_.get(page(kring, "weekbericht/")))
    response = client_.post(page(kring, "weekbericht/versturen/"))
    assert response.status_code == 422
    assert "nog niemand" in body(response)


def test_a_roster_that_changed_is_told(kring, vol, client_):
    OntvangerFactory(kring=kring)
    week = volgende_week()
    actions.send_weekbericht(kring, week, by=Actor.system(kring.pk))
    url = page(kring, f"weekbericht/?week={week}")
    assert "gewijzigd na het versturen" not in body(client_.get(url))
    vol.einde = week_period(week).begin + timedelta(days=3)
    vol.save()
    assert "gewijzigd na het versturen" in body(client_.get(url))


def test_a_failed_delivery_is_shown_and_sent_again(kring, client_):
    row = WeekbezorgingFactory(kring=kring)
    Zending.objects.filter(pk=row.zending_id).update(status="mislukt", fout="antwoordt 550")
    assert "kwam niet overal aan" in body(client_.get(f"/k/{kring.slug}/"))
    text = body(client_.get(page(kring, f"weekbericht/{row.weekbericht_id}/")))
    assert "antwoordt 550" in text
    assert "0 van 1" in body(client_.get(page(kring, "weekbericht/")))
    response = client_.post(page(kring, f"bezorging/{row.pk}/opnieuw/"), follow=True)
    assert "Het bericht gaat opnieuw" in body(response)
    assert Weekbezorging.objects.count() == 2
    assert "kwam niet overal aan" not in body(client_.get(f"/k/{kring.slug}/"))
    # The second one waits in the outbox: pressing again says so, on the page itself.
    response = client_.post(page(kring, f"bezorging/{row.pk}/opnieuw/"))
    assert response.status_code == 422
    assert "staat al klaar" in body(response)


def test_the_newest_notice_stands_first(kring, client_):
    for day in ("2026-11-09", "2026-11-23", "2026-11-16"):
        WeekberichtFactory(kring=kring, week=day)
    history = body(client_.get(page(kring, "weekbericht/"))).partition("<tbody")[2]
    assert [history.index(f"{day} nov 2026") for day in (23, 16, 9)] == sorted(
        history.index(f"{day} nov 2026") for day in (23, 16, 9)
    )


@pytest.mark.parametrize("path", ["weekbericht/", "ontvangers/", "schakels/", "teksten/"])
def test_lists_ask_the_same_for_1_and_for_30_rows(kring, client_, path):
    def fill(aantal, start=0):
        for n in range(start, start + aantal):
            deelnemer = DeelnemerFactory(kring=kring)
            DoorschakelingFactory(kring=kring, deelnemer=deelnemer)
            SluitingFactory(kring=kring, deelnemer=deelnemer, van="2099-01-01", tot="2099-01-02")
            week = date(2026, 1, 5) + timedelta(weeks=n)
            WeekbezorgingFactory(
                kring=kring, weekbericht=WeekberichtFactory(kring=kring, week=week)
            )

    fill(1)
    client_.get(page(kring, path))
    with CaptureQueriesContext(connection) as one:
        client_.get(page(kring, path))
    fill(29, 1)
    with CaptureQueriesContext(connection) as thirty:
        client_.get(page(kring, path))
    assert len(one) == len(thirty)


def test_one_notice_asks_the_same_for_30_recipients(kring, client_):
    bericht = WeekberichtFactory(kring=kring)
    WeekbezorgingFactory(kring=kring, weekbericht=bericht)
    url = page(kring, f"weekbericht/{bericht.pk}/")
    client_.get(url)
    with CaptureQueriesContext(connection) as one:
        client_.get(url)
    for _ in range(29):
        WeekbezorgingFactory(kring=kring, weekbericht=bericht)
    with CaptureQueriesContext(connection) as thirty:
        client_.get(url)
    assert len(one) == len(thirty)


# --- the list


def test_the_list_is_kept_on_its_pages(kring, client_):
    typed = {"soort": "politie", "naam": "Politie Noord", "email": "noord@politie.example"}
    assert "Nog geen ontvangers" in body(client_.get(page(kring, "ontvangers/")))
    client_.post(page(kring, "ontvangers/nieuw/"), typed)
    row = Ontvanger.objects.get()
    assert row.actief
    client_.post(page(kring, f"ontvangers/{row.pk}/"), {**typed, "naam": "Politie Zuid"})
    row.refresh_from_db()
    # A box that is not ticked is not sent.
    assert (row.naam, row.actief) == ("Politie Zuid", False)
    assert "krijgt niets" in body(client_.get(page(kring, "ontvangers/")))
    assert "Politie Zuid" in body(client_.get(page(kring, f"ontvangers/{row.pk}/weg/")))
    client_.post(page(kring, f"ontvangers/{row.pk}/weg/"))
    assert not Ontvanger.objects.exists()


@pytest.mark.parametrize(
    ("fout", "zin"),
    [
        ({"email": "geen adres"}, "geldig e-mailadres"),
        ({"soort": "vriend"}, "vriend"),
        ({"naam": ""}, "verplicht"),
        ({"email": "bezet@voorbeeld.example"}, "al een ontvanger met dit e-mailadres"),
    ],
)
def test_a_broken_recipient(kring, client_, fout, zin):
    OntvangerFactory(kring=kring, email="bezet@voorbeeld.example")
    typed = {"soort": "media", "naam": "Weekblad", "email": "w@blad.example"} | fout
    response = client_.post(page(kring, "ontvangers/nieuw/"), typed)
    assert response.status_code == 422
    assert zin in body(response)
    assert Ontvanger.objects.count() == 1


# --- settings


def test_settings_are_kept(kring, client_):
    typed = {
        "herinner_voor": "45",
        "herinner_na": "10",
        "escaleer_na": "20",
        "bericht_aan": "on",
        "bericht_dag": "4",
        "antwoordadres": "kring@voorbeeld.example",
    }
    url = page(kring, "instellingen/")
    for _ in range(2):
        assert client_.post(url, typed).status_code == 302
    row = Instelling.objects.get()
    assert (row.herinner_voor, row.bericht_dag, row.noem_praktijk) == (45, 4, False)
    assert "45" in body(client_.get(url))
    events = Logregel.objects.filter(kring=kring, gebeurtenis="bereikbaarheid.ingesteld")
    assert events.count() == 2


@pytest.mark.parametrize(
    ("fout", "zin"),
    [
        ({"herinner_na": "60"}, "niet eerder dan de tandarts zelf"),
        ({"herinner_voor": "600"}, "240"),
        ({"bericht_dag": "9"}, "9"),
        ({"escaleer_na": ""}, "verplicht"),
    ],
)
def test_broken_settings(kring, client_, fout, zin):
    typed = {"herinner_voor": "30", "herinner_na": "5", "escaleer_na": "15", "bericht_dag": "3"}
    response = client_.post(page(kring, "instellingen/"), typed | fout)
    assert response.status_code == 422
    assert zin in body(response)
    assert not Instelling.objects.exists()
