"""The kept board: it saves work and nothing else, and nobody can read it in Valkey."""

from datetime import timedelta

import pytest
import redis
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kern.models import Logregel
from tests import factories
from tests.servers.hulp import wait_for
from triage import termijnen
from triage.bord import Stuk, voorraad
from triage.models import Termijn

pytestmark = pytest.mark.usefixtures("dienst")


@pytest.fixture(autouse=True)
def empty():
    """Start with nothing kept, and with a Valkey that answers."""
    for key in voorraad._client().scan_iter("bord:*"):
        voorraad._client().delete(key)
    voorraad._silent_until = 0.0


@pytest.fixture
def call(kring, triagist):
    oproep = factories.OproepFactory(
        kring=kring,
        aangenomen_door=triagist,
        patient=factories.PatientFactory(kring=kring, naam="Geheime Patiënt"),
        contact="verplicht",
        zien_voor=timezone.now() + timedelta(minutes=8),
    )
    oproep.refresh_from_db()
    termijnen.sync(oproep)
    return oproep


def ask(client, address):
    """Return the answer, and how many queries the board itself took."""
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    own = [q["sql"] for q in captured if "triage_" in q["sql"] or "rooster_" in q["sql"]]
    return response, len(own)


def kept() -> list[bytes]:
    client = voorraad._client()
    return [client.get(key) for key in client.scan_iter("bord:*")]


def test_second_board_of_a_state_costs_one_query(client, url, call):
    _first, many = ask(client, url("bord"))
    second, one = ask(client, url("bord"))
    assert (many, one) == (5, 1)
    assert "Geheime Patiënt" in second.content.decode()


def test_a_kept_board_is_in_the_log_like_a_fresh_one(client, url, call):
    """The lines of both say the same: who, whom, under which dentist."""
    client.get(url("bord"))
    client.get(url("bord"))
    lines = list(
        Logregel.objects.filter(gebeurtenis="bord.getoond").values_list(
            "patient_id", "object_id", "namens_naam", "namens_id", "rollen"
        )
    )
    assert len(lines) == 2
    assert lines[0] == lines[1]
    assert lines[0][2]


def test_a_kept_board_shows_the_seconds_of_now(call, client, url):
    def clock() -> str:
        return client.get(url("bord")).content.decode().split("data-klok-tekst>")[1].split("<")[0]

    first = clock()
    later = wait_for(lambda: (shown := clock()) != first and shown)
    assert first.startswith("nog 7:")
    assert later.startswith("nog 7:")


def test_names_lie_there_sealed(client, url, call):
    client.get(url("bord"))
    (packed,) = kept()
    assert b"Geheime" not in packed
    assert str(call.patient_id).encode() not in packed


def test_what_somebody_else_wrote_there_is_not_shown(client, url, call):
    client.get(url("bord"))
    store = voorraad._client()
    for key in store.scan_iter("bord:*"):
        store.set(key, b"\x01" + b"x" * 200)
    response, queries = ask(client, url("bord"))
    assert queries == 5
    assert "Geheime Patiënt" in response.content.decode()


def test_a_board_that_was_moved_to_another_name_does_not_open(client, url, call):
    client.get(url("bord"))
    (packed,) = kept()
    voorraad._client().set(voorraad._key("elders"), packed)
    assert voorraad.get("elders") is None


@pytest.mark.parametrize("error", [redis.ConnectionError, redis.TimeoutError])
def test_without_valkey_the_board_comes_all_the_same(client, url, call, monkeypatch, error):
    asked = []

    class Dead:
        def get(self, *args):
            asked.append(args)
            raise error

    monkeypatch.setattr(voorraad, "_client", Dead)
    for _ in range(3):
        assert "Geheime Patiënt" in client.get(url("bord")).content.decode()
    # Once, and then not for a while: a frozen one must not hold up every page.
    assert len(asked) == 1


def test_a_clock_that_runs_out_makes_another_board(client, url, call):
    client.get(url("bord"))
    Termijn.objects.update(vervalt_op=timezone.now() + timedelta(minutes=2))
    _, queries = ask(client, url("bord"))
    assert queries == 5


def test_packing_loses_nothing():
    stuk = Stuk("a\0b\nc", [("zien", 1.5)], [("x", 1, "y", 2.5)], {3: (None, "Tandarts")})
    back = Stuk.unpack(stuk.pack())
    assert back.fill(timezone.now()) == stuk.fill(timezone.now()) or back.html == stuk.html
    assert back.diensten == stuk.diensten
    assert [tuple(row) for row in back.getoond] == stuk.getoond
