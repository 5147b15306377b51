"""One code, many workers at once, each with its own connection and real commits (S22)."""

import hmac
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.core.cache.backends.db import DatabaseCache
from django.db import connection
from django.test import Client

from kern.bewijs import SECOND_FACTOR
from kern.tenancy import kring_context
from kring.login import seal_seed
from tests.factories import PASSWORD, KringFactory, LidmaatschapFactory
from tests.huis.apparaten import code_of

pytestmark = pytest.mark.traag
LOGIN, CODE = "/aanmelden/", "/aanmelden/code/"
WORKERS = 4


@pytest.fixture
def member(echte_db):
    kring = KringFactory()
    with kring_context(kring.pk):
        return LidmaatschapFactory(kring=kring).gebruiker


@pytest.fixture
def seed(member, monkeypatch):
    # Four logins with a slow hash can outlast the half minute of a code: here the clock stands.
    moment = time.time()
    clock = SimpleNamespace(time=lambda: moment)
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.time", clock)
    monkeypatch.setattr("kring.tweede_factor.time", clock)
    monkeypatch.setattr("tests.huis.apparaten.time", clock)
    seed = generate_totp_secret()
    data = {"secret": seal_seed(seed, member.pk)}
    Authenticator.objects.create(user=member, type=Authenticator.Type.TOTP, data=data)
    return seed


def _after_the_password(member) -> Client:
    client = Client()
    client.post(LOGIN, {"login": member.email, "password": PASSWORD})
    return client


def _at_once(member, code: str) -> list[bool]:
    """Send the same code from four browsers; return which of them got in."""
    clients = [_after_the_password(member) for _ in range(WORKERS)]
    start = threading.Barrier(WORKERS)

    def send(client):
        try:
            start.wait(timeout=30)
            client.post(CODE, {"code": code})
            return bool(client.session.get(SECOND_FACTOR))
        finally:
            connection.close()

    with ThreadPoolExecutor(WORKERS) as pool:
        return list(pool.map(send, clients))


def test_one_code_opens_one_session(member, seed):
    assert sorted(_at_once(member, code_of(seed))) == [False] * (WORKERS - 1) + [True]


def test_also_when_the_cache_forgot_everything(member, seed, monkeypatch):
    """A cache may forget: it is culled when full, or emptied by whoever repairs something."""
    monkeypatch.setattr(DatabaseCache, "add", lambda *args, **kwargs: True)
    code = code_of(seed)
    assert sorted(_at_once(member, code)) == [False] * (WORKERS - 1) + [True]
    assert not any(_at_once(member, code))


def test_a_recovery_code_opens_one_session(member, seed):
    codes = Authenticator.objects.create(
        user=member,
        type=Authenticator.Type.RECOVERY_CODES,
        data={"seed": seal_seed("00" * 40, member.pk), "used_mask": 0},
    )
    # The first code of a seed of zeros, as allauth derives it.
    digest = hmac.digest(b"00" * 40, b"  0,", "sha1")
    code = f"{int.from_bytes(digest[:4]) % 10**8:08d}"
    assert sorted(_at_once(member, code)) == [False] * (WORKERS - 1) + [True]
    codes.refresh_from_db()
    assert codes.data["used_mask"].bit_count() == 1
