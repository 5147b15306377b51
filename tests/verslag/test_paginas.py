"""The pages of the dentist: happy path, refused role, another kring, nobody, broken form."""

import re

import pytest
from django.urls import reverse

from kern.models import Logregel
from tests.factories import OproepFactory, PatientFactory, TandartsFactory, VerslagFactory
from tests.verslag.conftest import KANARIE, TEKST
from triage.actions import save_patient
from triage.models import Oproep
from verslag import actions
from verslag.models import Overdracht, Verslag


@pytest.fixture
def client(als, tandarts, tandarts_gebruiker):
    return als(tandarts_gebruiker)


def url(name, kring, **kwargs):
    return reverse(f"verslag:{name}", kwargs={"kring": kring.slug, **kwargs})


def form_data(verslag, **changes) -> dict:
    """Return what the form posts for this draft."""
    patient = verslag.dossier.patient
    data = {
        "versie": verslag.versie,
        "venster": "a1",
        "naam": patient.naam,
        "geboortedatum": "1984-05-17",
        "adres": patient.adres,
        "postcode": patient.postcode,
        "woonplaats": patient.woonplaats,
        "telefoon": patient.telefoon,
        "bsn": patient.bsn,
        "heeft_eigen_tandarts": patient.heeft_eigen_tandarts,
        "eigen_tandarts": patient.eigen_tandarts_id or "",
        **{key: value for key, value in TEKST.items() if key != "gezien"},
        "gezien": "on",
    }
    return data | changes


# --- the list


def test_mine_shows_what_is_owed_first(client, kring, oproep, versie):
    other = OproepFactory(
        kring=kring,
        behandelaar=oproep.behandelaar,
        patient=PatientFactory(kring=kring, naam="Zonder Verslag"),
        aangenomen_door=oproep.aangenomen_door,
        status=Oproep.Status.GEZIEN,
    )
    page = client.get(url("mijn", kring)).content.decode()
    assert page.index("Zonder Verslag") < page.index(KANARIE["naam"])
    assert "Staat klaar om te versturen" in page
    lines = Logregel.objects.filter(gebeurtenis="patient.in_lijst")
    assert set(lines.values_list("patient_id", flat=True)) == {
        other.patient_id,
        oproep.patient_id,
    }


def test_mine_names_the_complaint_when_no_story_was_noted(client, kring, oproep):
    Oproep.objects.filter(pk=oproep.pk).update(
        omschrijving="", antwoorden={"klachten": ["nabloeding"]}
    )
    assert "Nabloeding" in client.get(url("mijn", kring)).content.decode()


def test_mine_shows_nothing_of_a_colleague(client, kring, triagist):
    OproepFactory(
        kring=kring,
        behandelaar=TandartsFactory(kring=kring),
        aangenomen_door=triagist,
        patient=PatientFactory(kring=kring, naam="Van Een Ander"),
    )
    assert "Van Een Ander" not in client.get(url("mijn", kring)).content.decode()


def test_mine_asks_the_same_number_of_queries(client, kring, oproep, django_assert_num_queries):
    def add(number):
        for _index in range(number):
            call = OproepFactory(
                kring=kring,
                behandelaar=oproep.behandelaar,
                aangenomen_door=oproep.aangenomen_door,
            )
            VerslagFactory(kring=kring, oproep=call, auteur=oproep.behandelaar)

    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    add(1)
    with CaptureQueriesContext(connection) as one:
        client.get(url("mijn", kring))
    add(29)
    with CaptureQueriesContext(connection) as thirty:
        client.get(url("mijn", kring))
    assert len(thirty) == len(one)


def test_user_without_a_dentist_gets_advice(als, kring, tandarts_gebruiker):
    page = als(tandarts_gebruiker).get(url("mijn", kring))
    assert "nog niet als tandarts" in page.content.decode()


def test_seen(client, kring, oproep):
    page = client.post(url("gezien", kring, oproep=oproep.pk), follow=True)
    oproep.refresh_from_db()
    assert oproep.gezien_op is not None
    assert "patiënt gezien" in page.content.decode()


# --- from call to signature


def test_from_call_to_signature(client, kring, oproep):
    response = client.post(url("maak", kring, oproep=oproep.pk))
    verslag = Verslag.objects.get()
    edit = url("bewerk", kring, verslag=verslag.pk)
    assert response["Location"] == edit
    assert "Voortand uit de mond na een val." in client.get(edit).content.decode()
    response = client.post(edit, form_data(verslag, doel="teken"))
    sign = url("teken", kring, verslag=verslag.pk)
    assert response["Location"] == sign
    verslag.refresh_from_db()
    page = client.get(sign).content.decode()
    assert TEKST["diagnose"] in page
    assert "Na het ondertekenen gaat het verslag naar" in page
    response = client.post(sign, {"versie": verslag.versie})
    assert response["Location"] == url("verslag", kring, verslag=verslag.pk)
    page = client.get(response["Location"]).content.decode()
    assert "Staat klaar om te versturen" in page
    assert Logregel.objects.filter(
        gebeurtenis="verslag.gelezen", patient_id=oproep.patient_id
    ).exists()


def test_draft_is_kept_and_incomplete_is_explained(client, kring, verslag):
    edit = url("bewerk", kring, verslag=verslag.pk)
    response = client.post(
        edit, form_data(verslag, diagnose="", verwijzing="huisarts", doel="teken")
    )
    page = response.content.decode()
    assert response.status_code == 422
    assert "Vul de diagnose in" in page
    assert "Schrijf op waarom je de patiënt verwijst" in page
    assert "fout-overzicht" in page
    verslag.refresh_from_db()
    assert verslag.verwijzing == "huisarts"
    assert f'name="versie" value="{verslag.versie}"' in page


def test_second_window_gets_a_notice_and_keeps_its_text(client, kring, verslag):
    edit = url("bewerk", kring, verslag=verslag.pk)
    old = form_data(verslag, overig="Uit het eerste venster.")
    client.post(edit, old)
    second = {"venster": "b2", "overig": "Uit het tweede venster."}
    response = client.post(edit, form_data(verslag, **second))
    page = response.content.decode()
    assert response.status_code == 422
    assert "intussen gewijzigd" in page
    assert "Uit het eerste venster." in page
    assert "Uit het tweede venster." in page
    verslag.refresh_from_db()
    assert verslag.overig == "Uit het eerste venster."
    client.post(edit, form_data(verslag, **second))
    verslag.refresh_from_db()
    assert verslag.overig == "Uit het tweede venster."


def test_a_window_does_not_conflict_with_itself(client, kring, verslag):
    """Autosave and button may cross: the answer with the new version is still on its way."""
    edit = url("bewerk", kring, verslag=verslag.pk)
    first = form_data(verslag, doel="auto", overig="Half.")
    response = client.post(edit, first)
    assert response.status_code == 200
    assert "Concept bewaard om" in response.content.decode()
    response = client.post(edit, first | {"doel": "bewaar", "overig": "Helemaal."})
    assert response.status_code == 302
    verslag.refresh_from_db()
    assert verslag.overig == "Helemaal."


def test_autosave_keeps_all_but_the_field_that_is_wrong(client, kring, verslag, patient):
    data = form_data(verslag, doel="auto", overig="Getypt.", bsn="12")
    response = client.post(url("bewerk", kring, verslag=verslag.pk), data)
    page = response.content.decode()
    assert response.status_code == 200
    assert "behalve: BSN" in page
    assert "<form" not in page
    verslag.refresh_from_db()
    patient.refresh_from_db()
    assert verslag.overig == "Getypt."
    assert patient.bsn == KANARIE["bsn"]


@pytest.mark.parametrize("change", [{"versie": 1, "venster": "b2"}, {"versie": "x"}])
def test_autosave_never_overwrites_another_window(client, kring, verslag, change):
    data = form_data(verslag, doel="auto", overig="Getypt.", **change)
    response = client.post(url("bewerk", kring, verslag=verslag.pk), data)
    assert response.status_code == 200
    assert "in een ander venster gewijzigd" in response.content.decode()
    verslag.refresh_from_db()
    assert verslag.overig == ""


@pytest.fixture
def open_page(client, kring, verslag, patient):
    """The page as it was opened before the triage wrote the BSN and the number down."""
    patient.bsn = ""
    patient.save()
    verslag = Verslag.objects.with_letterhead().get(pk=verslag.pk)
    page = client.get(url("bewerk", kring, verslag=verslag.pk)).content.decode()
    stand = re.search(r'name="patient_stand" value="([^"]+)"', page)[1]
    return form_data(verslag, patient_stand=stand)


@pytest.fixture
def triage_writes(verslag, actor, triagist):
    def write(**gegevens):
        save_patient(verslag.oproep, gegevens=gegevens, by=actor(triagist))

    return write


def test_autosave_wipes_nothing_of_what_the_triage_wrote(
    *, client, kring, verslag, patient, open_page, triage_writes
):
    edit = url("bewerk", kring, verslag=verslag.pk)
    triage_writes(bsn=KANARIE["bsn"], adres="Nieuwe Kooi 1")
    answer = client.post(edit, open_page | {"doel": "auto", "overig": "Getypt."})
    assert "Niet bewaard" in answer.content.decode()
    patient.refresh_from_db()
    assert (patient.bsn, patient.adres) == (KANARIE["bsn"], "Nieuwe Kooi 1")
    page = client.post(edit, open_page | {"doel": "bewaar", "overig": "Getypt."})
    assert page.status_code == 422
    text = page.content.decode()
    assert "Getypt." in text
    assert "Nieuwe Kooi 1" in text
    # Nobody typed the empty BSN: the newest comes in, masked.
    assert 'value="*****2333"' in text
    stand = re.search(r'name="patient_stand" value="([^"]+)"', text)[1]
    again = {"doel": "bewaar", "overig": "Getypt.", "bsn": "*****2333", "patient_stand": stand}
    assert client.post(edit, open_page | again).status_code == 302
    patient.refresh_from_db()
    verslag.refresh_from_db()
    assert (patient.bsn, verslag.overig) == (KANARIE["bsn"], "Getypt.")


def test_a_window_does_not_conflict_with_its_own_patient(
    *, client, kring, verslag, patient, open_page, triage_writes
):
    edit = url("bewerk", kring, verslag=verslag.pk)
    for adres in ("Kooi 1", "Kooi 2", "Kooistraat 99"):
        answer = client.post(edit, open_page | {"doel": "auto", "adres": adres, "overig": adres})
        assert "Concept bewaard" in answer.content.decode()
        patient.refresh_from_db()
        assert patient.adres == adres
    triage_writes(telefoon="+31612345678")
    answer = client.post(edit, open_page | {"doel": "auto"})
    assert "Niet bewaard" in answer.content.decode()
    patient.refresh_from_db()
    assert patient.telefoon == "+31612345678"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"bsn": "123456789"}, "Dit BSN klopt niet"),
        ({"bsn": "12"}, "Een BSN heeft 9 cijfers"),
        ({"postcode": "0000"}, "Een postcode is vier cijfers"),
        ({"telefoon": "abc"}, "Dit is geen telefoonnummer"),
        ({"geboortedatum": "2026-02-30"}, "geldige datum"),
        ({"geboortedatum": "2999-01-01"}, "Deze geboortedatum kan niet kloppen"),
        ({"geboortedatum": "0001-01-01"}, "Deze geboortedatum kan niet kloppen"),
        ({"diagnose": "x" * 65536}, "tekens"),
        ({"diagnose": "a\x00b"}, "tekens"),
        ({"naam": "x" * 121}, "tekens"),
        ({"verwijzing": "tovenaar"}, "tovenaar"),
        ({"eigen_tandarts": "geen-uuid"}, "UUID"),
        ({"versie": "x"}, "geheel getal"),
        ({"versie": ""}, "Dit veld is verplicht"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_broken_form_is_refused_in_dutch(client, kring, verslag, change, sentence):
    before = stored(verslag, change)
    response = client.post(
        url("bewerk", kring, verslag=verslag.pk),
        form_data(verslag, overig="Blijft staan.", **change),
    )
    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert "Blijft staan." in page
    # Saved is what can be saved: all but the field in error, nothing when the page is not whole.
    verslag.refresh_from_db()
    assert verslag.overig == ("" if "versie" in change else "Blijft staan.")
    assert stored(verslag, change) == before


def test_a_pasted_text_that_is_too_long_is_told_not_cut(client, kring, verslag):
    """A browser keeps to `maxlength` by dropping the end of a paste without a word."""
    edit = url("bewerk", kring, verslag=verslag.pk)
    assert not re.search(r"<textarea[^>]*maxlength", client.get(edit).content.decode())
    response = client.post(edit, form_data(verslag, bevindingen="lang " * 1000 + "einde"))
    page = response.content.decode()
    assert response.status_code == 422
    assert "lang einde</textarea>" in page
    assert "4000" in page


def stored(verslag, names) -> list:
    """What the database holds of these fields, of the report or of its patient."""
    row = Verslag.objects.select_related("dossier__patient").get(pk=verslag.pk)
    return [getattr(row if hasattr(row, name) else row.dossier.patient, name) for name in names]


def test_own_dentist_of_another_kring_is_no_choice(client, kring, verslag, andere_kring):
    from tests.factories import EigenTandartsFactory

    foreign = EigenTandartsFactory(kring=andere_kring, naam="Uit De Andere Kring")
    edit = url("bewerk", kring, verslag=verslag.pk)
    assert "Uit De Andere Kring" not in client.get(edit).content.decode()
    response = client.post(edit, form_data(verslag, eigen_tandarts=foreign.pk))
    assert response.status_code == 422


def test_incomplete_report_has_no_sign_button(client, kring, oproep, by):
    verslag = actions.open_verslag(oproep, by=by)
    sign = url("teken", kring, verslag=verslag.pk)
    page = client.get(sign).content.decode()
    assert "nog niet compleet" in page
    assert "Onderteken het verslag" not in page
    response = client.post(sign, {"versie": verslag.versie})
    assert response["Location"] == url("bewerk", kring, verslag=verslag.pk)


def test_another_patient_than_was_read_back_is_not_signed(client, kring, oproep, by):
    """The triage corrects a name between reading back and signing."""
    verslag = actions.open_verslag(oproep, by=by)
    client.post(url("bewerk", kring, verslag=verslag.pk), form_data(verslag))
    verslag.refresh_from_db()
    sign = url("teken", kring, verslag=verslag.pk)
    typed = client.get(sign).context["form"].initial
    patient = verslag.dossier.patient
    patient.naam = "Anders Geheten"
    patient.save()
    response = client.post(sign, typed, follow=True)
    page = response.content.decode()
    assert not verslag.versies.exists()
    assert "intussen gewijzigd" in page
    assert "Anders Geheten" in page
    client.post(sign, response.context["form"].initial)
    assert verslag.versies.get().inhoud["patient"]["naam"] == "Anders Geheten"


def test_correction_asks_for_a_reason(client, kring, versie):
    verslag = versie.verslag
    verslag.refresh_from_db()
    client.post(
        url("bewerk", kring, verslag=verslag.pk), form_data(verslag, diagnose="Subluxatie.")
    )
    verslag.refresh_from_db()
    sign = url("teken", kring, verslag=verslag.pk)
    response = client.post(sign, {"versie": verslag.versie, "reden": ""})
    assert response.status_code == 422
    assert "waarom je het verslag verbetert" in response.content.decode()
    client.post(sign, {"versie": verslag.versie, "reden": "Foto nagekeken."})
    page = client.get(url("verslag", kring, verslag=verslag.pk)).content.decode()
    assert "Versie 2" in page
    assert "Foto nagekeken." in page
    assert "Ingetrokken op" in page


# --- handover buttons


def test_buttons_of_the_handover(client, kring, overdracht):
    back = url("verslag", kring, verslag=overdracht.versie.verslag_id)
    for name in ("opnieuw", "intrekken"):
        response = client.post(url(name, kring, overdracht=overdracht.pk))
        assert response["Location"] == back
    overdracht.refresh_from_db()
    assert overdracht.ingetrokken_op is not None
    assert "Verstuur naar de eigen tandarts" in client.get(back).content.decode()
    client.post(url("verstuur", kring, verslag=overdracht.versie.verslag_id))
    assert Overdracht.objects.filter(ingetrokken_op=None).count() == 1


# --- dossiers


def test_dossier_shows_the_whole_story(client, kring, overdracht, oproep):
    dossier = overdracht.versie.verslag.dossier
    page = client.get(url("dossiers", kring)).content.decode()
    assert KANARIE["naam"] in page
    page = client.get(url("dossier", kring, dossier=dossier.pk)).content.decode()
    for text in (f"Oproep {oproep.nummer} aangenomen", "Verslag ondertekend", "Verslag verstuurd"):
        assert text in page
    assert KANARIE["bsn"] not in page
    line = Logregel.objects.get(gebeurtenis="dossier.gelezen")
    assert line.patient_id == oproep.patient_id


def test_dossier_of_a_colleague_opens_only_on_duty_with_an_open_call(kring, als, actor, versie):
    from tests.factories import DienstFactory, LidmaatschapFactory

    colleague = LidmaatschapFactory(kring=kring, rol="tandarts").gebruiker
    dentist = TandartsFactory(kring=kring, gebruiker=colleague)
    page = url("dossier", kring, dossier=versie.verslag.dossier_id)
    report = url("verslag", kring, verslag=versie.verslag_id)
    assert als(colleague).get(page).status_code == 404
    DienstFactory(kring=kring, dienstdoende=dentist)
    assert als(colleague).get(page).status_code == 200
    assert als(colleague).get(report).status_code == 200
    assert "Verbeteren" not in als(colleague).get(report).content.decode()
    Oproep.objects.update(status="afgerond", afgerond_op="2026-11-01T00:00Z")
    assert als(colleague).get(page).status_code == 404
    assert als(colleague).get(report).status_code == 404


def test_dossiers_asks_the_same_number_of_queries(client, kring, oproep, by):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for number in (1, 29):
        for _index in range(number):
            call = OproepFactory(
                kring=kring,
                behandelaar=oproep.behandelaar,
                aangenomen_door=oproep.aangenomen_door,
            )
            actions.open_verslag(call, by=by)
        with CaptureQueriesContext(connection) as queries:
            client.get(url("dossiers", kring))
        counts.append(len(queries))
    assert counts[0] == counts[1]


# --- who may not


def all_urls(kring, overdracht):
    versie = overdracht.versie
    verslag = versie.verslag
    return [
        ("GET", url("mijn", kring)),
        ("POST", url("gezien", kring, oproep=verslag.oproep_id)),
        ("POST", url("maak", kring, oproep=verslag.oproep_id)),
        ("GET", url("bewerk", kring, verslag=verslag.pk)),
        ("POST", url("bewerk", kring, verslag=verslag.pk)),
        ("GET", url("teken", kring, verslag=verslag.pk)),
        ("POST", url("teken", kring, verslag=verslag.pk)),
        ("GET", url("verslag", kring, verslag=verslag.pk)),
        ("POST", url("pdf", kring, verslag=verslag.pk, nummer=1)),
        ("POST", url("verstuur", kring, verslag=verslag.pk)),
        ("POST", url("opnieuw", kring, overdracht=overdracht.pk)),
        ("POST", url("intrekken", kring, overdracht=overdracht.pk)),
        ("GET", url("dossiers", kring)),
        ("GET", url("dossier", kring, dossier=verslag.dossier_id)),
        ("POST", url("bsn_tonen", kring, dossier=verslag.dossier_id)),
    ]


@pytest.mark.parametrize("rol", ["triagist", "coordinator", "vertegenwoordiger", "beheerder", "fg"])
def test_other_roles_are_refused(request, als, kring, overdracht, rol):
    client = als(request.getfixturevalue(rol))
    for method, address in all_urls(kring, overdracht):
        assert client.generic(method, address).status_code == 403, address


def test_nobody_is_sent_to_the_login(als, kring, overdracht):
    for method, address in all_urls(kring, overdracht):
        response = als().generic(method, address)
        assert response.status_code == 302, address
        assert "/aanmelden/" in response["Location"]


def test_another_kring_does_not_exist(als, vreemde, kring, andere_kring, overdracht):
    client = als(vreemde)
    for method, address in all_urls(kring, overdracht):
        assert client.generic(method, address).status_code == 404, address
    # The same objects below the own kring: row-level security hides them.
    for method, address in all_urls(andere_kring, overdracht):
        if not address.endswith(("/mijn/", "/dossiers/")):
            assert client.generic(method, address).status_code == 404, address
    for name in ("mijn", "dossiers"):
        assert KANARIE["naam"] not in client.get(url(name, andere_kring)).content.decode()


def test_a_colleague_cannot_touch_my_report(als, kring, overdracht):
    from tests.factories import LidmaatschapFactory

    colleague = LidmaatschapFactory(kring=kring, rol="tandarts").gebruiker
    TandartsFactory(kring=kring, gebruiker=colleague)
    client = als(colleague)
    for method, address in all_urls(kring, overdracht):
        if not address.endswith(("/mijn/", "/dossiers/")):
            assert client.generic(method, address).status_code == 404, address
    overdracht.refresh_from_db()
    assert overdracht.ingetrokken_op is None
