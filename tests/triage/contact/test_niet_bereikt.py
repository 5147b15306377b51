"""A call broken off while the obligatory dentist was not reached: tried enough, and told on."""

import json

import pytest

from kern import crypto, outbox
from kern.models import Zending
from kern.sms import speak_telefoon
from kring.models import Kring
from tests import factories
from tests.triage.hulp import events, save
from triage import actions
from triage.actions import coordinator as coordinator_actions
from triage.models import Oproep

NIET_BEREIKT = {"reden": "opgehangen", "tandarts": "niet_bereikt"}


@pytest.fixture
def coordinator(kring):
    Kring.objects.filter(pk=kring.pk).update(telefoon_coordinator="+31612340000")
    return factories.LidmaatschapFactory(kring=kring, rol="coordinator").gebruiker


@pytest.fixture
def nobody_reached(avulsie, achterwacht, log):
    for van, rol in ((None, "dienstdoende"), (achterwacht, "achterwacht")):
        log("niet_bereikt", van=van, rol=rol)
        log("voicemail", van=van, rol=rol)
    return Oproep.objects.get(pk=avulsie.pk)


def stop(oproep, by, **kwargs):
    return actions.abort_oproep(oproep, by=by, **(NIET_BEREIKT | kwargs))


def told(oproep) -> dict[str, str]:
    """Return what went to the coordinator, by kind."""
    rows = Zending.objects.filter(sleutel__startswith=f"niet_bereikt|{oproep.pk}|")
    return {row.soort: crypto.unseal(row.inhoud, place=outbox.place_of(row)) for row in rows}


def test_both_are_tried_as_often_as_the_protocol_says(avulsie, achterwacht, log, by):
    steps = (
        ("de dienstdoende", None, "dienstdoende"),
        ("de dienstdoende", None, "dienstdoende"),
        ("ook de achterwacht", achterwacht, "achterwacht"),
        ("ook de achterwacht", achterwacht, "achterwacht"),
    )
    for who, van, rol in steps:
        with pytest.raises(actions.AfrondenGeweigerd, match=f"Bel eerst {who}"):
            stop(avulsie, by)
        log("niet_bereikt", van=van, rol=rol)
    stop(avulsie, by)
    avulsie.refresh_from_db()
    assert (avulsie.status, avulsie.afbreek_tandarts) == ("afgerond", "niet_bereikt")


def test_without_a_duty_the_coordinator_is_called(oproep, by):
    save(oproep, by, klachten=["avulsie"])
    with pytest.raises(actions.AfrondenGeweigerd, match="Bel eerst de coördinator"):
        stop(oproep, by)
    actions.log_contactpoging(
        oproep, tandarts=None, rol="coordinator", resultaat="ingelicht", by=by
    )
    stop(oproep, by)
    assert oproep.status == "afgerond"


def test_coordinator_is_told_whom_to_call(nobody_reached, tandarts, achterwacht, coordinator, by):
    patient = factories.PatientFactory(kring=nobody_reached.kring, naam="Geheime Patiënt")
    actions.save_patient(nobody_reached, patient=patient, by=by)
    stop(nobody_reached, by)
    found = told(nobody_reached)
    assert set(found) == {"mail", "sms"}
    sms = json.loads(found["sms"])
    assert sms["telefoon"] == "+31612340000"
    assert f"oproep {nobody_reached.nummer}" in sms["tekst"]
    mail = found["mail"].decode()
    assert f"To: {coordinator.email}" in mail
    assert tandarts.naam in mail
    assert achterwacht.naam in mail
    assert all(b"Geheime" not in body for body in found.values())
    assert events(nobody_reached)[-2:] == ["oproep.afgebroken", "oproep.coordinator_bericht"]


def test_a_landline_of_the_coordinator_is_called(nobody_reached, coordinator, by):
    Kring.objects.update(telefoon_coordinator="+31301112233", spoednummer="+31307654321")
    nobody_reached.kring.refresh_from_db()
    stop(nobody_reached, by)
    found = told(nobody_reached)
    assert set(found) == {"mail", "spraak"}
    call = json.loads(found["spraak"])
    assert call["telefoon"] == "+31301112233"
    assert f"Oproep {nobody_reached.nummer}" in call["tekst"]
    assert speak_telefoon("+31307654321") in call["tekst"]


def test_who_spoke_to_the_dentist_troubles_nobody(avulsie, log, coordinator, by):
    log("gesproken")
    stop(Oproep.objects.get(pk=avulsie.pk), by, tandarts="")
    assert told(avulsie) == {}
    assert events(avulsie)[-1] == "oproep.afgebroken"


def test_a_kring_without_an_address_has_no_line_about_a_message(nobody_reached, by):
    stop(nobody_reached, by)
    assert told(nobody_reached) == {}
    assert events(nobody_reached)[-1] == "oproep.afgebroken"


def test_message_and_close_are_one(nobody_reached, coordinator, by, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("halfway")

    before = events(nobody_reached)
    monkeypatch.setattr(coordinator_actions, "record_step", broken)
    with pytest.raises(RuntimeError):
        stop(nobody_reached, by)
    nobody_reached.refresh_from_db()
    assert nobody_reached.status == "open"
    assert told(nobody_reached) == {}
    assert events(nobody_reached) == before
