"""Destruction: two persons, every row, minimal proof, and gone for good (S37)."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from kern.models import Logregel, Zending
from rechten import actions, lezen, pad, werk, wislijst
from rechten.models import Afgifte, Patientverzoek, Vernietiging
from tests import factories
from tests.huis.kanaries import Kooi
from tests.huis.objecten import objects_of
from tests.rechten.conftest import close_calls
from triage.models import Contactpoging, Oproep, Patient
from verslag.actions import sign_verslag
from verslag.models import Verslagversie

pytestmark = pytest.mark.django_db


def left(patient_id) -> dict[str, int]:
    counts = {m._meta.label: pad.rows_of(m, [patient_id]).count() for m in pad.paths()}
    return {label: n for label, n in counts.items() if n}


def test_every_row_goes_and_of_another_patient_none(*, objecten, kring, besloten, systeem):
    other = factories.VerslagFactory(kring=kring, auteur=objecten.tandarts)
    sign_verslag(other, by=systeem)
    close_calls()
    other = other.oproep
    # Somebody says that the call of the other is about the same complaint.
    Oproep.objects.filter(pk=other.pk).update(herhaling_van=objecten.oproep)
    before, kept = left(objecten.patient.pk), left(other.patient_id)
    messages = set(pad.messages_of([objecten.patient.pk]).values_list("pk", flat=True))
    assert messages
    counts = actions.destroy(besloten, by=systeem)
    assert left(objecten.patient.pk) == {}
    assert left(other.patient_id) == kept
    assert kept["verslag.Overdracht"] == 1
    assert Oproep.objects.get(pk=other.pk).herhaling_van is None
    assert set(counts) == {
        m._meta.db_table for m in pad.paths() if m._meta.label in before and m not in HOUSE
    } | {"kern_zending"}
    assert not Zending.objects.filter(pk__in=messages).exists()
    connection.check_constraints()


HOUSE = {Patientverzoek, Vernietiging, Afgifte}


def test_every_table_about_a_patient_has_a_row_in_this_test(objecten, besloten):
    """Otherwise the test above proves nothing about a table that somebody added."""
    empty = {m._meta.label for m in pad.paths()} - set(left(objecten.patient.pk))
    assert empty == {"rechten.Afgifte"}


def test_the_database_walks_the_same_keys():
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = 'rechten_vernietig'")
        (source,) = cursor.fetchone()
    (listed,) = source.split("ARRAY[", 1)[1].split("]", 1)[:1]
    assert {name.strip().strip("'") for name in listed.split(",")} == pad.BLIJFT


def test_one_of_a_kind_is_told_as_one(kring):
    patient = factories.PatientFactory(kring=kring)
    for oproepen in (("oproep", 1), ("oproepen", 2)):
        factories.OproepFactory(kring=kring, patient=patient)
        assert {("patiënt", 1), oproepen} <= set(lezen.sizes(patient.pk))


def test_the_proof_names_nobody(*, objecten, besloten, systeem, coordinator, fg):
    pk = objecten.patient.pk
    actions.destroy(besloten, by=systeem)
    row, verzoek = Vernietiging.objects.get(), Patientverzoek.objects.get()
    assert (row.patient_id, row.patient_nummer, row.coordinator_naam, row.fg_naam) == (
        None,
        pk,
        coordinator.naam,
        fg.naam,
    )
    # The patient, and the second row of the same person that was joined to it.
    assert row.aantallen["triage_patient"] == 2
    assert (verzoek.status, verzoek.soort, verzoek.identiteit) == (
        "afgehandeld",
        "vernietiging",
        "paspoort",
    )
    assert [getattr(verzoek, naam) for naam in actions.vernietiging.GEVOELIG] == [""] * 5
    line = Logregel.objects.get(gebeurtenis="vernietiging.uitgevoerd")
    assert (line.actie, line.patient_id, line.gebruiker_naam) == ("D", pk, "rechten")


@pytest.mark.parametrize("wie", ["niemand", "coordinator", "fg"])
def test_nothing_goes_on_one_word(*, objecten, noteer, coordinator, fg, door, systeem, wie):
    verzoek = noteer("vernietiging")
    actions.decide(verzoek, toewijzen=True, by=door(coordinator))
    row = Vernietiging.objects.get()
    if wie == "niemand":
        Vernietiging.objects.update(coordinator_id=None, coordinator_op=None)
    if wie == "fg":
        actions.confirm(row, als="fg", by=door(fg))
        Vernietiging.objects.update(coordinator_op=None)
    with pytest.raises(actions.VernietigingGeweigerd):
        actions.destroy(row, by=systeem)
    with pytest.raises(DatabaseError, match="twee mensen"), transaction.atomic():
        run("SELECT rechten_vernietig(%s)", row.pk)
    assert Patient.objects.filter(pk=objecten.patient.pk).exists()


def test_one_person_with_both_roles_is_one_person(noteer, kring, coordinator, door):
    factories.LidmaatschapFactory(kring=kring, gebruiker=coordinator, rol="fg")
    actions.decide(noteer("vernietiging"), toewijzen=True, by=door(coordinator))
    with pytest.raises(ValidationError, match="Twee verschillende mensen"):
        actions.confirm(Vernietiging.objects.get(), als="fg", by=door(coordinator))
    assert Vernietiging.objects.get().fg_op is None


def test_the_web_role_still_deletes_nothing_that_is_only_added(objecten):
    """Whatever it sets: the right is the owner's, inside the function."""
    run("SELECT set_config('app.vernietigen', 'ja', true)")
    for model in (Verslagversie, Contactpoging):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            run(f"DELETE FROM {model._meta.db_table}")  # noqa: S608
        assert model.objects.exists()


def test_an_open_call_stops_it(objecten, besloten, systeem, kring):
    Oproep.objects.filter(pk=objecten.oproep.pk).update(status="open", afgerond_op=None)
    with pytest.raises(actions.VernietigingGeweigerd, match="oproep"):
        actions.destroy(besloten, by=systeem)
    assert not wislijst.read_all()
    assert Patient.objects.filter(pk=objecten.patient.pk).exists()


def test_no_row_goes_when_the_list_cannot_be_written(objecten, besloten, systeem, settings):
    settings.WISLIJST_MAP.write_text("een bestand, geen map")
    with pytest.raises(OSError, match=r".*"), transaction.atomic():
        actions.destroy(besloten, by=systeem)
    assert Patient.objects.filter(pk=objecten.patient.pk).exists()


def test_the_list_names_nobody_and_cannot_be_written_by_hand(besloten, systeem, settings):
    actions.destroy(besloten, by=systeem)
    # Of the patient, and of the row that was joined to it.
    path, _joined = sorted(settings.WISLIJST_MAP.glob("*.json"))
    content = json.loads(path.read_text())
    assert path.stat().st_mode & 0o777 == 0o600
    assert "Kanarievogel" not in path.read_text()
    content["patient"] = "00000000-0000-4000-8000-000000000000"
    path.write_text(json.dumps(content))
    with pytest.raises(wislijst.WislijstFout, match="veranderd"):
        wislijst.read_all()


def test_the_sweeper_does_it_once(objecten, besloten, kring):
    assert werk.destroy_confirmed() == 1
    assert werk.destroy_confirmed() == 0
    assert not Patient.objects.filter(pk=objecten.patient.pk).exists()


def test_action_and_line_stand_or_fall_together(besloten, systeem, monkeypatch):
    from kern import logboek

    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(logboek, "record", fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        actions.destroy(besloten, by=systeem)
    assert Patient.objects.filter(pk=besloten.patient_id).exists()


def test_no_canary_is_left_in_the_database(*, kring, tandarts, coordinator, fg, door, systeem):
    """What the patient's rows said is in no column of any table any more."""
    kooi = Kooi("a")
    with kooi.filling():
        objecten = objects_of(kring, tandarts)
    Vernietiging.objects.all().delete()
    close_calls()
    gegevens = {
        "soort": "vernietiging",
        "ontvangen_op": objecten.oproep.aangenomen_op.date(),
        "aanvrager": "patient",
        "aanvrager_naam": objecten.patient.naam,
        "identiteit": "bekend",
    }
    verzoek = actions.note_verzoek(
        patient=Patient.objects.get(pk=objecten.patient.pk), gegevens=gegevens, by=door(coordinator)
    )
    actions.decide(verzoek, toewijzen=True, by=door(coordinator))
    needles = {
        objecten.patient.naam.lower(),
        objecten.patient.bsn_index,
        objecten.oproep.telefoon_beller,
    }
    assert all(needle in dump() for needle in needles)
    row = actions.confirm(Vernietiging.objects.get(), als="fg", by=door(fg))
    actions.destroy(row, by=systeem)
    text = dump()
    assert [needle for needle in needles if needle in text] == []


def run(statement: str, *values) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def dump() -> str:
    """Return every row of every table as this role sees it, as text."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [name for (name,) in cursor.fetchall() if not name.startswith("django_mig")]
        parts = []
        for table in tables:
            cursor.execute(f"SELECT coalesce(string_agg(t::text, '\n'), '') FROM \"{table}\" t")  # noqa: S608
            parts.append(cursor.fetchone()[0])
    return "\n".join(parts).lower()
