"""Roles and the one-time link: who gets in, and that nobody lets themselves in."""

import threading
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from kern.actor import Actor
from kern.models import Logregel
from kern.tenancy import kring_context
from kring import rollen
from kring.models import Gebruiker, Kring, Lidmaatschap
from tests.factories import DeelnemerFactory, GebruikerFactory, LidmaatschapFactory

Status = Lidmaatschap.Status
PASSWORD = "paarse olifant op klompen"


@pytest.fixture
def by(coordinator, actor):
    return actor(coordinator)


@pytest.fixture
def give(kring, by):
    def give(rol="triagemedewerker", email="nieuw@voorbeeld.example", **kwargs):
        values = {"naam": "Noor Nieuw", "by": by} | kwargs
        return rollen.give_rol(kring_id=kring.pk, email=email, rol=rol, **values)

    return give


def has_password(gebruiker):
    gebruiker.set_password(PASSWORD)
    gebruiker.save()
    return gebruiker


def test_someone_new_is_invited_and_cannot_log_in_yet(give):
    row = give()
    assert row.status == Status.UITGENODIGD
    assert not row.gebruiker.has_usable_password()
    assert list(Logregel.objects.values_list("gebeurtenis", "object_id")) == [
        ("rol.gegeven", str(row.pk))
    ]


def test_someone_with_a_password_is_in_at_once(give):
    gebruiker = has_password(GebruikerFactory(email="oud@voorbeeld.example", naam="Otto Oud"))
    row = give(email="OUD@voorbeeld.example", naam="Andere Naam")
    assert (row.gebruiker, row.status) == (gebruiker, Status.ACTIEF)
    gebruiker.refresh_from_db()
    assert gebruiker.naam == "Otto Oud"


def test_an_ended_role_can_be_given_again(give, by):
    row = give()
    rollen.end_lidmaatschap(row, by=by)
    assert give().pk == row.pk
    assert Lidmaatschap.objects.get(pk=row.pk).status == Status.UITGENODIGD


def test_the_same_role_twice_is_refused(give):
    give()
    with pytest.raises(ValidationError) as refused:
        give()
    assert refused.value.message_dict == {"email": ["Deze persoon heeft deze rol al in de kring."]}


@pytest.mark.parametrize("rol", ["beheerder", "fg", "ophaler", "koning"])
def test_a_coordinator_gives_no_role_that_reads_the_log_or_rules(give, rol):
    with pytest.raises(ValidationError) as refused:
        give(rol)
    assert list(refused.value.message_dict) == ["rol"]
    assert not Gebruiker.objects.filter(email="nieuw@voorbeeld.example").exists()


def test_a_beheerder_gives_every_role_but_that_of_the_outsider(give, beheerder, actor):
    for rol in ("fg", "beheerder", "coordinator"):
        give(rol, by=actor(beheerder))
    with pytest.raises(ValidationError):
        give("ophaler", by=actor(beheerder))


def test_nobody_gives_a_role_to_themselves(give, coordinator):
    with pytest.raises(ValidationError, match="jezelf"):
        give("triagemedewerker", email=coordinator.email)


def test_others_give_nothing(give, triagist, actor):
    with pytest.raises(ValidationError):
        give(by=actor(triagist))


def test_a_practice_has_one_representative_invited_or_active(give, deelnemer, vertegenwoordiger):
    with pytest.raises(ValidationError) as refused:
        give("vertegenwoordiger", deelnemer=deelnemer)
    assert refused.value.message_dict == {
        "deelnemer": ["Deze praktijk heeft al een vertegenwoordiger."]
    }
    with pytest.raises(ValidationError) as refused:
        give("vertegenwoordiger")
    assert list(refused.value.message_dict) == ["deelnemer"]


def test_another_practice_cannot_be_represented_by_the_same_person_unseen(give, kring):
    een, twee = DeelnemerFactory.create_batch(2, kring=kring)
    give("vertegenwoordiger", deelnemer=een)
    with pytest.raises(ValidationError):
        give("vertegenwoordiger", deelnemer=twee)


def test_ending_works_at_the_very_next_request(kring, triagist, als, by):
    client = als(triagist)
    assert client.get(f"/k/{kring.slug}/").status_code == 200
    rollen.end_lidmaatschap(triagist.lidmaatschappen.get(), by=by)
    # Nothing is left to open, so the session itself is gone too.
    assert client.get(f"/k/{kring.slug}/").headers["Location"].startswith("/aanmelden/?next=")
    assert not triagist.sessies.exists()
    assert Logregel.objects.filter(gebeurtenis="rol.beeindigd").count() == 1


def test_the_last_coordinator_stays(coordinator, by):
    row = coordinator.lidmaatschappen.get()
    with pytest.raises(ValidationError, match="enige coördinator"):
        rollen.end_lidmaatschap(row, by=by)
    row.refresh_from_db()
    assert row.status == Status.ACTIEF


def test_an_invited_coordinator_does_not_count_as_one(give, coordinator, by):
    give("coordinator")
    with pytest.raises(ValidationError, match="enige coördinator"):
        rollen.end_lidmaatschap(coordinator.lidmaatschappen.get(), by=by)


def test_with_two_coordinators_one_may_go(kring, coordinator, by):
    LidmaatschapFactory(kring=kring, rol="coordinator")
    rollen.end_lidmaatschap(coordinator.lidmaatschappen.get(), by=by)
    assert Lidmaatschap.objects.active().filter(rol="coordinator").count() == 1


def test_the_coordinator_of_another_kring_does_not_count(andere_kring, coordinator, by):
    LidmaatschapFactory(kring=andere_kring, rol="coordinator")
    with pytest.raises(ValidationError, match="enige coördinator"):
        rollen.end_lidmaatschap(coordinator.lidmaatschappen.get(), by=by)


def test_a_coordinator_does_not_end_the_fg(fg, by):
    with pytest.raises(ValidationError):
        rollen.end_lidmaatschap(fg.lidmaatschappen.get(), by=by)


def test_the_link_works_once(kring, give, by):
    row = give()
    uid, token = rollen.make_link(row.gebruiker, by=by)
    found = rollen.find_by_link(uid, token, kring_id=kring.pk)
    rollen.activate(found, token=token, password=PASSWORD, by=by)
    row.refresh_from_db()
    assert row.status == Status.ACTIEF
    assert Gebruiker.objects.get(pk=row.gebruiker_id).check_password(PASSWORD)
    assert rollen.find_by_link(uid, token, kring_id=kring.pk) is None
    with pytest.raises(ValidationError, match="al gebruikt"):
        rollen.activate(found, token=token, password="iets heel anders dan dat", by=by)


def test_using_one_link_kills_the_others(kring, give, by, monkeypatch):
    row = give()
    first = rollen.make_link(row.gebruiker, by=by)
    later = rollen.activatie_token._now() + timedelta(hours=1)
    monkeypatch.setattr(rollen.activatie_token, "_now", lambda: later)
    second = rollen.make_link(row.gebruiker, by=by)
    assert first != second
    rollen.activate(row.gebruiker, token=second[1], password=PASSWORD, by=by)
    assert rollen.find_by_link(*first, kring_id=kring.pk) is None


@pytest.mark.parametrize(("seconds", "alive"), [(24 * 3600 - 5, True), (24 * 3600 + 5, False)])
def test_the_link_lives_a_day(give, by, monkeypatch, seconds, alive):
    link = rollen.make_link(give().gebruiker, by=by)
    later = rollen.activatie_token._now() + timedelta(seconds=seconds)
    monkeypatch.setattr(rollen.activatie_token, "_now", lambda: later)
    assert (rollen.find_by_link(*link, kring_id=by.kring_id) is not None) is alive


@pytest.mark.parametrize(
    ("uid", "token"),
    [
        ("", ""),
        ("MQ", "x"),
        ("%%%", "a-b"),
        ("é", "a-b"),
        ("OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5", "a-b"),
    ],
)
def test_a_broken_link_is_nobodys(kring, uid, token):
    assert rollen.find_by_link(uid, token, kring_id=kring.pk) is None


def test_the_link_of_one_is_not_the_link_of_another(kring, give, by):
    een = rollen.make_link(give(email="een@voorbeeld.example").gebruiker, by=by)
    twee = rollen.make_link(give(email="twee@voorbeeld.example").gebruiker, by=by)
    assert rollen.find_by_link(twee[0], een[1], kring_id=kring.pk) is None


def test_the_link_belongs_to_the_kring_that_made_it(kring, andere_kring, give, by):
    uid, token = rollen.make_link(give().gebruiker, by=by)
    assert rollen.find_by_link(uid, token, kring_id=andere_kring.pk) is None


def test_the_link_dies_with_the_last_role(kring, give, by):
    row = give()
    link = rollen.make_link(row.gebruiker, by=by)
    rollen.end_lidmaatschap(row, by=by)
    assert rollen.find_by_link(*link, kring_id=kring.pk) is None


def test_no_link_opens_an_account_that_also_lives_in_another_kring(give, andere_kring, by):
    row = give()
    with kring_context(andere_kring.pk):
        LidmaatschapFactory(kring=andere_kring, gebruiker=row.gebruiker, status="uitgenodigd")
    with kring_context(row.kring_id), pytest.raises(ValidationError):
        rollen.make_link(row.gebruiker, by=by)


def test_a_role_that_ended_elsewhere_is_no_obstacle(give, andere_kring, by):
    row = give()
    LidmaatschapFactory(kring=andere_kring, gebruiker=row.gebruiker, status="beeindigd")
    assert rollen.may_make_link(row.gebruiker, by=by)


def test_no_link_opens_an_account_above_the_reach_of_who_makes_it(fg, by):
    with pytest.raises(ValidationError):
        rollen.make_link(fg, by=by)


def test_no_link_for_who_left_or_for_oneself(beeindigde, coordinator, by):
    for gebruiker in (beeindigde, coordinator):
        with pytest.raises(ValidationError):
            rollen.make_link(gebruiker, by=by)


def test_activation_opens_the_invitations_of_every_kring(give, andere_kring, by):
    row = give()
    link = rollen.make_link(row.gebruiker, by=by)
    other = LidmaatschapFactory(kring=andere_kring, gebruiker=row.gebruiker, status="uitgenodigd")
    with kring_context(row.kring_id):
        rollen.activate(row.gebruiker, token=link[1], password=PASSWORD, by=by)
    other.refresh_from_db()
    assert other.status == Status.ACTIEF
    lines = Logregel.objects.filter(gebeurtenis="rol.geactiveerd")
    assert set(lines.values_list("kring_id", flat=True)) == {row.kring_id, andere_kring.pk}


@pytest.mark.traag
def test_two_coordinators_who_end_each_other_leave_one(echte_db):
    """Real transactions: the second waits for the first and then finds itself the last."""
    kring = Kring.objects.create(slug="race", naam="Race", spoednummer="+31302345678", plaats="U")
    with kring_context(kring.pk):
        rows = LidmaatschapFactory.create_batch(2, kring=kring, rol="coordinator")
    barrier = threading.Barrier(2)
    outcomes = []

    def end(row, by):
        try:
            with kring_context(kring.pk):
                barrier.wait(timeout=10)
                rollen.end_lidmaatschap(row, by=by)
            outcomes.append("beëindigd")
        except ValidationError:
            outcomes.append("geweigerd")
        finally:
            connection.close()

    threads = [
        threading.Thread(
            target=end,
            args=(
                row,
                Actor(
                    "x",
                    gebruiker_id=other.gebruiker_id,
                    rollen=frozenset({"coordinator"}),
                    doel="organisatie",
                    toegangspunt="127.0.0.1",
                ),
            ),
        )
        for row, other in (rows, rows[::-1])
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert sorted(outcomes) == ["beëindigd", "geweigerd"]
    with kring_context(kring.pk):
        assert Lidmaatschap.objects.active().count() == 1
