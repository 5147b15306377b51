"""What a password must be (S25)."""

import pytest
from django.contrib.auth.hashers import identify_hasher, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from tests.factories import GebruikerFactory, LidmaatschapFactory

GOED = [
    "paarse olifant zwemt",
    "xkqzvbtrwmpl",
    "mijn tandarts eet elke dag blauwe kaas",
    "élève çà et là",
    "8391 2284 5519 7731",
    "日本語のパスワードはとても長い",
    "#%&*^(){}[]!?+-=",
    "🦷🪥🧵🪞🛁🚿🧼🪒🧽🪣🧹🧺",
    "een zin " + "y" * 100 + " die lang is",
]
SLECHT = [
    "kort",
    "elf tekens!",
    "spoeddienst2026",
    "tandarts-tandarts-tandarts",
    "Welkom01!Welkom01!",
    "wachtwoord123456",
    "Zomer2026Zomer2026",
    "qwertyuiop123",
    "123456789012345",
    "Vechtstreek-2026!",
    "sanne.dewit.2026",
    "sannedewit@praktijkdebrug",
    "1qaz2wsx3edc4rfv",
    "z" * 100 + " abcdefgh " + "q" * 30,
]


@pytest.fixture
def sanne(kring):
    kring.naam, kring.plaats = "Kring Vechtstreek", "Maarssen"
    kring.save()
    sanne = GebruikerFactory(naam="Sanne de Wit", email="sanne.dewit@praktijkdebrug.example")
    LidmaatschapFactory(kring=kring, gebruiker=sanne)
    return sanne


@pytest.mark.parametrize("password", GOED)
def test_long_and_own_is_enough(sanne, password):
    assert validate_password(password, sanne) is None


@pytest.mark.parametrize("password", SLECHT)
def test_short_or_guessable_is_refused(sanne, password):
    with pytest.raises(ValidationError):
        validate_password(password, sanne)


@pytest.mark.parametrize(("length", "fits"), [(11, False), (12, True), (128, True), (129, False)])
def test_from_twelve_to_a_hundred_and_twenty_eight(sanne, length, fits):
    password = ("xkqz vbtr wmpl " * 9)[:length]
    if fits:
        assert validate_password(password, sanne) is None
    else:
        with pytest.raises(ValidationError):
            validate_password(password, sanne)


def test_the_sentence_says_what_to_do(sanne):
    with pytest.raises(ValidationError) as refused:
        validate_password("Vechtstreek2026", sanne)
    assert refused.value.messages == [
        "Dit wachtwoord is te raden: het lijkt op je naam, je e-mailadres, je kring of een woord "
        "dat iedereen eerst probeert. Neem een zin die alleen jij kent."
    ]


def test_it_is_kept_as_argon2id():
    kept = make_password("paarse olifant zwemt")
    assert kept.startswith("argon2$argon2id$v=19$m=65536,t=3,p=1$")
    assert identify_hasher(kept).algorithm == "argon2"


def test_the_whole_password_counts(als, kring, sanne):
    """Nothing is cut off or made smaller on the way in: not the case, not a space at the end."""
    sanne.set_password("paarse Olifant zwemt ")
    sanne.save()
    for password, opens in (
        ("paarse Olifant zwemt ", True),
        ("paarse Olifant zwemt", False),
        ("paarse olifant zwemt ", False),
    ):
        client = als()
        client.post("/aanmelden/", {"login": sanne.email, "password": password})
        assert bool(client.session.get("_auth_user_id")) is opens
