"""The outbox: nothing lost, nothing sent by two at once, a repeat is the same message."""

import hashlib
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from email import message_from_bytes, policy
from uuid import uuid4

import psycopg
import pytest
from django.core.management import call_command
from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models.functions import Now
from kombu import pools

from kern import bezorging, crypto, outbox, verzegeld
from kern.actor import Actor
from kern.kanalen import CHANNELS, Later, Nooit, Onbekend
from kern.management.commands.bezorg import sweep
from kern.models import Bezorgpoging, Hartslag, Logregel, Zending
from kern.tenancy import kring_context
from tests.factories import KringFactory
from tests.servers.hulp import wait_for


def enqueue(kring, sleutel="een"):
    return outbox.enqueue_mail(
        kring_id=kring.pk,
        sleutel=sleutel,
        aan="eigen@elders.example",
        onderwerp="Verslag",
        tekst="Er staat een verslag klaar.",
    )


@pytest.fixture
def kanaal(monkeypatch):
    """A channel that keeps what it gets; `faults` are raised first, one a time."""

    class Kanaal(list):
        faults: list = []

        def __call__(self, body):
            self.append(body)
            if self.faults:
                raise self.faults.pop(0)

    kanaal = Kanaal()
    kanaal.faults = []
    monkeypatch.setitem(CHANNELS, Zending.Soort.MAIL, kanaal)
    return kanaal


@pytest.fixture
def now_due():
    """Let everything that waits be due at once, whoever holds a lease."""

    def move():
        Zending.objects.update(volgende_poging_op=Now() - timedelta(seconds=1), lease_tot=None)

    return move


# --- what opens something is wiped


def once(kring, sleutel="een"):
    return outbox.enqueue_mail(
        kring_id=kring.pk,
        sleutel=sleutel,
        aan="eigen@elders.example",
        onderwerp="Verslag",
        tekst="https://spoeddienst.example/ophalen/geheim/",
        eenmalig=True,
    )


def test_an_accepted_link_is_wiped_and_its_proof_stays(kring, kanaal):
    zending = once(kring)
    bezorging.deliver(zending.pk, kring.pk)
    zending.refresh_from_db()
    assert (zending.status, bytes(zending.inhoud)) == (Zending.Status.VERZONDEN, b"")
    assert zending.sha256 == hashlib.sha256(kanaal[0]).hexdigest()
    assert zending.bericht_id == message_from_bytes(kanaal[0])["Message-ID"]
    # The rotation and the drill pass an empty row by.
    kolommen = {kolom.naam: kolom for kolom in verzegeld.declared()}
    with connection.cursor() as cursor:
        cursor.execute(kolommen["kern_zending.inhoud"].query)
        assert cursor.fetchall() == []


def test_an_ordinary_mail_is_kept(kring, kanaal):
    zending = enqueue(kring)
    bezorging.deliver(zending.pk, kring.pk)
    zending.refresh_from_db()
    assert crypto.unseal(zending.inhoud, place=outbox.place_of(zending)) == kanaal[0]


def test_a_link_that_waits_can_be_sent_again_the_same(kring, kanaal, now_due):
    zending = once(kring)
    kanaal.faults = [Later("vol")]
    bezorging.deliver(zending.pk, kring.pk)
    now_due()
    bezorging.deliver(zending.pk, kring.pk)
    assert len(kanaal) == 2
    assert kanaal[0] == kanaal[1]


def test_withdrawing_forgets_the_link(kring, kanaal):
    one, two, plain = once(kring, "een"), once(kring, "twee"), enqueue(kring, "drie")
    assert outbox.withdraw(one)
    kanaal.faults = [Nooit("550")]
    bezorging.deliver(two.pk, kring.pk)
    assert outbox.withdraw(two)
    assert outbox.withdraw(plain)
    for row in (one, two, plain):
        row.refresh_from_db()
    assert (bytes(one.inhoud), one.status) == (b"", Zending.Status.INGETROKKEN)
    assert (bytes(two.inhoud), two.status) == (b"", Zending.Status.INGETROKKEN)
    assert bytes(plain.inhoud) != b""
    assert bezorging.deliver(one.pk, kring.pk) is None


def test_what_must_stand_ready_comes_before_the_message(kring, kanaal, monkeypatch, now_due):
    seen = []

    def prepare(zending, body):
        seen.append((zending.pk, body, len(kanaal)))
        if len(seen) == 1:
            raise Later("nog niet klaar")

    monkeypatch.setattr(bezorging, "_preparations", [prepare])
    zending = enqueue(kring)
    assert bezorging.deliver(zending.pk, kring.pk) == Bezorgpoging.Resultaat.UITGESTELD
    assert kanaal == []
    now_due()
    bezorging.deliver(zending.pk, kring.pk)
    assert seen == [(zending.pk, kanaal[0], 0)] * 2


# --- what is written


def test_the_same_cause_is_sent_once(kring):
    enqueue(kring)
    with pytest.raises(IntegrityError), transaction.atomic():
        enqueue(kring)
    assert Zending.objects.count() == 1


def test_no_row_without_the_transaction_that_causes_it(kring):
    with transaction.atomic():
        enqueue(kring)
        transaction.set_rollback(True)
    assert not Zending.objects.exists()


def test_the_text_is_sealed_and_bound_to_its_row(kring, kanaal):
    one, two = enqueue(kring, "een"), enqueue(kring, "twee")
    assert b"verslag" not in bytes(one.inhoud).lower()
    Zending.objects.filter(pk=one.pk).update(inhoud=two.inhoud)
    assert bezorging.deliver(one.pk, kring.pk) == Bezorgpoging.Resultaat.GEWEIGERD
    one.refresh_from_db()
    assert (one.status, one.fout) == (Zending.Status.MISLUKT, "inhoud beschadigd")
    assert kanaal == []


def test_a_line_end_in_a_name_stops_no_message_and_adds_no_header(kring, kanaal):
    zending = outbox.enqueue_mail(
        kring_id=kring.pk,
        sleutel="een",
        aan="media@elders.example",
        onderwerp="Spoednummer Utrecht\r\nBcc: kwaad@elders.example\u2028, week 3",
        tekst="Tekst.",
    )
    bezorging.deliver(zending.pk, kring.pk)
    message = message_from_bytes(kanaal[0], policy=policy.SMTP)
    assert message["Bcc"] is None
    assert message["Subject"] == "Spoednummer Utrecht Bcc: kwaad@elders.example , week 3"


@pytest.mark.parametrize(
    ("aan", "kop"),
    [
        ("tandarts@exämple.example", "tandarts@xn--exmple-cua.example"),
        ("tandarts@elders.example", "tandarts@elders.example"),
        ("tandarts@[192.0.2.1]", "tandarts@[192.0.2.1]"),
    ],
)
def test_the_address_is_one_that_a_mail_server_knows(aan, kop):
    """Written as the DNS writes it: as an encoded word it is an address of nobody."""
    raw = outbox.envelope(aan=aan, onderwerp="Verslag").as_bytes()
    assert f"To: {kop}\r\n".encode() in raw


@pytest.mark.parametrize("aan", ["a@b.example\r\nBcc: c@d.example", "a@b.example, c@d.example"])
def test_an_address_is_one_address(aan):
    with pytest.raises(ValueError):  # noqa: PT011  each of the two says it in its own way
        outbox.envelope(aan=aan, onderwerp="Verslag")


def test_the_hint_holds_only_ids(kring, monkeypatch, django_capture_on_commit_callbacks):
    from kern.tasks import bezorg_zending

    sent = []
    monkeypatch.setattr(outbox, "_silent_until", 0.0)
    monkeypatch.setattr(
        bezorg_zending, "apply_async", lambda args, **options: sent.append((args, options))
    )
    with django_capture_on_commit_callbacks(execute=True):
        zending = enqueue(kring)
    assert sent == [((str(zending.pk), kring.pk), {"retry": False})]


# --- delivery


def test_delivered_once_with_attempt_and_log_line(kring, kanaal):
    zending = enqueue(kring)
    assert bezorging.deliver(zending.pk, kring.pk) == Bezorgpoging.Resultaat.AANGENOMEN
    assert bezorging.deliver(zending.pk, kring.pk) is None
    zending.refresh_from_db()
    assert zending.status == Zending.Status.VERZONDEN
    assert zending.verzonden_op is not None
    assert len(kanaal) == 1
    assert Bezorgpoging.objects.get().klaar_op is not None
    line = Logregel.objects.get(gebeurtenis="zending.mail")
    assert (line.uitkomst, line.object_id) == ("geslaagd", str(zending.pk))


def test_a_temporary_fault_waits_and_repeats_the_same_bytes(kring, kanaal, now_due):
    kanaal.faults = [Later("mailserver antwoordt 451"), RuntimeError("onverwacht")]
    zending = enqueue(kring)
    assert bezorging.deliver(zending.pk, kring.pk) == Bezorgpoging.Resultaat.UITGESTELD
    zending.refresh_from_db()
    assert zending.status == Zending.Status.KLAAR
    assert zending.fout == "mailserver antwoordt 451"
    assert bezorging.deliver(zending.pk, kring.pk) is None  # not due yet
    for _round in range(2):
        now_due()
        bezorging.deliver(zending.pk, kring.pk)
    assert len(kanaal) == 3
    assert len(set(kanaal)) == 1
    assert b"Message-ID" in kanaal[0]
    zending.refresh_from_db()
    assert zending.status == Zending.Status.VERZONDEN
    assert zending.fout == ""


def test_a_connection_that_broke_halfway_is_an_unknown_attempt(kring, kanaal):
    """Neither refused nor put off: whoever looks at it must know that it may have arrived."""
    kanaal.faults = [Onbekend("geen antwoord: TimeoutError")]
    zending = enqueue(kring)
    assert bezorging.deliver(zending.pk, kring.pk) == Bezorgpoging.Resultaat.ONBEKEND
    poging = Bezorgpoging.objects.get()
    assert (poging.resultaat, poging.fout) == ("onbekend", "geen antwoord: TimeoutError")
    assert poging.klaar_op is not None
    zending.refresh_from_db()
    assert zending.status == Zending.Status.KLAAR


def test_a_refusal_is_a_dead_letter_until_a_person_looks(kring, kanaal, now_due):
    kanaal.faults = [Nooit("mailserver antwoordt 550")]
    zending = enqueue(kring)
    bezorging.deliver(zending.pk, kring.pk)
    zending.refresh_from_db()
    assert zending.status == Zending.Status.MISLUKT
    assert Logregel.objects.get(gebeurtenis="zending.mail").uitkomst == "mislukt"
    now_due()
    assert bezorging.deliver(zending.pk, kring.pk) is None
    bezorging.requeue(zending, by=Actor.system(kring.pk))
    assert bezorging.deliver(zending.pk, kring.pk) == Bezorgpoging.Resultaat.AANGENOMEN


def test_twelve_attempts_are_enough(kring, kanaal, now_due, settings):
    kanaal.faults = [Later("straks") for _number in range(20)]
    zending = enqueue(kring)
    for _round in range(settings.OUTBOX_MAX_ATTEMPTS):
        now_due()
        bezorging.deliver(zending.pk, kring.pk)
    zending.refresh_from_db()
    assert zending.status == Zending.Status.MISLUKT
    assert len(kanaal) == settings.OUTBOX_MAX_ATTEMPTS


def test_four_hours_of_trying_are_enough(kring, kanaal, now_due):
    kanaal.faults = [Later("straks") for _number in range(3)]
    zending = enqueue(kring)
    # Waiting long before anything could try is no reason to give up.
    Zending.objects.update(aangemaakt_op=Now() - timedelta(hours=5))
    bezorging.deliver(zending.pk, kring.pk)
    zending.refresh_from_db()
    assert zending.status == Zending.Status.KLAAR
    for hours, status in ((3.9, Zending.Status.KLAAR), (4.1, Zending.Status.MISLUKT)):
        Zending.objects.update(geprobeerd_sinds=Now() - timedelta(hours=hours))
        now_due()
        bezorging.deliver(zending.pk, kring.pk)
        zending.refresh_from_db()
        assert zending.status == status


@pytest.fixture
def stuck(monkeypatch):
    """Who else would be told of a dead letter is not asked here."""
    seen = []
    monkeypatch.setattr(bezorging, "_listeners", [lambda row: seen.append((row.pk, row.status))])
    return seen


def test_a_dead_letter_is_told_of_once(kring, kanaal, stuck):
    kanaal.faults = [Nooit("mailserver antwoordt 550")]
    zending = enqueue(kring)
    bezorging.deliver(zending.pk, kring.pk)
    assert stuck == [(zending.pk, Zending.Status.MISLUKT)]


def test_given_up_and_told_of_are_one_fact(kring, kanaal, monkeypatch):
    kanaal.faults = [Nooit("mailserver antwoordt 550")]
    monkeypatch.setattr(bezorging, "_listeners", [lambda row: 1 / 0])
    zending = enqueue(kring)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        bezorging.deliver(zending.pk, kring.pk)
    zending.refresh_from_db()
    assert zending.status == Zending.Status.KLAAR


def test_one_message_that_cannot_be_handled_holds_up_no_other(kring, kanaal, monkeypatch):
    kanaal.faults = [Nooit("mailserver antwoordt 550")]
    monkeypatch.setattr(bezorging, "_listeners", [lambda row: 1 / 0])
    enqueue(kring, "een")
    enqueue(kring, "twee")
    assert sweep() == 2
    assert Zending.objects.filter(status=Zending.Status.VERZONDEN).count() == 1


def test_what_waits_can_be_tried_at_once(kring, kanaal):
    kanaal.faults = [Later("straks")]
    zending = enqueue(kring)
    bezorging.deliver(zending.pk, kring.pk)
    assert bezorging.deliver(zending.pk, kring.pk) is None
    assert bezorging.requeue(zending, by=Actor.system(kring.pk)) is True
    assert bezorging.deliver(zending.pk, kring.pk) == Bezorgpoging.Resultaat.AANGENOMEN
    assert bezorging.requeue(zending, by=Actor.system(kring.pk)) is False
    assert Logregel.objects.filter(gebeurtenis="zending.opnieuw").count() == 1


def test_what_is_on_its_way_is_neither_stopped_nor_tried_again(kring, stuck):
    zending = enqueue(kring)
    bezorging._claim(zending.pk)
    by = Actor.system(kring.pk)
    assert bezorging.requeue(zending, by=by) is False
    assert bezorging.stop(zending, by=by) is False
    assert stuck == []


def test_a_person_stops_a_message_and_whoever_waits_is_told(kring, kanaal, stuck):
    zending = enqueue(kring)
    assert bezorging.stop(zending, by=Actor.system(kring.pk)) is True
    assert bezorging.stop(zending, by=Actor.system(kring.pk)) is False
    assert bezorging.deliver(zending.pk, kring.pk) is None
    assert stuck == [(zending.pk, Zending.Status.INGETROKKEN)]
    assert Logregel.objects.filter(gebeurtenis="zending.ingetrokken").count() == 1


def test_stopped_and_told_of_are_one_fact(kring, monkeypatch):
    monkeypatch.setattr(bezorging, "_listeners", [lambda row: 1 / 0])
    zending = enqueue(kring)
    with pytest.raises(ZeroDivisionError):
        bezorging.stop(zending, by=Actor.system(kring.pk))
    zending.refresh_from_db()
    assert zending.status == Zending.Status.KLAAR


class _Away:
    """A database that is away for a number of tries."""

    in_atomic_block = False

    def __init__(self, tries):
        self.tries = tries
        self.closed = 0

    def close(self):
        self.closed += 1

    def record(self):
        if self.closed < self.tries:
            raise OperationalError("the database system is starting up")
        return "aangenomen"


def test_recording_outlives_a_restart_of_the_database(monkeypatch):
    away = _Away(tries=3)
    monkeypatch.setattr(bezorging, "connection", away)
    monkeypatch.setattr(bezorging.time, "sleep", lambda seconds: None)
    assert bezorging._persistent(away.record)() == "aangenomen"
    assert away.closed == 3


def test_recording_does_not_wait_for_ever(monkeypatch):
    away = _Away(tries=99)
    clock = iter(range(0, 1000, 10))
    monkeypatch.setattr(bezorging, "connection", away)
    monkeypatch.setattr(bezorging.time, "sleep", lambda seconds: None)
    monkeypatch.setattr(bezorging.time, "monotonic", lambda: next(clock))
    with pytest.raises(OperationalError):
        bezorging._persistent(away.record)()
    assert away.closed == 4


def test_the_wait_grows_and_is_capped(settings):
    assert all(0.5 <= bezorging.backoff(1) <= 2 for _number in range(50))
    longest = max(bezorging.backoff(11) for _number in range(200))
    assert 300 < longest <= settings.OUTBOX_BACKOFF_CAP


def test_what_was_withdrawn_does_not_leave(kring, kanaal):
    zending = enqueue(kring)
    assert outbox.withdraw(zending) is True
    assert bezorging.deliver(zending.pk, kring.pk) is None
    assert outbox.withdraw(zending) is False
    assert kanaal == []


# --- lease and fencing


def test_a_living_lease_keeps_others_away(kring, kanaal):
    zending = enqueue(kring)
    Zending.objects.update(lease_tot=Now() + timedelta(seconds=30))
    assert bezorging.deliver(zending.pk, kring.pk) is None
    Zending.objects.update(lease_tot=Now() - timedelta(seconds=1))
    assert bezorging.deliver(zending.pk, kring.pk) == Bezorgpoging.Resultaat.AANGENOMEN


def test_a_frozen_process_cannot_undo_its_successor(kring, kanaal, now_due):
    """The first sender freezes longer than its lease; another sends; then the first fails."""
    zending = enqueue(kring)
    frozen, poging = bezorging._claim(zending.pk)
    now_due()
    bezorging.deliver(zending.pk, kring.pk)
    bezorging._record_failure(frozen, poging, Bezorgpoging.Resultaat.GEWEIGERD, "te laat")
    zending.refresh_from_db()
    assert (zending.status, zending.hek) == (Zending.Status.VERZONDEN, 2)


def test_a_late_success_is_still_the_truth(kring, kanaal, now_due):
    """The first sender was accepted after its successor failed: sent is sent."""
    zending = enqueue(kring)
    frozen, poging = bezorging._claim(zending.pk)
    now_due()
    kanaal.faults = [Nooit("mailserver antwoordt 550")]
    bezorging.deliver(zending.pk, kring.pk)
    bezorging._record_sent(frozen, poging)
    zending.refresh_from_db()
    assert zending.status == Zending.Status.VERZONDEN


def test_a_dead_process_leaves_an_unknown_attempt(kring, now_due, kanaal):
    zending = enqueue(kring)
    bezorging._claim(zending.pk)
    now_due()
    bezorging.deliver(zending.pk, kring.pk)
    assert sorted(Bezorgpoging.objects.values_list("resultaat", flat=True)) == [
        "aangenomen",
        "onbekend",
    ]


# --- sweeper


def test_the_sweeper_delivers_over_all_kringen(kring, andere_kring, kanaal):
    enqueue(kring)
    enqueue(andere_kring)
    assert sweep() == 2
    assert len(kanaal) == 2
    assert sweep() == 0
    assert Hartslag.objects.get(proces="bezorger").tijdstip is not None


def test_the_command_runs_one_round(kring, kanaal, capsys):
    enqueue(kring)
    call_command("bezorg", eenmaal=True)
    assert "1 bezorgd" in capsys.readouterr().out


# --- with real commits


@pytest.fixture
def echte_kring(echte_db):
    return KringFactory()


@pytest.mark.traag
def test_recording_outlives_standing_still_inside_it(echte_db, echte_kring, kanaal, monkeypatch):
    """PostgreSQL ends who stands still with locks in hand; what left must be recorded all the same.

    Otherwise it would leave again.
    """
    log_it, stood = bezorging._log_transfer, []

    def stand_still(*args):
        if not stood:
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 20")
                cursor.execute("SELECT pg_backend_pid()")
                stood.append(cursor.fetchone()[0])
            with psycopg.connect(echte_db, autocommit=True) as other:
                alive = "SELECT count(*) FROM pg_stat_activity WHERE pid = %s"
                wait_for(lambda: other.execute(alive, stood).fetchone() == (0,))
        log_it(*args)

    monkeypatch.setattr(bezorging, "_log_transfer", stand_still)
    with kring_context(echte_kring.pk):
        zending = enqueue(echte_kring)
    assert bezorging.deliver(zending.pk, echte_kring.pk) == Bezorgpoging.Resultaat.AANGENOMEN
    with kring_context(echte_kring.pk):
        zending.refresh_from_db()
        assert zending.status == Zending.Status.VERZONDEN
        assert Logregel.objects.filter(gebeurtenis="zending.mail").count() == 1
    assert len(kanaal) == 1


@pytest.mark.traag
def test_two_claimers_never_both(echte_kring, monkeypatch):
    """Eight senders, forty messages: each leaves once."""
    sent, lock = [], threading.Lock()

    def channel(body):
        time.sleep(0.002)
        with lock:
            sent.append(body)

    monkeypatch.setitem(CHANNELS, Zending.Soort.MAIL, channel)
    with kring_context(echte_kring.pk):
        ids = [enqueue(echte_kring, f"nr {number}").pk for number in range(40)]
    start = threading.Barrier(8)

    def work(_index):
        try:
            start.wait(10)
            return [bezorging.deliver(pk, echte_kring.pk) for pk in ids]
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        results = [result for part in pool.map(work, range(8)) for result in part]
    assert results.count(Bezorgpoging.Resultaat.AANGENOMEN) == 40
    assert len(sent) == len(set(sent)) == 40


def _forget_connections(app) -> None:
    """Let the next hint make its connection anew, at the broker that is now in the settings.

    kombu keeps its pools in a register of the process, also the closed ones: without `reset` every
    later hint of this process to the old broker would find a closed pool.
    """
    pools.reset()
    app.amqp._producer_pool = None
    app._pool = None


@pytest.mark.traag
@pytest.mark.parametrize("broker", ["gone", "frozen"])
def test_without_a_broker_saving_is_fast_and_the_sweeper_delivers(
    echte_kring, monkeypatch, kanaal, tmp_path, broker
):
    """A broker that is away, or takes the connection and says nothing."""
    import socket

    from spoeddienst.celery import app

    monkeypatch.setattr(outbox, "_silent_until", 0.0)
    path = str(tmp_path / "v.sock")
    listener = socket.socket(socket.AF_UNIX)
    if broker == "frozen":
        listener.bind(path)
        listener.listen(20)
    url = f"redis+socket://{path}"
    old = app.conf.broker_url, app.conf.broker_write_url
    app.conf.update(broker_url=url, broker_write_url=url)
    _forget_connections(app)
    try:
        started = time.monotonic()
        with kring_context(echte_kring.pk):
            enqueue(echte_kring, "een")
            enqueue(echte_kring, "twee")
        # No timing of speed (that is in docs/prestaties.md): with the default settings of Celery
        # each of the two hints hangs for more than fifteen seconds.
        assert time.monotonic() - started < 10
        assert outbox._silent_until > time.monotonic()
    finally:
        app.conf.update(broker_url=old[0], broker_write_url=old[1])
        _forget_connections(app)
        listener.close()
    assert sweep() == 2
    assert len(kanaal) == 2


@pytest.mark.traag
def test_the_place_of_a_message_names_row_and_kring(echte_kring):
    zending = Zending(pk=uuid4(), kring_id=echte_kring.pk)
    sealed = crypto.seal(b"x", place=outbox.place_of(zending))
    assert crypto.unseal(sealed, place=outbox.place_of(zending)) == b"x"
