"""A letter to all who take part: who gets it is shown first, nobody twice, nothing to nobody."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kern.models import Logregel, Zending
from reglement.actions.post import send_round
from reglement.models import Rondbezorging, Rondschrijven
from tests import factories
from tests.reglement.hulp import rolled_back

pytestmark = pytest.mark.django_db

BRIEF = {
    "aan": "stemmend",
    "onderwerp": "De zomer",
    "tekst": "Denk aan je wensen.",
    "antwoord": "coordinator@kring.example",
}


@pytest.fixture
def url(kring):
    return lambda naam, **kwargs: reverse(
        f"reglement:{naam}", kwargs={"kring": kring.slug} | kwargs
    )


def test_first_it_is_shown_with_who_gets_it_and_then_it_leaves(
    als, coordinator, vertegenwoordiger, kring, url
):
    factories.DeelnemerFactory(kring=kring, naam="Praktijk Zonder Stem")
    client = als(coordinator)
    page = client.post(url("post_nieuw"), BRIEF | {"doel": "bekijken"}).content.decode()
    assert vertegenwoordiger.email in page
    assert "Praktijk Zonder Stem" in page
    assert not Rondschrijven.objects.exists()
    # What is sent is what was shown; the fields below it belong to another form, which only looks.
    shown, editing = re.findall(r"<form.*?</form>", page, re.DOTALL)[-2:]
    assert 'value="versturen"' not in editing
    sent = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', shown))
    assert {name: sent[name] for name in BRIEF} == BRIEF
    response = client.post(url("post_nieuw"), sent | {"doel": "versturen"})
    brief = Rondschrijven.objects.get()
    assert response.headers["Location"] == url("brief", rondschrijven=brief.pk)
    assert [row.email for row in brief.bezorgingen.all()] == [vertegenwoordiger.email]
    assert Zending.objects.filter(sleutel__startswith="rondschrijven|").count() == 1
    assert Logregel.objects.filter(gebeurtenis="rondschrijven.verzonden").count() == 1
    page = client.get(url("brief", rondschrijven=brief.pk)).content.decode()
    assert vertegenwoordiger.email in page
    assert BRIEF["tekst"] in page


def test_without_addressees_it_is_refused_and_what_was_typed_stays(als, coordinator, url):
    for doel in ("bekijken", "versturen"):
        response = als(coordinator).post(url("post_nieuw"), BRIEF | {"doel": doel})
        assert response.status_code == 422
        assert "Er is niemand om dit aan te sturen" in response.content.decode()
        assert BRIEF["tekst"] in response.content.decode()
    assert not Rondschrijven.objects.exists()


def test_the_action_refuses_nobody_too(kring, coordinator, actor):
    with pytest.raises(ValidationError, match="niemand"):
        send_round(kring, **BRIEF, by=actor(coordinator))


def test_who_speaks_for_a_practice_and_serves_there_gets_one_letter(
    *, kring, vertegenwoordiger, deelnemer, coordinator, actor
):
    factories.TandartsFactory(kring=kring, deelnemer=deelnemer, gebruiker=vertegenwoordiger)
    send_round(kring, **BRIEF | {"aan": "iedereen"}, by=actor(coordinator))
    assert Rondbezorging.objects.count() == 1


def test_dentists_get_it_when_asked_and_the_expelled_never(
    *, kring, vertegenwoordiger, tandarts, tandarts_gebruiker, coordinator, actor
):
    out = factories.DeelnemerFactory(kring=kring)
    factories.LidmaatschapFactory(kring=kring, rol="vertegenwoordiger", deelnemer=out)
    factories.DeelnameFactory(kring=kring, deelnemer=out, status="geroyeerd")
    send_round(kring, **BRIEF | {"aan": "iedereen"}, by=actor(coordinator))
    found = set(Rondbezorging.objects.values_list("email", flat=True))
    assert found == {vertegenwoordiger.email, tandarts_gebruiker.email}


def test_letter_messages_and_line_go_together(kring, vertegenwoordiger, coordinator, actor):
    rolled_back(lambda: send_round(kring, **BRIEF, by=actor(coordinator)))
    assert not Rondschrijven.objects.exists()
    assert not Zending.objects.exists()
    assert not Logregel.objects.filter(gebeurtenis="rondschrijven.verzonden").exists()


def test_only_the_coordinator_writes_and_reads(
    *, als, vertegenwoordiger, vreemde, coordinator, kring, andere_kring, url
):
    row = factories.RondbezorgingFactory(kring=kring).rondschrijven
    other = factories.RondbezorgingFactory(kring=andere_kring).rondschrijven
    for route, kwargs in (("post", {}), ("post_nieuw", {}), ("brief", {"rondschrijven": row.pk})):
        assert als(vertegenwoordiger).get(url(route, **kwargs)).status_code == 403
        assert als(vreemde).get(url(route, **kwargs)).status_code == 404
        assert als(coordinator).get(url(route, **kwargs)).status_code == 200
    assert als(coordinator).get(url("brief", rondschrijven=other.pk)).status_code == 404


def test_the_list_asks_as_much_for_thirty_as_for_one(als, kring, coordinator, url):
    client = als(coordinator)
    factories.RondbezorgingFactory(kring=kring)
    client.get(url("post"))
    with CaptureQueriesContext(connection) as few:
        client.get(url("post"))
    for _n in range(29):
        factories.RondbezorgingFactory(kring=kring)
    with CaptureQueriesContext(connection) as many:
        client.get(url("post"))
    assert len(many) == len(few)
