"""Open, save, sign, correct, send, withdraw: result, log line, and all of it or nothing."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from kern import outbox
from kern.models import Logregel, Zending
from tests.factories import EigenTandartsFactory, OproepFactory, PatientFactory, TandartsFactory
from tests.verslag.conftest import KANARIE, TEKST, mail_of, token_of
from triage.models import Oproep
from verslag import actions, momentopname
from verslag.models import Overdracht, Passantendossier, Verslag, Verslagversie


def log_events(**filters) -> list[str]:
    return list(
        Logregel.objects.filter(**filters).order_by("id").values_list("gebeurtenis", flat=True)
    )


# --- open


def test_open_fills_in_what_the_call_knows(oproep, by, patient):
    verslag = actions.open_verslag(oproep, by=by)
    assert verslag.spoedklacht == "Voortand uit de mond na een val."
    assert verslag.gezien is True
    assert verslag.dossier.patient == patient
    assert log_events(patient_id=patient.pk) == ["verslag.aangemaakt"]


def test_open_takes_the_advice_of_a_telephone_decision(oproep, by):
    oproep.besluit = Oproep.Besluit.INSTRUCTIE
    oproep.besluit_toelichting = "Gaasje 20 minuten dichtbijten."
    oproep.save()
    verslag = actions.open_verslag(oproep, by=by)
    assert verslag.gezien is False
    assert "Gaasje 20 minuten dichtbijten." in verslag.behandeling


def test_open_twice_is_one_report_and_one_dossier(oproep, by):
    assert actions.open_verslag(oproep, by=by) == actions.open_verslag(oproep, by=by)
    assert Verslag.objects.count() == Passantendossier.objects.count() == 1


def test_second_call_of_a_patient_joins_the_dossier(oproep, by):
    first = actions.open_verslag(oproep, by=by)
    again = OproepFactory(
        kring=oproep.kring,
        behandelaar=oproep.behandelaar,
        patient=oproep.patient,
        aangenomen_door=oproep.aangenomen_door,
    )
    assert actions.open_verslag(again, by=by).dossier == first.dossier


def test_open_refuses_a_colleague(oproep, actor, coordinator, kring):
    TandartsFactory(kring=kring, gebruiker=coordinator)
    with pytest.raises(actions.NietDeBehandelaar):
        actions.open_verslag(oproep, by=actor(coordinator))
    assert not Verslag.objects.exists()


def test_open_without_a_patient_says_what_to_do(oproep, by):
    Oproep.objects.filter(pk=oproep.pk).update(patient=None)
    with pytest.raises(actions.VerslagGeweigerd) as caught:
        actions.open_verslag(oproep, by=by)
    assert caught.value.redenen[0].sleutel == "patient_ontbreekt"


def test_a_draft_follows_the_patient_that_the_triage_chose(verslag, oproep, by, kring):
    oproep.patient = PatientFactory(kring=kring)
    oproep.save()
    with pytest.raises(actions.VerslagGeweigerd) as caught:
        actions.sign_verslag(verslag, by=by)
    assert [reden.sleutel for reden in caught.value.redenen] == ["patient_verwisseld"]
    moved = actions.open_verslag(oproep, by=by)
    assert moved == verslag
    assert moved.dossier.patient == oproep.patient
    assert actions.sign_verslag(moved, by=by).inhoud["patient"]["naam"] == oproep.patient.naam


def test_a_signed_report_stays_with_its_patient(versie, oproep, by, kring, patient):
    oproep.patient = PatientFactory(kring=kring)
    oproep.save()
    assert actions.open_verslag(oproep, by=by).dossier.patient == patient


# --- save


def test_save_raises_the_version_once_per_change(verslag, by, patient):
    saved = actions.save_verslag(verslag, gegevens={"overig": "Rookt."}, versie=2, by=by)
    assert saved.versie == 3
    same = actions.save_verslag(saved, gegevens={"overig": "Rookt."}, versie=3, by=by)
    assert same.versie == 3
    assert log_events(patient_id=patient.pk).count("verslag.opgeslagen") == 2


def test_save_refuses_an_old_version(verslag, by):
    with pytest.raises(actions.VersieConflict):
        actions.save_verslag(verslag, gegevens={"overig": "Te laat."}, versie=1, by=by)
    verslag.refresh_from_db()
    assert verslag.overig == ""


def test_save_corrects_the_identity(verslag, by, patient):
    actions.save_verslag(verslag, gegevens={"adres": "Kooistraat 100"}, versie=2, by=by)
    patient.refresh_from_db()
    assert patient.adres == "Kooistraat 100"
    assert "patient.gewijzigd" in log_events(patient_id=patient.pk)


def test_no_own_dentist_clears_the_address(verslag, by, patient):
    actions.save_verslag(verslag, gegevens={"heeft_eigen_tandarts": "nee"}, versie=2, by=by)
    patient.refresh_from_db()
    assert patient.eigen_tandarts is None


def test_save_refuses_a_field_that_is_not_its_own(verslag, by):
    with pytest.raises(ValueError, match="kring"):
        actions.save_verslag(verslag, gegevens={"kring": 1}, versie=2, by=by)


def test_save_refuses_a_colleague(verslag, actor, coordinator):
    with pytest.raises(actions.NietDeBehandelaar):
        actions.save_verslag(verslag, gegevens={}, versie=2, by=actor(coordinator))


# --- sign


def test_sign_keeps_text_identity_and_fingerprint(versie, patient):
    assert versie.nummer == 1
    assert versie.inhoud["patient"]["bsn"] == KANARIE["bsn"]
    assert versie.inhoud["diagnose"] == TEKST["diagnose"]
    versie.refresh_from_db()
    assert momentopname.fingerprint(versie.inhoud) == versie.sha256
    patient.naam = "Iemand Anders"
    patient.save()
    versie.refresh_from_db()
    assert versie.inhoud["patient"]["naam"] == KANARIE["naam"]


def test_sign_hands_over_and_logs(versie, patient):
    overdracht = versie.overdrachten.get()
    assert overdracht.bericht.status == Zending.Status.KLAAR
    assert log_events(patient_id=patient.pk)[-3:] == [
        "verslag.getekend",
        "oproep.gezien",
        "overdracht.verzonden",
    ]


def test_sign_takes_the_patient_off_the_board(verslag, by, oproep):
    actions.sign_verslag(verslag, by=by)
    oproep.refresh_from_db()
    assert oproep.gezien_op is not None
    assert oproep.status == Oproep.Status.GEZIEN


def test_sign_after_a_telephone_advice_says_nobody_was_seen(verslag, by, oproep):
    verslag = actions.save_verslag(verslag, gegevens={"gezien": False}, versie=2, by=by)
    actions.sign_verslag(verslag, by=by)
    oproep.refresh_from_db()
    assert oproep.gezien_op is None


def test_sign_twice_is_one_version(verslag, by):
    assert actions.sign_verslag(verslag, by=by) == actions.sign_verslag(verslag, by=by)
    assert Verslagversie.objects.count() == Overdracht.objects.count() == 1


def test_sign_says_field_by_field_what_is_missing(oproep, by):
    verslag = actions.open_verslag(oproep, by=by)
    with pytest.raises(actions.VerslagGeweigerd) as caught:
        actions.sign_verslag(verslag, by=by)
    keys = [reden.sleutel for reden in caught.value.redenen]
    assert keys == [
        "bevindingen_ontbreken",
        "diagnose_ontbreekt",
        "behandeling_of_advies_ontbreekt",
    ]
    assert not Verslagversie.objects.exists()
    assert not Zending.objects.exists()


def test_sign_refuses_what_was_not_read_back(verslag, by):
    with pytest.raises(actions.VersieConflict):
        actions.sign_verslag(verslag, by=by, versie=1)


def test_sign_refuses_a_colleague(verslag, actor, coordinator):
    with pytest.raises(actions.NietDeBehandelaar):
        actions.sign_verslag(verslag, by=actor(coordinator))


def test_no_own_dentist_needs_the_advice_and_sends_nothing(verslag, by):
    verslag = actions.save_verslag(
        verslag, gegevens={"heeft_eigen_tandarts": "nee"}, versie=2, by=by
    )
    with pytest.raises(actions.VerslagGeweigerd):
        actions.sign_verslag(verslag, by=by)
    verslag = actions.save_verslag(
        verslag, gegevens={"advies_eigen_tandarts": True}, versie=verslag.versie, by=by
    )
    actions.sign_verslag(verslag, by=by)
    assert not Overdracht.objects.exists()
    assert not Zending.objects.exists()


def test_a_broken_handover_takes_the_signature_with_it(verslag, by, monkeypatch):
    def broken(**kwargs):
        raise RuntimeError

    monkeypatch.setattr(outbox, "enqueue_mail", broken)
    with pytest.raises(RuntimeError):
        actions.sign_verslag(verslag, by=by)
    assert not Verslagversie.objects.exists()
    assert "verslag.getekend" not in log_events()
    verslag.refresh_from_db()
    assert verslag.getekend_bij is None


def test_a_signed_version_cannot_be_changed(versie):
    with pytest.raises(DatabaseError), transaction.atomic():
        Verslagversie.objects.update(sha256="stiekem")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM verslag_verslagversie")


# --- correct


def correct(verslag, by, **gegevens):
    verslag.refresh_from_db()
    return actions.save_verslag(verslag, gegevens=gegevens, versie=verslag.versie, by=by)


def test_correction_needs_a_reason(versie, by):
    verslag = correct(versie.verslag, by, diagnose="Subluxatie 11.")
    with pytest.raises(actions.VerslagGeweigerd) as caught:
        actions.sign_verslag(verslag, by=by, reden="  ")
    assert [reden.sleutel for reden in caught.value.redenen] == ["reden_correctie_ontbreekt"]


def test_correction_replaces_an_unopened_handover(versie, by):
    old = versie.overdrachten.get()
    verslag = correct(versie.verslag, by, diagnose="Subluxatie 11.")
    new = actions.sign_verslag(verslag, by=by, reden="Verkeerde diagnose.")
    old.refresh_from_db()
    old.bericht.refresh_from_db()
    assert (new.nummer, new.reden) == (2, "Verkeerde diagnose.")
    assert old.ingetrokken_op is not None
    assert old.bericht.status == Zending.Status.INGETROKKEN
    assert old.pakketten.get().einde == "ingetrokken"
    assert new.overdrachten.get().pakketten.get().gesloten_op is None


def test_correction_leaves_an_opened_handover(versie, by):
    Overdracht.objects.update(opgehaald_op=timezone.now())
    verslag = correct(versie.verslag, by, diagnose="Subluxatie 11.")
    actions.sign_verslag(verslag, by=by, reden="Verkeerde diagnose.")
    alive = Overdracht.objects.filter(ingetrokken_op=None).order_by("versie__nummer")
    assert list(alive.values_list("versie__nummer", flat=True)) == [1, 2]


def test_an_undone_change_leaves_nothing_to_sign(versie, by):
    verslag = correct(versie.verslag, by, overig="Toch niet.")
    verslag = correct(verslag, by, overig="")
    assert verslag.is_concept
    assert actions.sign_verslag(verslag, by=by) == versie
    verslag.refresh_from_db()
    assert not verslag.is_concept


# --- the notice


def test_notice_says_nothing_about_the_patient(overdracht, kring):
    mail = mail_of(overdracht.bericht)
    whole = mail.as_string() + mail.get_content()
    words = [word for value in KANARIE.values() for word in value.split() if len(word) > 2]
    texts = [text for text in TEKST.values() if text is not True]
    for secret in [*words, *texts, "06-87654321", "Avulsie"]:
        assert secret not in whole
    assert "Kring Vecht" in whole
    assert "030-2345678" in whole
    assert f"/k/{kring.slug}/ophalen/" in whole
    assert mail["To"] == overdracht.email


def test_only_the_hash_of_the_token_is_kept(overdracht):
    token = token_of(overdracht)
    assert len(token) >= 43
    for model in (Overdracht, Zending, Logregel):
        rows = [str(values) for values in model.objects.values_list()]
        assert rows
        assert not [row for row in rows if token in row]


def test_the_text_in_the_outbox_is_sealed(overdracht):
    assert b"spoedgevallendienst" not in bytes(overdracht.bericht.inhoud).lower()


# --- send, resend, withdraw


def test_resend_gives_a_new_link_to_the_present_address(overdracht, by):
    old_token, old_notice = token_of(overdracht), overdracht.bericht
    EigenTandartsFactory._meta.model.objects.update(email="nieuw@elders.example")
    actions.resend_overdracht(overdracht, by=by)
    old_notice.refresh_from_db()
    assert old_notice.status == Zending.Status.INGETROKKEN
    assert token_of(overdracht) != old_token
    assert overdracht.email == "nieuw@elders.example"
    assert mail_of(overdracht.bericht)["To"] == "nieuw@elders.example"


def test_withdraw_once(overdracht, by, patient):
    assert actions.withdraw_overdracht(overdracht, by=by) is True
    assert actions.withdraw_overdracht(overdracht, by=by) is False
    assert log_events(patient_id=patient.pk).count("overdracht.ingetrokken") == 1
    with pytest.raises(actions.OverdrachtGeweigerd):
        actions.resend_overdracht(overdracht, by=by)


def test_send_after_withdrawal(overdracht, by):
    actions.withdraw_overdracht(overdracht, by=by)
    again = actions.send_overdracht(overdracht.versie, by=by)
    assert again.pk != overdracht.pk
    with pytest.raises(actions.OverdrachtGeweigerd):
        actions.send_overdracht(overdracht.versie, by=by)


def test_send_when_the_address_comes_later(verslag, by, patient, kring):
    patient.eigen_tandarts = None
    patient.save()
    versie = actions.sign_verslag(verslag, by=by)
    with pytest.raises(actions.OverdrachtGeweigerd):
        actions.send_overdracht(versie, by=by)
    patient.eigen_tandarts = EigenTandartsFactory(kring=kring)
    patient.save()
    versie = Verslagversie.objects.get(pk=versie.pk)
    assert actions.send_overdracht(versie, by=by).ontvanger == patient.eigen_tandarts


def test_a_colleague_cannot_send_or_withdraw(overdracht, actor, coordinator):
    other = actor(coordinator)
    for action in (actions.withdraw_overdracht, actions.resend_overdracht):
        with pytest.raises(actions.NietDeBehandelaar):
            action(overdracht, by=other)
    with pytest.raises(actions.NietDeBehandelaar):
        actions.send_overdracht(overdracht.versie, by=other)


def test_the_pressed_keys_come_before_the_words_of_the_patient(kring, tandarts, actor):
    oproep = OproepFactory(
        kring=kring,
        behandelaar=tandarts,
        antwoorden={"klachten": ["avulsie"]},
        omschrijving="Gevallen met de fiets.",
    )
    verslag = actions.open_verslag(oproep, by=actor(tandarts.gebruiker))
    assert verslag.spoedklacht == "Tand uit de mond. Gevallen met de fiets."
