"""Without own dentist what cannot wait stays with the dentist of the duty, until it is done."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kern.models import Logregel, Zending
from kern.tijd import db_now, to_local
from kring.models import EigenTandarts
from tests.factories import (
    EigenTandartsFactory,
    LidmaatschapFactory,
    OproepFactory,
    PatientFactory,
    TandartsFactory,
)
from tests.verslag.conftest import TEKST, mail_of
from triage.models import Patient
from verslag import actions
from verslag.models import Overdracht, Passantendossier, Vervolgactie

pytestmark = pytest.mark.django_db

VERVOLG = {
    "vervolg": "Start wortelkanaalbehandeling 11.",
    "vervolg_termijn": "binnen 10 dagen",
    "advies_eigen_tandarts": True,
}


@pytest.fixture
def patient(kring):
    return PatientFactory(
        kring=kring, naam="Zonder Tandarts", heeft_eigen_tandarts="nee", eigen_tandarts=None
    )


@pytest.fixture
def getekend(oproep, by):
    verslag = actions.open_verslag(oproep, by=by)
    verslag = actions.save_verslag(verslag, gegevens=TEKST | VERVOLG, versie=verslag.versie, by=by)
    actions.sign_verslag(verslag, by=by)
    verslag.refresh_from_db()
    return verslag


@pytest.fixture
def vervolg(getekend):
    return Vervolgactie.objects.get(verslag=getekend)


@pytest.fixture
def collega(kring):
    gebruiker = LidmaatschapFactory(kring=kring, rol="tandarts").gebruiker
    return TandartsFactory(kring=kring, gebruiker=gebruiker, naam="Collega Kuipers")


@pytest.fixture
def client(als, tandarts_gebruiker):
    return als(tandarts_gebruiker)


def url(name, kring, **kwargs):
    return reverse(f"verslag:{name}", kwargs={"kring": kring.slug, **kwargs})


def correct(verslag, by, **changes):
    verslag.refresh_from_db()
    verslag = actions.save_verslag(verslag, gegevens=changes, versie=verslag.versie, by=by)
    actions.sign_verslag(verslag, reden="Aangevuld.", by=by)


def events() -> list[str]:
    rows = Logregel.objects.filter(gebeurtenis__startswith="vervolg.").order_by("volgnummer")
    return list(rows.values_list("gebeurtenis", flat=True))


# --- what signing makes


def test_signing_puts_it_on_the_list_with_its_day(vervolg, tandarts, getekend):
    assert vervolg.tandarts == tandarts
    assert vervolg.wat == VERVOLG["vervolg"]
    assert vervolg.uiterlijk == to_local(db_now()).date() + timedelta(days=10)
    assert events() == ["vervolg.aangemaakt"]
    assert not Overdracht.objects.exists()


def test_with_an_own_dentist_there_is_none(kring, tandarts, triagist, by):
    call = OproepFactory(kring=kring, behandelaar=tandarts, aangenomen_door=triagist)
    verslag = actions.open_verslag(call, by=by)
    verslag = actions.save_verslag(verslag, gegevens=TEKST | VERVOLG, versie=1, by=by)
    actions.sign_verslag(verslag, by=by)
    assert not Vervolgactie.objects.exists()


def test_a_correction_changes_it_or_takes_it_away(vervolg, getekend, by):
    correct(getekend, by, vervolg_termijn="binnen 3 dagen")
    vervolg.refresh_from_db()
    assert vervolg.uiterlijk == to_local(db_now()).date() + timedelta(days=3)
    correct(getekend, by, vervolg="", vervolg_termijn="")
    vervolg.refresh_from_db()
    assert vervolg.afloop == "vervallen"
    assert events() == ["vervolg.aangemaakt", "vervolg.gewijzigd", "vervolg.gesloten"]


def test_what_was_done_does_not_come_back_with_a_correction(vervolg, getekend, by):
    actions.end_vervolg(vervolg, afloop="gedaan", toelichting="Kanaal geopend.", by=by)
    correct(getekend, by, overig="Naam van de huisarts toegevoegd.")
    assert Vervolgactie.objects.get().afloop == "gedaan"


# --- done, handed over


def test_done_needs_a_word(vervolg, by):
    with pytest.raises(actions.VervolgGeweigerd, match="Schrijf kort"):
        actions.end_vervolg(vervolg, afloop="gedaan", toelichting="  ", by=by)
    vervolg.refresh_from_db()
    assert vervolg.gesloten_op is None


def test_done_twice_is_refused(vervolg, by):
    actions.end_vervolg(vervolg, afloop="gedaan", toelichting="Gedaan.", by=by)
    with pytest.raises(actions.VervolgGeweigerd, match="al afgesloten"):
        actions.end_vervolg(vervolg, afloop="gedaan", toelichting="Nog eens.", by=by)
    assert events() == ["vervolg.aangemaakt", "vervolg.gesloten"]


def test_handing_over_gives_the_list_the_dossier_and_a_mail(als, vervolg, collega, by, actor):
    kring, getekend = vervolg.kring, vervolg.verslag
    lezer = als(collega.gebruiker)
    dossier = url("dossier", kring, dossier=getekend.dossier_id)
    assert lezer.get(dossier).status_code == 404
    actions.hand_vervolg(vervolg, naar=collega, toelichting="Ik ben weg.", by=by)
    assert lezer.get(dossier).status_code == 200
    assert "Ik ben weg." in lezer.get(url("mijn", kring)).content.decode()
    mail = mail_of(Zending.objects.get(sleutel__startswith="vervolg|"))
    assert mail["To"] == collega.gebruiker.email
    assert "Zonder Tandarts" not in mail.as_string()
    with pytest.raises(actions.NietDeBehandelaar):
        actions.end_vervolg(vervolg, afloop="gedaan", toelichting="Toch ik.", by=by)
    actions.end_vervolg(
        vervolg, afloop="gedaan", toelichting="Gedaan.", by=actor(collega.gebruiker)
    )
    # Who treated the patient goes on reading what they did.
    assert lezer.get(dossier).status_code == 200


def test_not_to_somebody_without_an_account(vervolg, kring, by):
    with pytest.raises(actions.VervolgGeweigerd, match="geen account"):
        actions.hand_vervolg(vervolg, naar=TandartsFactory(kring=kring), toelichting="", by=by)
    assert Vervolgactie.objects.get().overgedragen_op is None


def test_a_change_and_its_line_are_rolled_back_together(vervolg, by, monkeypatch):
    monkeypatch.setattr("verslag.actions.vervolg._record", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        actions.end_vervolg(vervolg, afloop="gedaan", toelichting="Gedaan.", by=by)
    vervolg.refresh_from_db()
    assert vervolg.gesloten_op is None


# --- the own dentist becomes known


def test_filling_in_the_own_dentist_sends_the_report_after_all(client, kring, vervolg, getekend):
    eigen = EigenTandartsFactory(kring=kring)
    address = url("eigen_tandarts", kring, dossier=getekend.dossier_id)
    assert "verstuur het verslag" in client.get(address).content.decode()
    page = client.post(address, {"doel": "kies", "eigen_tandarts": eigen.pk}, follow=True)
    assert "1 verslag gaat nu naar" in page.content.decode()
    assert Overdracht.objects.get().ontvanger == eigen
    vervolg.refresh_from_db()
    assert vervolg.afloop == "eigen_tandarts"
    assert Patient.objects.get().heeft_eigen_tandarts == "ja"


def test_a_new_own_dentist_is_added_and_gets_it(client, kring, getekend):
    page = client.post(
        url("eigen_tandarts", kring, dossier=getekend.dossier_id),
        {
            "doel": "nieuw",
            "et-naam": "Dr. Schmidt",
            "et-praktijk": "Zahnarztpraxis Mitte",
            "et-plaats": "Berlijn, Duitsland",
            "et-email": "praxis@schmidt.example",
            "et-telefoon": "+49 1512 3456789",
        },
    )
    assert page.status_code == 302
    assert Overdracht.objects.get().ontvanger.telefoon == "+4915123456789"


def test_a_broken_form_keeps_what_was_typed_and_sends_nothing(client, kring, getekend):
    address = url("eigen_tandarts", kring, dossier=getekend.dossier_id)
    assert client.post(address, {"doel": "kies"}).status_code == 422
    page = client.post(address, {"doel": "nieuw", "et-naam": "Dr. Schmidt", "et-email": "geen"})
    assert page.status_code == 422
    assert "Dr. Schmidt" in page.content.decode()
    assert not EigenTandarts.objects.exists()
    assert not Overdracht.objects.exists()


def test_saving_alone_leaves_it_on_the_list_to_send(client, kring, vervolg, getekend):
    eigen = EigenTandartsFactory(kring=kring)
    client.post(
        url("eigen_tandarts", kring, dossier=getekend.dossier_id),
        {"doel": "alleen", "eigen_tandarts": eigen.pk},
    )
    assert not Overdracht.objects.exists()
    page = client.get(url("mijn", kring)).content.decode()
    assert "Eigen tandarts is nu bekend" in page
    client.post(url("verstuur", kring, verslag=getekend.pk))
    assert Overdracht.objects.get().ontvanger == eigen
    assert "Eigen tandarts is nu bekend" not in client.get(url("mijn", kring)).content.decode()
    vervolg.refresh_from_db()
    assert vervolg.afloop == "eigen_tandarts"


def test_a_report_of_a_colleague_waits_for_that_colleague(als, kring, getekend, collega, actor):
    OproepFactory(
        kring=kring,
        behandelaar=collega,
        patient=getekend.dossier.patient,
    )
    by = actor(collega.gebruiker)
    sent = actions.set_own_dentist(
        getekend.dossier, eigen_tandarts=EigenTandartsFactory(kring=kring), by=by
    )
    assert sent == []
    page = als(getekend.auteur.gebruiker).get(url("mijn", kring)).content.decode()
    assert "Eigen tandarts is nu bekend" in page


# --- the pages


def test_the_page_closes_hands_over_and_dates(client, kring, vervolg, collega):
    address = url("vervolg", kring, vervolg=vervolg.pk)
    page = client.get(address).content.decode()
    assert VERVOLG["vervolg"] in page
    assert "Collega Kuipers" in page
    day = to_local(db_now()).date() + timedelta(days=2)
    client.post(address, {"doel": "datum", "uiterlijk": day.isoformat()})
    vervolg.refresh_from_db()
    assert vervolg.uiterlijk == day
    client.post(address, {"doel": "gedaan", "toelichting": "Kanaal geopend."})
    vervolg.refresh_from_db()
    assert (vervolg.afloop, vervolg.toelichting) == ("gedaan", "Kanaal geopend.")
    assert "Kanaal geopend." in client.get(address).content.decode()


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"doel": "onzin"},
        {"doel": "gedaan"},
        {"doel": "draag_over"},
        {"doel": "draag_over", "naar": "geen-uuid"},
        {"doel": "datum"},
        {"doel": "datum", "uiterlijk": "1999-01-01"},
    ],
)
def test_a_broken_press_changes_nothing(client, kring, vervolg, data):
    answer = client.post(url("vervolg", kring, vervolg=vervolg.pk), data)
    assert answer.status_code == 422
    assert events() == ["vervolg.aangemaakt"]


def test_nobody_else_opens_it(als, andere_kring, vervolg, coordinator, vreemde):
    address = url("vervolg", vervolg.kring, vervolg=vervolg.pk)
    collega = LidmaatschapFactory(kring=vervolg.kring, rol="tandarts")
    assert als(collega.gebruiker).get(address).status_code == 404
    assert als(coordinator).get(address).status_code == 403
    assert als(vreemde).get(address).status_code == 404
    there = url("vervolg", andere_kring, vervolg=vervolg.pk)
    assert als(vreemde).get(there).status_code == 404


def test_the_list_asks_as_much_for_six(client, kring, tandarts, getekend, by):
    def page() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(url("mijn", kring))
        return len(queries)

    page()
    one = page()
    for _index in range(5):
        call = OproepFactory(
            kring=kring,
            behandelaar=tandarts,
            patient=PatientFactory(kring=kring, heeft_eigen_tandarts="nee", eigen_tandarts=None),
        )
        verslag = actions.open_verslag(call, by=by)
        verslag = actions.save_verslag(verslag, gegevens=TEKST | VERVOLG, versie=1, by=by)
        actions.sign_verslag(verslag, by=by)
    assert page() == one


def test_the_list_puts_what_is_late_first(client, kring, vervolg):
    Vervolgactie.objects.filter(pk=vervolg.pk).update(uiterlijk=date(2020, 1, 2))
    page = client.get(url("mijn", kring)).content.decode()
    assert "Te laat: do 2 jan 2020" in page
    assert Passantendossier.objects.count() == 1


# --- from abroad (§1.3.2), and of a mondhygiënist (§5.2.2)


def test_a_tourist_whose_own_dentist_lives_abroad_too(kring, tandarts, by):
    zahnarzt = EigenTandartsFactory(
        kring=kring, plaats="Berlijn, Duitsland", telefoon="+4915123456789"
    )
    toerist = PatientFactory(
        kring=kring,
        adres="Torstraße 12",
        postcode="D-10115",
        woonplaats="Berlijn, Duitsland",
        telefoon="+493012345678",
        bsn="",
        eigen_tandarts=zahnarzt,
    )
    call = OproepFactory(kring=kring, behandelaar=tandarts, patient=toerist)
    verslag = actions.open_verslag(call, by=by)
    reden = {"geen_bsn_reden": "Woont in Duitsland, heeft geen BSN."}
    verslag = actions.save_verslag(verslag, gegevens=TEKST | VERVOLG | reden, versie=1, by=by)
    versie = actions.sign_verslag(verslag, by=by)
    overdracht = versie.overdrachten.get()
    assert (overdracht.kanaal, overdracht.telefoon) == ("ophalen", "+4915123456789")
    assert versie.inhoud["patient"]["postcode"] == "D-10115"
    # There is an own dentist, far away or not: what follows is for that one.
    assert not Vervolgactie.objects.exists()


def test_a_patient_of_a_mondhygienist_has_no_own_dentist(client, kring, oproep, vervolg, getekend):
    address = url("dossier", kring, dossier=getekend.dossier_id)
    assert "mondhygiënist" not in client.get(address).content.decode()
    oproep.antwoorden = {"mondhygienist_patient": True}
    oproep.save()
    page = client.get(address).content.decode()
    assert "Komt bij een mondhygiënist" in page
    assert "Het verslag gaat niet naar de mondhygiënist" in page
    assert VERVOLG["vervolg"] in page


def test_an_own_dentist_without_mail_or_mobile_gets_it_on_paper(client, kring, getekend):
    client.post(
        url("eigen_tandarts", kring, dossier=getekend.dossier_id),
        {
            "doel": "nieuw",
            "et-naam": "Dr. Schmidt",
            "et-praktijk": "Zahnarztpraxis Mitte",
            "et-plaats": "Berlijn, Duitsland",
        },
    )
    assert Overdracht.objects.get().kanaal == "papier"
