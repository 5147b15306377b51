"""A sealed value opens in its own place only, and never opens altered."""

import os
import re

import pytest
from cryptography.exceptions import InvalidTag
from django.core.exceptions import ImproperlyConfigured

from kern import checks, crypto

PLACE = "tabel.kolom|1|7"


def test_round_trip():
    assert crypto.unseal(crypto.seal(b"zeer geheim", place=PLACE), place=PLACE) == b"zeer geheim"


def test_another_place_does_not_open():
    with pytest.raises(InvalidTag):
        crypto.unseal(crypto.seal(b"zeer geheim", place=PLACE), place="tabel.kolom|2|7")


def test_every_flipped_byte_is_an_error():
    sealed = crypto.seal(b"zeer geheim", place=PLACE)
    for position in range(len(sealed)):
        broken = bytearray(sealed)
        broken[position] ^= 1
        with pytest.raises((InvalidTag, KeyError)):
            crypto.unseal(bytes(broken), place=PLACE)


def test_newest_key_seals_and_old_ones_open(settings, tmp_path):
    settings.SLEUTEL_MAP = tmp_path
    (tmp_path / "1").write_text(os.urandom(32).hex())
    old = crypto.seal(b"oud", place=PLACE)
    (tmp_path / "2").write_text(os.urandom(32).hex())
    new = crypto.seal(b"nieuw", place=PLACE)
    assert (old[0], new[0]) == (1, 2)
    assert crypto.unseal(old, place=PLACE) == b"oud"


def test_no_key_stops(settings, tmp_path):
    settings.SLEUTEL_MAP = tmp_path
    with pytest.raises(ImproperlyConfigured, match="sleutelbestand"):
        crypto.seal(b"x", place=PLACE)


def test_a_new_key_is_used_without_a_restart(settings, tmp_path):
    settings.SLEUTEL_MAP = tmp_path
    (tmp_path / "1").write_text(os.urandom(32).hex())
    old = crypto.seal(b"oud", place=PLACE)
    assert crypto.new_key() == 2
    assert (tmp_path / "2").stat().st_mode & 0o777 == 0o400
    assert crypto.seal(b"nieuw", place=PLACE)[0] == 2
    assert crypto.unseal(old, place=PLACE) == b"oud"


def test_a_removed_key_opens_nothing_more(settings, tmp_path):
    settings.SLEUTEL_MAP = tmp_path
    (tmp_path / "1").write_text(os.urandom(32).hex())
    old = crypto.seal(b"oud", place=PLACE)
    crypto.new_key()
    (tmp_path / "1").unlink()
    with pytest.raises(crypto.SleutelOntbreekt, match="Veldsleutel 1 ontbreekt") as error:
        crypto.unseal(old, place=PLACE)
    assert "|1|" not in str(error.value), "the row is nobody's business in a log"


def test_another_key_under_the_same_id_is_an_error(settings, tmp_path):
    settings.SLEUTEL_MAP = tmp_path
    (tmp_path / "1").write_text(os.urandom(32).hex())
    old = crypto.seal(b"oud", place=PLACE)
    (tmp_path / "1").unlink()
    (tmp_path / "1").write_text(os.urandom(32).hex())
    with pytest.raises(crypto.Onleesbaar, match=r"tabel\.kolom"):
        crypto.unseal(old, place=PLACE)


@pytest.mark.parametrize("length", range(29))
def test_a_cut_off_value_is_an_error(length):
    with pytest.raises(crypto.CryptoFout):
        crypto.unseal(crypto.seal(b"", place=PLACE)[:length], place=PLACE)


@pytest.mark.parametrize("content", ["", "geen hex", "ab" * 31])
def test_an_odd_key_file_stops(settings, tmp_path, content):
    settings.SLEUTEL_MAP = tmp_path
    (tmp_path / "1").write_text(content)
    with pytest.raises(ImproperlyConfigured, match="Sleutelbestand"):
        crypto.seal(b"x", place=PLACE)


def test_the_blind_index_has_a_key_of_its_own(settings, tmp_path):
    here = crypto.blind_index("999990019", place="tabel.bsn|7")
    assert here == crypto.blind_index("999990019", place="tabel.bsn|7")
    assert here != crypto.blind_index("999990019", place="tabel.bsn|8")
    settings.SLEUTEL_MAP = tmp_path
    (tmp_path / "1").write_text(os.urandom(32).hex())
    with pytest.raises(ImproperlyConfigured, match="blinde index ontbreekt"):
        crypto.blind_index("999990019", place="tabel.bsn|7")
    (tmp_path / "index").write_text(os.urandom(32).hex())
    assert here != crypto.blind_index("999990019", place="tabel.bsn|7")


def test_a_start_without_keys_says_what_to_do(settings, tmp_path):
    settings.SLEUTEL_MAP = tmp_path / "nergens"
    assert "sleutelmap" in checks.check_keys(None)[0].msg
    settings.SLEUTEL_MAP = tmp_path
    assert "Geen sleutelbestand" in checks.check_keys(None)[0].msg
    (tmp_path / "1").write_text("ab" * 32)
    assert "openssl rand -hex 32" in checks.check_keys(None)[0].msg
    (tmp_path / "index").write_text("cd" * 32)
    assert checks.check_keys(None) == []


def test_a_key_that_others_may_read_stops_production(settings, tmp_path):
    settings.SLEUTEL_MAP = tmp_path
    for name, mode in (("1", 0o400), ("2", 0o640), ("index", 0o604), ("lees-mij", 0o644)):
        (tmp_path / name).write_text("ab" * 32)
        (tmp_path / name).chmod(mode)
    found = " ".join(error.msg for error in checks.check_key_files(None))
    advised = re.findall(r"chmod 400 \S+/(\w+)", found)
    assert advised == ["2", "index"]
