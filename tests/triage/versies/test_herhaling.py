"""Replay: an old call keeps its outcome, and shows what today's version would say (U11)."""

import pytest
from django.urls import reverse

from kern.tijd import db_now
from triage import actions, intake
from triage.models import Oproep
from triage.versies.herhaling import would_now

ZWELLING = {"klachten": ["dikke_wang"], "koorts": "nee", "leeftijd_jaren": 40}


@pytest.fixture
def by(triagist, actor):
    return actor(triagist)


@pytest.fixture
def oproep(kring, by):
    """A swelling without fever, judged by the standard: contact is obligatory."""
    row = actions.start_oproep(kring_id=kring.pk, by=by)
    actions.save_antwoorden(row, antwoorden=ZWELLING, omschrijving="", versie=1, by=by)
    return row


@pytest.fixture
def oud(oproep):
    Oproep.objects.filter(pk=oproep.pk).update(status="afgerond", afgerond_op=db_now())
    oproep.refresh_from_db()
    return oproep


def show(client, oproep) -> str:
    url = reverse("triage:oproep", kwargs={"kring": oproep.kring.slug, "pk": oproep.pk})
    return " ".join(client.get(url).content.decode().split())


def test_says_what_would_differ_and_changes_nothing(maak, oud, als, triagist):
    before = Oproep.objects.filter(pk=oud.pk).values().get()
    versie = maak("van_kracht", zwelling_zonder_koorts="aanbevolen")
    found = would_now(oud, db_now())
    contact = next(v for v in found.verschillen if v.wat == "overleg")
    assert (contact.oud, contact.nieuw, contact.richting) == ("verplicht", "aanbevolen", "lichter")
    assert found.geldt == versie
    page = show(als(triagist), oud)
    assert "Zou nu anders zijn, met versie 1" in page
    assert Oproep.objects.filter(pk=oud.pk).values().get() == before


def test_silent_when_today_says_the_same(maak, oud, als, triagist):
    assert would_now(oud, db_now()) is None
    maak("van_kracht", achterwacht_na_min=10)
    assert would_now(oud, db_now()) is None
    assert "Zou nu" not in show(als(triagist), oud)


def test_running_call_is_not_disturbed(maak, oproep, als, triagist):
    maak("van_kracht", zwelling_zonder_koorts="aanbevolen")
    assert "Zou nu" not in show(als(triagist), oproep)


def test_old_call_under_a_version_beside_a_newer_one(maak, kring, by):
    maak("van_kracht", zwelling_zonder_koorts="aanbevolen")
    row = actions.start_oproep(kring_id=kring.pk, by=by)
    actions.save_antwoorden(row, antwoorden=ZWELLING, omschrijving="", versie=1, by=by)
    maak("van_kracht")
    found = would_now(row, db_now())
    assert [(v.oud, v.nieuw) for v in found.verschillen if v.wat == "overleg"] == [
        ("aanbevolen", "verplicht")
    ]
    assert intake.judge(row).contact_tandarts == "aanbevolen"


def test_without_an_outcome_there_is_nothing_to_replay(maak, kring, by):
    row = actions.start_oproep(kring_id=kring.pk, by=by)
    maak("van_kracht", zwelling_zonder_koorts="aanbevolen")
    assert would_now(row, db_now()) is None


def test_each_rule_links_to_the_page_of_its_version(maak, kring, by, als, triagist):
    versie = maak("van_kracht")
    row = actions.start_oproep(kring_id=kring.pk, by=by)
    actions.save_antwoorden(row, antwoorden=ZWELLING, omschrijving="", versie=1, by=by)
    kwargs = {"kring": kring.slug, "protocolversie": versie.pk}
    address = reverse("triage:protocol_blad", kwargs=kwargs)
    page = show(als(triagist), row)
    for regel in row.uitkomst["regels"]:
        assert f'href="{address}#{regel["id"]}"' in page
    assert f'href="{address}#R-31" target="_blank" rel="noopener" data-toets="u"' in page


def test_call_under_the_standard_links_there(oproep, kring, als, triagist):
    address = reverse("triage:protocol_standaard", kwargs={"kring": kring.slug})
    assert f'href="{address}#R-31"' in show(als(triagist), oproep)
