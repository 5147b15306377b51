"""A kring sees its own rows and nothing else, whatever the code forgets."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError

from kern.models import Logregel
from kern.tenancy import kring_context, set_context
from kring.models import Deelnemer
from tests import factories


@pytest.fixture
def praktijken(kring, andere_kring):
    return factories.DeelnemerFactory(kring=kring), factories.DeelnemerFactory(kring=andere_kring)


def test_context_shows_only_its_kring(kring, praktijken):
    with kring_context(kring.pk):
        assert list(Deelnemer.objects.all()) == [praktijken[0]]


def test_context_restores_the_surrounding_one(kring, andere_kring, praktijken):
    with kring_context(andere_kring.pk):
        pass
    assert set(Deelnemer.objects.all()) == set(praktijken)


def test_context_restores_after_an_exception(kring, praktijken):
    with pytest.raises(RuntimeError), kring_context(kring.pk):
        raise RuntimeError
    assert set(Deelnemer.objects.all()) == set(praktijken)


def test_without_context_raw_sql_sees_nothing(praktijken):
    set_context([])
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM kring_deelnemer")
        assert cursor.fetchone() == (0,)


def test_insert_for_another_kring_is_refused(kring, andere_kring):
    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        kring_context(kring.pk),
    ):
        factories.DeelnemerFactory(kring=andere_kring)


def test_update_of_another_kring_touches_nothing(kring, praktijken):
    with kring_context(kring.pk):
        assert Deelnemer.objects.filter(pk=praktijken[1].pk).update(naam="gekaapt") == 0


def test_foreign_key_into_another_kring_is_refused(kring, praktijken):
    connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError, match="deelnemer_id_kring"), transaction.atomic():
        factories.TandartsFactory(kring=kring, deelnemer=praktijken[1])


def test_web_role_cannot_make_tables(db):
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connection.cursor().execute("CREATE TABLE gat (id int)")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE kern_logregel SET gebeurtenis = 'anders'",
        "DELETE FROM kern_logregel",
        "TRUNCATE kern_logregel",
        "ALTER TABLE kern_logregel DISABLE TRIGGER ALL",
        "DROP TABLE kern_logregel",
        "UPDATE verslag_verslagversie SET reden = 'anders'",
        "DELETE FROM verslag_verslagversie",
    ],
)
@pytest.mark.eigen_logregels
def test_append_only_tables_refuse(kring, triagist, actor, statement):
    from kern import logboek

    logboek.record("proef", "E", by=actor(triagist))
    with pytest.raises(ProgrammingError), transaction.atomic():
        connection.cursor().execute(statement)
    assert Logregel.objects.get().gebeurtenis == "proef"
