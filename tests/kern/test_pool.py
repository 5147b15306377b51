"""A pool of one connection for two kringen: what one leaves behind, the other would find (S06).

Requests go through the whole middleware in threads, and end in every way that a request can end.
"""

import json
import logging
import os
import random
import subprocess
import sys
import threading
import uuid
from collections import Counter
from dataclasses import dataclass, field

import psycopg
import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, connections, transaction
from django.test import RequestFactory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kern import toegang
from kern.bezorging import deliver
from kern.tasks import bezorg_zending
from kern.tenancy import kring_context
from tests import databank, factories
from tests.conftest import CLONE
from tests.kern import lekdoel

pytestmark = pytest.mark.traag

REQUESTS = 1_000
THREADS = 6
SLUGS = ("vecht", "maas")


@pytest.fixture
def kringen(echte_db, als):
    """Two kringen with a canary each, and the cookies of a member of each."""
    found = {}
    for slug in SLUGS:
        kring = factories.KringFactory(slug=slug, naam=slug)
        with kring_context(kring.pk):
            factories.EigenTandartsFactory(kring=kring, naam=f"kanarie {slug}")
            member = factories.LidmaatschapFactory(kring=kring, rol="coordinator").gebruiker
        jar = als(member).cookies
        found[slug] = (kring, "; ".join(f"{key}={morsel.value}" for key, morsel in jar.items()))
    return found


@pytest.fixture
def pool_of_one(kringen):
    """Give the process one connection for all its threads, as SPOED_POOL=1 does."""
    options = connections.settings["default"]
    before = {key: options[key] for key in ("CONN_MAX_AGE", "OPTIONS")}
    connection.close()
    options["CONN_MAX_AGE"] = 0
    pool = {"min_size": 1, "max_size": 1, "timeout": 60}
    options["OPTIONS"] = before["OPTIONS"] | {"pool": pool}
    try:
        yield
    finally:
        connection.close()
        connection.close_pool()
        options.update(before)


@pytest.fixture
def app(pool_of_one, settings, monkeypatch):
    settings.ROOT_URLCONF = "tests.kern.lekdoel"
    settings.ALLOWED_HOSTS = ["testserver"]
    find = toegang.find
    monkeypatch.setattr(
        toegang, "find", lambda name: lekdoel.REGEL if name == "lek" else find(name)
    )
    for name in ("django.request", "psycopg.pool"):
        monkeypatch.setattr(logging.getLogger(name), "disabled", True)
    return WSGIHandler()


@dataclass
class Uitslag:
    """What the threads met."""

    leaks: list[str] = field(default_factory=list)
    status: Counter = field(default_factory=Counter)
    backends: dict[int, set[str]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)


def ask(app, slug: str, wat: str, cookies: str) -> tuple[int, list[str]]:
    """Send one request as the web server does; return the status and every name in the answer."""
    environ = RequestFactory().get(f"/k/{slug}/lek/{wat}/", HTTP_COOKIE=cookies).environ
    status: list[str] = []
    response = app(environ, lambda line, headers: status.append(line))
    parts = []
    for part in response:
        parts.append(part.decode())
        if wat == "weg":
            break  # the visitor is gone
    response.close()
    code = int(status[0].split()[0])
    if code != 200:
        return code, []
    if wat in ("stroom", "weg"):
        return code, [name for part in parts for name in part.split(",") if name]
    answer = json.loads("".join(parts))
    return code, answer["voor"] + answer["na"]


def probe(uitslag: Uitslag, slug: str, after: str) -> None:
    """Take the connection as the next request would, and look what is on it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_backend_pid(), current_setting('app.kringen', true), "
            "current_setting('app.gebruiker', true), (SELECT count(*) FROM kring_eigentandarts)"
        )
        pid, kringen, gebruiker, rows = cursor.fetchone()
    connection.close()
    uitslag.backends.setdefault(pid, set()).add(slug)
    if kringen or gebruiker or rows:
        uitslag.leaks.append(f"after {slug}/{after}: app.kringen={kringen!r}, {rows} rows")


def task(kring) -> list[str]:
    """Do what a Celery task does: ids in, open the kring, end."""
    bezorg_zending.run(str(uuid.uuid4()), kring.pk)
    deliver(uuid.uuid4(), kring.pk)
    with kring_context(kring.pk):
        names = lekdoel.seen()
    connection.close()
    return names


def storm(app, kringen, *, number: int, kinds: list[str], seed: int) -> Uitslag:
    """Let the threads do this many requests in a random order of kringen and endings."""
    uitslag, rng = Uitslag(), random.Random(seed)
    work = [(rng.choice(SLUGS), rng.choice(kinds)) for _ in range(number)]
    # However the dice fall, both kringen meet every ending.
    work[: 2 * len(kinds)] = [(slug, kind) for slug in SLUGS for kind in kinds]
    rng.shuffle(work)
    queue = iter(work)
    lock = threading.Lock()

    def run() -> None:
        while True:
            with lock:
                slug, wat = next(queue, ("", ""))
            if not slug:
                return
            try:
                one(slug, wat)
            except Exception as error:  # noqa: BLE001 (a thread may not die in silence)
                uitslag.errors.append(f"{slug}/{wat}: {error!r}")

    def one(slug: str, wat: str) -> None:
        kring, cookies = kringen[slug]
        if wat == "taak":
            code, names = 200, task(kring)
        else:
            code, names = ask(app, slug, wat, cookies)
        uitslag.status[wat, code] += 1
        if set(names) - {f"kanarie {slug}"}:
            uitslag.leaks.append(f"{slug}/{wat} saw {names}")
        if code == 200 and wat not in ("stroom", "weg") and not names:
            uitslag.errors.append(f"{slug}/{wat} saw nothing at all")
        probe(uitslag, slug, wat)

    threads = [threading.Thread(target=run) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return uitslag


EXPECTED = {
    **dict.fromkeys(("niets", "gevangen", "genest", "stroom", "weg", "taak"), 200),
    **dict.fromkeys(("fout", "dbfout", "traag", "afgebroken", "genestfout"), 500),
    "niet": 404,
}


def test_a_thousand_interleaved_requests_leave_nothing_behind(app, kringen):
    uitslag = storm(app, kringen, number=REQUESTS, kinds=list(EXPECTED), seed=1)
    assert uitslag.leaks == []
    assert uitslag.errors == []
    assert sum(uitslag.status.values()) == REQUESTS
    assert set(uitslag.status) == set(EXPECTED.items())
    # It was one connection at a time, and the same one served both kringen.
    assert any(slugs == set(SLUGS) for slugs in uitslag.backends.values())
    cut = sum(count for (wat, _), count in uitslag.status.items() if wat == "afgebroken")
    assert len(uitslag.backends) <= cut + 1


def test_a_planted_setting_on_the_session_is_found(app, kringen, monkeypatch):
    """The positive control: the same storm with one view that sets the kring on the session."""
    monkeypatch.setattr(lekdoel, "DOINGS", lekdoel.DOINGS | lekdoel.PLANTED)
    uitslag = storm(app, kringen, number=60, kinds=["niets", "stroom", "sessie"], seed=2)
    assert any("app.kringen=" in leak for leak in uitslag.leaks)
    assert any("stroom saw" in leak for leak in uitslag.leaks)


# --- any nesting of contexts, savepoints and exceptions

LOOK = st.just("look")
BLOCK = st.fixed_dictionaries(
    {
        "block": st.sampled_from(["atomic", *SLUGS, "both", "none"]),
        "ends": st.sampled_from(["well", "raises", "database error"]),
    }
)
TREES = st.lists(
    st.recursive(
        LOOK,
        lambda inner: st.tuples(BLOCK, st.lists(inner, max_size=4)),
        max_leaves=12,
    ),
    min_size=1,
    max_size=4,
)


class Planted(Exception):
    """Raised and caught by the property test itself."""


def walk(tree, visible: set[str], ids: dict[str, int]) -> None:
    """Run the tree; at every look exactly the kringen of the innermost open block are visible."""
    if tree == "look":
        assert set(lekdoel.seen()) == {f"kanarie {slug}" for slug in visible}
        return
    block, children = tree
    opens = {"both": set(SLUGS), "none": set(), "atomic": visible}.get(
        block["block"], {block["block"]}
    )
    manager = (
        transaction.atomic()
        if block["block"] == "atomic"
        else kring_context(*(ids[slug] for slug in sorted(opens)))
    )
    try:
        with manager:
            for child in children:
                walk(child, opens, ids)
            walk("look", opens, ids)
            if block["ends"] == "raises":
                raise Planted
            if block["ends"] == "database error":
                lekdoel.run("SELECT 1/0")
    except (Planted, psycopg.Error, connection.Database.Error):
        """Caught right outside the block, as a careful caller does."""
    except Exception as error:
        if "division by zero" not in str(error):
            raise
    walk("look", visible, ids)


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(trees=TREES)
def test_any_nesting_shows_the_innermost_and_leaves_nothing(pool_of_one, kringen, trees):
    ids = {slug: kring.pk for slug, (kring, _) in kringen.items()}
    try:
        for tree in trees:
            walk(tree, set(), ids)
            uitslag = Uitslag()
            probe(uitslag, "vecht", "tree")
            assert uitslag.leaks == []
    finally:
        connection.close()


def test_the_pool_is_real(pool_of_one):
    """Two threads at once share one connection: the second waits for the first."""
    pids = set()

    def run() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            pids.add(cursor.fetchone()[0])
        connection.close()

    threads = [threading.Thread(target=run) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(pids) == 1
    with databank.superuser() as server:
        (number,) = server.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = %s", [CLONE]
        ).fetchone()
    assert number == 1


def test_the_setting_makes_the_pool():
    code = (
        "from django.conf import settings; d = settings.DATABASES['default'];"
        "print(d['CONN_MAX_AGE'], d['OPTIONS'].get('pool'))"
    )
    for value, expected in (
        ("1", "0 {'min_size': 1, 'max_size': 1, 'timeout': 10}"),
        ("", "60 None"),
    ):
        environment = {key: text for key, text in os.environ.items() if key != "SPOED_POOL"}
        done = subprocess.run(
            [sys.executable, "-c", code],
            env=environment | ({"SPOED_POOL": value} if value else {}),
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.strip() == expected
