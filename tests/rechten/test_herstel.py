"""What was destroyed does not come back with an old backup (S37)."""

import json
import os
from contextlib import contextmanager
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from psycopg import sql

from kern.actor import Actor
from kern.kopie import gereedschap, maken, proef
from kern.kopie.lezen import Kopie
from kern.models import Logregel
from kern.tenancy import kring_context
from rechten import actions, werk
from rechten.models import Patientverzoek, Vernietiging
from tests import databank, factories
from triage.models import Oproep, Patient
from verslag.actions import sign_verslag
from verslag.actions.samenvoegen import merge_patients

pytestmark = [pytest.mark.traag]

NAAM = "Wilhelmina Kanarievogel"
HERSTELD = f"spoed_hersteld_{os.getpid()}"


@pytest.fixture
def kring(echte_db, settings, tmp_path):
    settings.KOPIE_URL = databank.database_url(connection.settings_dict["NAME"], "SPOED_KOPIE_URL")
    settings.WISLIJST_MAP = tmp_path / "wislijst"
    return factories.KringFactory(slug="vecht")


def person(kring, rol) -> Actor:
    gebruiker = factories.LidmaatschapFactory(kring=kring, rol=rol).gebruiker
    return Actor(gebruiker.naam, gebruiker.pk, kring.pk, frozenset({rol}), "rechten", "127.0.0.1")


@pytest.fixture
def oud(kring, tmp_path):
    """A backup with two patients, from before the first asked to be forgotten."""
    with kring_context(kring.pk):
        for naam in (NAAM, "Blijft Bewaard"):
            verslag = factories.VerslagFactory(
                kring=kring,
                oproep=factories.OproepFactory(
                    kring=kring,
                    patient=factories.PatientFactory(kring=kring, naam=naam),
                    status="afgerond",
                    afgerond_op="2026-11-01T12:00Z",
                ),
            )
            sign_verslag(verslag, by=Actor.system(kring.pk))
    return maken.make(tmp_path, report=lambda line: None)


@pytest.fixture
def vernietigd(kring, oud):
    """The first patient, gone by the sweeper; the old backup still has all."""
    with kring_context(kring.pk):
        patient = Patient.objects.get(naam=NAAM)
        coordinator = person(kring, "coordinator")
        gegevens = {
            "soort": "vernietiging",
            "ontvangen_op": date(2026, 11, 2),
            "aanvrager": "patient",
            "aanvrager_naam": NAAM,
            "identiteit": "paspoort",
        }
        verzoek = actions.note_verzoek(patient=patient, gegevens=gegevens, by=coordinator)
        actions.decide(verzoek, toewijzen=True, by=coordinator)
        actions.confirm(Vernietiging.objects.get(), als="fg", by=person(kring, "fg"))
    assert werk.destroy_confirmed() == 1
    return patient


@contextmanager
def restored(path):
    """Bring the copy back as on the real day, and work in it as the product does."""
    own = connection.settings_dict["NAME"]
    with databank.superuser() as server:
        server.execute(
            sql.SQL("CREATE DATABASE {} OWNER spoed_eigenaar TEMPLATE template0").format(
                sql.Identifier(HERSTELD)
            )
        )
    try:
        url = databank.database_url(HERSTELD, databank.SUPERUSER_URL)
        gereedschap.restore(url, Kopie(path, report=lambda line: None).dump())
        connection.close()
        connection.settings_dict["NAME"] = HERSTELD
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = own
        databank.drop(HERSTELD)


def everything() -> str:
    """Return all rows of all tables, as only a superuser sees them."""
    with databank.superuser_of(connection.settings_dict["NAME"]) as server:
        tables = server.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        rows = [
            server.execute(
                sql.SQL("SELECT coalesce(string_agg(t::text, ' '), '') FROM {} t").format(
                    sql.Identifier(table)
                )
            ).fetchone()[0]
            for (table,) in tables.fetchall()
        ]
    return "\n".join(rows)


def test_an_old_backup_does_not_bring_the_patient_back(kring, oud, vernietigd, capsys):
    assert NAAM not in everything()
    with restored(oud):
        assert NAAM in everything()
        with pytest.raises(CommandError, match="1 vernietigde dossiers staan er weer"):
            call_command("wislijst", "--controleer")
        call_command("wislijst")
        assert NAAM not in everything()
        assert "Blijft Bewaard" in everything()
        call_command("wislijst", "--controleer")
        with kring_context(kring.pk):
            row = Vernietiging.objects.get()
            line = Logregel.objects.get(gebeurtenis="vernietiging.uitgevoerd")
            assert Oproep.objects.count() == 1
        assert (row.patient_nummer, row.uitgevoerd_op is None) == (vernietigd.pk, False)
        assert (line.patient_id, line.gebruiker_naam) == (vernietigd.pk, "rechten")
        assert werk.apply_list() == 0
    assert "1 op de lijst, 1 vernietigd" in capsys.readouterr().out


def test_the_sweeper_does_it_by_itself_at_its_start(kring, oud, vernietigd, monkeypatch):
    with restored(oud):
        monkeypatch.setattr(werk, "_applied", False)
        werk.apply_list_once()
        assert NAAM not in everything()


def test_also_a_backup_of_between_the_request_and_the_end(*, kring, oud, vernietigd, tmp_path):
    """It holds the request and a proposal that one person signed."""
    with kring_context(kring.pk):
        patient = Patient.objects.get()
        coordinator = person(kring, "coordinator")
        gegevens = {
            "soort": "vernietiging",
            "ontvangen_op": date(2026, 11, 2),
            "aanvrager": "patient",
            "aanvrager_naam": "Blijft Bewaard",
            "identiteit": "bekend",
        }
        verzoek = actions.note_verzoek(patient=patient, gegevens=gegevens, by=coordinator)
        actions.decide(verzoek, toewijzen=True, by=coordinator)
    (tmp_path / "later").mkdir()
    between = maken.make(tmp_path / "later", report=lambda line: None)
    with kring_context(kring.pk):
        row = Vernietiging.objects.get(patient=patient)
        actions.confirm(row, als="fg", by=person(kring, "fg"))
    assert werk.destroy_confirmed() == 1
    with restored(between):
        assert "Blijft Bewaard" in everything()
        call_command("wislijst")
        assert "Blijft Bewaard" not in everything()
        with kring_context(kring.pk):
            found = Patientverzoek.objects.get(pk=verzoek.pk)
            assert (found.patient_id, found.aanvrager_naam, found.is_open) == (None, "", False)


def test_the_drill_shows_that_the_list_works(oud, vernietigd):
    lines: list[str] = []
    outcome = proef.drill(oud, report=lines.append)
    assert outcome.mislukt == []
    assert "✓ Wislijst toegepast: 1 op de lijst, waarvan 1 weer in deze kopie" in lines


def test_a_line_that_was_changed_fails_the_drill(oud, vernietigd, settings):
    (path,) = settings.WISLIJST_MAP.glob("*.json")
    content = json.loads(path.read_text()) | {"fg_id": 999}
    path.write_text(json.dumps(content))
    lines: list[str] = []
    assert proef.drill(oud, report=lines.append).mislukt == ["Wislijst toegepast"]
    with pytest.raises(CommandError, match="veranderd"):
        call_command("wislijst")


def test_a_row_that_was_joined_does_not_come_back_alone(kring, oud, tmp_path):
    """In the old backup it is a patient of its own."""
    with kring_context(kring.pk):
        blijft, dubbel = Patient.objects.get(naam="Blijft Bewaard"), Patient.objects.get(naam=NAAM)
        by = person(kring, "coordinator")
        merge_patients(
            blijft, dubbel, overnemen=frozenset(), reden="Dezelfde persoon, zelfde pas.", by=by
        )
        row = factories.VernietigingFactory(kring=kring, patient=blijft, grond="verzoek")
        actions.confirm(row, als="coordinator", by=by)
        actions.confirm(row, als="fg", by=person(kring, "fg"))
    assert werk.destroy_confirmed() == 1
    with restored(oud):
        assert NAAM in everything()
        call_command("wislijst")
        text = everything()
    assert [naam for naam in (NAAM, "Blijft Bewaard") if naam in text] == []
