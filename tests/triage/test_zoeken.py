"""Finding a patient: one typing error, Dutch names, no more shown than was asked for."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kern.models import Logregel
from tests import factories
from tests.triage.hulp import text_of
from triage import zoeken, zoeknaam

GEBOREN = date(1984, 5, 17)


@pytest.fixture
def zoek(kring):
    """Return the names that a search finds."""

    def search(**wat):
        return [patient.naam for patient in zoeken.search(kring_id=kring.pk, **wat).patienten]

    return search


@pytest.fixture
def bekend(kring):
    def add(naam, **velden):
        return factories.PatientFactory(kring=kring, naam=naam, eigen_tandarts=None, **velden)

    return add


@pytest.mark.parametrize(
    ("naam", "achternaam", "voornaam", "dubbel"),
    [
        ("Sanne van Dijk", "dijk", "sanne", ""),
        ("Zoë de Groot", "groot", "zoe", ""),
        ("Bakker, Jans", "bakker", "jans", ""),
        ("J. Jansen-de Boer", "boer", "j", "jansen"),
        ("Anne-Marie Smit", "smit", "anne", ""),
        ("van 't Hof", "hof", "", ""),
        ("De La", "la", "de", ""),
        ("Øyvind Strauß", "strauss", "oyvind", ""),
        ("", "", "", ""),
        ("1234", "", "", ""),
    ],
)
def test_words_of_a_name(naam, achternaam, voornaam, dubbel):
    assert zoeknaam.surname(naam) == achternaam
    assert zoeknaam.reversed_surname(naam) == achternaam[::-1]
    assert zoeknaam.first_name(naam) == voornaam
    assert zoeknaam.double_name(naam) == dubbel


@pytest.mark.parametrize(
    ("a", "b", "dichtbij"),
    [
        ("bakker", "baker", True),
        ("bakker", "bakkers", True),
        ("bakker", "bukker", True),
        ("bakker", "bakker", True),
        ("bakker", "bokkers", False),
        ("bakker", "bak", False),
        ("", "a", True),
    ],
)
def test_one_letter_off(a, b, dichtbij):
    assert zoeknaam.is_one_off(a, b) is dichtbij
    assert zoeknaam.is_one_off(b, a) is dichtbij


class TestOpNaam:
    @pytest.mark.parametrize(
        "getypt",
        [
            "Bakker",
            "bakker",
            "BAKKER",
            "Baker",
            "Bakkers",
            "Bukker",
            "abkker",
            "Bakekr",
            "J. Bakker",
        ],
    )
    def test_one_typing_error_is_forgiven(self, zoek, bekend, getypt):
        bekend("Jans Bakker")
        bekend("Jans Visser")
        assert zoek(naam=getypt) == ["Jans Bakker"]

    @pytest.mark.parametrize("getypt", ["Bkaer", "Visser", "P. Bakker", "van"])
    def test_another_name_is_not_found(self, zoek, bekend, getypt):
        bekend("Jans Bakker")
        assert zoek(naam=getypt) == []

    @pytest.mark.parametrize("getypt", ["dijk", "van dijk", "Dijk, Sanne", "s van dijk"])
    def test_common_name_with_its_prefix(self, zoek, bekend, getypt):
        bekend("Sanne van Dijk")
        bekend("Piet van der Berg")
        assert zoek(naam=getypt) == ["Sanne van Dijk"]

    def test_accents_and_both_halves_of_a_double_name(self, zoek, bekend):
        bekend("Zoë Jansen-de Böer")
        assert zoek(naam="boer") == zoek(naam="Jansen") == zoek(naam="zoe bóer")
        assert zoek(naam="boer") == ["Zoë Jansen-de Böer"]

    def test_who_is_called_exactly_so_comes_first(self, zoek, bekend):
        bekend("Aad Bakkers")
        bekend("Zeger Bakker")
        assert zoek(naam="Bakker") == ["Zeger Bakker", "Aad Bakkers"]

    def test_never_more_than_a_few(self, kring, bekend):
        for number in range(zoeken.MAXIMUM + 1):
            bekend(f"Jan{'abcdefghijklmnopqrstuvw'[number]} Bakker")
        found = zoeken.search(kring_id=kring.pk, naam="Bakker")
        assert len(found.patienten) == zoeken.MAXIMUM
        assert found.is_meer
        assert not found.is_volledig

    def test_name_that_is_changed_is_found_under_the_new_one(self, zoek, bekend):
        patient = bekend("Jans Bakker")
        patient.naam = "Jans Visser"
        patient.save(update_fields=["naam"])
        assert zoek(naam="visser") == ["Jans Visser"]
        assert zoek(naam="bakker") == []


class TestZekerder:
    def test_birth_date_forgives_more(self, zoek, bekend):
        bekend("Jans Bakker", geboortedatum=GEBOREN)
        bekend("Jans Bakker", geboortedatum=date(1990, 1, 1))
        bekend("Piet Visser", geboortedatum=GEBOREN)
        assert zoek(naam="jnas bekker", geboortedatum=GEBOREN) == ["Jans Bakker"]

    def test_bsn_and_phone(self, zoek, bekend):
        bekend("Jans Bakker", bsn="111222333", telefoon="+31687654321")
        bekend("Piet Visser", bsn="123456782", telefoon="+31611111111")
        assert zoek(bsn="111222333") == ["Jans Bakker"]
        assert zoek(telefoon="06-8765") == ["Jans Bakker"]
        assert zoek(telefoon="12345") == []

    def test_other_kring_is_not_searched(self, kring, zoek, andere_kring):
        factories.PatientFactory(kring=andere_kring, naam="Geheime Bakker")
        assert zoek(naam="Bakker") == zoek(bsn="111222333") == zoek(telefoon="0612345678") == []
        assert zoek(naam="Bakker", geboortedatum=GEBOREN) == []
        assert zoeken.nearly("bakkes", kring.pk) == []


class TestPagina:
    def test_name_alone_shows_no_more_than_that(self, client, url, bekend):
        patient = bekend("Jans Bakker", adres="Lindelaan 12", bsn="111222333")
        text = text_of(client.post(url("zoek"), {"naam": "Bakker"}))
        assert "Jans Bakker" in text
        assert "1984" in text
        for hidden in ("17-05-1984", "Lindelaan", "2333", "06-12345678", "0612345678"):
            assert hidden not in text
        line = Logregel.objects.get(gebeurtenis="patient.gevonden")
        assert line.patient_id == patient.pk

    def test_with_birth_date_the_calls_are_there(self, client, url, kring, bekend):
        patient = bekend("Jans Bakker", adres="Lindelaan 12", bsn="111222333")
        oproep = factories.OproepFactory(kring=kring, patient=patient)
        text = text_of(client.post(url("zoek"), {"naam": "Bakker", "geboortedatum": "17-05-1984"}))
        assert "Lindelaan 12" in text
        assert "*****2333" in text
        assert "111222333" not in text
        assert url("oproep", oproep) in text

    @pytest.mark.parametrize(
        ("data", "zin"),
        [
            ({}, "Vul een naam, een telefoonnummer of een BSN in."),
            ({"geboortedatum": "17-05-1984"}, "Vul een naam, een telefoonnummer of een BSN in."),
            ({"naam": "B"}, "Typ minstens twee letters"),
            ({"telefoon": "06123"}, "Typ minstens zes cijfers"),
            ({"bsn": "123456789"}, "Dit BSN klopt niet"),
            ({"naam": "Bakker", "geboortedatum": "31-02-1984"}, "Vul een datum in"),
            ({"naam": "a\x00b"}, "Null-tekens"),
        ],
    )
    def test_broken_form_gets_a_sentence(self, client, url, bekend, data, zin):
        bekend("Jans Bakker")
        response = client.post(url("zoek"), data)
        assert response.status_code == 422
        assert zin in text_of(response)
        assert "Jans Bakker" not in text_of(response)

    @pytest.mark.parametrize("naam", ["'; DROP", "%%", "\U0010ffff\U0010ffff", "--", "ÿÿÿÿÿ"])
    def test_odd_names_find_nobody(self, client, url, bekend, naam):
        bekend("Jans Bakker")
        response = client.post(url("zoek"), {"naam": naam})
        assert "Geen patiënt gevonden" in text_of(response)

    @pytest.mark.parametrize("wie", ["coordinator", "fg", "vertegenwoordiger", "beheerder"])
    def test_other_role_is_refused(self, als, url, wie, request):
        client = als(request.getfixturevalue(wie))
        assert client.get(url("zoek")).status_code == 403
        assert client.post(url("zoek"), {"naam": "Bakker"}).status_code == 403

    def test_dentist_may_search(self, als, url, tandarts_gebruiker, bekend):
        bekend("Jans Bakker")
        response = als(tandarts_gebruiker).post(url("zoek"), {"naam": "Bakker"})
        assert "Jans Bakker" in text_of(response)

    def test_same_number_of_queries_for_one_and_for_twenty(self, client, url, kring, bekend):
        def count():
            with CaptureQueriesContext(connection) as captured:
                client.post(url("zoek"), {"telefoon": "0612345678"})
            return len(captured)

        factories.OproepFactory(kring=kring, patient=bekend("Jans Bakker"))
        count()
        one = count()
        for number in range(19):
            factories.OproepFactory(kring=kring, patient=bekend(f"Piet {number} Visser"))
        assert count() == one


@pytest.mark.parametrize(
    ("soort", "tekens", "veilig"),
    [
        ("text", ["=", ">=", "<", ">"], True),
        ("date", ["="], True),
        # The trap that the words of a name are kept for (docs/besluiten/0019).
        ("text", ["~~", "~~*", "%"], False),
    ],
)
def test_only_leakproof_comparisons_reach_an_index_below_the_policy(db, soort, tekens, veilig):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT proleakproof FROM pg_operator o JOIN pg_proc p ON p.oid = o.oprcode "
            "WHERE oprname = ANY (%s) AND oprleft = %s::regtype AND oprright = %s::regtype",
            [tekens, soort, soort],
        )
        assert cursor.fetchall() == [(veilig,)]
