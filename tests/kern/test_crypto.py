"""A sealed value opens in its own place only, and never opens altered."""

import os

import pytest
from cryptography.exceptions import InvalidTag
from django.core.exceptions import ImproperlyConfigured

from kern import crypto

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
    crypto._keys.cache_clear()
    (tmp_path / "2").write_text(os.urandom(32).hex())
    new = crypto.seal(b"nieuw", place=PLACE)
    assert (old[0], new[0]) == (1, 2)
    assert crypto.unseal(old, place=PLACE) == b"oud"


def test_no_key_stops(settings, tmp_path):
    settings.SLEUTEL_MAP = tmp_path
    with pytest.raises(ImproperlyConfigured, match="sleutelbestand"):
        crypto.seal(b"x", place=PLACE)
