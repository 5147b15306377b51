"""Two rows of one person: found, joined by a person, and taken apart again exactly."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kern.actor import Actor
from kern.models import Logregel
from kern.tijd import db_now
from tests.factories import (
    LidmaatschapFactory,
    OproepFactory,
    PatientFactory,
    TandartsFactory,
    VerslagFactory,
)
from toezicht.overzicht import accesses
from triage.actions import save_patient
from triage.models import Oproep, Patient
from triage.zoeken import search
from verslag import actions
from verslag.actions.samenvoegen import later_facts, pointing_at
from verslag.dubbel import Persoon, judge
from verslag.dubbelen import doubles_of, probable_pairs
from verslag.models import Passantendossier, Samenvoeging, Verslag

pytestmark = pytest.mark.django_db

WIE = {"naam": "Karel Dubbeldam", "geboortedatum": "1970-03-02", "eigen_tandarts": None}


def url(name, kring, **kwargs):
    return reverse(f"verslag:{name}", kwargs={"kring": kring.slug, **kwargs})


def closed_call(patient, tandarts=None):
    return OproepFactory(
        kring=patient.kring,
        patient=patient,
        behandelaar=tandarts,
        status=Oproep.Status.AFGEROND,
        afgerond_op=db_now(),
    )


@pytest.fixture
def een(kring):
    return PatientFactory(kring=kring, bsn="", telefoon="", heeft_eigen_tandarts="nee", **WIE)


@pytest.fixture
def ander(kring):
    changed = {"naam": "K. Dubbeldam", "adres": "Nieuwe Kade 5", "heeft_eigen_tandarts": "onbekend"}
    return PatientFactory(kring=kring, **(WIE | changed))


@pytest.fixture
def verslagen(een, ander, tandarts):
    """A signed report of each; the second one with what hangs below it."""
    made = []
    for patient in (een, ander):
        row = VerslagFactory(
            kring=patient.kring,
            oproep=closed_call(patient, tandarts),
            auteur=tandarts,
            advies_eigen_tandarts=True,
        )
        made.append(row)
    return made


@pytest.fixture
def by(actor, coordinator):
    return actor(coordinator)


def merge(een, ander, by, *overnemen):
    return actions.merge_patients(
        een, ander, overnemen=frozenset(overnemen), reden="Zelfde pasfoto.", by=by
    )


def snapshot() -> dict:
    """Return where every row hangs, and the details of every patient."""
    return {
        "patienten": {
            (row.pk, row.naam, row.adres, row.telefoon, row.bsn, row.opgegaan_in_id)
            for row in Patient.objects.all()
        },
        "oproepen": set(Oproep.objects.values_list("pk", "patient_id")),
        "verslagen": set(Verslag.objects.values_list("pk", "dossier_id")),
        "dossiers": set(Passantendossier.objects.values_list("pk", "patient_id")),
    }


# --- the law


EEN = Persoon(naam="Karel Dubbeldam", geboortedatum="1970-03-02", telefoon="+31612345678")


@pytest.mark.parametrize(
    ("ander", "is_waarschijnlijk"),
    [
        (Persoon(naam="K. Dubbeldam", geboortedatum="1970-03-02"), True),
        (Persoon(naam="Karel Dubbeldan", geboortedatum="1970-03-02"), True),
        (Persoon(naam="Karel Dubbeldam", telefoon="+31612345678"), True),
        # A twin: everything the same but the first name.
        (Persoon(naam="Jan Dubbeldam", geboortedatum="1970-03-02", telefoon="+31612345678"), False),
        (Persoon(naam="Piet Anders", telefoon="+31612345678"), False),
        (Persoon(naam="Karel Dubbeldam"), False),
        (Persoon(), False),
    ],
)
def test_two_facts_make_it_probable(ander, is_waarschijnlijk):
    assert judge(EEN, ander).is_waarschijnlijk is is_waarschijnlijk


def test_two_bsns_are_two_people_and_one_is_one():
    een, ander = Persoon(naam="A", bsn="111222333"), Persoon(naam="B", bsn="123456782")
    assert "verschillen" in judge(een, ander).bezwaar
    assert judge(een, Persoon(naam="B", bsn="111222333")).is_waarschijnlijk


# --- join and undo


def test_everything_comes_together_and_the_other_row_is_found_no_more(een, ander, verslagen, by):
    row = merge(een, ander, by)
    assert set(een.oproepen.all()) == {verslag.oproep for verslag in verslagen}
    assert een.dossier.verslagen.count() == 2
    assert row.verplaatst["triage.Oproep.patient"] == [str(verslagen[1].oproep_id)]
    found = search(kring_id=een.kring_id, naam="Dubbeldam").patienten
    assert found == [een]
    assert doubles_of(een) == []
    lines = Logregel.objects.filter(gebeurtenis="patient.samengevoegd")
    assert set(lines.values_list("patient_id", flat=True)) == {een.pk, ander.pk}


def test_what_one_lacks_comes_from_the_other_and_the_rest_by_choice(een, ander, by):
    row = merge(een, ander, by, "adres")
    een.refresh_from_db()
    assert (een.naam, een.adres) == ("Karel Dubbeldam", "Nieuwe Kade 5")
    assert (een.telefoon, een.bsn) == ("+31612345678", "111222333")
    # "onbekend" is no answer: it never replaces one.
    assert een.heeft_eigen_tandarts == "nee"
    assert row.voor == {"adres": "Lindelaan 12", "telefoon": "", "bsn": ""}


def test_undo_puts_everything_back_exactly(een, ander, verslagen, by):
    before = snapshot()
    row = merge(een, ander, by, "naam", "adres")
    assert snapshot() != before
    actions.undo_merge(row, reden="Vader en zoon.", by=by)
    assert snapshot() == before
    assert Logregel.objects.filter(gebeurtenis="patient.gesplitst").count() == 2


def test_a_dossier_made_by_joining_goes_again(kring, een, ander, tandarts, by):
    VerslagFactory(kring=kring, oproep=closed_call(ander, tandarts), auteur=tandarts)
    before = snapshot()
    row = merge(een, ander, by)
    assert een.dossier.verslagen.count() == 1
    actions.undo_merge(row, reden="Toch niet.", by=by)
    assert snapshot() == before


def test_what_came_later_stays_and_is_named(een, ander, verslagen, by):
    row = merge(een, ander, by)
    later = closed_call(een)
    Oproep.objects.filter(pk=later.pk).update(aangemaakt_op=db_now() + timedelta(minutes=1))
    assert str(later.nummer) in later_facts(row)[0]
    actions.undo_merge(row, reden="Vader en zoon.", by=by)
    assert later in een.oproepen.all()


@pytest.mark.parametrize("change", ["detail", "moved", "joined_on", "running", "done"])
def test_undo_is_refused_with_the_reason(een, ander, verslagen, by, change):
    row = merge(een, ander, by)
    if change == "detail":
        Patient.objects.filter(pk=een.pk).update(telefoon="+31687654321")
    elif change == "moved":
        other = PatientFactory(kring=een.kring)
        Oproep.objects.filter(pk=verslagen[1].oproep_id).update(patient=other)
    elif change == "joined_on":
        merge(PatientFactory(kring=een.kring, **WIE), een, by)
    elif change == "running":
        OproepFactory(kring=een.kring, patient=een)
    else:
        actions.undo_merge(row, reden="Een keer.", by=by)
    before = snapshot()
    words = {
        "detail": "daarna gewijzigd: telefoon",
        "moved": "niet meer bij deze patiënt",
        "joined_on": "daarna zelf samengevoegd",
        "running": "loopt nog",
        "done": "al ongedaan",
    }
    with pytest.raises(actions.SamenvoegenGeweigerd, match=words[change]):
        actions.undo_merge(row, reden="Vader en zoon.", by=by)
    assert snapshot() == before


def test_joined_twice_and_undone_in_turn(een, ander, verslagen, by):
    before = snapshot()
    derde = PatientFactory(kring=een.kring, bsn="", **WIE)
    with_third = snapshot()
    first = merge(een, ander, by)
    second = merge(derde, een, by)
    ander.refresh_from_db()
    assert ander.levend == derde
    assert derde.oproepen.count() == 2
    actions.undo_merge(second, reden="Toch niet.", by=by)
    actions.undo_merge(first, reden="Toch niet.", by=by)
    assert snapshot() == with_third
    assert before["oproepen"] == with_third["oproepen"]


def test_joining_is_refused_with_the_reason(kring, een, ander, by):
    running = OproepFactory(kring=kring, patient=ander)
    with pytest.raises(actions.SamenvoegenGeweigerd, match=f"Oproep {running.nummer}"):
        merge(een, ander, by)
    with pytest.raises(actions.SamenvoegenGeweigerd, match="twee keer dezelfde"):
        merge(een, een, by)
    with pytest.raises(actions.SamenvoegenGeweigerd, match="BSN's verschillen"):
        merge(PatientFactory(kring=kring, bsn="123456782"), ander, by)
    assert not Samenvoeging.objects.exists()


def test_joining_and_its_line_are_rolled_back_together(een, ander, verslagen, by, monkeypatch):
    before = snapshot()
    monkeypatch.setattr("verslag.actions.samenvoegen._record", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        merge(een, ander, by)
    assert snapshot() == before
    assert not Samenvoeging.objects.exists()


def test_whatever_points_at_a_patient_goes_along():
    """A new table is moved by itself; one that is only added to is left, on purpose."""
    columns = {f"{model._meta.label}.{column}" for model, column in pointing_at(Patient)}
    assert {"triage.Oproep.patient", "verslag.Taak.patient"} <= columns
    # Joined to a row that is joined itself: the living one is always one step away.
    assert "triage.Patient.opgegaan_in" in columns
    dossier = {f"{model._meta.label}.{column}" for model, column in pointing_at(Passantendossier)}
    assert "verslag.Verslag.dossier" in dossier


def test_a_window_that_still_shows_the_old_row_ties_the_new_one(kring, een, ander, by, triagist):
    merge(een, ander, by)
    call = OproepFactory(kring=kring, patient=None, aangenomen_door=triagist)
    save_patient(call, patient=ander, by=Actor.system(kring.pk))
    call.refresh_from_db()
    assert call.patient == een


def test_the_overview_for_the_patient_has_both_rows(kring, een, ander, by):
    merge(een, ander, by)
    # Two lines at joining: one names each row.
    assert len(accesses(een.pk)) == 2


# --- the pages


def test_the_coordinator_finds_compares_joins_and_undoes(als, coordinator, kring, een, ander):
    client = als(coordinator)
    page = client.get(url("dubbel", kring)).content.decode()
    address = url("samenvoegen", kring, patient=een.pk, ander=ander.pk)
    swapped = url("samenvoegen", kring, patient=ander.pk, ander=een.pk)
    assert address in page or swapped in page
    page = client.get(address).content.decode()
    assert "namen lijken op elkaar" in page
    assert "Nieuwe Kade 5" in page
    assert "111222333" not in page
    answer = client.post(
        address, {"naam": "een", "adres": "ander", "reden": "Zelfde pasfoto."}, follow=True
    )
    assert "Zelfde pasfoto." in answer.content.decode()
    een.refresh_from_db()
    assert een.adres == "Nieuwe Kade 5"
    row = Samenvoeging.objects.get()
    assert client.get(address).status_code == 404
    back = url("samenvoeging", kring, samenvoeging=row.pk)
    assert client.post(back, {"reden": ""}).status_code == 422
    assert (
        "weer twee patiënten"
        in client.post(back, {"reden": "Vader en zoon."}, follow=True).content.decode()
    )
    ander.refresh_from_db()
    assert ander.opgegaan_in is None


def test_a_broken_form_joins_nothing_and_keeps_what_was_typed(als, coordinator, kring, een, ander):
    client = als(coordinator)
    address = url("samenvoegen", kring, patient=een.pk, ander=ander.pk)
    data = {"naam": "onzin", "adres": "ander", "reden": "Zelfde pasfoto."}
    answer = client.post(address, data)
    assert answer.status_code == 422
    assert "Zelfde pasfoto." in answer.content.decode()
    running = OproepFactory(kring=kring, patient=ander)
    answer = client.post(address, data | {"naam": "een"})
    assert f"Oproep {running.nummer} van deze patiënt loopt nog" in answer.content.decode()
    assert not Samenvoeging.objects.exists()


def test_looking_for_two_and_ticking_them(als, coordinator, kring, een, ander):
    client = als(coordinator)
    page = client.post(url("dubbel", kring), {"naam": "Dubbeldam"}).content.decode()
    assert str(een.pk) in page
    assert str(ander.pk) in page
    kies = url("dubbel_kies", kring)
    answer = client.post(kies, {"patient": [een.pk, ander.pk]})
    assert answer["Location"].endswith(url("samenvoegen", kring, patient=een.pk, ander=ander.pk))
    for wrong in ([], [een.pk], [een.pk, een.pk], [een.pk, "onzin"]):
        assert client.post(kies, {"patient": wrong})["Location"].endswith(url("dubbel", kring))
    assert client.post(url("dubbel", kring), {"naam": "D"}).status_code == 422


def test_a_dentist_joins_only_two_own_patients_that_look_alike(
    als, tandarts_gebruiker, kring, een, ander
):
    client = als(tandarts_gebruiker)
    dentist = TandartsFactory(kring=kring, gebruiker=tandarts_gebruiker)
    address = url("samenvoegen", kring, patient=een.pk, ander=ander.pk)
    assert client.get(address).status_code == 404
    closed_call(een, dentist)
    assert client.get(address).status_code == 404
    closed_call(ander, dentist)
    assert client.get(address).status_code == 200
    stranger = PatientFactory(kring=kring, naam="Iemand Anders", bsn="", telefoon="")
    closed_call(stranger, dentist)
    far = url("samenvoegen", kring, patient=een.pk, ander=stranger.pk)
    assert client.get(far).status_code == 404
    assert client.get(url("dubbel", kring)).status_code == 403


def test_writing_a_name_is_no_way_to_the_file_of_a_stranger(
    als, actor, tandarts_gebruiker, tandarts, kring
):
    """A dentist gives the own patient name and date of birth of somebody known, and joins them."""
    known = {"naam": "Bekende Nederlander", "geboortedatum": date(1970, 3, 2), "bsn": ""}
    stranger = PatientFactory(kring=kring, **known)
    call = closed_call(stranger, TandartsFactory(kring=kring))
    Oproep.objects.filter(pk=call.pk).update(omschrijving="Geheime klacht")
    own = closed_call(PatientFactory(kring=kring, bsn="", eigen_tandarts=None), tandarts)
    report = VerslagFactory(kring=kring, oproep=own, auteur=tandarts)
    by = actor(tandarts_gebruiker)
    actions.save_verslag(report, gegevens=known, versie=report.versie, by=by)
    client = als(tandarts_gebruiker)
    file = url("dossier", kring, dossier=report.dossier_id)
    page = client.get(file).content.decode()
    assert "Vraag de coördinator" in page
    assert str(stranger.pk) not in page
    address = url("samenvoegen", kring, patient=own.patient_id, ander=stranger.pk)
    assert client.get(address).status_code == 404
    assert client.post(address, {"reden": "Zelfde pasfoto."}).status_code == 404
    assert "Geheime klacht" not in client.get(file).content.decode()
    assert not Samenvoeging.objects.exists()


def test_taken_apart_nothing_of_the_one_stays_with_the_other(een, ander, by):
    Patient.objects.filter(pk=ander.pk).update(telefoon="+31687654321")
    samen = merge(een, ander, by)
    assert samen.na["telefoon"] == "+31687654321"
    samen = actions.undo_merge(samen, reden="Toch een ander mens.", by=by)
    samen = Samenvoeging.objects.get(pk=samen.pk)
    assert (samen.voor, samen.na) == ({}, {})


def test_refused_roles_and_another_kring(als, andere_kring, een, ander, vreemde):
    desk = als(LidmaatschapFactory(kring=een.kring, rol="triagemedewerker").gebruiker)
    address = url("samenvoegen", een.kring, patient=een.pk, ander=ander.pk)
    assert desk.get(address).status_code == 403
    there = url("samenvoegen", andere_kring, patient=een.pk, ander=ander.pk)
    assert als(vreemde).get(there).status_code == 404


def test_pairs_cost_as_much_for_many(kring, een, ander):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert probable_pairs(kring.pk)
        return len(queries)

    one = cost()
    for year in range(1950, 1962):
        born = {"geboortedatum": f"{year}-01-02", "bsn": "", "telefoon": ""}
        PatientFactory(kring=kring, naam="Paula Paar", **born)
        PatientFactory(kring=kring, naam="P. Paar", postcode="", **born)
    assert len(probable_pairs(kring.pk)) == 13
    assert cost() == one


# --- the file and its list


def test_the_file_shows_everything_of_both(als, tandarts_gebruiker, een, ander, verslagen):
    merge(een, ander, Actor.system(een.kring_id))
    actions.sign_verslag(verslagen[1], by=Actor.system(een.kring_id))
    page = als(tandarts_gebruiker).get(url("dossier", een.kring, dossier=een.dossier.pk))
    text = page.content.decode()
    for verslag in verslagen:
        assert f"Verslag bij oproep {verslag.oproep.nummer}" in text
    assert "Samengevoegd met een dubbele patiënt" in text
    assert "Zelfde pasfoto." in text


def test_searching_finds_only_what_one_may_read(als, tandarts_gebruiker, een, ander, verslagen):
    colleague = TandartsFactory(kring=een.kring)
    other = PatientFactory(kring=een.kring, naam="Geheime Dubbeldam", bsn="")
    VerslagFactory(kring=een.kring, oproep=closed_call(other, colleague), auteur=colleague)
    client = als(tandarts_gebruiker)
    address = url("dossiers", een.kring)
    page = client.post(address, {"naam": "Dubbeldam"}).content.decode()
    assert "Karel Dubbeldam" in page
    assert "Geheime" not in page
    assert "Geen dossier gevonden" in client.post(address, {"naam": "Niemand"}).content.decode()
    assert client.post(address, {"naam": ""}).status_code == 422
    assert client.post(address, {"bsn": "111222333"}).content.decode().count("K. Dubbeldam") == 1


def test_an_old_address_leads_to_whom_stayed(*, als, tandarts_gebruiker, een, ander, verslagen):
    old = url("dossier", een.kring, dossier=ander.dossier.pk)
    samen = merge(een, ander, Actor.system(een.kring_id))
    client = als(tandarts_gebruiker)
    answer = client.get(old)
    assert answer.status_code == 302
    assert answer["Location"] == url("dossier", een.kring, dossier=een.dossier.pk)
    # Nothing was shown yet; the page it leads to is a look like any other.
    reads = Logregel.objects.filter(gebeurtenis="dossier.gelezen")
    assert not reads.exists()
    assert client.get(old, follow=True).status_code == 200
    assert [line.patient_id for line in reads] == [een.pk]
    actions.undo_merge(samen, reden="Toch een ander mens.", by=Actor.system(een.kring_id))
    assert client.get(old).status_code == 200


def test_an_old_address_opens_nothing_for_who_may_not_read(
    *, als, een, ander, verslagen, kring, andere_kring, vreemde
):
    old = url("dossier", kring, dossier=ander.dossier.pk)
    merge(een, ander, Actor.system(een.kring_id))
    colleague = LidmaatschapFactory(kring=kring, rol="tandarts").gebruiker
    TandartsFactory(kring=kring, gebruiker=colleague)
    assert als(colleague).get(old).status_code == 404
    there = url("dossier", andere_kring, dossier=ander.dossier.pk)
    assert als(vreemde).get(there).status_code in {403, 404}
