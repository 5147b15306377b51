"""The address in the log and in the throttles is that of the visitor, and cannot be chosen."""

import pytest

from kern.models import Logregel


@pytest.fixture
def logged_address(als, kring, fg):
    """Return the address in the log of someone who came with this X-Forwarded-For."""

    def ask(header: str) -> str:
        als(fg).get(f"/k/{kring.slug}/logboek/", HTTP_X_FORWARDED_FOR=header)
        return Logregel.objects.get(kring=kring, gebeurtenis="logboek.geraadpleegd").toegangspunt

    return ask


@pytest.mark.parametrize(
    ("proxies", "header", "expected"),
    [
        (1, "203.0.113.9", "203.0.113.9"),
        # What the visitor typed stands before what the proxy added.
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.1, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        (1, "2001:db8::1", "2001:db8::1"),
        (0, "203.0.113.9", "127.0.0.1"),
        (2, "203.0.113.9", "127.0.0.1"),
        (1, "", "127.0.0.1"),
        (1, "geen adres", "127.0.0.1"),
        (1, "203.0.113.9, ", "127.0.0.1"),
    ],
)
def test_the_log_names_the_address_that_the_own_proxy_saw(
    logged_address, settings, proxies, header, expected
):
    settings.PROXIES = proxies
    assert logged_address(header) == expected


@pytest.mark.django_db
def test_no_one_uses_up_the_attempts_of_another(client, settings):
    """Twelve wrong passwords from one address do not stop a login from the next one."""
    settings.PROXIES = 1

    def attempt(number: int, address: str):
        data = {"login": f"niemand{number}@voorbeeld.example", "password": "onjuist-onjuist"}
        return client.post("/aanmelden/", data, HTTP_X_FORWARDED_FOR=f"192.0.2.1, {address}")

    for number in range(12):
        last = attempt(number, "203.0.113.9")
    assert "Te veel pogingen" in last.content.decode()
    assert "Te veel pogingen" not in attempt(13, "203.0.113.10").content.decode()
