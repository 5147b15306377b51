"""What was agreed on stays as it was: the trigger, asked with SQL of the web role."""

import pytest
from django.db import DatabaseError, connection, transaction

from kern.tijd import db_now
from tests import factories
from triage.models import Protocolversie


def sql(statement: str, *values) -> int:
    """Run SQL as the web role, whatever the actions would say; return the number of rows."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


def approved(kring) -> Protocolversie:
    versie = factories.ProtocolversieFactory(kring=kring)
    sql("UPDATE triage_protocolversie SET status = 'aangeboden' WHERE id = %s", versie.pk)
    sql(
        "UPDATE triage_protocolversie SET status = 'goedgekeurd', goedgekeurd_door_id = %s, "
        "goedgekeurd_op = now() WHERE id = %s",
        factories.GebruikerFactory().pk,
        versie.pk,
    )
    versie.refresh_from_db()
    return versie


def in_force(kring) -> Protocolversie:
    versie = approved(kring)
    sql(
        "UPDATE triage_protocolversie SET van_kracht_vanaf = now(), van_kracht_door_id = %s "
        "WHERE id = %s",
        versie.gemaakt_door_id,
        versie.pk,
    )
    versie.refresh_from_db()
    return versie


def test_concept_may_change_and_go(kring):
    versie = factories.ProtocolversieFactory(kring=kring)
    assert sql("UPDATE triage_protocolversie SET toelichting = 'x' WHERE id = %s", versie.pk) == 1
    assert sql("DELETE FROM triage_protocolversie WHERE id = %s", versie.pk) == 1


@pytest.mark.parametrize(
    "change",
    [
        "instellingen = '{\"jong_kind_tot_leeftijd\": 3}'",
        "lokale_regels = '[\"L-01\"]'",
        "regelset = 'anders'",
        "toelichting = 'anders'",
        "nummer = 99",
        "makers = '{}'",
        "gemaakt_door_id = goedgekeurd_door_id",
        "goedgekeurd_op = now() - interval '1 day'",
        "status = 'concept', goedgekeurd_door_id = NULL, goedgekeurd_op = NULL",
    ],
)
@pytest.mark.parametrize("stage", [approved, in_force])
def test_approved_version_never_changes(kring, stage, change):
    versie = stage(kring)
    with pytest.raises(DatabaseError, match="ligt vast"):
        sql(f"UPDATE triage_protocolversie SET {change} WHERE id = %s", versie.pk)  # noqa: S608


def test_approved_version_never_goes(kring):
    versie = approved(kring)
    with pytest.raises(DatabaseError, match="alleen een concept kan weg"):
        sql("DELETE FROM triage_protocolversie WHERE id = %s", versie.pk)
    with pytest.raises(DatabaseError):
        sql("TRUNCATE triage_protocolversie CASCADE")


def test_moment_is_fixed_once_it_has_come(kring):
    versie = in_force(kring)
    with pytest.raises(DatabaseError, match="van kracht is ligt vast"):
        sql(
            "UPDATE triage_protocolversie SET van_kracht_vanaf = NULL, van_kracht_door_id = NULL "
            "WHERE id = %s",
            versie.pk,
        )


def test_moment_ahead_may_be_withdrawn(kring):
    versie = approved(kring)
    move = (
        "UPDATE triage_protocolversie SET van_kracht_door_id = %s, "
        "van_kracht_vanaf = now() + %s::interval WHERE id = %s"
    )
    assert sql(move, versie.gemaakt_door_id, "1 day", versie.pk) == 1
    assert sql(move, None, None, versie.pk) == 1


def test_moment_never_before_a_call_that_has_begun(kring):
    factories.OproepFactory(kring=kring, aangenomen_op=db_now())
    versie = approved(kring)
    earlier = (
        "UPDATE triage_protocolversie SET van_kracht_door_id = %s, "
        "van_kracht_vanaf = now() - interval '1 hour' WHERE id = %s"
    )
    with pytest.raises(DatabaseError, match="al een oproep"):
        sql(earlier, versie.gemaakt_door_id, versie.pk)


def test_other_kring_did_not_begin_a_call(kring, andere_kring):
    factories.OproepFactory(kring=andere_kring, aangenomen_op=db_now())
    versie = approved(kring)
    earlier = (
        "UPDATE triage_protocolversie SET van_kracht_door_id = %s, "
        "van_kracht_vanaf = now() - interval '1 hour' WHERE id = %s"
    )
    assert sql(earlier, versie.gemaakt_door_id, versie.pk) == 1


def test_nobody_inserts_an_approved_version(kring):
    with pytest.raises(DatabaseError, match="begint als concept"), transaction.atomic():
        factories.ProtocolversieFactory(
            kring=kring,
            status="goedgekeurd",
            goedgekeurd_door=factories.GebruikerFactory(),
            goedgekeurd_op=db_now(),
        )


def test_maker_is_no_second_person(kring):
    versie = factories.ProtocolversieFactory(kring=kring)
    helper = factories.GebruikerFactory()
    sql(
        "UPDATE triage_protocolversie SET makers = makers || %s, status = 'aangeboden' "
        "WHERE id = %s",
        [helper.pk],
        versie.pk,
    )
    approve = (
        "UPDATE triage_protocolversie SET status = 'goedgekeurd', goedgekeurd_op = now(), "
        "goedgekeurd_door_id = %s WHERE id = %s"
    )
    for person in (versie.gemaakt_door_id, helper.pk):
        with pytest.raises(DatabaseError, match="meeschreef"):
            sql(approve, person, versie.pk)


def test_not_approved_without_offer(kring):
    versie = factories.ProtocolversieFactory(kring=kring)
    with pytest.raises(DatabaseError, match="eerst aanbieden"):
        sql(
            "UPDATE triage_protocolversie SET status = 'goedgekeurd', goedgekeurd_op = now(), "
            "goedgekeurd_door_id = %s WHERE id = %s",
            factories.GebruikerFactory().pk,
            versie.pk,
        )
