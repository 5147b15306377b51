"""The pages of the versions: what they show and do, who may, and what is refused."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kern.tijd import db_now, to_local
from tests import factories
from triage.models import Protocolversie


@pytest.fixture
def url(kring):
    def build(naam, versie=None, slug=None):
        kwargs = {"kring": slug or kring.slug}
        if versie is not None:
            kwargs["protocolversie"] = versie.pk
        return reverse(f"triage:{naam}", kwargs=kwargs)

    return build


@pytest.fixture
def client(als, coordinator):
    return als(coordinator)


@pytest.fixture
def tandarts_client(als, tandarts_gebruiker):
    return als(tandarts_gebruiker)


def text(response) -> str:
    return " ".join(response.content.decode().split())


LEZEN = ("protocolversie", "protocol_blad", "protocol_print", "protocol_verschil")


class TestLezen:
    def test_list_shows_what_holds(self, client, url, maak):
        assert "volgen de standaard" in text(client.get(url("protocol")))
        maak("van_kracht", toelichting="Strenger bij kinderen.")
        page = text(client.get(url("protocol")))
        assert "volgen versie 1" in page
        assert "Strenger bij kinderen." in page

    @pytest.mark.parametrize("rol", ["triagist", "tandarts_gebruiker", "coordinator"])
    def test_who_works_by_it_reads_it(self, als, request, url, concept, rol):
        client = als(request.getfixturevalue(rol))
        for naam in LEZEN:
            assert client.get(url(naam, concept)).status_code == 200
        assert client.get(url("protocol")).status_code == 200

    @pytest.mark.parametrize("rol", ["vertegenwoordiger", "beheerder", "fg"])
    def test_others_are_refused(self, als, request, url, concept, rol):
        client = als(request.getfixturevalue(rol))
        for naam in LEZEN:
            assert client.get(url(naam, concept)).status_code == 403

    @pytest.mark.parametrize("naam", LEZEN)
    def test_other_kring_does_not_exist(self, client, url, vreemde_versie, andere_kring, naam):
        assert client.get(url(naam, vreemde_versie)).status_code == 404
        slug = andere_kring.slug
        assert client.get(url(naam, vreemde_versie, slug)).status_code == 404

    def test_list_asks_as_much_for_30_as_for_1(self, client, url, kring, django_assert_num_queries):
        factories.ProtocolversieFactory(kring=kring, nummer=1)
        client.get(url("protocol"))
        with CaptureQueriesContext(connection) as one:
            client.get(url("protocol"))
        for nummer in range(2, 31):
            factories.ProtocolversieFactory(kring=kring, nummer=nummer)
        with django_assert_num_queries(len(one)):
            client.get(url("protocol"))


class TestWijzigen:
    def form(self, client, url, versie) -> dict:
        """Return the form as it is on the page."""
        form = client.get(url("protocol_wijzigen", versie)).context["form"]
        return {
            name: form[name].value() for name in form.fields if form[name].value() not in (None, "")
        }

    def test_made_from_the_standard_and_saved(self, client, url):
        response = client.post(url("protocol_nieuw"))
        versie = Protocolversie.objects.get()
        assert response.url == url("protocol_wijzigen", versie)
        data = self.form(client, url, versie)
        data |= {
            "jong_kind_tot_leeftijd": "10",
            "kind_regel": "schema",
            "opname_gesprekken": "nee",
            "nrs_overleg_aanbevolen_vanaf": "",
            "lokale_regels": ["L-01"],
            "toelichting": "Afgesproken in het overleg.",
        }
        response = client.post(url("protocol_wijzigen", versie), data)
        assert response.url == url("protocolversie", versie)
        versie.refresh_from_db()
        chosen = versie.instellingen
        assert chosen["jong_kind_tot_leeftijd"] == 10
        assert chosen["kind_regel"] == "schema"
        assert chosen["opname_gesprekken"] is False
        assert chosen["nrs_overleg_aanbevolen_vanaf"] is None
        assert versie.lokale_regels == ["L-01"]

    def test_made_from_an_older_version(self, client, url, maak):
        older = maak("van_kracht", jong_kind_tot_leeftijd=9)
        client.post(url("protocol_nieuw"), {"van": str(older.pk)})
        newest = Protocolversie.objects.latest("nummer")
        assert newest.gemaakt_van == older
        assert newest.instellingen["jong_kind_tot_leeftijd"] == 9

    @pytest.mark.parametrize("van", ["x", "00000000-0000-0000-0000-000000000000"])
    def test_not_from_what_is_not_there(self, client, url, van):
        assert client.post(url("protocol_nieuw"), {"van": van}).status_code == 404
        assert not Protocolversie.objects.exists()

    def test_not_from_another_kring(self, client, url, vreemde_versie):
        van = {"van": str(vreemde_versie.pk)}
        assert client.post(url("protocol_nieuw"), van).status_code == 404

    @pytest.mark.parametrize(
        "wrong",
        [
            ("jong_kind_tot_leeftijd", "achttien", "heel getal"),
            ("jong_kind_tot_leeftijd", "99", "van 1 tot en met 18"),
            ("jong_kind_tot_leeftijd", "", "heel getal"),
            ("kind_regel", "streng", "een van de antwoorden"),
            ("opname_gesprekken", "", "Maak een keuze"),
        ],
    )
    def test_bad_input_is_told_at_the_field(self, client, url, concept, wrong):
        field, value, sentence = wrong
        data = {**self.form(client, url, concept), field: value}
        response = client.post(url("protocol_wijzigen", concept), data)
        assert response.status_code == 422
        assert sentence in str(response.context["form"].errors[field])
        assert response.context["form"][field].value() == value
        concept.refresh_from_db()
        assert concept.instellingen["jong_kind_tot_leeftijd"] == 12

    def test_settings_that_contradict_each_other(self, client, url, concept):
        data = self.form(client, url, concept) | {
            "jong_kind_tot_leeftijd": "18",
            "kind_tot_leeftijd": "12",
        }
        response = client.post(url("protocol_wijzigen", concept), data)
        assert response.status_code == 422
        assert "jong_kind_tot_leeftijd" in response.context["form"].errors

    def test_older_window_overwrites_nothing(self, client, url, concept, wijzig):
        data = self.form(client, url, concept) | {"jong_kind_tot_leeftijd": "8"}
        wijzig(concept, jong_kind_tot_leeftijd=10)
        response = client.post(url("protocol_wijzigen", concept), data)
        assert response.status_code == 409
        assert "intussen gewijzigd" in text(response)
        assert response.context["form"]["jong_kind_tot_leeftijd"].value() == "8"
        concept.refresh_from_db()
        assert concept.instellingen["jong_kind_tot_leeftijd"] == 10

    def test_only_a_concept_opens(self, client, url, maak):
        versie = maak("aangeboden")
        assert client.get(url("protocol_wijzigen", versie)).url == url("protocolversie", versie)

    def test_every_tension_with_a_choice_is_explained(self, client, url, concept):
        page = text(client.get(url("protocol_wijzigen", concept)))
        for number in ("T-01", "T-07", "T-15", "T-21", "T-16"):
            assert number in page

    @pytest.mark.parametrize("rol", ["triagist", "tandarts_gebruiker", "beheerder"])
    def test_only_the_coordinator(self, als, request, url, concept, rol):
        client = als(request.getfixturevalue(rol))
        assert client.get(url("protocol_wijzigen", concept)).status_code == 403
        for naam in (
            "protocol_aanbieden",
            "protocol_terugnemen",
            "protocol_weggooien",
            "protocol_ingaan",
            "protocol_intrekken",
        ):
            assert client.post(url(naam, concept)).status_code == 403
        assert client.post(url("protocol_nieuw")).status_code == 403


class TestLeven:
    def test_whole_life_by_hand(self, client, tandarts_client, url, concept):
        client.post(url("protocol_aanbieden", concept), {"wijziging": concept.wijziging})
        page = tandarts_client.get(url("protocol_akkoord", concept))
        seen = page.context["versie"].wijziging
        tandarts_client.post(url("protocol_akkoord", concept), {"wijziging": seen})
        concept.refresh_from_db()
        assert concept.status == "goedgekeurd"
        later = to_local(db_now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
        client.post(url("protocol_ingaan", concept), {"vanaf": later})
        concept.refresh_from_db()
        assert concept.van_kracht_vanaf > db_now()
        assert "gaat in op" in text(client.get(url("protocolversie", concept)))
        client.post(url("protocol_intrekken", concept))
        client.post(url("protocol_ingaan", concept))
        concept.refresh_from_db()
        assert concept.has_begun(db_now())
        page = text(client.get(url("protocolversie", concept)))
        assert "van kracht" in page
        assert "Laten ingaan" not in page

    def test_sent_back(self, client, tandarts_client, url, maak):
        versie = maak("aangeboden")
        data = {"wijziging": versie.wijziging, "reden": " "}
        response = tandarts_client.post(url("protocol_terugsturen", versie), data)
        assert response.status_code == 422
        assert "waarom je" in str(response.context["terugsturen"].errors["reden"])
        data["reden"] = "Te mild bij kinderen."
        tandarts_client.post(url("protocol_terugsturen", versie), data)
        versie.refresh_from_db()
        assert versie.status == "concept"
        assert "Te mild bij kinderen." in text(client.get(url("protocolversie", versie)))

    def test_taken_back_and_thrown_away(self, client, url, maak):
        versie = maak("aangeboden")
        client.post(url("protocol_terugnemen", versie))
        versie.refresh_from_db()
        assert versie.is_concept
        assert client.post(url("protocol_weggooien", versie)).url == url("protocol")
        assert not Protocolversie.objects.exists()

    def test_refused_step_is_told(self, client, url, maak):
        versie = maak("goedgekeurd")
        for naam in ("protocol_aanbieden", "protocol_terugnemen", "protocol_weggooien"):
            response = client.post(url(naam, versie), follow=True)
            assert "melding--fout" in text(response)
        versie.refresh_from_db()
        assert versie.status == "goedgekeurd"

    @pytest.mark.parametrize(
        ("vanaf", "sentence"), [("2020-01-01T10:00", "al voorbij"), ("straks", "datum en tijd")]
    )
    def test_wrong_moment_is_told_at_the_field(self, client, url, maak, vanaf, sentence):
        versie = maak("goedgekeurd")
        response = client.post(url("protocol_ingaan", versie), {"vanaf": vanaf})
        assert response.status_code == 422
        assert sentence in str(response.context["ingang"].errors["vanaf"])
        assert vanaf in text(response)
        versie.refresh_from_db()
        assert versie.van_kracht_vanaf is None


class TestAkkoord:
    @pytest.mark.parametrize("rol", ["triagist", "coordinator", "beheerder"])
    def test_only_a_dentist(self, als, request, url, maak, rol):
        versie = maak("aangeboden")
        client = als(request.getfixturevalue(rol))
        assert client.get(url("protocol_akkoord", versie)).status_code == 403
        assert client.post(url("protocol_akkoord", versie)).status_code == 403
        assert client.post(url("protocol_terugsturen", versie)).status_code == 403

    def test_asks_a_fresh_proof(self, als, tandarts_gebruiker, url, maak):
        versie = maak("aangeboden")
        client = als(tandarts_gebruiker)
        session = client.session
        session["tweede_factor"] -= 16 * 60
        session.save()
        data = {"wijziging": versie.wijziging}
        assert "bevestigen" in client.get(url("protocol_akkoord", versie)).url
        assert client.post(url("protocol_akkoord", versie), data).status_code == 401
        versie.refresh_from_db()
        assert versie.status == "aangeboden"

    def test_maker_is_told_to_ask_another(self, als, kring, coordinator, url, maak):
        factories.LidmaatschapFactory(kring=kring, gebruiker=coordinator, rol="tandarts")
        versie, client = maak("aangeboden"), als(coordinator)
        assert "Ik ga akkoord" not in text(client.get(url("protocol_akkoord", versie)))
        data = {"wijziging": versie.wijziging}
        response = client.post(url("protocol_akkoord", versie), data, follow=True)
        assert "meegeschreven" in text(response)
        versie.refresh_from_db()
        assert versie.status == "aangeboden"

    def test_nothing_is_approved_unread(self, tandarts_client, url, maak):
        versie = maak("aangeboden")
        assert tandarts_client.post(url("protocol_akkoord", versie)).status_code == 422
        versie.refresh_from_db()
        assert versie.status == "aangeboden"

    def test_shows_what_changes(self, tandarts_client, url, maak):
        versie = maak("aangeboden", zwelling_zonder_koorts="aanbevolen")
        page = text(tandarts_client.get(url("protocol_akkoord", versie)))
        assert "overleg is aanbevolen" in page
        assert "R-31" in page
        assert "Ik ga akkoord" in page


class TestStartpagina:
    def start(self, client, kring) -> str:
        return text(client.get(reverse("kring:start", kwargs={"kring": kring.slug})))

    def test_dentist_hears_what_waits(self, als, tandarts_client, kring, maak, triagist):
        maak("goedgekeurd")
        assert "akkoord wordt gevraagd" not in self.start(tandarts_client, kring)
        maak("aangeboden")
        assert "Protocolversie 2 wacht op akkoord" in self.start(tandarts_client, kring)
        assert "wacht op akkoord" not in self.start(als(triagist), kring)

    def test_coordinator_hears_what_has_no_moment(self, client, kring, maak):
        versie = maak("goedgekeurd")
        assert "Bepaal vanaf wanneer protocolversie 1 geldt" in self.start(client, kring)
        client.post(
            reverse(
                "triage:protocol_ingaan", kwargs={"kring": kring.slug, "protocolversie": versie.pk}
            )
        )
        assert "Bepaal vanaf wanneer" not in self.start(client, kring)
