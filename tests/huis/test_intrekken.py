"""What is withdrawn is gone at the very next request, in the same session (S07)."""

import pytest
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from kern.actor import Actor
from kern.toegang import Rol
from kring.models import Lidmaatschap
from kring.rollen import activatie_token, end_lidmaatschap
from tests import factories
from tests.huis.objecten import TOKEN, objects_of
from tests.huis.personen import ROLLEN
from verslag.actions import withdraw_overdracht
from verslag.ophaalsessie import SLEUTEL

DOORS = {
    "triagemedewerker": "triage/",
    "tandarts": "mijn/",
    "coordinator": "gebruikers/",
    "vertegenwoordiger": "rooster/",
    "beheerder": "gebruikers/",
    "fg": "logboek/",
}
"""A page of each role."""


def _end(kring, gebruiker, rol):
    row = Lidmaatschap.objects.get(kring=kring, gebruiker=gebruiker, rol=rol)
    end_lidmaatschap(row, by=Actor.system(kring.pk))


@pytest.fixture
def persoon(kring, deelnemer, coordinator):
    """Return a function that makes a member with these roles; the kring keeps a coordinator."""

    def build(*rollen):
        gebruiker = factories.GebruikerFactory()
        for rol in rollen:
            praktijk = deelnemer if rol == "vertegenwoordiger" else None
            factories.LidmaatschapFactory(
                kring=kring, gebruiker=gebruiker, rol=rol, deelnemer=praktijk
            )
        if "tandarts" in rollen:
            factories.TandartsFactory(kring=kring, deelnemer=deelnemer, gebruiker=gebruiker)
        return gebruiker

    return build


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("rol", ROLLEN.values())
def test_an_ended_membership_closes_every_door(als, kring, persoon, rol, method):
    gebruiker = persoon(rol)
    client = als(gebruiker)
    assert client.get(f"/k/vecht/{DOORS[rol]}").status_code == 200
    _end(kring, gebruiker, rol)
    for url in (f"/k/vecht/{DOORS[rol]}", "/k/vecht/", "/k/vecht/triage/nieuw/"):
        # Where the session ended with the role, the login is all that is left.
        assert getattr(client, method)(url).status_code in {302, 401, 404, 405}, url
    assert client.get("/k/vecht/").status_code in {302, 404}


@pytest.mark.parametrize("rol", [rol for rol in ROLLEN.values() if rol != "vertegenwoordiger"])
def test_a_withdrawn_role_closes_its_own_door_only(als, kring, persoon, rol):
    gebruiker = persoon(rol, "vertegenwoordiger")
    client = als(gebruiker)
    assert client.get(f"/k/vecht/{DOORS[rol]}").status_code == 200
    _end(kring, gebruiker, rol)
    assert client.get(f"/k/vecht/{DOORS[rol]}").status_code in {302, 403}
    client = als(gebruiker)
    assert client.get(f"/k/vecht/{DOORS[rol]}").status_code == 403
    assert client.get("/k/vecht/rooster/").status_code == 200


def test_the_author_of_a_report_loses_it_with_the_role(als, kring, persoon):
    gebruiker = persoon("tandarts")
    objects = objects_of(kring, gebruiker.tandartsen.get())
    client = als(gebruiker)
    pages = [
        f"/k/vecht/verslagen/{objects.verslag.pk}/",
        f"/k/vecht/dossiers/{objects.dossier.pk}/",
    ]
    assert [client.get(url).status_code for url in pages] == [200, 200]
    _end(kring, gebruiker, "tandarts")
    assert {client.get(url).status_code for url in pages} <= {302, 404}
    assert {als(gebruiker).get(url).status_code for url in pages} == {404}


def test_a_withdrawn_link_closes_for_the_browser_that_has_it_open(als, kring, tandarts):
    objects = objects_of(kring, tandarts)
    overdracht = objects.overdracht
    client = als()
    session = client.session
    until = timezone.now().timestamp() + 900
    session[SLEUTEL] = {str(overdracht.pakketten.get().pk): until}
    session.save()
    url = f"/k/vecht/ophalen/{TOKEN}vecht/"
    assert objects.patient.naam in client.get(url).content.decode()
    withdraw_overdracht(overdracht, by=Actor.system(kring.pk))
    for response in (client.get(url), client.post(f"{url}pdf/")):
        assert response.status_code == 404
        assert objects.patient.naam not in response.content.decode()


def test_a_link_to_choose_a_password_dies_with_the_membership(als, kring):
    lid = factories.LidmaatschapFactory(kring=kring, rol=Rol.TRIAGE, status="uitgenodigd")
    uid = urlsafe_base64_encode(force_bytes(lid.gebruiker_id))
    url = f"/k/vecht/activeren/{uid}/{activatie_token.make_token(lid.gebruiker)}/"
    assert als().get(url).status_code == 200
    end_lidmaatschap(lid, by=Actor.system(kring.pk))
    assert als().get(url).status_code == 404
