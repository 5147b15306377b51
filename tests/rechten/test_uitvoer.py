"""The export of one patient: every table, every field, every file, nothing of another (S36)."""

import io
import json
import zipfile

import pytest
from django.db import models

from kern.models import Logregel, Zending
from kern.tijd import db_now
from kern.versleuteld import VersleuteldBinair
from rechten import pad, uitvoer
from tests import factories
from tests.huis.kanaries import ZONDER, Kooi, extra_objects, label_of, text_fields
from tests.huis.objecten import objects_of
from triage.models import Patient
from verslag.actions import sign_verslag
from verslag.models import Bijlage

pytestmark = pytest.mark.django_db


def unpack(bundel) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(bundel.to_zip())) as archive:
        return {naam: archive.read(naam) for naam in archive.namelist()}


@pytest.fixture
def alles(kring, objecten, patient, noteer):
    noteer("inzage")
    factories.VernietigingFactory(kring=kring, patient=patient)
    factories.AfgifteFactory(kring=kring, verzoek=patient.verzoeken.get())
    return unpack(uitvoer.all_of(kring, patient, nu=db_now()))


def test_every_table_with_a_path_to_the_patient_is_in_it(alles):
    tabellen = json.loads(alles["gegevens.json"])["tabellen"]
    expected = {model._meta.db_table for model in pad.paths()} | {Zending._meta.db_table}
    assert set(tabellen) == expected
    assert [naam for naam, rijen in tabellen.items() if not rijen] == []
    for model in pad.paths():
        assert set(tabellen[model._meta.db_table][0]) == {f.name for f in uitvoer.fields_of(model)}


def test_the_walk_misses_no_table():
    """An independent look: any field by which a row could be about a patient."""
    from django.apps import apps

    about = {Patient}
    while True:
        more = {
            model
            for model in apps.get_models(include_auto_created=True)
            for field in model._meta.get_fields()
            if field.concrete and field.is_relation and field.related_model in about
        } | about
        if more == about:
            break
        about = more
    assert set(pad.paths()) == about
    loose = {
        model._meta.label
        for model in apps.get_models()
        if model not in about and any("patient" in f.name for f in model._meta.local_fields)
    }
    # The log is in it as "inzage"; a signal is about a colleague (docs/besluiten/0038).
    assert loose == {"kern.Logregel", "toezicht.Signaal"}


def test_every_field_is_in_it_or_has_a_reason(kring, tandarts):
    """A canary in each text field of each row comes out, sealed or not."""
    kooi = Kooi("a")
    with kooi.filling():
        found = objects_of(kring, tandarts)
    patient = Patient.objects.get(pk=found.patient.pk)
    extra_objects(kooi, found)
    kooi.fill_rest(kring)
    files = unpack(uitvoer.all_of(kring, Patient.objects.get(pk=patient.pk), nu=db_now()))
    seen = kooi.seen_in(files["gegevens.json"].decode())
    expected = {
        label_of(field)
        for model in [*pad.paths(), Zending]
        for field in text_fields(model)
        if label_of(field) not in {*ZONDER, *uitvoer.NIET} and pad_has_row(model, patient)
    }
    assert expected - seen == set()


def pad_has_row(model, patient) -> bool:
    if model is Zending:
        return pad.messages_of([patient.pk]).exists()
    return pad.rows_of(model, [patient.pk]).exists()


def test_nothing_of_another_patient(*, kring, patient, objecten, systeem):
    other = factories.VerslagFactory(kring=kring, auteur=objecten.tandarts)
    sign_verslag(other, by=systeem)
    found = other.oproep.patient
    Patient.objects.filter(pk=found.pk).update(naam="Anderman Vreemdeling")
    files = unpack(uitvoer.all_of(kring, patient, nu=db_now()))
    text = files["gegevens.json"].decode()
    assert "Anderman" not in text
    assert str(found.pk) not in text
    assert str(patient.pk) in text


def test_files_come_along_as_they_came_in(alles, objecten):
    bijlage = Bijlage.objects.get(pk=objecten.bijlage.pk)
    assert bytes(bijlage.inhoud) in alles.values()
    assert [naam for naam in alles if naam.startswith("verslagen/")]
    for naam in ("gegevens.pdf", "wie-zag-mijn-gegevens.pdf"):
        assert alles[naam].startswith(b"%PDF")
    sealed = [
        label_of(field)
        for model in pad.paths()
        for field in model._meta.local_fields
        if isinstance(field, models.BinaryField) and not isinstance(field, VersleuteldBinair)
    ]
    assert set(sealed) <= set(uitvoer.NIET)


def test_no_key_of_a_recipient_is_in_it(alles, objecten):
    text = alles["gegevens.json"].decode()
    assert objecten.overdracht.pakketten.get().token_hash not in text
    assert "bsn_index" not in text


def test_the_log_is_in_it(alles, patient):
    inzage = json.loads(alles["gegevens.json"])["inzage"]
    assert len(inzage) == Logregel.objects.filter(patient_id=patient.pk).count() > 0
    assert "127.0.0.1" not in json.dumps(inzage)


def test_every_reason_is_about_a_field_that_exists():
    labels = {
        uitvoer.label_of(field)
        for model in [*pad.paths(), Zending]
        for field in model._meta.local_concrete_fields
    }
    assert set(uitvoer.NIET) <= labels
    assert all(len(reden) > 10 for reden in uitvoer.NIET.values())


def test_a_copy_holds_the_newest_version_and_its_attachments(patient, objecten):
    bundel = uitvoer.copy_of(patient)
    assert bundel.versies == [str(objecten.versie.pk)]
    assert len(bundel.bestanden) == 3
    assert any(naam.startswith("verslag-") for naam in bundel.bestanden)
    assert "verklaring-van-de-patient.pdf" in bundel.bestanden


def test_two_files_of_one_name_both_survive():
    bundel = uitvoer.Bundel()
    assert [bundel.add("a.txt", b"1"), bundel.add("a.txt", b"2")] == ["a.txt", "a-2.txt"]
    assert unpack(bundel) == {"a.txt": b"1", "a-2.txt": b"2"}
