"""Practices, dentists and the address book: result, log line and rollback together."""

import pytest
from django.core.exceptions import ValidationError

from kern.models import Logregel
from kring import actions
from kring.models import Deelnemer, EigenTandarts, Tandarts
from tests.factories import DeelnemerFactory, EigenTandartsFactory, TandartsFactory

pytestmark = pytest.mark.django_db

PRAKTIJK = {
    "naam": "Praktijk Het Plein",
    "adres": "Plein 1",
    "postcode": "3511 AA",
    "plaats": "Utrecht",
    "telefoon": "+31302345679",
    "email": "plein@voorbeeld.example",
}
EIGEN = {
    "naam": "E. Eigen",
    "praktijk": "Praktijk Zeist",
    "email": "eigen@elders.example",
    "telefoon": "+31612345670",
}


@pytest.fixture
def by(coordinator, actor):
    return actor(coordinator)


def events():
    return list(Logregel.objects.order_by("pk").values_list("gebeurtenis", "actie", "object_soort"))


def test_add_and_change_a_practice(kring, by):
    deelnemer = actions.add_deelnemer(kring_id=kring.pk, by=by, **PRAKTIJK)
    actions.change_deelnemer(deelnemer, by=by, naam="Praktijk Het Nieuwe Plein", actief=False)
    deelnemer = Deelnemer.objects.get()
    assert (deelnemer.naam, deelnemer.actief) == ("Praktijk Het Nieuwe Plein", False)
    assert events() == [
        ("deelnemer.toegevoegd", "C", "deelnemer"),
        ("deelnemer.gewijzigd", "U", "deelnemer"),
    ]


def test_add_and_change_a_dentist(kring, deelnemer, by):
    tandarts = actions.add_tandarts(
        kring_id=kring.pk,
        deelnemer=deelnemer,
        naam="T. Nieuw",
        big_nummer="19012345678",
        telefoon="+31612345670",
        by=by,
    )
    actions.change_tandarts(tandarts, by=by, telefoon="+31612345671")
    assert Tandarts.objects.get().telefoon == "+31612345671"
    assert [event for event, _actie, _soort in events()] == [
        "tandarts.toegevoegd",
        "tandarts.gewijzigd",
    ]


@pytest.mark.parametrize("leeg", [True, False])
def test_the_reports_of_a_dentist_do_not_go_to_another_person(tandarts, by, triagist, leeg):
    # Who is the user of a dentist reads, corrects and signs all reports of that dentist.
    before = tandarts.gebruiker
    tandarts.gebruiker = None  # as the form leaves it
    with pytest.raises(ValidationError) as refused:
        actions.change_tandarts(tandarts, by=by, gebruiker=None if leeg else triagist)
    assert "gebruiker" in refused.value.message_dict
    tandarts.refresh_from_db()
    assert tandarts.gebruiker == before


def test_only_the_beheerder_puts_a_wrong_user_right(tandarts, beheerder, actor, triagist):
    actions.change_tandarts(tandarts, by=actor(beheerder), gebruiker=triagist)
    tandarts.refresh_from_db()
    assert tandarts.gebruiker == triagist


@pytest.mark.parametrize("leeg", [True, False])
def test_nobody_becomes_a_dentist_alone(tandarts, beheerder, actor, leeg):
    if leeg:
        tandarts.gebruiker = None
        tandarts.save()
    before = tandarts.gebruiker
    with pytest.raises(ValidationError) as refused:
        actions.change_tandarts(tandarts, by=actor(beheerder), gebruiker=beheerder)
    assert "gebruiker" in refused.value.message_dict
    assert Tandarts.objects.get(pk=tandarts.pk).gebruiker == before


def test_add_and_change_an_own_dentist(kring, by):
    eigen = actions.add_eigen_tandarts(kring_id=kring.pk, by=by, **EIGEN)
    actions.change_eigen_tandarts(eigen, by=by, plaats="Zeist")
    assert EigenTandarts.objects.get().plaats == "Zeist"
    assert [event for event, _actie, _soort in events()] == [
        "eigentandarts.toegevoegd",
        "eigentandarts.gewijzigd",
    ]


def test_what_must_be_unique_is_refused_at_its_field(kring, by):
    DeelnemerFactory(kring=kring, naam=PRAKTIJK["naam"])
    eigen = EigenTandartsFactory(kring=kring, email=EIGEN["email"])
    one, two = TandartsFactory.create_batch(2, kring=kring)
    refused = {}
    with pytest.raises(ValidationError) as error:
        actions.add_deelnemer(kring_id=kring.pk, by=by, **PRAKTIJK)
    refused |= error.value.message_dict
    with pytest.raises(ValidationError) as error:
        actions.add_eigen_tandarts(kring_id=kring.pk, by=by, **EIGEN)
    refused |= error.value.message_dict
    with pytest.raises(ValidationError) as error:
        actions.change_tandarts(two, by=by, big_nummer=one.big_nummer)
    refused |= error.value.message_dict
    assert refused == {
        "naam": ["Er is al een praktijk met deze naam in de kring."],
        "email": ["Er is al een eigen tandarts met dit e-mailadres."],
        "big_nummer": ["Er is al een tandarts met dit BIG-nummer in de kring."],
    }
    assert EigenTandarts.objects.get() == eigen
    assert events() == []


def test_the_same_name_in_another_kring_is_fine(kring, andere_kring, by):
    DeelnemerFactory(kring=andere_kring, naam=PRAKTIJK["naam"])
    actions.add_deelnemer(kring_id=kring.pk, by=by, **PRAKTIJK)
    assert Deelnemer.objects.count() == 2


def test_a_misspelt_field_is_a_programming_error(deelnemer, by):
    with pytest.raises(TypeError, match="namm"):
        actions.change_deelnemer(deelnemer, by=by, namm="x")


def test_the_kring_of_a_row_never_changes(deelnemer, andere_kring, by):
    with pytest.raises(TypeError, match="kring"):
        actions.change_deelnemer(deelnemer, by=by, kring=andere_kring)


def test_a_failing_log_line_undoes_the_change(kring, by, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("log is full")

    monkeypatch.setattr(actions.logboek, "record", fail)
    with pytest.raises(RuntimeError):
        actions.add_deelnemer(kring_id=kring.pk, by=by, **PRAKTIJK)
    assert Deelnemer.objects.count() == 0
