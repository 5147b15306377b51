"""No request, however odd, is answered with a 5xx: every route, as every role (S35).

The long run is `SPOED_FUZZ=100000 ./spoed test tests/huis/test_fuzz.py`, with another seed in
`SPOED_FUZZ_ZAAD`.
"""

import copy
import itertools
import logging
import os
import sys
import traceback
from collections import Counter

import pytest
from django.core.paginator import Paginator
from django.core.signals import got_request_exception
from django.db import connection, transaction
from django.urls import reverse

from kern import toegang
from tests.huis.objecten import objects_of, route_kwargs
from tests.huis.verzoeken import Verzoek, fields_of, stream
from verslag.pdf import pdf_of

pytestmark = [pytest.mark.traag, pytest.mark.eigen_logregels]

NUMBER = int(os.environ.get("SPOED_FUZZ", "2000"))
SEED = int(os.environ.get("SPOED_FUZZ_ZAAD", "1"))
PERSONS = (
    *("triagist", "tandarts_gebruiker", "coordinator", "vertegenwoordiger", "beheerder", "fg"),
    *("vreemde", "niemand"),
)
ADMIN = (
    *("kring/kring", "kring/gebruiker", "kring/lidmaatschap", "kring/deelnemer", "kring/tandarts"),
    *("kring/eigentandarts", "kern/logregel", "kern/zending"),
)


@pytest.fixture
def places(request, als, kring, tandarts, settings):
    """Return (person, url, methods, fields of its form, client) of all doors for all persons."""
    # Sixty thousand real hashes would measure argon2, not us.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.PROXIES = 1  # so that the forwarded address is read
    objects = objects_of(kring, tandarts)
    pdf_of(objects.versie)
    urls = {
        reverse(row.route, kwargs=route_kwargs(row.route, objects)): list(row.methoden)
        for row in toegang.table()
        if not row.prefix and not row.route.startswith("demo:")
    }
    for model in ADMIN:
        urls[f"/beheer/{model}/"] = ["GET", "POST"]
        urls[f"/beheer/{model}/add/"] = ["GET", "POST"]
        urls[f"/beheer/{model}/1/change/"] = ["GET", "POST"]
    urls[f"/beheer/kring/deelnemer/{objects.deelnemer.pk}/change/"] = ["GET", "POST"]
    found = []
    for person in PERSONS:
        client = als(request.getfixturevalue(person) if person != "niemand" else None)
        client.raise_request_exception = False
        for url, methods in urls.items():
            page = _send(client, Verzoek("GET", url))
            names = fields_of(page.content.decode(errors="replace"))
            found.append((person, url, methods, names, client))
    return found


def _send(client, verzoek: Verzoek):
    """Send inside a savepoint that is undone, so that no request sees the effect of another."""
    cookies = copy.copy(client.cookies)
    with transaction.atomic():
        response = client.generic(
            verzoek.method,
            verzoek.path,
            verzoek.body,
            verzoek.content_type,
            QUERY_STRING=verzoek.query,
            **verzoek.headers,
        )
        transaction.set_rollback(True)
    connection.run_on_commit.clear()
    client.cookies = cookies
    return response


def _run(places, number: int) -> tuple[Counter, dict[str, Verzoek]]:
    """Send the requests; return how often each status came, and one request for each fault."""
    statuses: Counter = Counter()
    faults: dict[str, Verzoek] = {}
    errors: list[str] = []

    def note(sender, **kwargs):
        errors.append(traceback.format_exc(limit=-3))

    got_request_exception.connect(note)
    logging.disable(logging.CRITICAL)
    try:
        for place, verzoek in itertools.islice(stream(SEED, places), number):
            errors.clear()
            response = _send(place[4], verzoek)
            statuses[response.status_code] += 1
            if response.status_code >= 500:
                faults.setdefault("\n".join(errors) or "no exception", verzoek)
            if statuses.total() % 1_000 == 0 and "SPOED_FUZZ" in os.environ:
                sys.__stdout__.write(f"{statuses.total()} {sorted(statuses.items())}\n")
                sys.__stdout__.flush()
    finally:
        got_request_exception.disconnect(note)
        logging.disable(logging.NOTSET)
    return statuses, faults


def test_no_request_breaks_the_house(places):
    statuses, faults = _run(places, NUMBER)
    assert not faults, "\n\n".join(f"{k}\n  {repr(v)[:1500]}" for k, v in faults.items())
    assert not [status for status in statuses if status >= 500], statuses
    # It does get somewhere: pages, forms with sentences, refusals, unknown objects.
    assert {200, 302, 400, 403, 404, 405} <= set(statuses), statuses


def test_the_fuzzer_finds_a_view_that_breaks(places, monkeypatch):
    """Plant a page that takes the number in its address for granted."""
    monkeypatch.setattr(Paginator, "get_page", lambda self, number: self.page(int(number or 1)))
    statuses, faults = _run([place for place in places if "eigen-tandartsen" in place[1]], 300)
    assert statuses[500] > 0
    assert any("invalid literal for int()" in error for error in faults)
