"""The page about backup and drill, and the alarm on the first page of the beheerder."""

from datetime import date, timedelta
from email import message_from_bytes, policy

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kern import crypto, dagwerk
from kern.dagwerk import Beurt
from kern.kopie import KopieFout
from kern.kopie.ronde import judge, recorded
from kern.models import Kopieronde, Zending
from kern.outbox import place_of
from kring import toestand
from tests import factories

pytestmark = pytest.mark.django_db


def ronde(soort, hours, *mislukt, grootte=93_400_000):
    moment = timezone.now() - timedelta(hours=hours)
    return Kopieronde.objects.create(
        soort=soort,
        begonnen_op=moment,
        duur=timedelta(seconds=13.1),
        grootte=grootte,
        kopie_van=moment,
        mislukt=list(mislukt),
    )


@pytest.fixture
def pagina(kring, als, beheerder):
    return lambda path="toestand/": als(beheerder).get(f"/k/{kring.slug}/{path}")


@pytest.mark.parametrize(
    "wie", ["triagist", "tandarts_gebruiker", "coordinator", "vertegenwoordiger", "fg"]
)
def test_only_the_beheerder_sees_the_page_and_the_alarm(kring, als, request, wie):
    client = als(request.getfixturevalue(wie))
    assert client.get(f"/k/{kring.slug}/toestand/").status_code == 403
    assert "reservekopie" not in client.get(f"/k/{kring.slug}/").content.decode()


def test_another_kring_is_not_found(andere_kring, als, beheerder):
    assert als(beheerder).get(f"/k/{andere_kring.slug}/toestand/").status_code == 404


def test_all_is_well(pagina):
    ronde("kopie", 5)
    ronde("proef", 4)
    text = pagina().content.decode()
    assert "De reservekopie is in orde" in text
    assert "93,4 MB" in text
    assert "13,1 s" in text
    assert "reservekopie vraagt aandacht" not in pagina("").content.decode()


@pytest.mark.parametrize(
    ("rondes", "alarm"),
    [
        ([], "nog nooit een reservekopie met succes beproefd"),
        ([("kopie", 1)], "nog nooit een reservekopie met succes beproefd"),
        ([("proef", 26.1)], "meer dan 26 uur oud"),
        ([("proef", 3), ("kopie", 2, "pg_dump mislukte")], "mislukt: pg_dump mislukte"),
        (
            [("proef", 3), ("proef", 2, "Migraties", "Functies")],
            "herstelproef is mislukt bij: Migraties, Functies",
        ),
    ],
)
def test_every_alarm_stands_on_both_pages_with_what_to_do(pagina, rondes, alarm):
    for regel in rondes:
        ronde(*regel)
    start, toestand = (pagina(path).content.decode() for path in ("", "toestand/"))
    assert alarm in start
    assert "/toestand/" in start
    assert alarm in toestand
    assert "Bel vandaag nog de technisch beheerder" in toestand


def test_a_young_drill_of_an_old_copy_does_not_count(db):
    old = ronde("proef", 50)
    young = Kopieronde(soort="proef", begonnen_op=timezone.now(), duur=timedelta(0))
    young.kopie_van = old.kopie_van
    young.save()
    assert "meer dan 26 uur oud" in judge(nu=timezone.now()).alarmen[0]
    ronde("proef", 25.9)
    assert judge(nu=timezone.now()).alarmen == []


def test_as_many_queries_for_many_rounds(pagina):
    def count():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert pagina().status_code == 200
        return len(queries)

    ronde("kopie", 1)
    count()
    one = count()
    for number in range(30):
        ronde("proef", number)
    assert count() == one


def test_a_round_is_kept_whatever_happens_and_tells_no_path(db):
    def fail(fault):
        with recorded(Kopieronde.Soort.KOPIE, report=print):
            raise fault

    for fault, kort in (
        (KopieFout("Schrijven naar /geheim/map lukt niet", kort="niet te schrijven"), "niet te"),
        (KopieFout("wachtwoord=geheim"), "onbekende fout"),
        (SystemExit(143), "afgebroken"),
        (OSError("/geheim"), "onbekende fout"),
    ):
        with pytest.raises(type(fault)):
            fail(fault)
        row = Kopieronde.objects.last("kopie")
        assert kort in row.mislukt[0]
        assert "geheim" not in str(row.mislukt)
    assert Kopieronde.objects.count() == 4


def test_a_round_without_a_database_is_no_failure(db, monkeypatch):
    from django.db import OperationalError

    def refuse(*args, **kwargs):
        raise OperationalError

    monkeypatch.setattr(Kopieronde, "save", refuse)
    told = []
    with recorded(Kopieronde.Soort.KOPIE, report=told.append):
        pass
    assert "niet aangetekend" in told[0]


def mails(kring):
    rows = Zending.objects.filter(kring=kring, sleutel__startswith="kopie_alarm")
    return [
        message_from_bytes(crypto.unseal(row.inhoud, place=place_of(row)), policy=policy.default)
        for row in rows
    ]


def test_an_alarm_is_mailed_to_every_beheerder_of_the_kring(kring, beheerder, fg, caplog):
    factories.LidmaatschapFactory(kring=kring, rol="beheerder", status="beeindigd")
    beurt = Beurt(kring.pk, date(2026, 11, 23), None)
    toestand.mail_alarm(beurt)
    toestand.log_alarm(beurt)
    (mail,) = mails(kring)
    assert mail["To"] == beheerder.email
    assert "nog nooit een reservekopie" in mail.get_content()
    assert f"/k/{kring.slug}/toestand/" in mail.get_content()
    assert [(r.levelname, "nog nooit" in r.getMessage()) for r in caplog.records] == [
        ("ERROR", True)
    ]


def test_no_alarm_no_mail(kring, beheerder, caplog):
    ronde("proef", 5)
    beurt = Beurt(kring.pk, date(2026, 11, 23), None)
    toestand.mail_alarm(beurt)
    toestand.log_alarm(beurt)
    assert mails(kring) == []
    assert caplog.records == []


def test_the_alarm_is_daily_work():
    assert dagwerk._WERK["kopie_alarm"].functie is toestand.log_alarm
    assert dagwerk._WERK["kopie_alarm_mail"].functie is toestand.mail_alarm


@pytest.mark.parametrize(
    "statement", ["UPDATE kern_kopieronde SET mislukt = '[]'", "DELETE FROM kern_kopieronde"]
)
def test_a_failed_round_stays(db, statement):
    ronde("proef", 1, "Migraties")
    with pytest.raises(ProgrammingError), transaction.atomic():
        connection.cursor().execute(statement)
    assert judge(nu=timezone.now()).alarmen
