"""What people type becomes one stored form, or a sentence that helps."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kern import velden


@pytest.mark.parametrize(
    ("normalize", "typed", "stored"),
    [
        (velden.normalize_bsn, "111222333", "111222333"),
        (velden.normalize_bsn, "1112.22.333", "111222333"),
        (velden.normalize_phone, "06-12345678", "+31612345678"),
        (velden.normalize_phone, "0031 6 1234 5678", "+31612345678"),
        (velden.normalize_phone, "+31 (0)30 234 56 78", "+31302345678"),
        (velden.normalize_phone, "+32 470 12 34 56", "+32470123456"),
        (velden.normalize_postcode, "3511aa", "3511 AA"),
        (velden.normalize_big, "190 123 456 78", "19012345678"),
        (velden.normalize_agb, "12-345678", "12345678"),
    ],
)
def test_normalized(normalize, typed, stored):
    assert normalize(typed) == stored
    assert normalize(stored) == stored


@pytest.mark.parametrize(
    ("normalize", "typed"),
    [
        (velden.normalize_bsn, "111222334"),
        (velden.normalize_bsn, "11122233"),
        (velden.normalize_bsn, "000000000"),
        (velden.normalize_bsn, "١١١٢٢٢٣٣٣"),
        (velden.normalize_phone, "geen"),
        (velden.normalize_phone, "12"),
        (velden.normalize_phone, "0" * 65536),
        (velden.normalize_postcode, "0511 AA"),
        (velden.normalize_postcode, "1234 SS"),
        (velden.normalize_big, "1234567890"),
        (velden.normalize_agb, "1234567\x00"),
    ],
)
def test_refused_with_a_sentence(normalize, typed):
    with pytest.raises(ValueError, match=r"\.$"):
        normalize(typed)


def _eleven_test(digits: str) -> bool:
    """The 11-test as the law writes it: weights 9 … 2 and -1."""
    weights = [9, 8, 7, 6, 5, 4, 3, 2, -1]
    total = sum(w * int(d) for w, d in zip(weights, digits, strict=True))
    return total % 11 == 0 and digits != "000000000"


@given(st.text(alphabet="0123456789", min_size=9, max_size=9))
def test_bsn_equals_the_reference(digits):
    try:
        accepted = velden.normalize_bsn(digits) == digits
    except ValueError:
        accepted = False
    assert accepted == _eleven_test(digits)


@pytest.mark.traag
@settings(max_examples=1000, deadline=None)
@given(st.integers(0, 10**9 - 100), st.sampled_from(["{}{}{}", "{}.{}.{}", "{} {}-{}"]))
def test_100_000_numbers_against_the_reference(first, notation):
    """S09: exactly the nine digits that pass the 11-test, whatever stands between them."""
    for number in range(first, first + 100):
        digits = f"{number:09d}"
        typed = notation.format(digits[:4], digits[4:6], digits[6:])
        if _eleven_test(digits):
            assert velden.normalize_bsn(typed) == digits
        else:
            with pytest.raises(ValueError, match="klopt niet"):
                velden.normalize_bsn(typed)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("d-10115", "D-10115"),
        ("S-111 22", "S-111 22"),
        ("gb-SW1A 1AA", "GB-SW1A 1AA"),
        ("3511aa", "3511 AA"),
    ],
)
def test_a_patient_may_live_abroad(typed, stored):
    assert velden.normalize_postcode_abroad(typed) == stored


@pytest.mark.parametrize("typed", ["10115", "NL-3511", "D-", "1234 SS", "D-10115-10115"])
def test_a_foreign_code_needs_its_country(typed):
    with pytest.raises(ValueError, match="D-10115"):
        velden.normalize_postcode_abroad(typed)
