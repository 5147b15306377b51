"""Sealed fields: plain in Python, unreadable in the table, never opened elsewhere or altered."""

import copy
import pickle
import uuid

import pytest
from django import forms
from django.core.exceptions import FieldError, ValidationError
from django.db import connection, models, transaction
from django.db.models import F
from psycopg import sql

from kern import crypto, verzegeld
from kern.tenancy import kring_context
from kern.versleuteld import Gesloten, Versleuteld, VersleuteldTekst
from tests import factories
from tests.huis.objecten import objects_of
from triage.models import Patient
from verslag.models import Verslag, Verslagversie
from verslag.pdf import pdf_of

BSN = "999990019"
TEKST = "Kanarie: element 36 is gevoelig én gezwollen."


@pytest.fixture
def patient(kring):
    return factories.PatientFactory(kring=kring, bsn=BSN)


@pytest.fixture
def spullen(kring, tandarts):
    """One value in every sealed column."""
    objects = objects_of(kring, tandarts)
    Patient.objects.get(pk=objects.patient.pk)
    objects.verslag.diagnose = TEKST
    objects.verslag.save()
    pdf_of(objects.versie)
    return objects


def name_into(query: str, *names: str) -> sql.Composed:
    return sql.SQL(query).format(*map(sql.Identifier, names))


def stored(table: str, column: str, pk) -> bytes:
    with connection.cursor() as cursor:
        query = "SELECT {} FROM {} WHERE id = %s"
        cursor.execute(name_into(query, column, table), [pk])
        return bytes(cursor.fetchone()[0])


def store(table: str, column: str, pk, value: bytes) -> None:
    with connection.cursor() as cursor:
        query = "UPDATE {} SET {} = %s WHERE id = %s"
        cursor.execute(name_into(query, table, column), [value, pk])


# --- the round trip


def test_a_row_reads_what_was_written_and_the_table_does_not(patient):
    assert Patient.objects.get(pk=patient.pk).bsn == BSN
    raw = stored("triage_patient", "bsn", patient.pk)
    assert BSN.encode() not in raw
    assert raw[0] == crypto.key_ids()[-1]


def test_an_empty_value_is_sealed_too(kring):
    patient = factories.PatientFactory(kring=kring, bsn="")
    assert len(stored("triage_patient", "bsn", patient.pk)) > len(BSN)
    store("triage_patient", "bsn", patient.pk, b"")
    with pytest.raises(crypto.Onleesbaar):
        _ = Patient.objects.get(pk=patient.pk).bsn


def test_the_same_text_twice_looks_different(spullen):
    verslag = spullen.verslag
    before = stored("verslag_verslag", "diagnose", verslag.pk)
    verslag.save()
    assert stored("verslag_verslag", "diagnose", verslag.pk) != before


def test_a_value_is_opened_once_and_only_when_touched(spullen, monkeypatch):
    opened = []
    unseal = crypto.unseal
    monkeypatch.setattr(
        crypto, "unseal", lambda *a, **k: opened.append(k["place"]) or unseal(*a, **k)
    )
    verslag = Verslag.objects.get(pk=spullen.verslag.pk)
    assert opened == []
    assert (verslag.diagnose, verslag.diagnose) == (TEKST, TEKST)
    assert [place.partition("|")[0] for place in opened] == ["verslag_verslag.diagnose"]


def test_deferred_and_refreshed(patient, django_assert_num_queries):
    with django_assert_num_queries(3):  # the row, its deferred value, the kring that opens it
        assert Patient.objects.only("naam", "kring").get(pk=patient.pk).bsn == BSN
    with django_assert_num_queries(1):
        assert Patient.objects.defer("bsn").get(pk=patient.pk).naam == patient.naam
    patient.bsn = "999990020"
    patient.refresh_from_db()
    assert patient.bsn == BSN


def test_a_deferred_field_is_left_alone_by_save(patient):
    before = stored("triage_patient", "bsn", patient.pk)
    row = Patient.objects.only("naam", "kring").get(pk=patient.pk)
    row.naam = "Ander"
    row.save()
    assert stored("triage_patient", "bsn", patient.pk) == before


def test_json_keeps_its_shape(spullen):
    versie = Verslagversie.objects.get(pk=spullen.versie.pk)
    assert versie.inhoud == spullen.versie.inhoud
    assert b"bevindingen" not in stored("verslag_verslagversie", "inhoud", versie.pk)


def test_bulk_create_seals_each_row_for_its_own_place(kring):
    rows = [Patient(kring=kring, naam=f"P{n}", bsn=BSN) for n in range(3)]
    Patient.objects.bulk_create(rows)
    assert {row.bsn for row in Patient.objects.filter(naam__startswith="P")} == {BSN}


def test_copies_and_pickles_open_too(patient):
    row = Patient.objects.get(pk=patient.pk)
    assert copy.copy(row).bsn == BSN
    row = Patient.objects.get(pk=patient.pk)
    assert pickle.loads(pickle.dumps(row)).bsn == BSN  # noqa: S301  (our own bytes)


# --- what goes around the row is refused, loudly


@pytest.mark.parametrize(
    "work",
    [
        lambda: Patient.objects.update(bsn="111222333"),
        lambda: Patient.objects.update(bsn=F("naam")),
        lambda: Verslag.objects.update(diagnose=F("bevindingen")),
        lambda: Patient.objects.bulk_update(list(Patient.objects.all()), ["bsn"]),
    ],
)
def test_writing_around_the_row_is_refused(spullen, work):
    before = stored("triage_patient", "bsn", spullen.patient.pk)
    with pytest.raises(TypeError, match="sealed per row"), transaction.atomic():
        work()
    assert stored("triage_patient", "bsn", spullen.patient.pk) == before


@pytest.mark.parametrize(
    "lookup", ["bsn", "bsn__exact", "bsn__isnull", "bsn__in", "bsn__startswith", "bsn__left"]
)
def test_searching_is_refused(patient, lookup):
    with pytest.raises(FieldError, match="cannot be searched"):
        list(Patient.objects.filter(**{lookup: "9"}))


def test_values_give_no_ciphertext(patient):
    (value,) = Patient.objects.filter(pk=patient.pk).values_list("bsn", flat=True)
    assert isinstance(value, Gesloten)
    assert BSN not in repr(value)
    with pytest.raises(TypeError, match="opened by its row"):
        str(value)


def test_a_wrong_type_is_refused(spullen):
    spullen.verslag.diagnose = None
    with pytest.raises(TypeError, match="takes a str"):
        spullen.verslag.save()


def test_a_row_without_kring_is_not_sealed(db):
    with pytest.raises(ValueError, match="the kring of its row"):
        Patient(naam="los", bsn=BSN).save()


# --- tampering


def test_every_flipped_byte_of_every_sealed_column_is_an_error(spullen):
    seen = set()
    for kolom in verzegeld.declared():
        with connection.cursor() as cursor:
            cursor.execute(kolom.query)
            row = cursor.fetchone()
        if row is None:
            continue
        seen.add(kolom.naam)
        sealed, place = bytes(row[1]), row[2]
        assert isinstance(crypto.unseal(sealed, place=place), bytes)
        broken = bytearray(sealed)
        for position in range(len(sealed)):
            broken[position] ^= 1 + position % 255
            with pytest.raises(crypto.CryptoFout):
                crypto.unseal(bytes(broken), place=place)
            broken[position] = sealed[position]
    assert {
        "triage_patient.bsn",
        "verslag_verslag.diagnose",
        "verslag_verslag.tariefcodes",
        "verslag_verslagversie.inhoud",
        "verslag_verslagversie.reden",
        "verslag_verslagpdf.inhoud",
        "kern_zending.inhoud",
    } <= seen


def test_an_altered_value_raises_through_the_row(patient):
    raw = bytearray(stored("triage_patient", "bsn", patient.pk))
    raw[-1] ^= 1
    store("triage_patient", "bsn", patient.pk, bytes(raw))
    row = Patient.objects.get(pk=patient.pk)
    for _ in range(2):  # the second look must not find something that the first left behind
        with pytest.raises(crypto.Onleesbaar, match=r"triage_patient\.bsn"):
            _ = row.bsn
    with pytest.raises(crypto.Onleesbaar):
        row.save()


def test_swapped_rows_raise(kring, patient):
    other = factories.PatientFactory(kring=kring, bsn="999990020")
    store("triage_patient", "bsn", patient.pk, stored("triage_patient", "bsn", other.pk))
    with pytest.raises(crypto.Onleesbaar):
        _ = Patient.objects.get(pk=patient.pk).bsn
    assert Patient.objects.get(pk=other.pk).bsn == "999990020"


def test_a_swapped_column_raises(spullen):
    pk = spullen.verslag.pk
    store("verslag_verslag", "diagnose", pk, stored("verslag_verslag", "bevindingen", pk))
    verslag = Verslag.objects.get(pk=pk)
    with pytest.raises(crypto.Onleesbaar):
        _ = verslag.diagnose
    assert verslag.bevindingen == spullen.verslag.bevindingen


def test_another_kring_or_row_raises(patient, andere_kring):
    row = Patient.objects.get(pk=patient.pk)
    row.kring_id = andere_kring.pk
    with pytest.raises(crypto.Onleesbaar):
        _ = row.bsn
    row = Patient.objects.get(pk=patient.pk)
    row.pk = uuid.uuid4()
    with pytest.raises(crypto.Onleesbaar):
        _ = row.bsn


def test_a_wrong_or_removed_key_raises(patient, settings, tmp_path):
    settings.SLEUTEL_MAP = tmp_path
    (tmp_path / "1").write_text("ab" * 32)
    with pytest.raises(crypto.Onleesbaar):
        _ = Patient.objects.get(pk=patient.pk).bsn
    (tmp_path / "2").write_text("cd" * 32)
    (tmp_path / "1").unlink()
    with pytest.raises(crypto.SleutelOntbreekt):
        _ = Patient.objects.get(pk=patient.pk).bsn


def test_a_page_with_an_altered_value_is_an_error_without_data(spullen, als, tandarts_gebruiker):
    pk = spullen.patient.pk
    store("triage_patient", "bsn", pk, stored("triage_patient", "bsn", pk)[:-1] + b"\x00")
    client = als(tandarts_gebruiker)
    client.raise_request_exception = False
    response = client.get(f"/k/{spullen.kring.slug}/dossiers/{spullen.dossier.pk}/")
    assert response.status_code == 500
    assert spullen.patient.naam not in response.content.decode()


def test_an_invalid_form_changes_nothing_for_later_reads(spullen):
    """A library for encrypted fields returned ciphertext from then on, in the whole process."""

    class Formulier(forms.ModelForm):
        class Meta:
            model = Verslag
            fields = ["diagnose", "tariefcodes"]

    form = Formulier({"diagnose": "x" * 5000, "tariefcodes": "y" * 300}, instance=spullen.verslag)
    assert set(form.errors) == {"diagnose", "tariefcodes"}
    row = Verslag.objects.get(pk=spullen.verslag.pk)
    row.tariefcodes = "z" * 300
    with pytest.raises(ValidationError):
        row.full_clean()
    assert Verslag.objects.get(pk=spullen.verslag.pk).diagnose == TEKST
    again = Verslag.objects.get(pk=spullen.verslag.pk)
    again.save()
    assert Verslag.objects.get(pk=spullen.verslag.pk).diagnose == TEKST


# --- the blind index


def test_the_index_follows_the_bsn(kring, andere_kring, patient):
    same = factories.PatientFactory(kring=kring, bsn=BSN)
    elsewhere = factories.PatientFactory(kring=andere_kring, bsn=BSN)
    assert patient.bsn_index == same.bsn_index != elsewhere.bsn_index
    assert len(patient.bsn_index) == 64
    same.bsn = ""
    same.save(update_fields=["bsn"])
    same.refresh_from_db()
    assert same.bsn_index == ""


def test_a_second_row_with_the_same_bsn_is_found_within_the_kring(kring, andere_kring, patient):
    factories.PatientFactory(kring=andere_kring, bsn=BSN)
    factories.PatientFactory(kring=kring, bsn="999990020", telefoon="")
    found = Patient.objects.resembling(kring_id=kring.pk, bsn=BSN)
    assert list(found) == [patient]
    assert not Patient.objects.resembling(kring_id=kring.pk, bsn="999990032").exists()


# --- nothing readable anywhere


def test_no_table_shows_the_bsn_or_the_text(spullen, kring):
    spullen.patient.bsn = BSN
    spullen.patient.save()
    canaries = [text.encode() for text in (BSN, TEKST, "Teruggeplaatst en gespalkt")]
    with connection.cursor() as cursor, kring_context(kring.pk):
        for table in connection.introspection.table_names(cursor):
            cursor.execute(name_into("SELECT rij::text FROM {} AS rij", table))
            dump = "\n".join(row[0] for row in cursor.fetchall())
            for canary in canaries:
                assert canary.decode() not in dump, table
                assert canary.hex() not in dump, table


# --- the list is complete


def test_every_column_of_bytes_is_on_the_list_or_known_to_be_no_secret():
    """A new sealed column cannot be forgotten: neither by the drill nor by the rotation."""
    from django.apps import apps

    names = {kolom.naam for kolom in verzegeld.declared()}
    hashes = {"hash", "vorige_hash"}  # of the chain of the access log
    # Opens with the link only, by no key of the server (docs/besluiten/0035).
    names.add("verslag_pakketdeel.inhoud")
    # A picture of the kring, printed above each letter; of nobody.
    names.add("verslag_briefhoofd.logo")
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            sealed = isinstance(field, Versleuteld)
            if sealed or isinstance(field, models.BinaryField):
                name = f"{model._meta.db_table}.{field.column}"
                assert name in names or field.name in hashes, name


@pytest.mark.parametrize(
    ("options", "error"), [({"null": True}, "kern.E021"), ({"db_index": True}, "kern.E021")]
)
def test_a_field_that_cannot_be_sealed_stops_the_start(options, error):
    class Meta:
        app_label = "kern"
        managed = False

    attrs = {"__module__": __name__, "Meta": Meta, "tekst": VersleuteldTekst(**options)}
    from django.apps import apps

    model = type(f"Proef{uuid.uuid4().hex[:6]}", (models.Model,), attrs)
    try:
        found = {check.id for check in model._meta.get_field("tekst").check()}
    finally:
        del apps.all_models["kern"][model._meta.model_name]
        apps.clear_cache()
    assert found == {error, "kern.E020"}
