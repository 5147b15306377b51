"""The history of a duty: each change leaves what was, what is, who and why."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from kern.actor import Actor
from rooster import actions
from rooster.models import Dienst, Roosterwijziging
from tests.factories import DeelnemerFactory, DienstFactory, TandartsFactory
from tests.rooster.test_views import page

pytestmark = pytest.mark.django_db

BEGIN, EINDE = datetime(2026, 12, 1, 16, tzinfo=UTC), datetime(2026, 12, 2, 7, tzinfo=UTC)


@pytest.fixture
def achter(kring):
    return TandartsFactory(kring=kring, naam="D. Achterberg")


@pytest.fixture
def dienst(kring, tandarts, achter, coordinator, actor):
    return actions.plan_dienst(
        kring_id=kring.pk,
        begin=BEGIN,
        einde=EINDE,
        dienstdoende=tandarts,
        achterwacht=achter,
        by=actor(coordinator),
    )


def change(dienst, by, **kwargs):
    values = {"begin": BEGIN, "einde": EINDE, "reden": "Geruild", "by": by}
    values |= {"dienstdoende": dienst.dienstdoende, "achterwacht": dienst.achterwacht}
    return actions.change_dienst(dienst, **(values | kwargs))


def test_a_new_duty_has_nothing_before_it(dienst, tandarts, achter, coordinator):
    event = Roosterwijziging.objects.get()
    assert (event.dienst_nummer, event.soort, event.voor) == (dienst.pk, "gepland", None)
    assert event.gedaan_door == coordinator
    assert event.na == {
        "begin": "2026-12-01T16:00:00+00:00",
        "einde": "2026-12-02T07:00:00+00:00",
        "opmerking": "",
        "dienstdoende": {
            "tandarts": str(tandarts.pk),
            "naam": tandarts.naam,
            "deelnemer": str(tandarts.deelnemer_id),
            "praktijk": "Praktijk De Brug",
        },
        "achterwacht": {
            "tandarts": str(achter.pk),
            "naam": "D. Achterberg",
            "deelnemer": str(achter.deelnemer_id),
            "praktijk": achter.deelnemer.naam,
        },
    }


def test_a_change_keeps_what_was_and_why(dienst, kring, coordinator, actor):
    nieuw = TandartsFactory(kring=kring, naam="N. Nieuw")
    change(dienst, actor(coordinator), dienstdoende=nieuw, opmerking="Sleutel bij de balie")
    eerste, tweede = Roosterwijziging.objects.all()
    assert (tweede.soort, tweede.reden, tweede.voor) == ("gewijzigd", "Geruild", eerste.na)
    assert tweede.na == eerste.na | {
        "opmerking": "Sleutel bij de balie",
        "dienstdoende": {
            "tandarts": str(nieuw.pk),
            "naam": "N. Nieuw",
            "deelnemer": str(nieuw.deelnemer_id),
            "praktijk": nieuw.deelnemer.naam,
        },
    }


def test_a_removed_duty_keeps_its_history(dienst, coordinator, actor):
    pk = dienst.pk
    actions.remove_dienst(dienst, reden="Dubbel gepland", by=actor(coordinator))
    assert Dienst.objects.count() == 0
    eerste, tweede = Roosterwijziging.objects.filter(dienst_nummer=pk)
    assert (tweede.soort, tweede.reden) == ("verwijderd", "Dubbel gepland")
    assert (tweede.voor, tweede.na) == (eerste.na, None)


def test_who_stays_keeps_the_practice_they_serve_for(dienst, kring, achter, coordinator, actor):
    elders = DeelnemerFactory(kring=kring, naam="Praktijk Elders")
    dienst.plaatsen.filter(tandarts=achter).update(deelnemer=elders)
    change(dienst, actor(coordinator), dienstdoende=achter, achterwacht=dienst.dienstdoende)
    assert {plaats.rol: plaats.praktijk.naam for plaats in dienst.plaatsen.all()} == {
        "dienstdoende": "Praktijk Elders",
        "achterwacht": "Praktijk De Brug",
    }
    na = Roosterwijziging.objects.last().na
    assert na["dienstdoende"]["praktijk"] == "Praktijk Elders"


def test_change_and_event_stand_or_fall_together(dienst, coordinator, actor, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("log is full")

    monkeypatch.setattr(actions.dienst.logboek, "record", fail)
    with pytest.raises(RuntimeError):
        change(dienst, actor(coordinator), opmerking="Anders")
    dienst.refresh_from_db()
    assert dienst.opmerking == ""
    assert Roosterwijziging.objects.get().soort == "gepland"


@pytest.mark.parametrize("act", ["update", "delete"])
def test_an_event_is_never_changed(dienst, act):
    rows = Roosterwijziging.objects.all()
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(reden="Anders") if act == "update" else rows.delete()
    assert Roosterwijziging.objects.get().reden == ""


def test_many_events_take_one_query(kring, django_assert_num_queries):
    diensten = [DienstFactory(kring=kring, begin=BEGIN.replace(day=day)) for day in (1, 5, 9)]
    rijen = [(dienst, None, actions.snapshot(dienst)) for dienst in diensten]
    # The clock of the database, and the rows.
    with django_assert_num_queries(2):
        actions.record_wijzigingen(
            rijen, "gepubliceerd", reden="Versie 1", by=Actor.system(kring.pk)
        )
    assert set(Roosterwijziging.objects.values_list("dienst_nummer", "gedaan_door")) == {
        (dienst.pk, None) for dienst in diensten
    }


# --- the pages


def test_the_history_names_what_changed_and_who(dienst, kring, als, coordinator, actor):
    was = dienst.dienstdoende.naam
    change(dienst, actor(coordinator), dienstdoende=TandartsFactory(kring=kring, naam="N. Nieuw"))
    client = als(coordinator)
    for path in (f"dienst/{dienst.pk}/wijzigingen/", "wijzigingen/"):
        html = client.get(page(kring, path)).content.decode()
        assert f"{was} (Praktijk De Brug) wordt N. Nieuw" in html
        assert coordinator.naam in html


def test_the_reason_is_for_the_coordinator_alone(dienst, als, coordinator, triagist, actor):
    change(dienst, actor(coordinator), reden="Gebroken pols", opmerking="Anders")
    for person, reads in ((coordinator, True), (triagist, False)):
        client = als(person)
        for path in (f"dienst/{dienst.pk}/wijzigingen/", "wijzigingen/"):
            html = client.get(page(dienst.kring, path)).content.decode()
            assert "Opmerking: Anders" in html
            assert ("Gebroken pols" in html) is reads


def test_the_dienstdoende_stands_first(dienst, als, coordinator):
    response = als(coordinator).get(page(dienst.kring, f"dienst/{dienst.pk}/wijzigingen/"))
    assert [plaats.rol for plaats in response.context["plaatsen"]] == [
        "dienstdoende",
        "achterwacht",
    ]


def test_a_removed_duty_can_still_be_read(dienst, kring, als, coordinator, actor):
    pk = dienst.pk
    actions.remove_dienst(dienst, reden="Dubbel", by=actor(coordinator))
    html = als(coordinator).get(page(kring, f"dienst/{pk}/wijzigingen/")).content.decode()
    assert "staat niet meer in het rooster" in html
    assert "Verwijderd" in html


def test_the_history_of_another_kring_does_not_exist(andere_kring, kring, als, coordinator):
    theirs = DienstFactory(kring=andere_kring, begin=BEGIN)
    rij = [(theirs, None, actions.snapshot(theirs))]
    actions.record_wijzigingen(rij, "gepland", reden="x", by=Actor.system(andere_kring.pk))
    client = als(coordinator)
    assert client.get(page(kring, f"dienst/{theirs.pk}/wijzigingen/")).status_code == 404
    assert theirs.dienstdoende.naam not in client.get(page(kring, "wijzigingen/")).content.decode()


def test_many_changes_cost_the_queries_of_one(dienst, kring, als, coordinator, actor):
    client = als(coordinator)
    counts = []
    for rounds in (1, 29):
        for n in range(rounds):
            dienst = change(dienst, actor(coordinator), opmerking=f"{rounds} {n}")
        with CaptureQueriesContext(connection) as queries:
            client.get(page(kring, "wijzigingen/"))
            counts.append(len(queries))
    assert counts[0] == counts[1]
