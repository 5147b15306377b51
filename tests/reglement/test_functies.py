"""Offices: terms, re-appointment, what a meeting decides, and who may appoint (MR 4.1, CO-1)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from kern.models import Logregel
from kern.tijd import db_now, to_local
from reglement.actions import functies as actions
from reglement.functies import holder_on, term_of
from reglement.models import Agendapunt, Functie, Voordracht
from tests import factories
from tests.reglement.hulp import rolled_back

pytestmark = pytest.mark.django_db

B = {"4.optie": "B", "4.jaren_coordinator": 4}
A_I = {"4.optie": "A", "4.variant": "I", "4.jaren_bestuur": 3, "4.jaren_coordinator": 4}
A_II = A_I | {"4.variant": "II"}


@pytest.fixture
def today():
    return to_local(db_now()).date()


@pytest.fixture
def regels(kring):
    def make(variabelen):
        return factories.ReglementversieFactory(kring=kring, variabelen=variabelen)

    return make


@pytest.fixture
def url(kring):
    return lambda naam, **kwargs: reverse(
        f"reglement:{naam}", kwargs={"kring": kring.slug} | kwargs
    )


@pytest.fixture
def voordracht(kring, vertegenwoordiger, deelnemer, today):
    return factories.VoordrachtFactory(
        kring=kring,
        gebruiker=vertegenwoordiger,
        deelnemer=deelnemer,
        vanaf=today + timedelta(days=30),
    )


def _decided(kring, voordracht, uitkomst="aangenomen"):
    punt = factories.AgendapuntFactory(
        kring=kring, voordracht=voordracht, besluitsoort="coordinator"
    )
    return factories.BesluitFactory(kring=kring, agendapunt=punt, uitkomst=uitkomst)


def test_a_decision_makes_the_office_with_the_term_of_the_rules(
    kring, regels, voordracht, actor, coordinator
):
    regels(B)
    besluit = _decided(kring, voordracht)
    actions.process(voordracht, by=actor(coordinator))
    functie = Functie.objects.get()
    assert functie.besluit == besluit
    assert functie.laatste_dag == date(
        voordracht.vanaf.year + 4, voordracht.vanaf.month, voordracht.vanaf.day
    ) - timedelta(days=1)
    assert Voordracht.objects.get().status == "benoemd"
    assert Logregel.objects.filter(gebeurtenis="functie.benoemd").count() == 1


def test_a_rejected_proposal_makes_no_office(kring, regels, voordracht, actor, coordinator):
    regels(B)
    _decided(kring, voordracht, "verworpen")
    actions.process(voordracht, by=actor(coordinator))
    assert not Functie.objects.exists()
    assert Voordracht.objects.get().status == "afgewezen"


@pytest.mark.parametrize("uitkomst", [None, "geen_geldige_stemming"])
def test_nothing_is_processed_that_nobody_decided(
    *, kring, regels, voordracht, actor, coordinator, uitkomst
):
    regels(B)
    if uitkomst:
        _decided(kring, voordracht, uitkomst)
    with pytest.raises(ValidationError, match=r"niet over besloten|geen geldige"):
        actions.process(voordracht, by=actor(coordinator))
    assert Voordracht.objects.get().status == "open"


def test_result_and_line_go_together(kring, regels, voordracht, actor, coordinator):
    regels(B)
    _decided(kring, voordracht)
    rolled_back(lambda: actions.process(voordracht, by=actor(coordinator)))
    assert not Functie.objects.exists()
    assert not Logregel.objects.filter(gebeurtenis="functie.benoemd").exists()


def _held(kring, person, vanaf, laatste_dag, termijn=1):
    return factories.FunctieFactory(
        kring=kring, gebruiker=person, vanaf=vanaf, laatste_dag=laatste_dag, termijn=termijn
    )


def test_a_third_term_on_end_is_refused_with_the_article(
    kring, regels, vertegenwoordiger, actor, coordinator
):
    regels(B)
    _held(kring, vertegenwoordiger, date(2020, 1, 1), date(2023, 12, 31))
    _held(kring, vertegenwoordiger, date(2024, 1, 1), date(2027, 12, 31), 2)
    with pytest.raises(ValidationError, match=r"art\. 4\.1"):
        actions.put_forward(
            kring_id=kring.pk,
            soort="coordinator",
            gebruiker=vertegenwoordiger,
            vanaf=date(2028, 1, 1),
            by=actor(coordinator),
        )
    assert not Voordracht.objects.exists()


def test_a_second_term_on_end_is_the_re_appointment_and_a_pause_begins_anew(
    kring, regels, vertegenwoordiger
):
    regels(B)
    _held(kring, vertegenwoordiger, date(2020, 1, 1), date(2023, 12, 31))
    second = term_of(kring.pk, "coordinator", vertegenwoordiger.pk, date(2024, 1, 1))
    later = term_of(kring.pk, "coordinator", vertegenwoordiger.pk, date(2024, 1, 2))
    assert (second.nummer, second.benoeming.herbenoembaar) == (2, False)
    assert later.nummer == 1
    _held(kring, vertegenwoordiger, date(2024, 1, 1), date(2025, 12, 31), 2)
    back = term_of(kring.pk, "coordinator", vertegenwoordiger.pk, date(2030, 1, 1))
    assert back.nummer == 1
    assert not back.bezwaar
    assert back.benoeming.waarschuwing


def test_somebody_who_takes_no_part_is_not_appointed(
    *, kring, regels, triagist, actor, coordinator, today
):
    regels(B)
    with pytest.raises(ValidationError, match="hoort"):
        actions.put_forward(
            kring_id=kring.pk,
            soort="coordinator",
            gebruiker=triagist,
            vanaf=today,
            by=actor(coordinator),
        )


def test_where_the_rules_know_no_bestuur_nobody_is_put_forward_for_it(
    *, kring, regels, vertegenwoordiger, actor, coordinator, today
):
    regels(B)
    with pytest.raises(ValidationError, match="geen bestuur"):
        actions.put_forward(
            kring_id=kring.pk,
            soort="voorzitter",
            gebruiker=vertegenwoordiger,
            vanaf=today,
            by=actor(coordinator),
        )


@pytest.mark.parametrize(("variabelen", "lukt"), [(A_I, True), (A_II, False), (B, False)])
def test_only_variant_one_lets_the_bestuur_appoint_the_coordinator(
    *, kring, regels, vertegenwoordiger, actor, coordinator, today, variabelen, lukt
):
    regels(variabelen)

    def act():
        return actions.register(
            kring_id=kring.pk,
            soort="coordinator",
            gebruiker=vertegenwoordiger,
            vanaf=today,
            wijze="bestuur",
            toelichting="Bestuur van 3 november.",
            by=actor(coordinator),
        )

    if lukt:
        assert act().wijze == "bestuur"
        with pytest.raises(ValidationError, match=r"variant I|uit zijn midden"):
            actions.put_forward(
                kring_id=kring.pk,
                soort="coordinator",
                gebruiker=vertegenwoordiger,
                vanaf=today + timedelta(days=2000),
                by=actor(coordinator),
            )
    else:
        with pytest.raises(ValidationError, match="vergadering benoemt"):
            act()


def test_two_holders_at_once_are_refused_in_words(
    *, kring, regels, vertegenwoordiger, actor, coordinator, today
):
    regels(B)
    factories.FunctieFactory(kring=kring)
    with pytest.raises(ValidationError, match="heeft iemand deze functie al"):
        actions.register(
            kring_id=kring.pk,
            soort="coordinator",
            gebruiker=vertegenwoordiger,
            vanaf=today,
            wijze="eerder",
            toelichting="Notulen van toen.",
            by=actor(coordinator),
        )


def test_whoever_stops_earlier_makes_room_from_the_next_day(
    *, kring, regels, vertegenwoordiger, actor, coordinator, today
):
    regels(B)
    row = factories.FunctieFactory(kring=kring)
    actions.stop(row, op=today, toelichting="verhuist", by=actor(coordinator))
    new = actions.register(
        kring_id=kring.pk,
        soort="coordinator",
        gebruiker=vertegenwoordiger,
        vanaf=today + timedelta(days=1),
        wijze="eerder",
        toelichting="Besluit 3 van 2026.",
        by=actor(coordinator),
    )
    assert holder_on(kring.pk, "coordinator", today) == row
    assert holder_on(kring.pk, "coordinator", today + timedelta(days=1)) == new
    with pytest.raises(ValidationError, match="niet in de termijn"):
        actions.stop(new, op=today, toelichting="", by=actor(coordinator))


def test_putting_forward_on_an_agenda_by_the_page(
    *, kring, regels, als, coordinator, vertegenwoordiger, url, today
):
    regels(B)
    meeting = factories.VergaderingFactory(
        kring=kring,
        status="concept",
        opgeroepen_op=None,
        begint_op=db_now() + timedelta(days=40),
    )
    data = {
        "soort": "coordinator",
        "gebruiker": vertegenwoordiger.pk,
        "vanaf": (today + timedelta(days=60)).isoformat(),
        "toelichting": "Kent de kring.",
        "vergadering": str(meeting.pk),
    }
    client = als(coordinator)
    response = client.post(url("voordragen"), data)
    assert response.headers["Location"] == url("functies")
    punt = Agendapunt.objects.get()
    assert punt.voordracht == Voordracht.objects.get()
    assert punt.besluitsoort == "coordinator"
    page = client.get(url("functies")).content.decode()
    assert meeting.titel in page
    again = client.post(url("voordragen"), data)
    assert again.status_code == 422
    assert "al voorgedragen" in again.content.decode()
    assert "Kent de kring." in again.content.decode()


def test_a_broken_form_keeps_what_was_typed(als, coordinator, url, kring):
    response = als(coordinator).post(
        url("functie_vastleggen"), {"soort": "coordinator", "toelichting": "Notulen van maart"}
    )
    assert response.status_code == 422
    assert "Notulen van maart" in response.content.decode()


def test_everybody_who_takes_part_reads_and_only_the_coordinator_acts(
    *, als, vertegenwoordiger, triagist, vreemde, kring, voordracht, url
):
    client = als(vertegenwoordiger)
    assert client.get(url("functies")).status_code == 200
    assert client.get(url("voordragen")).status_code == 403
    assert client.post(url("voordracht_intrekken", voordracht=voordracht.pk)).status_code == 403
    assert als(triagist).get(url("functies")).status_code == 403
    assert als(vreemde).get(url("functies")).status_code == 404
    assert Voordracht.objects.get().status == "open"


def test_an_office_of_another_kring_is_not_there(als, coordinator, andere_kring, url):
    row = factories.FunctieFactory(kring=andere_kring)
    other = factories.VoordrachtFactory(kring=andere_kring)
    client = als(coordinator)
    assert client.get(url("functie_stoppen", functie=row.pk)).status_code == 404
    for route in ("voordracht_agenda", "voordracht_verwerken", "voordracht_intrekken"):
        assert client.post(url(route, voordracht=other.pk)).status_code == 404


def test_the_page_says_who_lacks_the_role_and_whose_term_ends(
    *, kring, als, coordinator, vertegenwoordiger, deelnemer, url, today
):
    factories.FunctieFactory(
        kring=kring,
        gebruiker=vertegenwoordiger,
        deelnemer=deelnemer,
        vanaf=today - timedelta(days=1000),
        laatste_dag=today + timedelta(days=20),
    )
    page = als(coordinator).get(url("functies")).content.decode()
    assert "loopt af" in page
    assert "heeft de rol coördinator nog niet" in page
