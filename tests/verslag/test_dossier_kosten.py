"""What the dossier page costs: it is the page that is measured (bench/dossier.py)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import OproepFactory
from verslag import actions

pytestmark = pytest.mark.django_db


@pytest.fixture
def queries_of(als, kring, tandarts_gebruiker):
    client = als(tandarts_gebruiker)

    def ask(dossier) -> list[str]:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/k/{kring.slug}/dossiers/{dossier.pk}/").status_code == 200
        # The test itself reads and restores the context around a request.
        return [query["sql"] for query in queries][1:-1]

    return ask


def signed(oproep, by):
    verslag = actions.open_verslag(oproep, by=by)
    gegevens = {"diagnose": "Avulsie.", "behandeling": "Gespalkt.", "spoedklacht": "Val."}
    verslag = actions.save_verslag(
        verslag, gegevens=gegevens | {"bevindingen": "Los."}, versie=verslag.versie, by=by
    )
    actions.sign_verslag(verslag, by=by)
    return verslag


def test_the_page_of_an_own_patient_asks_no_more_than_it_needs(queries_of, oproep, by):
    dossier = signed(oproep, by).dossier
    queries_of(dossier)
    found = queries_of(dossier)
    tables = [
        *("django_session", "kring_gebruiker", "kring_lidmaatschap"),  # who, and member of what
        *("kring_tandarts", "EXISTS"),  # may this dentist
        *("verslag_passantendossier", "triage_oproep", "triage_tandartsbesluit"),
        *("verslag_verslag", "verslag_verslagversie", "verslag_overdracht", "kern_zending"),
        *("verslag_vervolgactie", "verslag_samenvoeging", "verslag_bijlage"),
        *("verslag_verklaring", "rechten_patientverzoek"),  # what the patient said and asked
        *("clock_timestamp", "triage_patient"),  # who looks like this one
        *("verslag_taak", "kern_hartslag", "kern_logregel"),  # the number in the menu
    ]
    asked = [sql for sql in found if "SAVEPOINT" not in sql and "set_config" not in sql]
    assert len(asked) == len(tables), "\n".join(asked)
    assert [sql for sql in asked if "CONSTRAINTS" in sql] == []
    assert len([sql for sql in found if "set_config" in sql]) == 3


def test_as_many_queries_for_one_call_as_for_thirty(queries_of, kring, oproep, by):
    dossier = signed(oproep, by).dossier
    queries_of(dossier)
    one = len(queries_of(dossier))
    for _ in range(29):
        again = OproepFactory(
            kring=kring,
            patient=oproep.patient,
            behandelaar=oproep.behandelaar,
            aangenomen_door=oproep.aangenomen_door,
        )
        signed(again, by)
    assert len(queries_of(dossier)) == one
