"""Pages of the drafts: who may, what is shown, what a mistake says."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kern.actor import Actor
from rooster.actions.concept import copy_concept, make_concept
from rooster.actions.versie import propose, withdraw
from rooster.concept import rekenen
from rooster.concept.uitvoer import duties_of
from rooster.models import Concept, Conceptplaats, Dienstsoort, Plantaak, Roosterperiode
from tests import factories
from tests.rooster.concept.conftest import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def ander_concept(andere_kring, systeem):
    periode = build(andere_kring, praktijken=2).periode
    return make_concept(periode=periode, naam="Elders", diensten=duties_of(periode), by=systeem)


@pytest.fixture
def gepland(concept, als, coordinator):
    """The draft, planned by way of the page."""
    post(als(coordinator), concept, "concept_rekenen", seconden=10)
    taak = concept.plantaken.get()
    rekenen.run(taak.pk, taak.kring_id)
    concept.refresh_from_db()
    return concept


def url(concept, name="concept"):
    return reverse(f"rooster:{name}", kwargs={"kring": concept.kring.slug, "concept": concept.pk})


def post(client, concept, name, **data):
    return client.post(url(concept, name), data)


def plaats_url(plaats, name="conceptplaats"):
    return reverse(
        f"rooster:{name}", kwargs={"kring": plaats.kring.slug, "conceptplaats": plaats.pk}
    )


def test_a_coordinator_makes_a_draft(kader, als, coordinator):
    client = als(coordinator)
    lijst = reverse("rooster:concepten", kwargs={"kring": "vecht"})
    assert "Winter 2027" in client.get(lijst).content.decode()
    nieuw = reverse("rooster:concept_nieuw", kwargs={"kring": "vecht", "periode": kader.periode.pk})
    assert 'value="Concept 1"' in client.get(nieuw).content.decode()
    answer = client.post(nieuw, {"naam": "Mijn rooster"}, follow=True)
    concept = Concept.objects.get()
    assert (concept.naam, concept.gekozen, concept.diensten.count()) == ("Mijn rooster", True, 30)
    assert "Mijn rooster" in answer.content.decode()
    assert "nog niemand" in answer.content.decode()
    assert "Mijn rooster" in client.get(lijst).content.decode()


def test_a_frame_with_a_hole_is_refused_with_the_reason(kader, als, coordinator):
    Dienstsoort.objects.filter(naam="Weekend").delete()
    nieuw = reverse("rooster:concept_nieuw", kwargs={"kring": "vecht", "periode": kader.periode.pk})
    answer = als(coordinator).post(nieuw, {"naam": "Mijn rooster"})
    assert answer.status_code == 422
    assert "heeft niemand dienst" in answer.content.decode()
    assert "Mijn rooster" in answer.content.decode()
    assert not Concept.objects.exists()


def test_the_page_follows_the_planner(concept, als, coordinator):
    client = als(coordinator)
    answer = client.post(url(concept, "concept_rekenen"), {"seconden": 10}, follow=True)
    assert 'hx-trigger="every 2s"' in answer.content.decode()
    fragment = client.get(url(concept, "concept_voortgang"))
    assert "begint zo" in fragment.content.decode()
    assert "HX-Refresh" not in fragment
    taak = concept.plantaken.get()
    rekenen.run(taak.pk, taak.kring_id)
    assert client.get(url(concept, "concept_voortgang"))["HX-Refresh"] == "true"
    pagina = client.get(url(concept)).content.decode()
    assert "Opnieuw plannen" in pagina
    assert "nog niemand" not in pagina


def test_the_page_stops_the_planner(concept, als, coordinator):
    client = als(coordinator)
    post(client, concept, "concept_rekenen", seconden=10)
    answer = client.post(url(concept, "concept_stoppen"), follow=True)
    assert concept.plantaken.get().status == "gestopt"
    assert "begint zo" not in answer.content.decode()


def test_pins_that_cannot_be_are_refused_by_name(concept, kader, als, coordinator):
    een, twee = kader.tandartsen[:2]
    dienst = concept.diensten.first()
    for wie, rol in ((een, "dienstdoende"), (twee, "achterwacht")):
        dienst.plaatsen.filter(rol=rol).update(tandarts=wie, deelnemer=wie.deelnemer, vast=True)
    answer = als(coordinator).post(url(concept, "concept_rekenen"), {"seconden": 10}, follow=True)
    text = answer.content.decode()
    assert "Tandarts 1A hoort bij dezelfde praktijk als Tandarts 1B" in text
    assert not Plantaak.objects.exists()


def test_a_place_is_changed_by_hand_with_a_warning(gepland, kader, als, coordinator):
    client = als(coordinator)
    dienst = gepland.diensten.first()
    plaats = dienst.plaatsen.get(rol="dienstdoende")
    ander = dienst.plaatsen.get(rol="achterwacht")
    maat = next(
        t
        for t in kader.tandartsen
        if t.deelnemer_id == ander.deelnemer_id and t.pk != ander.tandarts_id
    )
    pagina = client.get(plaats_url(plaats)).content.decode()
    assert "Waarom deze tandarts" in pagina
    assert maat.naam in pagina
    keuze = f"{maat.pk}/{maat.deelnemer_id}"
    answer = client.post(plaats_url(plaats), {"wie": keuze, "vast": "on"}, follow=True)
    plaats.refresh_from_db()
    assert (plaats.tandarts, plaats.vast) == (maat, True)
    assert f"{maat.naam} hoort bij dezelfde praktijk als" in answer.content.decode()


def test_nobody_has_both_places(gepland, als, coordinator):
    plaats, ander = gepland.diensten.first().plaatsen.order_by("rol")
    wie = f"{ander.tandarts_id}/{ander.deelnemer_id}"
    was = plaats.tandarts_id
    answer = als(coordinator).post(plaats_url(plaats), {"wie": wie})
    assert answer.status_code == 422
    assert "al de andere plaats" in answer.content.decode()
    plaats.refresh_from_db()
    assert plaats.tandarts_id == was


def test_a_place_is_pinned_and_loosened(gepland, als, coordinator):
    client = als(coordinator)
    plaats = Conceptplaats.objects.filter(dienst__concept=gepland).first()
    for vast in (True, False):
        client.post(plaats_url(plaats, "conceptplaats_vast"))
        plaats.refresh_from_db()
        assert plaats.vast is vast


def test_a_what_if_stands_beside_the_draft(gepland, als, coordinator):
    client = als(coordinator)
    answer = client.post(url(gepland, "concept_wat_als"), {"naam": "Minder rust", "rustdagen": 1})
    kopie = Concept.objects.get(naam="Minder rust")
    assert answer.url == url(kopie)
    assert kopie.afwijking == {"rustdagen": 1, "geen_aaneengesloten_weekenden": False}
    assert (kopie.gekozen, kopie.gemaakt_uit) == (False, gepland)
    places = Conceptplaats.objects.filter(dienst__concept=kopie).values_list("tandarts")
    assert places.count() == 60
    assert places.filter(tandarts=None).count() == 0
    client.post(url(kopie, "concept_kiezen"))
    assert Concept.objects.get(gekozen=True) == kopie
    client.post(url(gepland, "concept_weg"))
    assert Concept.objects.get() == kopie


@pytest.mark.parametrize("naam", ["concept_wat_als", "concept_kiezen", "concept_weg", "concept"])
def test_the_pages_of_a_draft_open(concept, als, coordinator, naam):
    assert als(coordinator).get(url(concept, naam)).status_code == 200


@pytest.mark.parametrize("wie", ["tandarts_gebruiker", "vertegenwoordiger", "triagist"])
def test_others_do_not_see_a_draft(concept, als, request, tandarts, wie):
    client = als(request.getfixturevalue(wie))
    assert client.get(url(concept)).status_code == 403
    assert post(client, concept, "concept_rekenen", seconden=10).status_code == 403
    assert not Plantaak.objects.exists()


def test_another_kring_is_not_there(ander_concept, als, coordinator):
    client = als(coordinator)
    kwargs = {"kring": "vecht", "concept": ander_concept.pk}
    for naam in ("concept", "concept_voortgang", "concept_wat_als", "concept_weg"):
        assert client.get(reverse(f"rooster:{naam}", kwargs=kwargs)).status_code == 404
    assert client.post(reverse("rooster:concept_rekenen", kwargs=kwargs)).status_code == 404
    plaats = Conceptplaats.objects.filter(dienst__concept=ander_concept).first()
    adres = reverse("rooster:conceptplaats", kwargs={"kring": "vecht", "conceptplaats": plaats.pk})
    assert client.post(adres, {"wie": ""}).status_code == 404


def test_a_broken_form_keeps_what_was_typed(concept, als, coordinator):
    answer = als(coordinator).post(
        url(concept, "concept_wat_als"), {"naam": "Meer rust", "rustdagen": "veel"}
    )
    assert answer.status_code == 422
    assert "Meer rust" in answer.content.decode()
    assert "veel" in answer.content.decode()


def queries(client, address):
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(address).status_code == 200
    return len(found)


def test_more_dentists_ask_no_more_queries(concept, kader, als, coordinator, systeem):
    from rooster.models import Inzet
    from tests import factories

    client = als(coordinator)
    client.get(url(concept))
    before = queries(client, url(concept))
    for n in range(10):
        tandarts = factories.TandartsFactory(kring=concept.kring)
        Inzet.objects.create(
            kring=concept.kring,
            tandarts=tandarts,
            deelnemer=tandarts.deelnemer,
            fte=1,
            geldig_vanaf="2020-01-01",
        )
        Conceptplaats.objects.filter(dienst__code=f"D000{n}", rol="achterwacht").update(
            tandarts=tandarts, deelnemer=tandarts.deelnemer
        )
    assert queries(client, url(concept)) == before


def test_the_share_of_everybody_is_shown(gepland, als, coordinator):
    text = als(coordinator).get(url(gepland, "concept_eerlijk")).content.decode()
    assert text.count('<svg class="deel"') == 4 * 2 + 8
    assert "te veel" not in text
    assert "style=" not in text


def test_a_dentist_sees_the_reasons_once_it_is_proposed(
    gepland, kader, als, tandarts_gebruiker, systeem
):
    ik = kader.tandartsen[0]
    ik.gebruiker = tandarts_gebruiker
    ik.save()
    client = als(tandarts_gebruiker)
    plaats = Conceptplaats.objects.filter(dienst__concept=gepland, tandarts=ik).first()
    adressen = [url(gepland, "concept_eerlijk"), plaats_url(plaats, "conceptplaats_waarom")]
    assert [client.get(adres).status_code for adres in adressen] == [404, 404]
    eigen = reverse("rooster:eerlijk", kwargs={"kring": "vecht"})
    assert "Nog geen rooster" in client.get(eigen).content.decode()
    propose(gepland, by=systeem)
    pagina = client.get(eigen, follow=True).content.decode()
    assert plaats_url(plaats, "conceptplaats_waarom") in pagina
    text = client.get(adressen[1]).content.decode()
    assert "Tandarts 1A heeft deze plaats." in text
    assert "Tandarts 4B" in text


@pytest.mark.parametrize("status", ["akkoord", "gepubliceerd"])
def test_a_dentist_does_not_see_a_draft_that_is_chosen_and_not_proposed(
    gepland, als, tandarts_gebruiker, systeem, status
):
    versie = propose(gepland, by=systeem)
    nieuw = copy_concept(gepland, naam="Anders", afwijking={}, by=systeem)
    Concept.objects.filter(pk=gepland.pk).update(gekozen=False)
    Concept.objects.filter(pk=nieuw.pk).update(gekozen=True)
    Roosterperiode.objects.update(status=status)
    client = als(tandarts_gebruiker)
    plaats = nieuw.diensten.first().plaatsen.first()
    assert client.get(url(nieuw, "concept_eerlijk")).status_code == 404
    assert client.get(plaats_url(plaats, "conceptplaats_waarom")).status_code == 404
    eigen = reverse("rooster:eerlijk", kwargs={"kring": "vecht"})
    assert client.get(eigen).url == url(gepland, "concept_eerlijk")
    withdraw(versie, reden="Anders", by=systeem)
    assert client.get(url(gepland, "concept_eerlijk")).status_code == 404


def test_a_dentist_does_not_read_the_exemption_of_another(
    gepland, kader, als, tandarts_gebruiker, coordinator
):
    ander = kader.tandartsen[5]
    factories.VrijstellingFactory(
        kring=gepland.kring,
        tandarts=ander,
        deel=100,
        eerste_dag=kader.periode.eerste_dag,
        laatste_dag=kader.periode.laatste_dag,
    )
    propose(gepland, by=Actor.system(gepland.kring_id))
    plaats = gepland.diensten.first().plaatsen.first()
    adres = plaats_url(plaats, "conceptplaats_waarom")
    assert f"{ander.naam} is op" in als(tandarts_gebruiker).get(adres).content.decode()
    assert "vrijgesteld" not in als(tandarts_gebruiker).get(adres).content.decode()
    assert "vrijgesteld" in als(coordinator).get(adres).content.decode()
