"""The leak run: force every fault in a running house, then search all that it wrote (S31, S32)."""

import socket
import urllib.error
import urllib.parse
import urllib.request

import pytest

from tests.lek import ALLES, BSN, CANARIES, NAAM, TEKST, zoeken
from tests.lek.fouten import FOUTEN
from tests.proefhuis import Proefhuis
from tests.servers.hulp import wait_for

pytestmark = pytest.mark.traag

DUMP_TABLES = """
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("SELECT * FROM kern_cache")
    print(cursor.fetchall())
    cursor.execute("SELECT * FROM kern_bezorgpoging")
    print(cursor.fetchall())
"""
LAST_FAULT = "val_om"
FAULTS = {"DJANGO_SETTINGS_MODULE": "tests.lek.settings"}


def _ask(url: str, data: bytes | None = None, **headers: str) -> bytes:
    request = urllib.request.Request(url, data, headers)  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=20) as response:  # noqa: S310
            return response.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.read()


def _raw(address: str, line: bytes) -> bytes:
    host, _, port = address.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        connection.sendall(line)
        return connection.recv(65536)


def _force(huis: Proefhuis) -> list[bytes]:
    """Let everything go wrong, in the web server and in the worker; return what was answered."""
    quoted = urllib.parse.quote(ALLES)
    adres = huis.adres
    answers = [_ask(f"{adres}/lek/{fout}/?q={quoted}") for fout in FOUTEN]
    answers += [
        _ask(f"{adres}/{quoted}/"),
        _ask(f"{adres}/lek/{quoted}/"),
        _ask(f"{adres}/k/{BSN}/ophalen/{quoted}/"),
        _ask(f"{adres}/aanmelden/", b"{" + ALLES.encode(), **{"Content-Type": "application/json"}),
        _ask(f"{adres}/", Referer=f"http://elders.example/{quoted}", Host=f"{BSN}.example"),
    ]
    # Gunicorn tells the sender of no HTTP what was wrong with it, and nobody else.
    _raw(adres, f"GET /?bsn={BSN} {NAAM} {TEKST} HTTP/9.9\r\n\r\n".encode())
    _raw(adres, f"GET / HTTP/1.1\r\n{NAAM} {BSN} {TEKST}\r\n\r\n".encode())
    huis.shell(
        f"from tests.lek import tasks\nfor n in range({len(FOUTEN)}): tasks.ga_mis.apply_async([n])"
    )
    # The task that kills its process is the last one; the worker says so.
    wait_for(lambda: "Task handler raised error" in _log(huis, "worker"), 60)
    return answers


def _log(huis: Proefhuis, naam: str) -> str:
    return (huis.instantie.logs / f"{naam}.log").read_text(errors="replace")


def _artefacts(huis: Proefhuis, answers: list[bytes]) -> dict[str, str]:
    """Return everything that the house wrote or answered, by name."""
    found = zoeken.artefacts(huis) | {"tables": huis.shell(DUMP_TABLES)}
    return found | {f"page {n}": page.decode(errors="replace") for n, page in enumerate(answers)}


def _leaks(artefacts: dict[str, str]) -> set[tuple[str, str]]:
    return zoeken.leaks(artefacts, CANARIES)


def _run(folder, **environment: str) -> dict[str, str]:
    huis = Proefhuis(folder, inwendig=FAULTS, sjabloon=True, **environment)
    try:
        return _artefacts(huis, _force(huis))
    finally:
        huis.stop()


@pytest.fixture(scope="module")
def dicht(tmp_path_factory):
    return _run(tmp_path_factory.mktemp("lek") / "huis")


def test_nothing_of_the_patient_is_written_anywhere(dicht):
    assert _leaks(dicht) == set()


def test_every_fault_is_in_the_log_with_kind_and_place(dicht):
    for log in ("web.log", "worker.log"):
        for sign in ("ValueError", "RuntimeError", "IntegrityError", "DataError", "fouten.py"):
            assert sign in dicht[log], (log, sign)
        assert "UniqueViolation [23505 kern_cache.kern_cache_pkey]" in dicht[log]
        assert "NotNullViolation [23502 kern_cache.expires]" in dicht[log]
    assert "500 GET lek" in dicht["web.log"]
    assert "Invalid request from ip=" in dicht["web.log"]
    assert "WorkerLostError" in dicht["worker.log"]


def test_the_artefacts_are_there_to_be_searched(dicht):
    assert {"web.log", "worker.log", "postgres.log", "valkey.log", "bezorger.log"} <= set(dicht)
    assert "kern_cache" not in dicht["postgres.log"]
    assert dicht["valkey"].strip() not in ("", "{}")
    assert "dat ligt aan ons" in dicht["page 0"]


def test_without_the_scrubber_the_search_finds_them(tmp_path_factory):
    """The search itself: the same run with plain log lines leaks in the web server and worker."""
    open_house = _run(tmp_path_factory.mktemp("lek") / "open", LEK_OPEN="1")
    leaks = _leaks(open_house)
    assert {("web.log", canary) for canary in CANARIES} <= leaks
    assert {("worker.log", canary) for canary in CANARIES} <= leaks
