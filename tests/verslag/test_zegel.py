"""What only the link opens: the right token in the right place, or nothing at all."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verslag import zegel

TOKEN = "a" * 43


@settings(max_examples=30, deadline=None)
@given(st.binary(max_size=500), st.integers(0, 99))
def test_what_went_in_comes_out(plain, deel):
    assert zegel.unseal(TOKEN, zegel.seal(TOKEN, plain, deel=deel), deel=deel) == plain


def test_a_token_has_256_bits_and_its_hash_says_nothing():
    first, second = zegel.new_token(), zegel.new_token()
    assert first != second
    assert len(first) == 43
    assert first not in zegel.hash_token(first)
    assert len(zegel.hash_token(first)) == 64


def test_sealing_twice_is_never_the_same():
    assert zegel.seal(TOKEN, b"x", deel=0) != zegel.seal(TOKEN, b"x", deel=0)


def test_another_token_opens_nothing():
    sealed = zegel.seal(TOKEN, b"verslag", deel=0)
    with pytest.raises(zegel.VerkeerdZegel):
        zegel.unseal("b" * 43, sealed, deel=0)
    # Not the hash either: that is what stands in the database.
    with pytest.raises(zegel.VerkeerdZegel):
        zegel.unseal(zegel.hash_token(TOKEN), sealed, deel=0)


def test_parts_do_not_change_places():
    sealed = zegel.seal(TOKEN, b"pdf", deel=1)
    with pytest.raises(zegel.VerkeerdZegel):
        zegel.unseal(TOKEN, sealed, deel=2)


def test_every_altered_byte_is_refused():
    sealed = zegel.seal(TOKEN, b"verslag", deel=0)
    for index in range(len(sealed)):
        altered = bytearray(sealed)
        altered[index] ^= 1
        with pytest.raises(zegel.VerkeerdZegel):
            zegel.unseal(TOKEN, bytes(altered), deel=0)


@pytest.mark.parametrize("length", [0, 1, 5, 13, 20])
def test_cut_off_is_refused(length):
    with pytest.raises(zegel.VerkeerdZegel):
        zegel.unseal(TOKEN, zegel.seal(TOKEN, b"verslag", deel=0)[:length], deel=0)
