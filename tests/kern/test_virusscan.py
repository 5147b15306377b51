"""The adapter of clamd, against a server of the real protocol: clean, found, or silence."""

import socket

import pytest

from kern import virusscan
from kern.virusscan import Oordeel, ScannerZwijgt
from tests.clamd import STREAM_MAX, clamd
from tests.verslag.bijlagen.kwaad import EICAR


@pytest.fixture
def scanner(settings):
    with clamd() as server:
        settings.CLAMAV = server.adres
        yield server


@pytest.mark.parametrize("size", [0, 1, 64 * 1024 - 1, 64 * 1024, 64 * 1024 + 1, 5_000_000])
def test_every_byte_arrives(scanner, size):
    content = bytes(range(256)) * (size // 256) + b"x" * (size % 256)
    assert virusscan.scan(content) is Oordeel.SCHOON
    assert scanner.scanned == [content]
    assert scanner.commands == [b"zINSTREAM\0"]


def test_a_virus_is_found(scanner):
    assert virusscan.scan(b"x" * 100_000 + EICAR) is Oordeel.BESMET


def test_over_a_socket_file(settings, tmp_path):
    with clamd(tmp_path / "clamd.sock") as server:
        settings.CLAMAV = server.adres
        assert virusscan.scan(EICAR) is Oordeel.BESMET


@pytest.mark.parametrize(
    "answer",
    [
        b"INSTREAM: Can't allocate memory ERROR\0",
        b"stream: OK",
        b"stream: OK\n",
        b"OK\0",
        b"\0",
        b"x" * 100_000,
        b"HTTP/1.1 200 OK\r\n\r\nstream: OK\0",
    ],
)
def test_any_other_answer_is_no_verdict(scanner, answer):
    """Half an answer, or the answer of another program: never a reason to open a file."""
    scanner.answer = answer
    with pytest.raises(ScannerZwijgt):
        virusscan.scan(b"schoon")


def test_a_file_that_is_too_long_for_the_scanner_is_no_verdict(scanner):
    with pytest.raises(ScannerZwijgt):
        virusscan.scan(b"x" * (STREAM_MAX + 200_000))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.mark.parametrize("adres", ["127.0.0.1:{poort}", "/bestaat/niet.sock", "poort:geen", "kaal"])
def test_out_of_reach_is_silence(settings, adres):
    settings.CLAMAV = adres.format(poort=_free_port())
    with pytest.raises(ScannerZwijgt):
        virusscan.scan(b"iets")


def test_a_scanner_that_never_answers_is_silence(settings, monkeypatch):
    monkeypatch.setattr(virusscan, "ANSWER_SECONDS", 0.2)
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen()
        settings.CLAMAV = f"127.0.0.1:{deaf.getsockname()[1]}"
        with pytest.raises(ScannerZwijgt):
            virusscan.scan(b"iets")


def test_without_a_setting_there_is_no_scanner(settings):
    settings.CLAMAV = ""
    assert not virusscan.is_configured()
