"""A hundred secret ballots, and an attacker who holds the whole database (BV-12, decision 0043).

Two votes are held that differ in one thing only: who of the same hundred people chose what. Then
everything the database holds about each is read as its superuser: all rows of all tables, their
place in the file, the transaction that wrote them, moments, sequences, the access log, and the raw
file of the box with its dead rows. What was drawn at random is blanked; if the rest is the same in
both, no attacker does better than chance, whatever he looks at. One vote more, by name, proves
that this reading would see a difference.
"""

import random
import re
import threading
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from psycopg import sql

from kern.tenancy import kring_context
from reglement.actions import stemmen as acties
from reglement.actions import vergadering as vergaderacties
from reglement.models import Stembus, Stemming
from tests.conftest import CLONE
from tests.databank import superuser_of
from tests.factories import KringFactory
from tests.reglement.stemzaal import Stemzaal

pytestmark = [pytest.mark.traag]
AANTAL = 100
TOTALEN = ["voor"] * 55 + ["tegen"] * 35 + ["blanco"] * 10
_RANDOM = re.compile(
    r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"  # keys are drawn at random
    r"|\\x[0-9a-f]+"  # sealed values, and the hashes of the log
    r"|\b[0-9a-f]{64}\b|\b[0-9a-f]{12}\b"
    r"|\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d+)?(\+\d\d|Z)?"
)


def _hold(kring, keuzes, *, geheim=True) -> list[bytes]:
    """Hold a vote, a transaction for each voter; return each sealed content of the box."""
    with kring_context(kring.pk):
        zaal = Stemzaal(kring, leden=len(keuzes))
        stemming = zaal.open(geheim=geheim)
    boxes = []
    for n, keuze in enumerate(keuzes):
        with kring_context(kring.pk):
            zaal.cast(stemming, n, keuze)
        if geheim:
            with kring_context(kring.pk), connection.cursor() as cursor:
                cursor.execute("SELECT inhoud FROM reglement_stembus")
                boxes.append(bytes(cursor.fetchone()[0]))
    with kring_context(kring.pk):
        acties.close_stemming(Stemming.objects.get(pk=stemming.pk), by=zaal.leider)
    return boxes


def _tables(db: psycopg.Connection) -> list[str]:
    rows = db.execute(
        "SELECT table_name FROM information_schema.columns WHERE table_schema = 'public' "
        "AND column_name = 'kring_id' ORDER BY 1"
    )
    return [name for (name,) in rows]


def _evidence(db: psycopg.Connection, kring_id: int) -> dict[str, list[str]]:
    """Return every row of a kring in the order of the file, without what is random.

    `xmin` is the transaction that wrote a row and `ctid` its place: both as a rank in the kring.
    """
    found, transactions = {}, set()
    for table in _tables(db):
        rows = db.execute(
            sql.SQL(
                "SELECT xmin::text::bigint, row_to_json(t)::text FROM {} t "
                "WHERE kring_id = %s ORDER BY ctid"
            ).format(sql.Identifier(table)),
            [kring_id],
        ).fetchall()
        found[table] = rows
        transactions |= {xmin for xmin, _row in rows}
    rank = {xmin: n for n, xmin in enumerate(sorted(transactions))}
    return {
        table: [f"{rank[xmin]} {_blank(row, kring_id)}" for xmin, row in rows]
        for table, rows in found.items()
        if rows
    }


def _blank(row: str, kring_id: int) -> str:
    """Blank what is random or counts on over the whole house: keys, moments, running numbers."""
    row = _RANDOM.sub("*", row)
    row = re.sub(r'"(id|\w+_id)":\d+', r'"\1":*', row)
    # Who may cast the deciding vote, as pairs of a key and an office.
    row = re.sub(r'\[\d+, "', '[*, "', row)
    row = re.sub(r"(Persoon|Praktijk|Vergadering|Kring|kring-|persoon|praktijk)\W?\d+", r"\1*", row)
    return row.replace(str(kring_id), "*") if kring_id > 999 else row


def test_the_database_says_the_same_whoever_chose_what(echte_db):
    rnd = random.Random(100)
    kringen = [KringFactory() for _ in range(2)]
    boxes = [_hold(kring, rnd.sample(TOTALEN, AANTAL)) for kring in kringen]

    with superuser_of(CLONE) as db:
        db.execute("SET row_security = off")
        one, other = (_evidence(db, kring.pk) for kring in kringen)
        sequences = db.execute("SELECT sequencename FROM pg_sequences").fetchall()
        heap = db.execute(
            "SELECT pg_read_binary_file(pg_relation_filepath('reglement_stembus'))"
        ).fetchone()
    assert one.keys() == other.keys()
    for table in one:
        assert one[table] == other[table], table
    assert len(one["reglement_stemopkomst"]) == AANTAL
    assert len(one["kern_logregel"]) > AANTAL
    assert "reglement_hoofdelijkestem" not in one
    # A running number for ballots would count them; there is none.
    assert not [name for (name,) in sequences if "stem" in name]

    # While it ran: each content of the box is new, equally long, and says nothing.
    for own in boxes:
        assert len(set(own)) == AANTAL
        assert len({len(box) for box in own}) == 1
    assert heap is not None
    counts = {Stembus.written({"voor": v, "tegen": t}) for v in range(56) for t in range(36)}
    plain = heap[0]
    assert not [text for text in counts if text.encode() in plain]


def test_the_same_reading_sees_who_chose_what_in_a_vote_by_name(echte_db):
    """Without this, the test above might be blind."""
    rnd = random.Random(100)
    kringen = [KringFactory() for _ in range(2)]
    for kring in kringen:
        _hold(kring, rnd.sample(TOTALEN[::5], 20), geheim=False)
    with superuser_of(CLONE) as db:
        db.execute("SET row_security = off")
        one, other = (_evidence(db, kring.pk) for kring in kringen)
    table = "reglement_hoofdelijkestem"
    assert len(one[table]) == len(other[table]) == 20
    assert one[table] != other[table]


def _at_once(work, jobs) -> list[str]:
    """Do all of it at the same moment, each on a connection of its own; "" is done."""
    start = threading.Barrier(len(jobs))

    def run(job):
        try:
            connection.ensure_connection()
            start.wait(timeout=60)
            work(job)
            return ""
        except ValidationError as error:
            return error.messages[0]
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


TWEEDE = "Je praktijk heeft al gestemd. Die stem telt."


@pytest.mark.parametrize("geheim", [False, True])
def test_fifty_voters_at_once_are_each_counted_once(echte_db, geheim):
    """Forty press once and ten on two phones at the same moment; then all of them once more."""
    kring = KringFactory()
    with kring_context(kring.pk):
        zaal = Stemzaal(kring, leden=50)
        stemming = zaal.open(geheim=geheim)

    def press(n: int) -> None:
        with kring_context(kring.pk):
            zaal.cast(stemming, n, "voor" if n % 3 else "tegen")

    first = _at_once(press, [*range(10), *range(40)])
    second = _at_once(press, range(50))
    assert (first.count(""), first.count(TWEEDE)) == (40, 10)
    assert (second.count(""), second.count(TWEEDE)) == (10, 40)
    with kring_context(kring.pk):
        done = acties.close_stemming(Stemming.objects.get(pk=stemming.pk), by=zaal.leider)
        assert (done.uitslag["voor"], done.uitslag["tegen"]) == (33, 17)
        assert done.besluit.uitkomst == "aangenomen"


@pytest.mark.parametrize("geheim", [False, True])
def test_a_close_among_the_votes_loses_none_and_takes_none_late(echte_db, geheim):
    """The chair closes while twenty people press: counted is exactly who was told so."""
    kring = KringFactory()
    with kring_context(kring.pk):
        zaal = Stemzaal(kring, leden=20)
        stemming = zaal.open(geheim=geheim)

    def act(n: int) -> None:
        with kring_context(kring.pk):
            if n == 20:
                acties.close_stemming(stemming, by=zaal.leider)
            else:
                zaal.cast(stemming, n, "voor")

    outcomes = _at_once(act, range(21))
    assert outcomes[20] == ""
    assert set(outcomes) <= {"", "De stemming is al dicht. Je stem is niet meegeteld."}
    with kring_context(kring.pk):
        done = Stemming.objects.get(pk=stemming.pk)
        told = {zaal.praktijken[n].pk for n in range(20) if not outcomes[n]}
        assert done.uitslag["voor"] == len(told)
        rows = done.opkomst if geheim else done.stemmen
        assert set(rows.values_list("deelnemer_id", flat=True)) == told


def test_who_is_noted_as_gone_at_that_moment_does_not_vote_after_it(echte_db):
    """The chair notes that a practice left while it votes: the proof must still hold."""
    kring = KringFactory()
    with kring_context(kring.pk):
        zaal = Stemzaal(kring)
        stemming = zaal.open()
    noted, pressed = threading.Event(), threading.Event()

    def leave() -> None:
        with kring_context(kring.pk):
            vergaderacties.leave(zaal.vergadering, deelnemer=zaal.praktijken[3], by=zaal.leider)
            noted.set()
            # The line is written and not yet to be seen by others: here the voter comes in.
            pressed.wait(timeout=1)

    def press() -> None:
        noted.wait(timeout=30)
        with kring_context(kring.pk):
            zaal.cast(stemming, 3, "voor")
        pressed.set()

    outcomes = _at_once(lambda act: act(), [leave, press])
    assert outcomes[0] == ""
    assert "niet als aanwezig" in outcomes[1]
    with kring_context(kring.pk):
        done = acties.close_stemming(Stemming.objects.get(pk=stemming.pk), by=zaal.leider)
        assert done.uitslag["voor"] == 0
