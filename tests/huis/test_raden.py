"""Guessing: it is slowed down, nobody is locked out by it, and it tells nothing (S24)."""

from unittest import mock

import pytest
from django.contrib.auth.hashers import make_password
from django.core.cache import cache

from kring.login import Argon2Hasher
from kring.models import Gebruiker
from tests.factories import PASSWORD, GebruikerFactory
from tests.huis.apparaten import code_of

LOGIN, CODE = "/aanmelden/", "/aanmelden/code/"


@pytest.fixture(autouse=True)
def _empty_cache(db):
    cache.clear()


def guess(client, email: str, getypt="geraden wachtwoord", *, ip="203.0.113.1"):
    return client.post(LOGIN, {"login": email, "password": getypt}, REMOTE_ADDR=ip)


def guess_often(als, email: str, times: int) -> list[str]:
    """Guess from a new browser and a new address each time; return the sentences."""
    answers = (guess(als(), email, ip=f"198.51.100.{n}") for n in range(times))
    return [response.context["form"].errors.as_text() for response in answers]


def passes(client, member, password=PASSWORD, **kwargs) -> bool:
    return guess(client, member.email, password, **kwargs).status_code == 302


@pytest.fixture
def known(als, member, seed):
    """The browser of the member, who logged in here before."""
    client = als()
    guess(client, member.email, PASSWORD)
    assert client.post(CODE, {"code": code_of(seed)}).status_code == 302
    client.post("/aanmelden/afmelden/")
    cache.clear()
    return client


def test_after_five_guesses_an_account_takes_no_more(als, member):
    texts = guess_often(als, member.email, 7)
    assert [("Te veel pogingen" in text) for text in texts] == [False] * 5 + [True] * 2
    assert not passes(als(), member)


def test_an_address_on_the_internet_takes_no_more_either(als, db):
    texts = [
        guess(als(), f"iemand{n}@voorbeeld.example").context["form"].errors.as_text()
        for n in range(12)
    ]
    assert [("Te veel pogingen" in text) for text in texts] == [False] * 10 + [True] * 2


def test_a_known_browser_is_not_locked_out_by_strangers(als, member, known):
    guess_often(als, member.email, 20)
    assert not passes(als(), member)
    assert passes(known, member)


def test_a_known_browser_may_not_guess_for_ever(member, known):
    for n in range(5):
        guess(known, member.email, ip=f"192.0.2.{n}")
    assert not passes(known, member, ip="192.0.2.9")


def test_a_known_browser_is_known_for_one_account(als, member, known, coordinator):
    guess_often(als, coordinator.email, 6)
    assert not passes(known, coordinator)


def test_a_made_up_cookie_is_not_believed(als, member, known):
    guess_often(als, member.email, 6)
    name = next(name for name in known.cookies if name.startswith("bekend"))
    client = als()
    client.cookies[name] = known.cookies[name].value[:-1] + "x"
    assert not passes(client, member)


def test_a_password_alone_makes_no_known_browser(als, member, seed):
    client = als()
    assert passes(client, member)
    assert not any(name.startswith("bekend") for name in client.cookies)


def test_many_strangers_do_not_wash_the_counts_away(als, member):
    """Django's cache keeps 300 lines unless told otherwise, and then throws away by name."""
    guess_often(als, member.email, 5)
    for n in range(400):
        cache.set(f"allauth:rl:vreemd:{n}", [0.0], 300)
    assert "Te veel pogingen" in guess_often(als, member.email, 1)[0]


def _accounts(member) -> dict[str, str]:
    """Every kind of account that a stranger could try, and one that does not exist."""
    GebruikerFactory(email="nieuw@voorbeeld.example", password=make_password(None))
    GebruikerFactory(email="dicht@voorbeeld.example", is_active=False)
    return {
        "with a password": member.email,
        "invited": "nieuw@voorbeeld.example",
        "closed": "dicht@voorbeeld.example",
        "unknown": "niemand@voorbeeld.example",
    }


def test_every_account_costs_the_same_work_and_says_the_same(als, member, seed):
    """Hashing is all the time there is; bench/aanmelden.py shows what is left of a difference."""
    seen = {}
    for kind, email in _accounts(member).items():
        cache.clear()
        work = []
        encode, verify = Argon2Hasher.encode, Argon2Hasher.verify
        with (
            mock.patch.object(Argon2Hasher, "encode", _counted(encode, work)),
            mock.patch.object(Argon2Hasher, "verify", _counted(verify, work)),
        ):
            response = guess(als(), email)
        page = response.content.decode().replace(email, "")
        errors = response.context["form"].errors.as_text()
        seen[kind] = (len(work), response.status_code, errors, len(page))
    assert len(set(seen.values())) == 1, seen
    assert seen["unknown"][:2] == (1, 200)


def _counted(method, work: list):
    def counted(self, *args, **kwargs):
        work.append(method.__name__)
        return method(self, *args, **kwargs)

    return counted


def test_dead_links_say_nothing_about_whose_they_were(als, kring, member):
    pages = {
        als().get(f"/k/{kring.slug}/activeren/{uid}/abc-def/").content
        for uid in ("MQ", "OTk5OTk5", "%21", "w7w", "MTIz" * 40)
    }
    assert len(pages) == 1
    assert Gebruiker.objects.filter(pk=member.pk).exists()
