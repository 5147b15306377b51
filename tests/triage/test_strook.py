"""The strip on every page: overdue, nearly so, or new; quiet when there is nothing."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models.functions import Now
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests import factories
from triage.models import Termijn
from triage.strook import read_strip

STROOK = "meldkamer:strook"


@pytest.fixture
def clock(kring, coordinator):
    """Return a builder of calls with one clock that ends in so many minutes."""

    def build(nummer, over, soort="zien", door=None, geleden=60):
        moment = timezone.now() - timedelta(minutes=geleden)
        oproep = factories.OproepFactory(
            kring=kring, nummer=nummer, aangenomen_op=moment, aangenomen_door=door or coordinator
        )
        row = Termijn.objects.create(
            kring=kring,
            oproep=oproep,
            soort=soort,
            begint_op=Now() - timedelta(hours=2),
            vervalt_op=Now() + timedelta(minutes=over),
        )
        Termijn.objects.filter(pk=row.pk).update(aangemaakt_op=moment)
        return oproep

    return build


def poll(client, tag=""):
    return client.get(reverse(STROOK), headers={"If-None-Match": tag} if tag else {})


@pytest.mark.parametrize(
    ("over", "stand"), [(-3, "te_laat"), (4, "bijna"), (9, "straks"), (11, None)]
)
def test_warns_at_ten_and_at_five_minutes_and_when_it_is_over(client, clock, over, stand):
    clock(12, over)
    tekst = poll(client).content.decode()
    assert ("oproep 12, gezien vóór" in tekst) == (stand is not None)
    if stand:
        assert f'data-stand="{stand}"' in tekst


def test_leads_to_the_call(client, clock, url):
    oproep = clock(12, -3)
    assert f'href="{url("oproep", oproep)}"' in poll(client).content.decode()


def test_says_so_in_words_once_for_a_screen_reader(client, clock):
    clock(12, -3)
    clock(13, -2)
    assert 'data-strook="2 termijnen zijn te laat: oproep 12' in poll(client).content.decode()


def test_a_call_that_a_colleague_just_took_is_news(client, clock, triagist):
    clock(12, 55, geleden=0)
    clock(13, 55, geleden=0, door=triagist)
    tekst = poll(client).content.decode()
    assert "Nieuw:" in tekst
    assert "oproep 12" in tekst
    assert "oproep 13" not in tekst


def test_a_missed_target_is_no_news(client, clock):
    clock(12, -3, soort="streef")
    assert "oproep 12" not in poll(client).content.decode()


def test_no_more_than_fit_on_a_line(client, clock):
    for number in range(5):
        clock(20 + number, -number)
    tekst = poll(client).content.decode()
    assert tekst.count("<time") == 2
    assert "en nog 3" in tekst
    assert "5 te laat" in tekst


def test_nothing_new_is_a_304_and_one_query(client, clock):
    clock(12, -3)
    tag = poll(client).context["etag"]
    with CaptureQueriesContext(connection) as captured:
        response = poll(client, tag)
    assert response.status_code == 304
    assert len([q for q in captured if "triage_" in q["sql"]]) == 1


def test_a_clock_that_runs_out_ends_the_304(client, clock):
    clock(12, 4)
    tag = poll(client).context["etag"]
    Termijn.objects.update(vervalt_op=Now())
    assert poll(client, tag).status_code == 200


def test_stands_on_every_page_but_the_board(client, url, kring, oproep):
    rooster = reverse("rooster:overzicht", kwargs={"kring": kring.slug})
    for address in (url("oproep", oproep), url("gesloten"), rooster):
        assert 'id="termijnstrook"' in client.get(address).content.decode(), address
    assert 'id="termijnstrook"' not in client.get(url("bord")).content.decode()


def test_who_does_no_triage_has_no_strip(als, coordinator, kring):
    rooster = reverse("rooster:overzicht", kwargs={"kring": kring.slug})
    assert 'id="termijnstrook"' not in als(coordinator).get(rooster).content.decode()


def test_nothing_of_another_kring(client, clock, andere_kring):
    other = factories.OproepFactory(kring=andere_kring, nummer=99)
    Termijn.objects.create(
        kring=andere_kring,
        oproep=other,
        soort="zien",
        begint_op=Now() - timedelta(hours=1),
        vervalt_op=Now(),
    )
    assert "99" not in poll(client).content.decode()


def test_without_clocks_there_is_no_moment_and_no_word(triagist, kring):
    strip = read_strip(gebruiker_id=triagist.pk)
    assert (strip.regels, strip.melding, strip.te_laat) == ([], "", 0)
