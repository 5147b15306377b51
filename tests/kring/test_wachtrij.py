"""The page of the queue: numbers, what is stuck, and the two things a person can do."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.db.models.functions import Now
from django.test.utils import CaptureQueriesContext

from kern import outbox
from kern.management.commands.bezorg import beat
from kern.models import Logregel, Zending
from kring import wachtrij
from tests.bevestigd import asks_first

Status = Zending.Status


def enqueue(kring, sleutel="overdracht|1|x", **values):
    zending = outbox.enqueue_mail(
        kring_id=kring.pk,
        sleutel=sleutel,
        aan="geheim@elders.example",
        onderwerp="Geheim",
        tekst="Geheime tekst.",
    )
    Zending.objects.filter(pk=zending.pk).update(**values)
    zending.refresh_from_db()
    return zending


def url(kring, path=""):
    return f"/k/{kring.slug}/wachtrij/{path}"


def test_it_counts_what_waits_travels_died_and_left(kring, andere_kring):
    enqueue(kring, "a")
    enqueue(kring, "b", lease_tot=Now() - timedelta(seconds=1))
    enqueue(kring, "c", lease_tot=Now() + timedelta(seconds=9))
    enqueue(kring, "d", status=Status.MISLUKT)
    enqueue(kring, "e", status=Status.VERZONDEN, verzonden_op=Now())
    enqueue(kring, "f", status=Status.VERZONDEN, verzonden_op=Now() - timedelta(days=2))
    enqueue(kring, "g", status=Status.INGETROKKEN)
    enqueue(andere_kring, "h")
    rij = wachtrij.queue_of(kring.pk)
    assert (rij.wacht, rij.bezig, rij.mislukt, rij.verzonden) == (2, 1, 1, 1)
    assert [b.bezig for b in rij.wachten] == [False, False, True]
    assert [b.zending.sleutel for b in rij.gaven_op] == ["d"]
    assert rij.traag is False


def test_it_says_that_something_waits_too_long(kring, als, coordinator):
    enqueue(kring, klaar_sinds=Now() - timedelta(minutes=6))
    assert wachtrij.queue_of(kring.pk).traag is True
    client = als(coordinator)
    assert "De bezorger staat stil" in client.get(url(kring)).content.decode()
    beat()
    html = client.get(url(kring)).content.decode()
    assert "langer dan vijf minuten" in html
    assert "De bezorger staat stil" not in html


@pytest.mark.parametrize("status", [Status.KLAAR, Status.MISLUKT])
def test_put_in_again_it_does_not_wait_too_long_at_once(kring, als, coordinator, status):
    """It was made this morning; a person presses "Nu proberen" at noon."""
    morning = Now() - timedelta(hours=4)
    zending = enqueue(kring, status=status, aangemaakt_op=morning, klaar_sinds=morning)
    als(coordinator).post(url(kring, f"{zending.pk}/opnieuw/"))
    assert wachtrij.queue_of(kring.pk).traag is False
    Zending.objects.update(klaar_sinds=Now() - timedelta(minutes=6))
    assert wachtrij.queue_of(kring.pk).traag is True


@pytest.mark.parametrize("wie", ["coordinator", "beheerder"])
def test_it_shows_no_address_and_no_content(als, request, kring, wie):
    zending = enqueue(kring, "overdracht|abc|def", status=Status.MISLUKT, fout="antwoordt 550")
    html = als(request.getfixturevalue(wie)).get(url(kring)).content.decode()
    assert "verslag aan een eigen tandarts" in html
    assert "antwoordt 550" in html
    for secret in ("elders.example", "Geheim", "abc", zending.sleutel):
        assert secret not in html


@pytest.mark.parametrize("wie", ["triagist", "tandarts_gebruiker", "fg", "vertegenwoordiger"])
def test_others_do_not_see_it(als, request, kring, wie):
    zending = enqueue(kring)
    client = als(request.getfixturevalue(wie))
    assert client.get(url(kring)).status_code == 403
    assert client.post(url(kring, f"{zending.pk}/opnieuw/")).status_code == 403
    assert client.post(url(kring, f"{zending.pk}/tegenhouden/")).status_code == 403


def test_try_again_and_hold_back(als, beheerder, kring):
    client = als(beheerder)
    zending = enqueue(kring, status=Status.MISLUKT, pogingen=12)
    page = client.get(url(kring)).content.decode()
    assert asks_first(page, url(kring, f"{zending.pk}/tegenhouden/"))
    assert not asks_first(page, url(kring, f"{zending.pk}/opnieuw/"))
    assert "opnieuw geprobeerd" in (
        client.post(url(kring, f"{zending.pk}/opnieuw/"), follow=True).content.decode()
    )
    zending.refresh_from_db()
    assert (zending.status, zending.pogingen) == (Status.KLAAR, 0)
    assert "tegengehouden" in (
        client.post(url(kring, f"{zending.pk}/tegenhouden/"), follow=True).content.decode()
    )
    zending.refresh_from_db()
    assert zending.status == Status.INGETROKKEN
    late = client.post(url(kring, f"{zending.pk}/opnieuw/"), follow=True)
    assert "al weg" in late.content.decode()
    events = Logregel.objects.filter(object_id=str(zending.pk)).order_by("id")
    assert list(events.values_list("gebeurtenis", "gebruiker_id")) == [
        ("zending.opnieuw", beheerder.pk),
        ("zending.ingetrokken", beheerder.pk),
    ]


@pytest.mark.parametrize("path", ["opnieuw", "tegenhouden"])
def test_another_kring_is_not_there(als, coordinator, kring, andere_kring, path):
    theirs = enqueue(andere_kring, status=Status.MISLUKT)
    assert als(coordinator).post(url(kring, f"{theirs.pk}/{path}/")).status_code == 404
    theirs.refresh_from_db()
    assert theirs.status == Status.MISLUKT


def test_it_costs_the_same_for_one_and_sixty(als, coordinator, kring):
    def fill(start, number):
        for nummer in range(start, start + number):
            enqueue(kring, f"overdracht|{nummer}")
            enqueue(kring, f"code|{nummer}", status=Status.MISLUKT)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url(kring)).status_code == 200
        return len(captured)

    client = als(coordinator)
    fill(0, 1)
    one = queries()
    fill(1, 29)
    assert queries() == one


def test_every_key_in_the_house_has_words():
    """A new message gets its words, or the page calls it "bericht"."""
    apps = ["kern", "kring", "rooster", "bereikbaarheid", "triage", "verslag", "toezicht"]
    first = set()
    for app in apps:
        for path in Path(settings.BASE_DIR, app).rglob("*.py"):
            text = path.read_text()
            if "enqueue_" in text:
                first |= set(re.findall(r'(?:sleutel=|key = )f"([a-z_]+)[|:]', text))
    assert {"overdracht", "code", "weekbericht"} <= first
    assert first - wachtrij.OVER.keys() == set()
