"""A lost second factor takes two people, and its owner hears of both steps (S23)."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from kern import crypto, outbox
from kern.models import Logregel, Zending
from kern.tijd import db_now
from kring import factorherstel
from kring.models import Factorherstel
from tests.factories import GebruikerFactory, LidmaatschapFactory

REDEN = "Stond naast me aan de balie."
Status = Factorherstel.Status


@pytest.fixture
def by(coordinator, actor):
    return actor(coordinator)


@pytest.fixture
def collega(kring):
    return LidmaatschapFactory(kring=kring, rol="coordinator").gebruiker


@pytest.fixture
def other(collega, actor):
    return actor(collega)


@pytest.fixture
def factor(triagist):
    return Authenticator.objects.create(user=triagist, type="webauthn", data={"name": "x"})


@pytest.fixture
def verzoek(triagist, by, factor):
    return factorherstel.ask(triagist, reden=REDEN, by=by)


def events() -> list[str]:
    return list(Logregel.objects.order_by("id").values_list("gebeurtenis", flat=True))


def mails() -> list[str]:
    rows = Zending.objects.order_by("aangemaakt_op")
    return [crypto.unseal(row.inhoud, place=outbox.place_of(row)).decode() for row in rows]


def test_one_asks_and_nothing_is_wiped(verzoek, triagist, factor):
    assert Authenticator.objects.filter(pk=factor.pk).exists()
    assert events() == ["gebruiker.factorherstel_gevraagd"]
    assert len(mails()) == 1
    assert f"To: {triagist.email}" in mails()[0]


def test_another_wipes_and_ends_the_sessions(verzoek, triagist, other, als, kring):
    client = als(triagist)
    factorherstel.approve(verzoek, by=other)
    assert not Authenticator.objects.filter(user=triagist).exists()
    assert client.get(f"/k/{kring.slug}/").headers["Location"].startswith("/aanmelden/?next=")
    line = Logregel.objects.get(gebeurtenis="gebruiker.tweede_factor_gewist")
    assert (line.gebruiker_id, line.object_id) == (other.gebruiker_id, str(triagist.pk))
    assert len(mails()) == 2


def test_who_asked_does_not_decide(verzoek, by, factor):
    with pytest.raises(ValidationError, match="zelf gevraagd"):
        factorherstel.approve(verzoek, by=by)
    assert Authenticator.objects.filter(pk=factor.pk).exists()


def test_the_database_holds_it_too(verzoek, by, triagist):
    for values in (
        {"status": "gedaan", "beslist_door_id": by.gebruiker_id},
        {"status": "gedaan", "beslist_door_id": None},
        {"status": "gedaan", "beslist_door_id": triagist.pk},
        {"gevraagd_door_id": triagist.pk},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Factorherstel.objects.update(**values)


def test_nobody_asks_or_decides_about_themselves(verzoek, coordinator, by, other):
    with pytest.raises(ValidationError, match="kun jij niet"):
        factorherstel.ask(coordinator, reden=REDEN, by=by)
    about_colleague = factorherstel.ask(coordinator, reden=REDEN, by=other)
    with pytest.raises(ValidationError, match="kun jij niet"):
        factorherstel.approve(about_colleague, by=by)


def test_a_coordinator_does_not_reach_a_beheerder(beheerder, by, actor, kring):
    with pytest.raises(ValidationError, match="kun jij niet"):
        factorherstel.ask(beheerder, reden=REDEN, by=by)
    second = LidmaatschapFactory(kring=kring, rol="beheerder").gebruiker
    row = factorherstel.ask(beheerder, reden=REDEN, by=actor(second))
    with pytest.raises(ValidationError, match="kun jij niet"):
        factorherstel.approve(row, by=by)


def test_an_account_of_two_kringen_is_for_the_owner_of_the_server(triagist, andere_kring, by):
    LidmaatschapFactory(kring=andere_kring, gebruiker=triagist)
    with pytest.raises(ValidationError, match="kun jij niet"):
        factorherstel.ask(triagist, reden=REDEN, by=by)


def test_a_request_is_decided_once(verzoek, other, factor):
    factorherstel.refuse(verzoek, by=other)
    with pytest.raises(ValidationError, match="al beslist"):
        factorherstel.approve(verzoek, by=other)
    assert Authenticator.objects.filter(pk=factor.pk).exists()
    assert events()[-1] == "gebruiker.factorherstel_afgewezen"


def test_a_request_is_dead_after_a_day_and_can_be_asked_anew(verzoek, triagist, by, other):
    with pytest.raises(ValidationError, match="al gevraagd"):
        factorherstel.ask(triagist, reden=REDEN, by=other)
    Factorherstel.objects.update(gevraagd_op=db_now() - timedelta(hours=24))
    with pytest.raises(ValidationError, match="24 uur"):
        factorherstel.approve(verzoek, by=other)
    assert factorherstel.open_requests(verzoek.kring_id) == []
    again = factorherstel.ask(triagist, reden=REDEN, by=by)
    verzoek.refresh_from_db()
    assert (verzoek.status, again.status) == (Status.VERLOPEN, Status.OPEN)


def test_it_all_stands_or_falls_together(verzoek, other, factor, monkeypatch):
    before = events(), len(mails())
    monkeypatch.setattr(outbox, "enqueue_mail", lambda **kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        factorherstel.approve(verzoek, by=other)
    verzoek.refresh_from_db()
    assert verzoek.status == Status.OPEN
    assert Authenticator.objects.filter(pk=factor.pk).exists()
    assert (events(), len(mails())) == before


def _ask_url(kring, gebruiker) -> str:
    return f"/k/{kring.slug}/gebruikers/{gebruiker.pk}/tweede-stap/"


def _url(kring, verzoek) -> str:
    return f"/k/{kring.slug}/gebruikers/tweede-stap/{verzoek.pk}/"


@pytest.mark.usefixtures("factor")
def test_the_pages_from_asking_to_wiping(als, kring, coordinator, collega, triagist):
    first, second = als(coordinator), als(collega)
    assert first.get(_ask_url(kring, triagist)).status_code == 200
    short = first.post(_ask_url(kring, triagist), {"reden": "kort"})
    assert short.status_code == 422
    assert 'value="kort"' in short.content.decode()
    assert first.post(_ask_url(kring, triagist), {"reden": REDEN}).status_code == 302
    verzoek = Factorherstel.objects.get()
    assert REDEN in second.get(_url(kring, verzoek)).content.decode()
    assert first.post(_url(kring, verzoek), {"besluit": "wissen"}).status_code == 422
    assert "Beoordelen" in second.get(f"/k/{kring.slug}/gebruikers/").content.decode()
    assert second.post(_url(kring, verzoek), {"besluit": "wissen"}).status_code == 302
    assert not Authenticator.objects.filter(user=triagist).exists()
    late = second.post(_url(kring, verzoek), {"besluit": "wissen"})
    assert late.status_code == 422


@pytest.mark.parametrize("who", ["triagist", "tandarts_gebruiker", "vertegenwoordiger", "fg"])
def test_other_roles_are_refused(request, als, kring, verzoek, who):
    client = als(request.getfixturevalue(who))
    stranger = GebruikerFactory()
    assert client.get(_ask_url(kring, stranger)).status_code == 403
    assert client.post(_url(kring, verzoek), {"besluit": "wissen"}).status_code == 403


def test_another_kring_sees_nothing_of_it(als, andere_kring, vreemde, verzoek, triagist):
    client = als(vreemde)
    assert client.get(_url(andere_kring, verzoek)).status_code == 404
    assert client.post(_url(andere_kring, verzoek), {"besluit": "wissen"}).status_code == 404
    assert client.get(_ask_url(andere_kring, triagist)).status_code == 404
