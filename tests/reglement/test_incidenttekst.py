"""An incident tells what happened, not who the patient was."""

import pytest

from reglement.veiligheid.tekst import names_somebody


@pytest.mark.parametrize(
    "tekst",
    [
        "De begeleider schold aan de balie en sloeg met de deur.",
        "Om 23:15 belde de patiënt 3 keer; na 20 minuten ging hij weg.",
        "De heer met de hond wilde mee naar binnen.",
        "112 gebeld, politie was er in 8 minuten.",
    ],
)
def test_what_happened_may_be_told(tekst):
    assert names_somebody(tekst) == []


@pytest.mark.parametrize(
    ("tekst", "woord"),
    [
        ("Mevrouw Jansen schold.", "Mevrouw Jansen"),
        ("Toen kwam dhr. van der Berg binnen.", "dhr. van der Berg"),
        ("De familie De Vries stond met zes man binnen.", "familie De Vries"),
        ("mw. K. Bakker belde weer", "mw. K. Bakker"),
        ("Geboren 12-03-1980.", "12-03-1980"),
        ("Hij belde met 06 1234 5678.", "06 1234 5678"),
        ("BSN 123456782", "123456782"),
    ],
)
def test_a_title_with_a_name_and_a_long_number_are_refused(tekst, woord):
    found = names_somebody(tekst)
    assert len(found) == 1
    assert woord in found[0]
