"""A tie and who breaks it; holding a vote again."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from kern.models import Logregel
from kring.models import Lidmaatschap
from reglement.actions import stemmen as acties
from reglement.actions.vergadering import appoint_chair
from reglement.besluiten import standing_decision
from reglement.bundel import controleer_besluit as controle
from reglement.models import Besluit, Doorslagstem, Stemming
from reglement.stemmen.doorslag import decider_of
from tests import factories
from tests.reglement.stemzaal import Stemzaal


@pytest.fixture
def zaal(kring):
    return Stemzaal(kring)


def _office(zaal, soort, naam):
    lid = factories.LidmaatschapFactory(kring=zaal.kring, rol="coordinator", gebruiker__naam=naam)
    factories.FunctieFactory(kring=zaal.kring, soort=soort, gebruiker=lid.gebruiker)
    return lid.gebruiker


def test_a_tie_waits_for_the_coordinator_and_then_becomes_a_decision(zaal):
    holder = _office(zaal, "coordinator", "Coördinator Caspers")
    stemming = zaal.vote("vvvttt")
    assert stemming.uitslag["uitkomst"] == "staking"
    assert not Besluit.objects.exists()
    assert decider_of(stemming).personen == {holder.pk: "Coördinator Caspers"}

    done = acties.cast_doorslag(stemming, keuze="voor", by=zaal.actor(holder, "coordinator"))
    assert done.besluit.uitkomst == "aangenomen"
    assert done.besluit.bundel["doorslag"]["naam"] == "Coördinator Caspers"
    assert controle.check(controle.as_file(done.besluit.bundel)) == []
    events = list(Logregel.objects.order_by("id").values_list("gebeurtenis", flat=True))
    assert events[-2:] == ["stemming.doorslag", "besluit.genomen"]


def test_a_tie_is_broken_once_and_not_blank(zaal):
    holder = zaal.actor(_office(zaal, "coordinator", "Caspers"), "coordinator")
    stemming = zaal.vote("vvvttt")
    with pytest.raises(ValidationError, match="niet blanco"):
        acties.cast_doorslag(stemming, keuze="blanco", by=holder)
    acties.cast_doorslag(stemming, keuze="tegen", by=holder)
    with pytest.raises(ValidationError, match="geen gelijke stand"):
        acties.cast_doorslag(stemming, keuze="voor", by=holder)
    assert Doorslagstem.objects.get().keuze == "tegen"


def test_nobody_else_breaks_a_tie(zaal):
    _office(zaal, "coordinator", "Caspers")
    stemming = zaal.vote("vvvttt")
    with pytest.raises(PermissionDenied):
        acties.cast_doorslag(stemming, keuze="voor", by=zaal.voter(0))
    assert not Doorslagstem.objects.exists()


def test_a_holder_with_an_interest_makes_way_for_the_deputy(zaal):
    holder = _office(zaal, "coordinator", "Caspers")
    deputy = _office(zaal, "plv_coordinator", "Plaatsvervanger Pieters")
    stemming = zaal.open()
    acties.declare_belang(
        stemming, toelichting="Het gaat om mijn broer.", by=zaal.actor(holder, "coordinator")
    )
    for n, keuze in enumerate(["voor", "tegen"]):
        zaal.cast(stemming, n, keuze)
    done = acties.close_stemming(stemming, by=zaal.leider)
    with pytest.raises(PermissionDenied):
        acties.cast_doorslag(done, keuze="voor", by=zaal.actor(holder, "coordinator"))
    done = acties.cast_doorslag(done, keuze="tegen", by=zaal.actor(deputy, "coordinator"))
    given = done.besluit.bundel["doorslag"]
    assert (given["eigen_belang"], given["plaatsvervanger"], given["naam"]) == (
        True,
        True,
        "Plaatsvervanger Pieters",
    )
    assert done.besluit.uitkomst == "verworpen"
    assert done.besluit.bundel["belangen"] == [{"naam": "Caspers"}]


def test_who_is_noted_in_the_office_after_the_tie_does_not_break_it(zaal):
    stemming = zaal.vote("vvvttt")
    factories.FunctieFactory(
        kring=zaal.kring,
        soort="coordinator",
        gebruiker=zaal.personen[0],
        deelnemer=zaal.praktijken[0],
    )
    stemming = Stemming.objects.get(pk=stemming.pk)
    with pytest.raises(PermissionDenied):
        acties.cast_doorslag(stemming, keuze="voor", by=zaal.voter(0))
    assert decider_of(stemming).personen == {zaal.voorzitter.pk: "Voorzitter"}


def test_who_takes_the_chair_after_the_tie_does_not_break_it(kring):
    factories.ReglementversieFactory(kring=kring, variabelen={"4.optie": "A"})
    zaal = Stemzaal(kring)
    zaal.vergadering.voorzitter = zaal.personen[0]
    zaal.vergadering.save()
    stemming = zaal.vote("vvvttt")
    appoint_chair(zaal.vergadering, voorzitter=zaal.voorzitter, by=zaal.leider)
    stemming = Stemming.objects.get(pk=stemming.pk)
    with pytest.raises(PermissionDenied):
        acties.cast_doorslag(stemming, keuze="voor", by=zaal.leider)
    done = acties.cast_doorslag(stemming, keuze="tegen", by=zaal.voter(0))
    assert done.besluit.bundel["doorslag"]["naam"] == zaal.personen[0].naam


def test_when_who_held_the_casting_vote_left_somebody_can_still_break_the_tie(zaal):
    _office(zaal, "coordinator", "Caspers")
    stemming = zaal.vote("vvvttt")
    Lidmaatschap.objects.filter(gebruiker__naam="Caspers").update(status="beeindigd")
    assert decider_of(stemming).personen == {zaal.voorzitter.pk: "Voorzitter"}


def test_by_another_reading_nobody_breaks_it_and_the_proposal_is_rejected(kring):
    factories.ReglementversieFactory(kring=kring, lezing={"doorslag_bij_belang": "niemand"})
    zaal = Stemzaal(kring)
    holder = _office(zaal, "coordinator", "Caspers")
    stemming = zaal.open()
    acties.declare_belang(stemming, toelichting="Broer", by=zaal.actor(holder, "coordinator"))
    zaal.cast(stemming, 0, "voor")
    zaal.cast(stemming, 1, "tegen")
    done = acties.close_stemming(stemming, by=zaal.leider)
    assert done.besluit.uitkomst == "verworpen"
    assert done.besluit.bundel["doorslag"]["keuze"] is None


def test_a_vote_about_the_practice_of_the_holder_is_an_interest(kring):
    zaal = Stemzaal(kring, besluitsoort="hertoelating", zitting="zonder_quorum")
    factories.FunctieFactory(kring=kring, soort="coordinator", gebruiker=zaal.personen[0])
    deputy = _office(zaal, "plv_coordinator", "Pieters")
    stemming = zaal.vote("vt....", betrokkene=zaal.praktijken[0])
    assert decider_of(stemming).personen == {deputy.pk: "Pieters"}


def test_without_anybody_in_office_who_has_the_role_decides(zaal):
    stemming = zaal.vote("vvvttt")
    assert decider_of(stemming).personen == {zaal.voorzitter.pk: "Voorzitter"}


def test_an_interest_is_declared_once_and_before_the_decision(zaal):
    stemming = zaal.open()
    acties.declare_belang(stemming, toelichting="Broer", by=zaal.voter(0))
    with pytest.raises(ValidationError, match="al een belang gemeld"):
        acties.declare_belang(stemming, toelichting="Zus", by=zaal.voter(0))
    zaal.cast(stemming, 0, "voor")
    acties.close_stemming(stemming, by=zaal.leider)
    with pytest.raises(ValidationError, match="al afgelopen"):
        acties.declare_belang(stemming, toelichting="Neef", by=zaal.voter(1))


def test_a_decided_point_is_voted_on_again_only_after_a_decision_to(zaal):
    first = zaal.vote("vvvvtt")
    with pytest.raises(ValidationError, match="Opnieuw stemmen kan alleen"):
        zaal.open()

    order = acties.propose_herstemming(first, by=zaal.leider)
    assert order.agendapunt_id != zaal.punt.pk
    for n in range(4):
        zaal.cast(order, n, "voor")
    acties.close_stemming(order, by=zaal.leider)
    assert standing_decision(zaal.punt) == first.besluit

    again = zaal.open()
    assert again.herstemming_van_id == first.pk
    assert standing_decision(zaal.punt) is None
    for n in range(4):
        zaal.cast(again, n, "tegen")
    done = acties.close_stemming(again, by=zaal.leider)
    assert standing_decision(zaal.punt) == done.besluit
    assert done.besluit.bundel["stemming"]["herstemming_van"] == str(first.pk)
    with pytest.raises(ValidationError, match="Opnieuw stemmen kan alleen"):
        zaal.open()


def _agree_to_vote_again(zaal, first):
    order = acties.propose_herstemming(first, by=zaal.leider)
    for n in range(4):
        zaal.cast(order, n, "voor")
    acties.close_stemming(order, by=zaal.leider)


def test_a_re_vote_that_was_taken_back_can_still_be_held(zaal):
    first = zaal.vote("vvvvtt")
    _agree_to_vote_again(zaal, first)
    acties.withdraw_stemming(zaal.open(), by=zaal.leider)
    assert standing_decision(zaal.punt) == first.besluit

    again = zaal.open(vraag="Anders gevraagd: komt er een tweede achterwacht?")
    assert again.herstemming_van_id == first.pk
    with pytest.raises(ValidationError, match="loopt nog een stemming"):
        zaal.open()


def test_while_a_re_vote_ties_the_decision_before_it_does_not_stand(zaal):
    holder = zaal.actor(_office(zaal, "coordinator", "Caspers"), "coordinator")
    first = zaal.vote("vvvvtt")
    _agree_to_vote_again(zaal, first)
    again = zaal.vote("vvvttt")
    assert again.uitslag["uitkomst"] == "staking"
    assert standing_decision(zaal.punt) is None

    done = acties.cast_doorslag(again, keuze="tegen", by=holder)
    assert standing_decision(zaal.punt) == done.besluit


def test_a_re_vote_without_enough_deelnemers_replaces_nothing(zaal):
    first = zaal.vote("vvvvtt")
    _agree_to_vote_again(zaal, first)
    again = zaal.open()
    for n in range(6):
        zaal.note(n, "weg")
    done = acties.close_stemming(again, by=zaal.leider)
    assert done.besluit.uitkomst == "geen_geldige_stemming"
    assert standing_decision(zaal.punt) == first.besluit


def test_a_rejected_point_of_order_leaves_the_decision(zaal):
    first = zaal.vote("vvvvtt")
    order = acties.propose_herstemming(first, by=zaal.leider)
    with pytest.raises(ValidationError, match="al gestemd"):
        acties.propose_herstemming(first, by=zaal.leider)
    zaal.cast(order, 0, "tegen")
    acties.close_stemming(order, by=zaal.leider)
    with pytest.raises(ValidationError, match="Opnieuw stemmen kan alleen"):
        zaal.open()
    assert Stemming.objects.filter(agendapunt=zaal.punt).count() == 1
