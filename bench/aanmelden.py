"""Does the time of a refused login tell which accounts exist? (S24: less than 20 % difference)

    ./spoed test bench/aanmelden.py -s -p no:randomly

Tries a wrong password with an account that has one, an account that is only invited, and an
address without account, in turn, so that a busy machine slows all of them alike. Prints the
means, the difference with the unknown address, and Welch's t of that difference.
"""

import os
import statistics
import time

from django.contrib.auth.hashers import make_password
from django.core.cache import cache

from tests.conftest import _kringen, als, django_db_setup, kring  # noqa: F401 (fixtures)
from tests.factories import GebruikerFactory, LidmaatschapFactory

ROUNDS = int(os.environ.get("AANMELDEN_RONDES", "60"))


def _seconds(client, email: str) -> float:
    cache.clear()
    begin = time.perf_counter()
    response = client.post("/aanmelden/", {"login": email, "password": "geraden wachtwoord"})
    assert response.status_code == 200
    return time.perf_counter() - begin


def _welch(one: list[float], other: list[float]) -> float:
    """Return Welch's t: the difference of the means in standard errors."""
    error = statistics.variance(one) / len(one) + statistics.variance(other) / len(other)
    return (statistics.mean(one) - statistics.mean(other)) / error**0.5


def test_time_of_a_refused_login(als, kring):  # noqa: F811 (fixtures)
    LidmaatschapFactory(kring=kring, gebruiker=GebruikerFactory(email="met@voorbeeld.example"))
    invited = GebruikerFactory(email="nieuw@voorbeeld.example", password=make_password(None))
    LidmaatschapFactory(kring=kring, gebruiker=invited, status="uitgenodigd")
    times: dict[str, list[float]] = {
        f"{kind}@voorbeeld.example": [] for kind in ("niemand", "met", "nieuw")
    }
    client = als()
    client.post("/aanmelden/", {})  # warm
    for _ in range(ROUNDS):
        for email, measured in times.items():
            measured.append(_seconds(client, email))
    unknown = times["niemand@voorbeeld.example"]
    for email, measured in times.items():
        mean = statistics.mean(measured)
        difference = mean / statistics.mean(unknown) - 1
        print(
            f"{email:28} mean {mean * 1000:6.1f} ms, median "
            f"{statistics.median(measured) * 1000:6.1f} ms, difference {difference:+.1%}, "
            f"t {_welch(measured, unknown):+.2f}"
        )
    assert all(len(measured) == ROUNDS for measured in times.values())
