"""Another area is a decision of the deelnemers, and a new version of the rules with it."""

import pytest
from django.core.exceptions import ValidationError

from reglement.actions import gebied as actions
from reglement.geldend import variabelen_on, version_on
from reglement.models import Gebiedswijziging
from rooster.actions.gebied import save_gebied
from rooster.models import Gebied
from tests import factories
from tests.reglement.deelnemen import events, page, rules, today

pytestmark = pytest.mark.django_db

VOORSTEL = {
    "postcodes": ["3513", "3511"],
    "grens": 40,
    "gemeenten": ["Utrecht", "Zeist (west)"],
    "toelichting": "De wijk hoort erbij.",
}


@pytest.fixture
def co(coordinator, actor):
    return actor(coordinator)


@pytest.fixture
def gebied(kring):
    return Gebied.objects.create(kring=kring, postcodes=["3511", "3512"], grens=45)


@pytest.fixture
def reglement(kring):
    return rules(kring)


@pytest.fixture
def voorstel(kring, gebied, reglement, co):
    return actions.propose_area(kring_id=kring.pk, by=co, **VOORSTEL)


def decide(kring, voorstel, uitkomst="aangenomen"):
    punt = factories.AgendapuntFactory(
        kring=kring, gebiedswijziging=voorstel, besluitsoort="verzorgingsgebied"
    )
    return factories.BesluitFactory(kring=kring, agendapunt=punt, uitkomst=uitkomst)


def test_a_carried_proposal_changes_area_and_rules_together(kring, voorstel, reglement, co):
    besluit = decide(kring, voorstel)
    row = actions.settle_area(voorstel, by=co)
    assert (row.status, row.besluit) == ("verwerkt", besluit)
    area = Gebied.objects.get()
    assert (area.postcodes, area.grens) == (["3511", "3513"], 40)
    versie = version_on(kring.pk, today())
    assert versie == row.versie != reglement
    assert versie.besluit == besluit
    assert variabelen_on(kring.pk, today()).gemeenten == ("Utrecht", "Zeist (west)")
    assert events()[-1] == "gebiedswijziging.afgerond"


def test_when_no_rules_can_follow_the_area_does_not_change(kring, gebied, co):
    row = actions.propose_area(kring_id=kring.pk, by=co, **VOORSTEL)
    decide(kring, row)
    with pytest.raises(ValidationError, match="nog geen reglement"):
        actions.settle_area(row, by=co)
    assert Gebied.objects.get().postcodes == ["3511", "3512"]
    row.refresh_from_db()
    assert row.status == "voorstel"


def test_a_rejected_proposal_changes_nothing(kring, voorstel, reglement, co):
    decide(kring, voorstel, "verworpen")
    assert actions.settle_area(voorstel, by=co).status == "verworpen"
    assert Gebied.objects.get().postcodes == ["3511", "3512"]
    assert version_on(kring.pk, today()) == reglement
    with pytest.raises(ValidationError, match="al afgerond"):
        actions.settle_area(voorstel, by=co)


@pytest.mark.parametrize("uitkomst", ["", "geen_geldige_stemming"])
def test_without_a_decision_nothing_changes(kring, voorstel, co, uitkomst):
    if uitkomst:
        decide(kring, voorstel, uitkomst)
    with pytest.raises(ValidationError, match=r"10\.1c"):
        actions.settle_area(voorstel, by=co)
    assert Gebied.objects.get().postcodes == ["3511", "3512"]


def test_with_rules_in_force_the_postcodes_are_closed_to_the_coordinator(kring, gebied, co):
    save_gebied(kring_id=kring.pk, postcodes=["3511"], grens=45, by=co)
    rules(kring)
    with pytest.raises(ValidationError) as refused:
        save_gebied(kring_id=kring.pk, postcodes=["3512"], grens=45, by=co)
    assert "10.1c" in refused.value.message_dict["postcodes"][0]
    # The limit in minutes is no rule.
    assert save_gebied(kring_id=kring.pk, postcodes=["3511"], grens=50, by=co).grens == 50


def test_one_proposal_at_a_time_and_not_changed_once_it_is_on_an_agenda(kring, voorstel, co):
    with pytest.raises(ValidationError, match="al een voorstel"):
        actions.propose_area(kring_id=kring.pk, by=co, **VOORSTEL)
    actions.change_proposal(voorstel, grens=50, by=co)
    meeting = factories.VergaderingFactory(kring=kring, status="concept", opgeroepen_op=None)
    punt = actions.put_to_meeting(voorstel, vergadering=meeting, by=co)
    assert punt.gebiedswijziging == voorstel
    assert "Zeist (west)" in punt.toelichting
    with pytest.raises(ValidationError, match="agenda"):
        actions.change_proposal(voorstel, grens=55, by=co)
    actions.withdraw_proposal(voorstel, by=co)
    assert actions.propose_area(kring_id=kring.pk, by=co, **VOORSTEL).pk != voorstel.pk


# --- pages


def test_from_proposal_to_area_on_the_pages(als, kring, gebied, reglement, deelnemer):
    coordinator = factories.LidmaatschapFactory(kring=kring, rol="coordinator").gebruiker
    client = als(coordinator)
    own = page(kring, "deelnemers/gebied/")
    assert "3511-3512" in client.get(own).content.decode()
    typed = {"gemeenten": "Utrecht\nZeist\n", "postcodes": "3511-3513", "grens": "40"}
    url = f"{own}voorstel/"
    wrong = client.post(url, typed | {"postcodes": "abcd"})
    assert wrong.status_code == 422
    assert "Zeist" in wrong.content.decode()
    assert client.post(url, typed).status_code == 302
    html = client.get(own).content.decode()
    assert "Dit is een schatting" in html
    assert "Erbij" in html
    assert client.get(url).status_code == 200
    row = Gebiedswijziging.objects.get()
    meeting = factories.VergaderingFactory(kring=kring, status="concept", opgeroepen_op=None)
    assert client.post(f"{own}{row.pk}/voorleggen/", {"vergadering": ""}).status_code == 422
    assert client.post(f"{own}{row.pk}/voorleggen/", {"vergadering": meeting.pk}).status_code == 302
    assert client.post(f"{own}{row.pk}/verwerken/").status_code == 422
    factories.BesluitFactory(kring=kring, agendapunt=row.agendapunten.get())
    assert "Verwerk het besluit over het gebied" in client.get(page(kring)).content.decode()
    assert client.post(f"{own}{row.pk}/intrekken/").status_code == 422
    assert client.post(f"{own}{row.pk}/verwerken/").status_code == 302
    assert Gebied.objects.get().postcodes == ["3511", "3512", "3513"]
    assert "aangenomen en verwerkt" in client.get(own).content.decode()


def test_everybody_of_the_kring_reads_it_and_the_coordinator_proposes(
    als, kring, andere_kring, vertegenwoordiger, triagist
):
    client = als(vertegenwoordiger)
    assert "nog niet ingevuld" in client.get(page(kring, "deelnemers/gebied/")).content.decode()
    assert client.get(page(kring, "deelnemers/gebied/voorstel/")).status_code == 403
    assert als(triagist).get(page(kring, "deelnemers/gebied/")).status_code == 403
    coordinator = factories.LidmaatschapFactory(kring=kring, rol="coordinator").gebruiker
    other = factories.GebiedswijzigingFactory(kring=andere_kring)
    for path in ("voorleggen", "verwerken", "intrekken"):
        url = page(kring, f"deelnemers/gebied/{other.pk}/{path}/")
        assert als(coordinator).get(url).status_code == 404
