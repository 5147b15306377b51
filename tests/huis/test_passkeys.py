"""Passkeys: enrolment, login alone and after the password, and what is refused (S23, S24)."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache

from kern.bewijs import VERS
from kern.models import Logregel
from tests.factories import PASSWORD
from tests.huis.apparaten import Passkey, code_of
from tests.huis.test_bewijs import BEWIJS, grow_old

LOGIN = "/aanmelden/"
CODE = "/aanmelden/code/"
NIEUW = "/aanmelden/beveiliging/passkey/"
ALLEEN = "/aanmelden/passkey/"


@pytest.fixture(autouse=True)
def _empty_cache(db):
    cache.clear()


def enrol(client, passkey, **kwargs):
    options = json.loads(client.get(NIEUW).context["passkey"])
    answer = passkey.create(options, **kwargs)
    return client.post(NIEUW, {"credential": answer, "name": "Mijn telefoon"})


def log_in_alone(client, passkey, **kwargs):
    options = client.get(ALLEEN, headers={"Accept": "application/json"}).json()
    return client.post(ALLEEN, {"credential": passkey.get(options["request_options"], **kwargs)})


@pytest.fixture
def passkey(als, member):
    passkey = Passkey()
    assert enrol(als(member), passkey).status_code == 302
    return passkey


def is_in(client, kring) -> bool:
    return client.get(f"/k/{kring.slug}/").status_code == 200


def test_a_first_factor_may_be_a_passkey(als, kring, member):
    client = als(member, tweede_factor=False)
    assert not is_in(client, kring)
    response = enrol(client, Passkey())
    assert response.headers["Location"] == "/aanmelden/herstelcodes/"
    assert is_in(client, kring)
    types = set(Authenticator.objects.filter(user=member).values_list("type", flat=True))
    assert types == {"webauthn", "recovery_codes"}
    line = Logregel.objects.get(gebeurtenis="gebruiker.tweede_factor_ingesteld")
    assert (line.kring, line.object_id) == (kring, str(member.pk))


def test_the_options_ask_for_the_person_and_a_key_that_stays(als, member):
    options = json.loads(als(member).get(NIEUW).context["passkey"])["publicKey"]
    chosen = options["authenticatorSelection"]
    assert (chosen["userVerification"], chosen["residentKey"]) == ("required", "required")


def test_without_user_verification_nothing_is_enrolled(als, member):
    response = enrol(als(member), Passkey(), verified=False)
    assert response.status_code == 200
    assert not Authenticator.objects.filter(user=member).exists()


def test_a_passkey_of_another_site_is_refused(als, member):
    assert enrol(als(member), Passkey("https://phishing.example")).status_code == 200
    assert not Authenticator.objects.filter(user=member).exists()


def test_a_passkey_logs_in_alone(als, kring, passkey, member):
    client = als()
    assert log_in_alone(client, passkey).status_code == 302
    assert is_in(client, kring)
    assert member.sessies.count() == 2


def test_alone_without_user_verification_is_refused(als, kring, passkey):
    client = als()
    assert log_in_alone(client, passkey, verified=False).headers["Location"] == LOGIN
    assert not is_in(client, kring)


def test_an_answer_works_once(als, kring, passkey):
    client, thief = als(), als()
    options = client.get(ALLEEN, headers={"Accept": "application/json"}).json()
    answer = {"credential": passkey.get(options["request_options"])}
    assert client.post(ALLEEN, answer).headers["Location"] == "/"
    thief.get(ALLEEN, headers={"Accept": "application/json"})
    assert thief.post(ALLEEN, answer).headers["Location"] == LOGIN
    assert not is_in(thief, kring)


@pytest.mark.parametrize(
    "credential",
    ["", "x", "[]", "{}", '{"response": {"userHandle": "AAAA"}}', "9" * 5000, "[" * 200_000],
)
def test_odd_answers_are_refused(als, kring, passkey, credential):
    client = als()
    client.get(ALLEEN, headers={"Accept": "application/json"})
    assert client.post(ALLEEN, {"credential": credential}).status_code in (200, 302)
    assert not is_in(client, kring)


@pytest.mark.parametrize("credential", ["9" * 5000, "[" * 200_000])
@pytest.mark.parametrize("door", [NIEUW, BEWIJS, CODE])
def test_unreadable_answers_are_refused_at_every_door(als, member, door, credential):
    assert als(member).post(door, {"credential": credential}).status_code in (200, 302)


def _password(client, member):
    client.post(LOGIN, {"login": member.email, "password": PASSWORD})


def test_a_passkey_is_the_step_after_the_password(als, kring, passkey, member):
    client = als()
    _password(client, member)
    options = json.loads(client.get(CODE).context["passkey"])
    assert client.post(CODE, {"credential": passkey.get(options)}).status_code == 302
    assert is_in(client, kring)


def test_after_the_password_too_it_must_be_the_person(als, kring, passkey, member):
    client = als()
    _password(client, member)
    options = json.loads(client.get(CODE).context["passkey"])
    answer = passkey.get(options, verified=False)
    assert client.post(CODE, {"credential": answer}).status_code == 200
    assert not is_in(client, kring)


def test_a_password_that_others_locked_does_not_lock_the_passkey(als, kring, passkey, member):
    for _ in range(12):
        als().post(LOGIN, {"login": member.email, "password": "geraden wachtwoord"})
    locked = als().post(LOGIN, {"login": member.email, "password": PASSWORD})
    assert locked.status_code == 200, "the password really is locked here"
    client = als()
    log_in_alone(client, passkey)
    assert is_in(client, kring)


def test_a_passkey_makes_the_session_fresh(als, passkey, member):
    client = als(member)
    grow_old(client, VERS + 1)
    options = json.loads(client.get(BEWIJS).context["passkey"])
    answer = passkey.get(options)
    response = client.post(BEWIJS, {"credential": answer, "next": "/aanmelden/wachtwoord/"})
    assert response.headers["Location"] == "/aanmelden/wachtwoord/"
    assert client.get("/aanmelden/wachtwoord/").status_code == 200


def test_a_passkey_of_somebody_else_proves_nothing(als, passkey, coordinator):
    client = als(coordinator)
    other = Passkey()
    enrol(client, other)
    grow_old(client, VERS + 1)
    options = json.loads(client.get(BEWIJS).context["passkey"])
    assert client.post(BEWIJS, {"credential": passkey.get(options)}).status_code == 200
    assert client.get("/aanmelden/wachtwoord/").headers["Location"].startswith(BEWIJS)


def test_a_session_with_a_password_only_cannot_add_one(als, kring, member, seed):
    """A thief with the password, in a session from before the enrolment."""
    thief = als(member, tweede_factor=False)
    assert thief.get(NIEUW).headers["Location"] == "/aanmelden/afmelden/"
    assert thief.post(NIEUW, {"credential": "{}"}).headers["Location"] == "/aanmelden/afmelden/"
    assert not is_in(thief, kring)


def test_one_removes_a_passkey_and_is_asked_for_a_factor_again(als, kring, passkey, member):
    client, elsewhere = als(member), als(member)
    pk = Authenticator.objects.get(user=member, type="webauthn").pk
    page = client.get(f"{NIEUW}{pk}/weg/")
    assert "Mijn telefoon" in page.content.decode()
    assert client.post(f"{NIEUW}{pk}/weg/").headers["Location"] == "/aanmelden/beveiliging/"
    assert not Authenticator.objects.filter(user=member).exists()
    assert not is_in(elsewhere, kring)
    client.post("/aanmelden/afmelden/")
    _password(client, member)
    assert client.get(f"/k/{kring.slug}/").headers["Location"] == "/aanmelden/beveiliging/app/"


def test_who_removes_the_last_factor_sets_one_up_before_anything_else(als, kring, passkey, member):
    client = als(member)
    pk = Authenticator.objects.get(user=member, type="webauthn").pk
    client.post(f"{NIEUW}{pk}/weg/")
    for url in (f"/k/{kring.slug}/", "/aanmelden/beveiliging/", "/aanmelden/wachtwoord/"):
        assert client.get(url).headers["Location"] == "/aanmelden/beveiliging/app/", url


def test_who_keeps_the_app_goes_on_without_the_passkey(als, kring, seed, passkey, member):
    client = als(member)
    pk = Authenticator.objects.get(user=member, type="webauthn").pk
    client.post(f"{NIEUW}{pk}/weg/")
    assert is_in(client, kring)


def test_the_passkey_of_somebody_else_does_not_exist(als, passkey, member, coordinator):
    pk = Authenticator.objects.get(user=member, type="webauthn").pk
    client = als(coordinator)
    assert client.get(f"{NIEUW}{pk}/weg/").status_code == 404
    assert client.post(f"{NIEUW}{pk}/weg/").status_code == 404
    assert Authenticator.objects.filter(pk=pk).exists()


def test_app_and_passkey_live_together(als, kring, seed, passkey, member):
    client = als()
    _password(client, member)
    assert client.post(CODE, {"code": code_of(seed)}).status_code == 302
    assert is_in(client, kring)
    page = als(member).get("/aanmelden/beveiliging/").content.decode()
    assert "Mijn telefoon" in page
    assert "Nieuwe telefoon instellen" in page
