"""The work of every night on the access log: the head leaves, what is past its term goes."""

from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError, ProgrammingError

from kern import crypto, logankers, logboek, logketen
from kern.actor import Actor
from kern.dagwerk import Beurt
from kern.models import Dagtaak, Logbegin, Logregel, Zending
from kern.outbox import place_of
from kern.tijd import db_now, to_local
from kring import logwerk
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.eigen_logregels]
DAG = date(2026, 11, 23)


@pytest.fixture
def map_(settings, tmp_path):
    settings.LOGKOP_MAP = tmp_path / "logkoppen"
    return settings.LOGKOP_MAP


def add(kring, moment=None):
    line = logboek._line("proef", "R", Actor.system(kring.pk))
    if moment is not None:
        line.tijdstip = moment
    line.save()
    return line


# --- the head leaves


def test_the_heads_of_all_kringen_go_to_a_file_and_to_the_log(kring, andere_kring, map_, caplog):
    add(kring)
    with caplog.at_level("INFO"):
        logwerk.keep_heads(Beurt(None, DAG, None))
    read = logankers.read(map_ / "logkop-2026-11-23.json")
    kop = logketen.head(kring.pk)
    assert read.koppen["vecht"].kop.hash == kop.hash
    assert read.koppen["maas"].kop.volgnummer == 0
    assert f"vecht: 1 {kop.hash.hex()}" in caplog.text
    assert map_.stat().st_mode & 0o077 == 0


def test_the_head_is_mailed_to_each_fg_of_the_kring_once(kring, fg, vreemde):
    second = factories.LidmaatschapFactory(kring=kring, rol="fg").gebruiker
    add(kring)
    logwerk.mail_head(Beurt(kring.pk, DAG, None))
    rows = Zending.objects.filter(kring=kring)
    mails = [message_from_bytes(_body(row), policy=policy.default) for row in rows]
    assert {mail["To"] for mail in mails} == {fg.email, second.email}
    for mail in mails:
        assert logketen.head(kring.pk).hash.hex() in mail.get_content()
    with pytest.raises(DatabaseError), transaction.atomic():
        logwerk.mail_head(Beurt(kring.pk, DAG, None))


def _body(row):
    return crypto.unseal(row.inhoud, place=place_of(row))


# --- the term


def test_only_lines_past_the_term_go_and_the_chain_stays_right(kring, andere_kring):
    limit = logketen.keep_from(db_now(), 5)
    [add(kring, limit - timedelta(days=days)) for days in (400, 2, 1)]
    kept = [add(kring, limit), add(kring, limit + timedelta(days=1)), add(kring)]
    other = add(andere_kring, limit - timedelta(days=400))
    logwerk.purge(Beurt(kring.pk, DAG, None))
    lines = list(Logregel.objects.filter(kring=kring).order_by("volgnummer"))
    assert [line.pk for line in lines[:-1]] == [line.pk for line in kept]
    about = lines[-1]
    assert (about.gebeurtenis, about.actie) == ("logboek.opgeruimd", "D")
    begin = Logbegin.objects.get(kring=kring)
    assert (begin.volgnummer, begin.aantal) == (3, 3)
    assert about.object_id == bytes(begin.hash).hex()
    assert logketen.verify(kring.pk) == logketen.Uitslag(4, None)
    assert Logregel.objects.filter(pk=other.pk).exists()


def test_a_second_purge_goes_on_where_the_first_ended(kring):
    limit = logketen.keep_from(db_now(), 5)
    for days in (3, 2, 1):
        add(kring, limit - timedelta(days=days))
    assert logwerk.purge_before(kring.pk, limit - timedelta(days=2)) == 1
    assert logwerk.purge_before(kring.pk, limit) == 2
    assert logwerk.purge_before(kring.pk, limit) == 0
    assert Logbegin.objects.filter(kring=kring).count() == 2
    assert logketen.verify(kring.pk) == logketen.Uitslag(2, None)


def test_an_old_date_in_the_middle_does_not_let_a_line_go(kring):
    limit = logketen.keep_from(db_now(), 5)
    add(kring)
    add(kring, limit - timedelta(days=400))
    assert logwerk.purge_before(kring.pk, limit) == 0
    assert Logregel.objects.filter(kring=kring).count() == 2


def test_the_database_refuses_a_shorter_term(kring):
    add(kring, db_now() - timedelta(days=5 * 365 - 10))
    early = db_now() - timedelta(days=5 * 365)
    with pytest.raises(DatabaseError, match="bewaartermijn"), transaction.atomic():
        logwerk.purge_before(kring.pk, early)
    assert Logregel.objects.filter(kring=kring).count() == 1


def test_the_web_role_cannot_delete_also_not_with_the_setting(kring):
    add(kring)
    for statement in (
        "DELETE FROM kern_logregel",
        "SELECT set_config('app.log_opruimen', 'ja', true); DELETE FROM kern_logregel",
        "INSERT INTO kern_logbegin (kring_id, volgnummer, hash, tijdstip, aantal) "
        "VALUES (1, 1, '', now(), 1)",
        "DELETE FROM kern_logbegin",
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(statement)


@pytest.mark.parametrize(
    ("nu", "grens"),
    [
        ("2029-02-28", "2024-02-28"),
        ("2029-03-01", "2024-03-01"),
        ("2028-02-29", "2023-02-28"),
        ("2028-03-01", "2023-03-01"),
        ("2026-11-23", "2021-11-23"),
    ],
)
def test_five_years_also_around_29_february(nu, grens):
    moment = datetime.fromisoformat(nu).replace(hour=13, tzinfo=UTC)
    assert logketen.keep_from(moment, 5) == datetime.fromisoformat(grens).replace(tzinfo=UTC)


@pytest.mark.parametrize("geschreven", ["2024-02-29", "2024-02-28", "2024-03-01", "2023-03-28"])
def test_gone_within_a_day_after_five_years_and_never_before(geschreven):
    """29 February has its fifth birthday on 1 March."""
    written = datetime.fromisoformat(geschreven).replace(hour=12, tzinfo=UTC)
    year = written.year + 5
    try:
        birthday = written.replace(year=year)
    except ValueError:
        birthday = written.replace(year=year, month=3, day=1, hour=0)
    assert logketen.keep_from(birthday - timedelta(days=1), 5) <= written
    assert logketen.keep_from(birthday + timedelta(days=1), 5) > written


def test_no_day_of_twelve_years_is_past_what_the_database_allows():
    """The function of the database refuses a limit that lies after now - 5 years."""
    start = datetime(2024, 1, 1, 0, 5, tzinfo=UTC)
    moments = [start + timedelta(hours=7 * step) for step in range(12 * 365 * 24 // 7)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM unnest(%s::timestamptz[], %s::timestamptz[]) AS t(nu, grens) "
            "WHERE grens > nu - interval '5 years'",
            [moments, [logketen.keep_from(moment, 5) for moment in moments]],
        )
        assert cursor.fetchone() == (0,)


def test_a_head_that_left_within_the_term_tells_of_an_early_purge(kring):
    limit = logketen.keep_from(db_now(), 5)
    for _ in range(2):
        add(kring, limit - timedelta(days=1))
    kop = logketen.head(kring.pk)
    logwerk.purge_before(kring.pk, limit)
    honest = logketen.Kop(1, b"x", op=limit - timedelta(hours=1))
    assert logketen.verify(kring.pk, [honest]).fout is None
    same = logketen.Kop(kop.volgnummer, kop.hash, op=db_now() - timedelta(days=1))
    assert logketen.verify(kring.pk, [same]).fout is None
    early = logketen.Kop(1, b"x", op=db_now() - timedelta(days=900))
    assert logketen.verify(kring.pk, [early]).fout == logketen.Fout(
        2, "opgeruimd binnen de bewaartermijn"
    )


def test_less_than_five_years_stops_the_start(settings):
    from kern.checks import check_log_term

    assert check_log_term(None) == []
    settings.LOG_BEWAARJAREN = 4
    assert [error.id for error in check_log_term(None)] == ["kern.E006"]


# --- the alarm


@pytest.mark.parametrize(
    ("uren", "dagen", "alarm"),
    [(1, 0, False), (25, 1, False), (27, 1, True), (None, 0, False), (None, 2, True)],
)
def test_the_first_page_tells_when_a_head_was_not_kept(*, kring, als, fg, uren, dagen, alarm):
    nu = db_now()
    Dagtaak.objects.create(
        naam=logwerk.KOPPEN,
        dag=to_local(nu).date() - timedelta(days=dagen),
        klaar_op=None if uren is None else nu - timedelta(hours=uren),
    )
    page = als(fg).get(f"/k/{kring.slug}/").content.decode()
    assert ("De kop van het logboek is niet bewaard" in page) == alarm


def test_a_house_that_never_had_a_night_has_no_alarm(kring, als, fg):
    page = als(fg).get(f"/k/{kring.slug}/").content.decode()
    assert "De kop van het logboek is niet bewaard" not in page
