"""The pages: who may know, what is offered now, what a broken form keeps."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from kern.models import Logregel
from reglement.inhoud.variabelen import VOORSTEL
from reglement.models import Royement
from tests import factories
from tests.reglement.royement.conftest import FEITEN, PDF

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(kring):
    return lambda naam, **kw: reverse(f"reglement:{naam}", kwargs={"kring": kring.slug} | kw)


@pytest.fixture
def chef(als, coordinator):
    return als(coordinator)


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_from_the_first_form_to_a_proposal(loop, chef, url, betrokkene, vandaag):
    data = {"deelnemer": betrokkene.pk, "grond": "afspraken", "feiten": FEITEN, "op": vandaag}
    response = chef.post(url("royement_nieuw"), data)
    royement = Royement.objects.get()
    assert response.headers["Location"] == url("royement", royement=royement.pk)
    assert "Doe een voorstel" in page(chef, response.headers["Location"])
    step = url("royement_stap", royement=royement.pk)
    refused = chef.post(
        step,
        {"doel": "voorstel", "over": "tandarts", "vorm": "royement", "tekst": "Weg ermee."}
        | {"op": vandaag},
    )
    assert refused.status_code == 422
    assert "lost de praktijk dat eerst zelf op" in refused.content.decode()
    assert "Weg ermee." in refused.content.decode()
    chef.post(
        step,
        {"doel": "voorstel", "over": "praktijk", "vorm": "royement", "tekst": "x", "op": vandaag},
    )
    assert "Voeg de stukken toe" in page(chef, url("royement", royement=royement.pk))


@pytest.mark.parametrize(
    ("weg", "zin"),
    [
        ({"feiten": ""}, "Dit veld is verplicht"),
        ({"op": "2099-01-01"}, "moet nog komen"),
        ({"grond": "onzin"}, "onzin"),
        ({"deelnemer": ""}, "Dit veld is verplicht"),
    ],
)
def test_a_broken_start_keeps_what_was_typed(*, loop, chef, url, betrokkene, vandaag, weg, zin):
    data = {"deelnemer": betrokkene.pk, "grond": "anders", "feiten": FEITEN, "op": vandaag}
    response = chef.post(url("royement_nieuw"), data | weg)
    assert response.status_code == 422
    assert zin in response.content.decode()
    assert "feiten" in weg or FEITEN in response.content.decode()
    assert not Royement.objects.exists()


def test_before_the_invitation_nobody_knows(*, loop, als, chef, url, praktijken, spreekt):
    royement = loop.begin()
    loop.propose()
    loop.add_stuk()
    people = [als(spreekt(praktijken[0])), als(spreekt(praktijken[1]))]
    address = url("royement", royement=royement.pk)
    for client in people:
        assert client.get(address).status_code == 404
        assert "Er loopt niets" in page(client, url("royementen"))
    punt = loop.call()
    # Who joined the kring after the invitations left was not invited.
    later = factories.DeelnemerFactory(kring=royement.kring)
    outsider = factories.LidmaatschapFactory(
        kring=royement.kring, rol="vertegenwoordiger", deelnemer=later
    ).gebruiker
    loop.announce(punt)
    for client in people:
        assert FEITEN in page(client, address)
        assert praktijken[0].naam in page(client, url("royementen"))
    assert als(outsider).get(address).status_code == 404
    assert FEITEN in page(chef, address)


@pytest.mark.parametrize("wie", ["triagist", "tandarts_gebruiker", "beheerder", "fg"])
def test_other_roles_see_nothing(*, request, loop, als, url, wie):
    loop.to_vote()
    client = als(request.getfixturevalue(wie))
    for address in (url("royementen"), url("royement", royement=loop.royement.pk)):
        assert client.get(address).status_code == 403


def test_another_kring_finds_nothing(loop, als, vreemde, andere_kring):
    loop.to_vote()
    client, stuk = als(vreemde), loop.royement.stukken.get()
    kwargs = {"kring": andere_kring.slug, "royement": loop.royement.pk}
    for naam, more in (("royement", {}), ("royementstuk", {"royementstuk": stuk.pk})):
        assert client.get(reverse(f"reglement:{naam}", kwargs=kwargs | more)).status_code == 404
    for naam in ("royement_stap", "royement_eigen", "royement_stuk_nieuw", "royement_brief"):
        assert client.post(reverse(f"reglement:{naam}", kwargs=kwargs)).status_code == 404
    assert client.get(reverse("reglement:royement_besluit", kwargs=kwargs)).status_code == 404


def test_another_practice_reads_and_does_nothing(loop, als, url, praktijken, spreekt):
    loop.to_carried()
    loop.decide()
    client, pk = als(spreekt(praktijken[1])), loop.royement.pk
    text = page(client, url("royement", royement=pk))
    assert "Besluit: voorwaardelijk royement" in text
    # The reasons and the conditions are for the practice.
    assert "dichte deur" not in text
    assert "De telefoon wordt opgenomen" not in text
    assert client.post(url("royement_brief", royement=pk)).status_code == 404
    assert client.post(url("royement_eigen", royement=pk)).status_code == 404
    assert client.post(url("royement_stuk_nieuw", royement=pk)).status_code == 404
    assert client.post(url("royement_stap", royement=pk)).status_code == 403


def test_every_look_at_a_document_is_a_line(loop, als, url, praktijken, spreekt):
    loop.to_vote()
    stuk, person = loop.royement.stukken.get(), spreekt(praktijken[1])
    response = als(person).get(url("royementstuk", royement=loop.royement.pk, royementstuk=stuk.pk))
    assert response.content == PDF
    assert response["Content-Disposition"] == 'attachment; filename="overzicht.pdf"'
    assert "sandbox" in response["Content-Security-Policy"]
    row = Logregel.objects.get(gebeurtenis="royement.stuk_gezien")
    assert (row.gebruiker_id, row.object_id) == (person.pk, str(stuk.pk))


def test_a_document_comes_in_by_either_side(*, loop, als, chef, url, betrokkene, spreekt):
    loop.to_vote()
    address = url("royement_stuk_nieuw", royement=loop.royement.pk)
    broken = SimpleUploadedFile("brief.pdf", b"PK\x03\x04", "application/pdf")
    response = chef.post(address, {"omschrijving": "De brief", "bestand": broken})
    assert response.status_code == 422
    assert "geen pdf" in response.content.decode()
    assert "De brief" in response.content.decode()
    own = SimpleUploadedFile("storing.pdf", PDF + b"%eigen", "application/pdf")
    als(spreekt(betrokkene)).post(address, {"omschrijving": "De storing", "bestand": own})
    row = loop.royement.stukken.get(nummer=2)
    assert row.van_betrokkene
    assert "van de praktijk zelf" in page(chef, url("royement", royement=loop.royement.pk))


def test_the_practice_gives_its_side_and_takes_its_letter(
    *, loop, als, chef, url, betrokkene, spreekt
):
    loop.to_carried()
    client, pk = als(spreekt(betrokkene)), loop.royement.pk
    assert client.post(url("royement_brief", royement=pk)).status_code == 404
    client.post(url("royement_eigen", royement=pk), {"doel": "zienswijze", "tekst": "Storing."})
    loop.decide()
    assert "Er staat een brief van de kring voor je klaar" in page(
        client, url("royement", royement=pk)
    )
    response = client.post(url("royement_brief", royement=pk))
    text = " ".join(PdfReader(io.BytesIO(response.content)).pages[0].extract_text().split())
    assert "voorwaardelijk te royeren" in text
    assert "dichte deur" in text
    assert "De telefoon wordt opgenomen." in text
    assert "4 stemden voor" in text
    assert "vereniging" not in text
    assert "heeft hem opgehaald" in page(chef, url("royement", royement=pk))


@pytest.mark.parametrize("invulling", [VOORSTEL | {"0.rechtsvorm": "vereniging"}])
def test_an_association_hears_of_the_law(*, loop, als, url, betrokkene, spreekt):
    loop.to_carried("royement")
    loop.decide()
    client, pk = als(spreekt(betrokkene)), loop.royement.pk
    assert "BW 2:35" in page(client, url("royement", royement=pk))
    response = client.post(url("royement_brief", royement=pk))
    pages = PdfReader(io.BytesIO(response.content)).pages
    assert "BW 2:35" in "".join(row.extract_text() for row in pages)


def test_a_refused_decision_keeps_what_was_typed(loop, chef, url, vandaag):
    loop.to_carried()
    address = url("royement_besluit", royement=loop.royement.pk)
    assert "Laatste dag van de termijn" in page(chef, address)
    data = {"redenen": "Vanwege de deur.", "voorwaarden": "Open.", "op": vandaag}
    response = chef.post(address, data | {"termijn_einde": vandaag})
    assert response.status_code == 422
    assert "9.2h" in response.content.decode()
    assert "Vanwege de deur." in response.content.decode()
    assert loop.stand == "aangenomen"


def test_the_list_asks_as_much_for_one_as_for_many(loop, chef, url, kring, praktijken):
    loop.begin()
    loop.propose()
    chef.get(url("royementen"))
    with CaptureQueriesContext(connection) as one:
        chef.get(url("royementen"))
    for row in praktijken[1:]:
        loop.begin(deelnemer=row)
        loop.propose()
    with CaptureQueriesContext(connection) as many:
        chef.get(url("royementen"))
    assert len(many) == len(one)


@pytest.mark.parametrize("doel", ["", "onzin", "stemming", "beslissen", "oproep", "agenda"])
def test_a_step_that_cannot_be_now_says_so(*, loop, chef, url, doel):
    loop.begin()
    response = chef.post(
        url("royement_stap", royement=loop.royement.pk), {"doel": doel}, follow=True
    )
    assert response.status_code in (200, 422)
    assert loop.royement.stappen.count() == 1


def test_readmission_from_behind_the_own_login(loop, als, url, betrokkene, spreekt):
    loop.to_carried("royement")
    loop.decide()
    client, pk = als(spreekt(betrokkene)), loop.royement.pk
    assert "mag altijd vragen" in page(client, url("royement", royement=pk))
    client.post(
        url("royement_eigen", royement=pk),
        {"doel": "hertoelating", "tekst": "Nieuwe eigenaar.", "op": loop.vandaag},
    )
    assert loop.stand == "hertoelating"


def test_the_coordinator_sees_no_vote_button_before_there_is_one(loop, chef, url):
    punt = loop.to_vote()
    address = url("royement", royement=loop.royement.pk)
    assert "Verwerk de uitslag" not in page(chef, address)
    loop.vote(punt, voor=5, tegen=1)
    assert "Verwerk de uitslag" in page(chef, address)
    chef.post(url("royement_stap", royement=loop.royement.pk), {"doel": "stemming"})
    assert loop.stand == "aangenomen"
