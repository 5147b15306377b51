"""Illness: a draft and a published roster mended with the fewest changes; what does not fit."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from rooster.actions import herstel
from rooster.actions.concept import copy_concept, fill_concept
from rooster.concept import rekenen
from rooster.concept.uitvoer import assignment_of, instance_of
from rooster.models import (
    Concept,
    Conceptplaats,
    Dienst,
    Dienstplaats,
    Roosterwijziging,
    Waarnemer,
    Wens,
)
from rooster.planner import judge, read_instance
from rooster.planner.greedy import greedy
from tests.rooster.concept.test_paginas import post, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def gevuld(concept, systeem):
    inst = read_instance(instance_of(concept))
    fill_concept(concept, bezetting=rekenen.occupation(inst, greedy(inst)), by=systeem)
    return concept


@pytest.fixture
def gepubliceerd(gevuld, kader):
    """The same roster, published; it begins in a month."""
    for dienst in gevuld.diensten.prefetch_related("plaatsen__tandarts"):
        row = Dienst.objects.create(
            kring=kader.kring,
            begin=dienst.begin,
            einde=dienst.einde,
            categorie=dienst.categorie,
            roosterperiode=kader.periode,
        )
        for plaats in dienst.plaatsen.all():
            Dienstplaats.objects.create(
                kring=kader.kring,
                dienst=row,
                rol=plaats.rol,
                tandarts=plaats.tandarts,
                begin=row.begin,
                einde=row.einde,
            )
    kader.periode.status = "gepubliceerd"
    kader.periode.save()
    return kader.periode


def holders(periode):
    rows = Dienstplaats.objects.filter(dienst__roosterperiode=periode)
    return {(p.begin, p.rol): p.tandarts_id for p in rows}


def ill(concept, wie, van, tot):
    return {"tandarts": str(wie.pk), "van": van.isoformat(), "tot": tot.isoformat()}


def test_an_ill_dentist_is_replaced_and_little_else_changes(gevuld, kader, als, coordinator):
    wie, van, tot = kader.tandartsen[0], date(2027, 1, 4), date(2027, 2, 14)
    voor = assignment_of(gevuld)
    eigen = Conceptplaats.objects.filter(dienst__concept=gevuld, tandarts=wie)
    aantal = eigen.count()
    eigen.update(vast=True)
    client = als(coordinator)
    client.post(url(gevuld, "concept_uitval"), ill(gevuld, wie, van, tot))
    taak = gevuld.plantaken.get()
    assert taak.soort == "herstel"
    assert rekenen.run(taak.pk, taak.kring_id)
    gevuld.refresh_from_db()
    na = assignment_of(gevuld)
    assert not Conceptplaats.objects.filter(dienst__concept=gevuld, tandarts=wie).exists()
    inst = read_instance(instance_of(gevuld))
    oordeel = judge(inst, na)
    assert (oordeel.gebroken, oordeel.onbezet) == ((), 0)
    anders = sum(voor[code][rol] != na[code][rol] for code in voor for rol in voor[code])
    assert aantal <= anders == len(gevuld.bewijs["herstel"]["wijzigingen"])
    assert "Het herstel verandert" in client.get(url(gevuld)).content.decode()


def test_a_published_roster_is_mended_in_one_go(gepubliceerd, kader, als, coordinator):
    wie = kader.tandartsen[2]
    van, tot = gepubliceerd.eerste_dag, gepubliceerd.eerste_dag + timedelta(days=20)
    voor = holders(gepubliceerd)
    client = als(coordinator)
    adres = reverse("rooster:herstellen", kwargs={"kring": "vecht", "periode": gepubliceerd.pk})
    answer = client.post(adres, ill(None, wie, van, tot))
    concept = Concept.objects.get(naam__startswith="Herstel")
    assert answer.url == url(concept)
    assert not concept.gekozen
    # Nothing on the roster moves before the coordinator says so.
    taak = concept.plantaken.get()
    rekenen.run(taak.pk, taak.kring_id)
    assert holders(gepubliceerd) == voor
    pagina = client.get(url(concept)).content.decode()
    assert "Overnemen in het rooster" in pagina
    post(client, concept, "concept_overnemen", reden="valt uit")
    na = holders(gepubliceerd)
    anders = {key for key in voor if voor[key] != na[key]}
    assert {voor[key] for key in anders} >= {wie.pk}
    assert not Dienstplaats.objects.filter(tandarts=wie, begin__date__range=(van, tot)).exists()
    events = Roosterwijziging.objects.filter(soort="hersteld")
    assert events.count() == len({begin for begin, _rol in anders})
    assert {event.reden for event in events} == {"valt uit"}


def test_what_was_odd_before_the_illness_stays(gepubliceerd, kader, als, coordinator):
    """Somebody put two nights in a row on one dentist; an illness is no reason to undo that."""
    eerste, tweede = Dienst.objects.filter(roosterperiode=gepubliceerd).order_by("begin")[8:10]
    wie = eerste.plaatsen.get(rol="dienstdoende").tandarts
    andere = tweede.plaatsen.get(rol="achterwacht")
    if andere.tandarts.deelnemer_id == wie.deelnemer_id:
        andere.tandarts = next(t for t in kader.tandartsen if t.deelnemer_id != wie.deelnemer_id)
        andere.save()
    tweede.plaatsen.filter(rol="dienstdoende").update(tandarts=wie, deelnemer=None)
    ziek = next(t for t in kader.tandartsen if t not in (wie, andere.tandarts))
    client = als(coordinator)
    adres = reverse("rooster:herstellen", kwargs={"kring": "vecht", "periode": gepubliceerd.pk})
    van = gepubliceerd.eerste_dag
    client.post(adres, ill(None, ziek, van, van + timedelta(days=5)))
    concept = Concept.objects.get(naam__startswith="Herstel")
    taak = concept.plantaken.get()
    rekenen.run(taak.pk, taak.kring_id)
    for dienst in (eerste, tweede):
        plaats = Conceptplaats.objects.get(
            dienst__concept=concept, dienst__begin=dienst.begin, rol="dienstdoende"
        )
        assert plaats.tandarts == wie


def test_a_roster_that_moved_on_is_not_overwritten(gepubliceerd, kader, systeem):
    concept = herstel.make_repair(periode=gepubliceerd, naam="Herstel", by=systeem)
    plaats = Conceptplaats.objects.filter(dienst__concept=concept).first()
    wie = next(t for t in kader.tandartsen if t.pk != plaats.tandarts_id)
    Conceptplaats.objects.filter(pk=plaats.pk).update(tandarts=wie, deelnemer=wie.deelnemer)
    dienst = Dienst.objects.get(begin=plaats.dienst.begin)
    Roosterwijziging.objects.create(
        kring=kader.kring,
        dienst_nummer=dienst.pk,
        soort="geruild",
        gedaan_op=concept.aangemaakt_op + timedelta(seconds=1),
    )
    voor = holders(gepubliceerd)
    with pytest.raises(ValidationError, match="intussen gewijzigd"):
        herstel.adopt_repair(concept, reden="ziek", by=systeem)
    assert holders(gepubliceerd) == voor


def test_who_stopped_is_not_put_on_the_roster(gepubliceerd, kader, systeem):
    concept = herstel.make_repair(periode=gepubliceerd, naam="Herstel", by=systeem)
    plaats = Conceptplaats.objects.filter(dienst__concept=concept).first()
    wie = next(t for t in kader.tandartsen if t.pk != plaats.tandarts_id)
    Conceptplaats.objects.filter(pk=plaats.pk).update(tandarts=wie, deelnemer=wie.deelnemer)
    wie.actief = False
    wie.save()
    voor = holders(gepubliceerd)
    with pytest.raises(ValidationError, match="doet geen diensten meer"):
        herstel.adopt_repair(concept, reden="ziek", by=systeem)
    assert holders(gepubliceerd) == voor


def test_an_empty_place_is_not_put_on_the_roster(gepubliceerd, systeem):
    concept = herstel.make_repair(periode=gepubliceerd, naam="Herstel", by=systeem)
    with pytest.raises(ValidationError, match="niets gewijzigd"):
        herstel.adopt_repair(concept, reden="ziek", by=systeem)
    plaats = Conceptplaats.objects.filter(dienst__concept=concept).first()
    Conceptplaats.objects.filter(pk=plaats.pk).update(tandarts=None, deelnemer=None)
    with pytest.raises(ValidationError, match="zonder tandarts"):
        herstel.adopt_repair(concept, reden="ziek", by=systeem)


def test_days_the_wrong_way_round_are_refused(gevuld, kader, als, coordinator):
    data = ill(gevuld, kader.tandartsen[0], date(2027, 2, 1), date(2027, 1, 1))
    answer = als(coordinator).post(url(gevuld, "concept_uitval"), data)
    assert answer.status_code == 422
    assert "voor de eerste dag" in answer.content.decode()
    assert not gevuld.plantaken.exists()


def test_an_outside_dentist_is_no_choice(gevuld, kader, als, coordinator):
    binnen, buiten = kader.tandartsen[:2]
    Waarnemer.objects.create(kring=gevuld.kring, tandarts=buiten)
    html = als(coordinator).get(url(gevuld, "concept_uitval")).content.decode()
    assert f'value="{binnen.pk}"' in html
    assert f'value="{buiten.pk}"' not in html


def test_a_roster_that_is_not_published_has_nothing_to_mend(gevuld, als, coordinator):
    adres = reverse("rooster:herstellen", kwargs={"kring": "vecht", "periode": gevuld.periode.pk})
    assert als(coordinator).get(adres).status_code == 404


def test_what_does_not_fit_is_told_with_names(concept, kader, als, coordinator):
    """All but one practice block one duty."""
    dag = date(2027, 1, 12)
    Wens.objects.bulk_create(
        Wens(kring=kader.kring, periode=kader.periode, tandarts=t, dag=dag, soort="geblokkeerd")
        for t in kader.tandartsen[2:]
    )
    client = als(coordinator)
    post(client, concept, "concept_rekenen", seconden=10)
    taak = concept.plantaken.get()
    rekenen.run(taak.pk, taak.kring_id)
    text = client.get(url(concept)).content.decode()
    assert "Wat niet past" in text
    assert "12 januari" in text
    assert "Geblokkeerd: Tandarts 2A" in text
    assert "Dit zou helpen" in text
    assert str(kader.tandartsen[2].pk) not in text


def test_two_drafts_beside_each_other(gevuld, als, coordinator):
    client = als(coordinator)
    post(client, gevuld, "concept_wat_als", naam="Minder rust", rustdagen=0)
    kopie = Concept.objects.get(naam="Minder rust")
    plaats = Conceptplaats.objects.filter(dienst__concept=kopie).first()
    Conceptplaats.objects.filter(pk=plaats.pk).update(tandarts=None, deelnemer=None)
    kwargs = {"kring": "vecht", "concept": gevuld.pk, "ander": kopie.pk}
    text = client.get(reverse("rooster:concept_vergelijk", kwargs=kwargs)).content.decode()
    assert "1 plaats is anders" in text
    assert plaats.tandarts.naam in text


def test_who_is_ill_is_ill_in_a_what_if_as_well(gevuld, kader, systeem):
    ziek = kader.tandartsen[0]
    dag = date(2027, 1, 12)
    herstel.note_absence(gevuld, tandarts=ziek, van=dag, tot=dag, by=systeem)
    gevuld.refresh_from_db()
    kopie = copy_concept(gevuld, naam="Minder rust", afwijking={"rustdagen": 0}, by=systeem)
    rij = next(t for t in instance_of(kopie)["tandartsen"] if t["persoon"] == str(ziek.pk))
    assert rij["reden"] == {"2027-01-12": "uitval"}
    assert kopie.afwijking["rustdagen"] == 0
