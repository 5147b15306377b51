"""Letting a practice in: checks, advice, meeting or right, and what the kring has then."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from kern.models import Logregel
from kern.tijd import db_now
from kring.models import Deelnemer, Tandarts
from reglement.actions import toelating as actions
from reglement.actions.vergadering import change_point
from reglement.kiesregister import members_on, register_on
from reglement.models import Agendapunt, Deelname, Stemming, Toelating, Vergadering
from rooster.kader.rijen import inzet_between
from rooster.models import Gebied
from rooster.ruil.bigregister import RegisterZwijgt, Uitslag
from tests import factories
from tests.reglement.deelnemen import DAG, events, page, rules, today
from tests.reglement.stemzaal import Stemzaal

pytestmark = pytest.mark.django_db

NIEUW = {
    "naam": "Praktijk Nieuw",
    "adres": "Maliebaan 1",
    "postcode": "3511 AA",
    "plaats": "Utrecht",
    "telefoon": "+31302345678",
    "email": "balie@nieuw.example",
    "vertegenwoordiger": "V. Nieuw",
}
JA = {"tweede_dienst": False, "standaard": True, "kent_reglement": True}


@pytest.fixture
def co(coordinator, actor):
    return actor(coordinator)


@pytest.fixture
def gebied(kring):
    return Gebied.objects.create(kring=kring, postcodes=["3511", "3512"], grens=45)


@pytest.fixture
def aanvraag(kring, gebied, co):
    """An application in which everything is in order."""
    row = actions.apply_for(
        kring_id=kring.pk, aangevraagd_op=today(), gewenst_op=today() + 30 * DAG, by=co, **NIEUW
    )
    dentist = actions.add_dentist(
        row, naam="N. Tandarts", big_nummer="29012345601", telefoon="+31612345678", by=co
    )
    actions.check_dentist(dentist, uitkomst="ingeschreven", by=co)
    return actions.change_toelating(row, by=co, **JA)


def decide(kring, aanvraag, uitkomst="aangenomen"):
    """Let a meeting decide on it today."""
    punt = factories.AgendapuntFactory(kring=kring, toelating=aanvraag, besluitsoort="toelating")
    return factories.BesluitFactory(kring=kring, agendapunt=punt, uitkomst=uitkomst)


@pytest.mark.parametrize(
    ("gevraagd", "gewenst", "veld"), [(1, 30, "aangevraagd_op"), (0, -1, "gewenst_op")]
)
def test_the_days_of_an_application_are_days_that_can_be(
    *, kring, gebied, aanvraag, co, gevraagd, gewenst, veld
):
    days = {"aangevraagd_op": today() + gevraagd * DAG, "gewenst_op": today() + gewenst * DAG}
    with pytest.raises(ValidationError) as refused, transaction.atomic():
        actions.apply_for(kring_id=kring.pk, by=co, **(NIEUW | {"naam": "Praktijk Ander"}), **days)
    assert list(refused.value.message_dict) == [veld]
    with pytest.raises(ValidationError) as refused, transaction.atomic():
        actions.change_toelating(aanvraag, by=co, **days)
    assert list(refused.value.message_dict) == [veld]
    aanvraag.refresh_from_db()
    assert aanvraag.aangevraagd_op == today()


def test_a_carried_decision_lets_the_practice_in_from_its_day(kring, aanvraag, co):
    besluit = decide(kring, aanvraag)
    first = today() + 30 * DAG
    row = actions.settle(aanvraag, vanaf=first, by=co)
    assert (row.status, row.besluit) == ("toegelaten", besluit)
    deelnemer = Deelnemer.objects.get(naam="Praktijk Nieuw")
    # On the next roster already, in the electorate only from the day itself.
    assert deelnemer.actief
    assert deelnemer not in [lid.deelnemer for lid in members_on(kring.pk, first - DAG)]
    assert deelnemer in [lid.deelnemer for lid in members_on(kring.pk, first)]
    assert Tandarts.objects.get(deelnemer=deelnemer).big_nummer == "29012345601"
    fte = [
        sum(row.fte for row in inzet_between(kring.pk, dag, dag) if row.praktijk == deelnemer.pk)
        for dag in (first - DAG, first)
    ]
    assert fte == [0, 1]
    assert Deelname.objects.get(deelnemer=deelnemer).besluit == besluit
    assert events()[-1] == "toelating.afgerond"


def test_what_they_were_called_about_does_not_become_another_practice(kring, aanvraag, co):
    punt = factories.AgendapuntFactory(
        kring=kring,
        toelating=aanvraag,
        besluitsoort="toelating",
        vergadering__status="concept",
        vergadering__opgeroepen_op=None,
    )
    actions.change_toelating(aanvraag, naam="Praktijk Nieuw & Zoon", by=co)
    punt.vergadering.opgeroepen_op = db_now()
    punt.vergadering.save()
    with pytest.raises(ValidationError, match="al opgeroepen over deze praktijk"):
        actions.change_toelating(aanvraag, naam="Heel andere praktijk", by=co)
    actions.change_toelating(aanvraag, email="nieuw@nieuw.example", by=co)
    aanvraag.refresh_from_db()
    assert (aanvraag.naam, aanvraag.email) == ("Praktijk Nieuw & Zoon", "nieuw@nieuw.example")


def test_a_rejected_application_is_closed_by_its_decision(kring, aanvraag, co):
    besluit = decide(kring, aanvraag, "verworpen")
    row = actions.settle(aanvraag, vanaf=today(), by=co)
    assert (row.status, row.besluit) == ("afgewezen", besluit)
    assert not Deelnemer.objects.filter(naam="Praktijk Nieuw").exists()
    with pytest.raises(ValidationError, match="al afgerond"):
        actions.settle(row, vanaf=today(), by=co)


@pytest.mark.parametrize("uitkomst", ["", "geen_geldige_stemming"])
def test_without_a_decision_nobody_comes_in_by_the_default_reading(kring, aanvraag, co, uitkomst):
    if uitkomst:
        decide(kring, aanvraag, uitkomst)
    with pytest.raises(ValidationError, match=r"11\.5"):
        actions.settle(aanvraag, vanaf=today(), by=co)
    assert not Deelnemer.objects.filter(naam="Praktijk Nieuw").exists()


def test_where_the_kring_reads_it_so_who_meets_all_has_a_right(kring, aanvraag, co):
    rules(kring, lezing={"nieuwe_deelnemer": "recht"})
    actions.change_toelating(aanvraag, tweede_dienst=True, by=co)
    with pytest.raises(ValidationError, match="geen recht"):
        actions.settle(aanvraag, vanaf=today(), by=co)
    actions.change_toelating(aanvraag, tweede_dienst=False, by=co)
    row = actions.settle(aanvraag, vanaf=today(), by=co)
    assert row.status == "toegelaten"
    assert row.besluit is None
    assert "rechtswege" in row.slot


def test_no_decision_lets_in_a_dentist_without_a_fresh_look_in_the_register(kring, aanvraag, co):
    decide(kring, aanvraag)
    dentist = aanvraag.tandartsen.get()
    dentist.gecontroleerd_op -= timedelta(days=91)
    dentist.save()
    with pytest.raises(ValidationError, match="BIG-register"):
        actions.settle(aanvraag, vanaf=today(), by=co)
    actions.check_dentist(dentist, uitkomst="beperkt", by=co)
    with pytest.raises(ValidationError, match="Niet"):
        actions.settle(aanvraag, vanaf=today(), by=co)
    actions.check_dentist(dentist, uitkomst="ingeschreven", by=co)
    assert actions.settle(aanvraag, vanaf=today(), by=co).status == "toegelaten"


def test_the_first_day_is_not_before_the_decision(kring, aanvraag, co):
    decide(kring, aanvraag)
    with pytest.raises(ValidationError) as refused:
        actions.settle(aanvraag, vanaf=today() - DAG, by=co)
    assert "vanaf" in refused.value.message_dict


def test_the_service_of_the_register_speaks_when_there_is_one(aanvraag, co, monkeypatch):
    class Register:
        bron = "register"

        def look_up(self, big_nummer):
            return Uitslag.NIET

    dentist = aanvraag.tandartsen.get()
    monkeypatch.setattr(actions, "bigregister", Register)
    assert actions.check_dentist(dentist, uitkomst="ingeschreven", by=co).uitkomst == "niet"

    def silent(self, big_nummer):
        raise RegisterZwijgt("stil")

    monkeypatch.setattr(Register, "look_up", silent)
    with pytest.raises(ValidationError, match="geen antwoord"):
        actions.check_dentist(dentist, uitkomst="ingeschreven", by=co)


def test_a_dentist_of_another_practice_is_not_brought_in_twice(aanvraag, tandarts, co):
    with pytest.raises(ValidationError) as refused:
        actions.add_dentist(
            aanvraag, naam="X", big_nummer=tandarts.big_nummer, telefoon="+31612345678", by=co
        )
    assert tandarts.deelnemer.naam in refused.value.message_dict["big_nummer"][0]


def test_who_was_expelled_comes_back_by_the_royement_and_who_resigned_as_itself(
    kring, deelnemer, tandarts, co
):
    factories.DeelnameFactory(
        kring=kring, deelnemer=deelnemer, status="geroyeerd", vanaf=today() - 9 * DAG
    )
    ask = {**NIEUW, "aangevraagd_op": today(), "gewenst_op": today(), "by": co}
    with pytest.raises(ValidationError, match=r"9\.2i"):
        actions.apply_for(kring_id=kring.pk, deelnemer=deelnemer, **ask)
    Deelname.objects.update(status="geeindigd")
    Deelnemer.objects.filter(pk=deelnemer.pk).update(actief=False)
    row = actions.apply_for(kring_id=kring.pk, deelnemer=deelnemer, **ask)
    dentist = row.tandartsen.get()
    assert dentist.big_nummer == tandarts.big_nummer
    actions.check_dentist(dentist, uitkomst="ingeschreven", by=co)
    actions.change_toelating(row, by=co, **JA)
    decide(kring, row)
    actions.settle(row, vanaf=today(), by=co)
    deelnemer.refresh_from_db()
    assert deelnemer.actief
    assert Tandarts.objects.filter(deelnemer=deelnemer).count() == 1
    lid = next(lid for lid in register_on(kring.pk, today()) if lid.deelnemer == deelnemer)
    assert lid.telt_mee


def test_advice_against_needs_a_reason_and_goes_to_the_agenda(kring, aanvraag, co):
    vergadering = factories.VergaderingFactory(kring=kring, status="concept", opgeroepen_op=None)
    with pytest.raises(ValidationError, match="advies"):
        actions.put_to_meeting(aanvraag, vergadering=vergadering, by=co)
    with pytest.raises(ValidationError) as refused:
        actions.advise(aanvraag, advies="niet_toelaten", advies_reden=" ", by=co)
    assert "advies_reden" in refused.value.message_dict
    actions.advise(aanvraag, advies="toelaten", advies_reden="Alles in orde.", by=co)
    punt = actions.put_to_meeting(aanvraag, vergadering=vergadering, by=co)
    assert (punt.toelating, punt.besluitsoort) == (aanvraag, "toelating")
    assert "Alles in orde." in punt.toelichting


def test_an_advice_against_is_not_what_is_voted_on(als, kring, aanvraag, co):
    """Who votes for then votes for the practice: the decision lets it in."""
    zaal = Stemzaal(kring, leden=3)
    factories.ReglementversieFactory(kring=kring)
    Vergadering.objects.filter(pk=zaal.vergadering.pk).update(status="concept")
    actions.advise(aanvraag, advies="niet_toelaten", advies_reden="Te ver weg.", by=co)
    punt = actions.put_to_meeting(aanvraag, vergadering=zaal.vergadering, by=co)
    change_point(punt, titel="Rondvraag", toelichting="", besluitsoort="overig", by=co)
    Vergadering.objects.filter(pk=zaal.vergadering.pk).update(status="open")
    url = reverse("reglement:stemming_openen", kwargs={"kring": kring.slug, "agendapunt": punt.pk})
    client = als(zaal.voorzitter)
    form = client.get(url).context["form"]
    assert form["voorstel"].initial == "Toelating van Praktijk Nieuw"
    client.post(url, {"vraag": "Akkoord?", "voorstel": "Conform het advies."})
    assert Stemming.objects.get().voorstel == "Toelating van Praktijk Nieuw. Conform het advies."


def test_one_practice_applies_once_at_a_time(kring, aanvraag, co):
    ask = {**NIEUW, "aangevraagd_op": today(), "gewenst_op": today()}
    with pytest.raises(ValidationError) as refused:
        actions.apply_for(kring_id=kring.pk, by=co, **ask)
    assert "naam" in refused.value.message_dict
    actions.withdraw_toelating(aanvraag, reden="Ziet ervan af.", by=co)
    assert actions.apply_for(kring_id=kring.pk, by=co, **ask).open


def test_nothing_of_a_failed_admission_stays(kring, aanvraag, co, monkeypatch):
    decide(kring, aanvraag)
    before = Logregel.objects.count()
    monkeypatch.setattr(actions, "set_inzet", lambda *a, **k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        actions.settle(aanvraag, vanaf=today(), by=co)
    assert not Deelnemer.objects.filter(naam="Praktijk Nieuw").exists()
    assert Logregel.objects.count() == before


# --- pages


def test_from_application_to_deelnemer_on_the_pages(als, kring, gebied, coordinator):
    client = als(coordinator)
    typed = NIEUW | {"aangevraagd_op": today().isoformat(), "gewenst_op": today().isoformat()}
    url = page(kring, "deelnemers/aanvragen/nieuw/")
    wrong = client.post(url, typed | {"postcode": "351"})
    assert wrong.status_code == 422
    assert "Praktijk Nieuw" in wrong.content.decode()
    assert client.post(url, typed).status_code == 302
    row = Toelating.objects.get()
    own = page(kring, f"deelnemers/aanvragen/{row.pk}/")
    html = client.get(own).content.decode()
    assert "Zet eerst de tandartsen" in html
    assert "Dit is een schatting" in html
    dentist = {"naam": "N. Tandarts", "big_nummer": "290123", "telefoon": "0612345678"}
    assert client.post(f"{own}tandarts/", dentist).status_code == 422
    assert (
        client.post(f"{own}tandarts/", dentist | {"big_nummer": "29012345601"}).status_code == 302
    )
    tandarts = row.tandartsen.get()
    big = page(kring, f"deelnemers/aanvragen/tandarts/{tandarts.pk}/big/")
    assert client.post(big, {"uitkomst": ""}).status_code == 422
    assert client.post(big, {"uitkomst": "ingeschreven"}).status_code == 302
    declared = {"standaard": "ja", "tweede_dienst": "nee", "kent_reglement": "ja"}
    assert client.post(f"{own}verklaring/", declared).status_code == 302
    assert client.post(f"{own}advies/", {"advies": "niet_toelaten"}).status_code == 422
    assert client.post(f"{own}advies/", {"advies": "toelaten"}).status_code == 302
    meeting = factories.VergaderingFactory(kring=kring, status="concept", opgeroepen_op=None)
    called = factories.VergaderingFactory(kring=kring)
    assert client.post(f"{own}voorleggen/", {"vergadering": called.pk}).status_code == 422
    assert client.post(f"{own}voorleggen/", {"vergadering": meeting.pk}).status_code == 302
    assert "Na de stemming" in client.get(own).content.decode()
    factories.BesluitFactory(kring=kring, agendapunt=Agendapunt.objects.get())
    assert "Laat meedoen" in client.get(own).content.decode()
    assert client.post(f"{own}verwerken/", {"vanaf": "gisteren"}).status_code == 422
    assert client.post(f"{own}verwerken/", {"vanaf": today().isoformat()}).status_code == 302
    assert Deelnemer.objects.get(naam="Praktijk Nieuw").actief
    assert "toegelaten" in client.get(page(kring, "deelnemers/aanvragen/")).content.decode()


def test_mending_removing_and_withdrawing_on_the_pages(als, kring, aanvraag, coordinator):
    client = als(coordinator)
    own = page(kring, f"deelnemers/aanvragen/{aanvraag.pk}/")
    typed = NIEUW | {
        "plaats": "Zeist",
        "aangevraagd_op": today().isoformat(),
        "gewenst_op": today().isoformat(),
    }
    assert client.post(f"{own}wijzigen/", typed).status_code == 302
    assert "Zeist" in client.get(own).content.decode()
    dentist = aanvraag.tandartsen.get()
    weg = page(kring, f"deelnemers/aanvragen/tandarts/{dentist.pk}/weg/")
    assert "weghalen" in client.get(weg).content.decode()
    assert client.post(weg).status_code == 302
    assert not aanvraag.tandartsen.exists()
    assert client.post(f"{own}intrekken/", {"reden": "Ziet ervan af."}).status_code == 302
    assert "Ziet ervan af." in client.get(own).content.decode()
    assert client.post(f"{own}wijzigen/", typed).status_code == 422


def test_applications_are_of_the_coordinator_of_this_kring(
    als, kring, andere_kring, coordinator, vertegenwoordiger
):
    other = factories.ToelatingstandartsFactory(kring=andere_kring)
    client = als(coordinator)
    for path in (
        f"aanvragen/{other.toelating_id}/",
        f"aanvragen/{other.toelating_id}/verwerken/",
        f"aanvragen/tandarts/{other.pk}/big/",
    ):
        assert client.get(page(kring, f"deelnemers/{path}")).status_code == 404
    assert als(vertegenwoordiger).get(page(kring, "deelnemers/aanvragen/")).status_code == 403


def test_the_first_page_says_what_waits(
    als, kring, aanvraag, coordinator, django_assert_max_num_queries
):
    client = als(coordinator)
    assert "Behandel de aanvraag van Praktijk Nieuw" in client.get(page(kring)).content.decode()
    decide(kring, aanvraag)
    assert "Verwerk het besluit over Praktijk Nieuw" in client.get(page(kring)).content.decode()
