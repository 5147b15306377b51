"""The queue of the functionaris: planted misuse gets in, a decision gets it out."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kern import logboek
from kern.actor import Actor
from kern.dagwerk import Beurt
from kern.models import Logregel, Zending
from kern.tijd import db_now, to_local
from kring.models import Lidmaatschap
from tests import factories
from tests.huis.objecten import objects_of
from toezicht import actions, nachtwerk, regels
from toezicht.models import Beoordeling, Signaal

pytestmark = pytest.mark.django_db


def url(kring, naam, **kwargs):
    return reverse(f"toezicht:{naam}", kwargs={"kring": kring.slug} | kwargs)


@pytest.fixture
def zoek(kring):
    def search(**kwargs):
        nu = db_now()
        values = {"kring_id": kring.pk, "begin": nu - timedelta(days=2), "einde": nu}
        by = Actor.system(kring.pk)
        return actions.search(**values | kwargs, by=by)

    return search


def found():
    """Return the rules of what the search found; `objects_of` plants a signaal of its own."""
    return sorted(Signaal.objects.filter(versie=regels.VERSIE).values_list("regel", flat=True))


@pytest.fixture
def oude_oproep(kring):
    """A call of a stranger to everybody, closed a month ago."""
    return factories.OproepFactory(
        kring=kring,
        status="afgerond",
        aangenomen_op=db_now() - timedelta(days=30),
        afgerond_op=db_now() - timedelta(days=30),
    )


@pytest.fixture
def signaal(kring, als, triagist, oude_oproep, zoek):
    als(triagist).get(reverse("triage:oproep", kwargs={"kring": kring.slug, "pk": oude_oproep.pk}))
    assert zoek() == 1
    return Signaal.objects.get()


# --- what is found, through the pages themselves


def test_ordinary_work_gives_no_signal(*, kring, als, triagist, tandarts, tandarts_gebruiker, zoek):
    objects = objects_of(kring, tandarts)
    als(triagist).get(reverse("triage:bord", kwargs={"kring": kring.slug}))
    als(triagist).get(
        reverse("triage:oproep", kwargs={"kring": kring.slug, "pk": objects.oproep.pk})
    )
    dentist = als(tandarts_gebruiker)
    for name in ("verslag:mijn", "verslag:dossiers"):
        dentist.get(reverse(name, kwargs={"kring": kring.slug}))
    for name, kwargs in (
        ("verslag:dossier", {"dossier": objects.dossier.pk}),
        ("verslag:pdf", {"verslag": objects.verslag.pk, "nummer": 1}),
    ):
        dentist.get(reverse(name, kwargs={"kring": kring.slug} | kwargs))
    assert Logregel.objects.filter(patient_id=objects.patient.pk).count() >= 6
    zoek()
    assert found() == []


@pytest.mark.parametrize(
    ("patient", "verwacht"),
    [
        ({"naam": "Oma Persoonlijk"}, [regels.ACHTERNAAM, regels.GEEN_RELATIE]),
        ({"naam": "Mien Collega"}, [regels.COLLEGA, regels.GEEN_RELATIE]),
        ({"naam": "Vreemd Iemand"}, [regels.GEEN_RELATIE]),
    ],
)
def test_planted_misuse_is_found(*, kring, als, triagist, oude_oproep, zoek, patient, verwacht):
    triagist.naam = "Jan Persoonlijk"
    triagist.save()
    factories.LidmaatschapFactory(kring=kring, gebruiker__naam="Mien Collega", rol="coordinator")
    oude_oproep.patient.naam = patient["naam"]
    oude_oproep.patient.save()
    als(triagist).get(reverse("triage:oproep", kwargs={"kring": kring.slug, "pk": oude_oproep.pk}))
    zoek()
    assert found() == sorted(verwacht)
    line = Logregel.objects.get(gebeurtenis="oproep.getoond")
    for row in Signaal.objects.all():
        assert row.regels == [line.volgnummer]
        assert patient["naam"] not in row.reden
        assert (row.gebruiker_id, row.patient_id) == (triagist.pk, oude_oproep.patient_id)


def test_planted_postcode_off_duty_and_many(
    *, kring, als, tandarts, tandarts_gebruiker, triagist, zoek, settings
):
    settings.TOEZICHT_PER_UUR = 2
    own = factories.OproepFactory(
        kring=kring,
        status="afgerond",
        behandelaar=tandarts,
        aangenomen_op=db_now() - timedelta(days=30),
        afgerond_op=db_now() - timedelta(days=30),
        patient__postcode=tandarts.deelnemer.postcode,
    )
    verslag = factories.VerslagFactory(kring=kring, oproep=own, auteur=tandarts)
    als(tandarts_gebruiker).get(
        reverse("verslag:dossier", kwargs={"kring": kring.slug, "dossier": verslag.dossier_id})
    )
    for _ in range(3):
        oproep = factories.OproepFactory(kring=kring)
        als(triagist).get(reverse("triage:oproep", kwargs={"kring": kring.slug, "pk": oproep.pk}))
    zoek()
    assert found() == sorted([regels.BUITEN_DIENST, regels.POSTCODE, regels.VEEL])


def test_searching_again_finds_nothing_new_and_misses_nothing(kring, signaal, zoek):
    before = Signaal.objects.get()
    assert zoek() == 0
    assert Signaal.objects.get().aangemaakt_op == before.aangemaakt_op
    assert Logregel.objects.filter(gebeurtenis="signalen.gezocht").count() == 2


def test_a_decision_covers_no_later_look(*, kring, als, triagist, fg, oude_oproep, signaal, zoek):
    """One look that can be explained must not be a licence for the rest of the day."""
    decision = {"oordeel": "terecht", "toelichting": "Zij nam de oproep zelf aan."}
    als(fg).post(url(kring, "signaal", signaal=signaal.pk), decision)
    assert not Signaal.objects.open().exists()
    assert zoek() == 0
    als(triagist).get(reverse("triage:oproep", kwargs={"kring": kring.slug, "pk": oude_oproep.pk}))
    assert zoek() == 1
    (later,) = Signaal.objects.open()
    assert set(signaal.regels) < set(later.regels)
    assert zoek() == 0


def test_the_night_searches_the_whole_gap(kring, als, triagist, oude_oproep):
    line = logboek._line(
        "oproep.getoond",
        "R",
        Actor(
            triagist.naam,
            triagist.pk,
            kring.pk,
            frozenset({"triagemedewerker"}),
            "zorgverlening",
            "127.0.0.1",
        ),
        object_soort="oproep",
        object_id=oude_oproep.pk,
        patient_id=oude_oproep.patient_id,
    )
    line.tijdstip = db_now() - timedelta(days=4)
    line.save()
    today = to_local(db_now()).date()
    nachtwerk.search(Beurt(kring.pk, today, today - timedelta(days=1)))
    assert found() == []
    nachtwerk.search(Beurt(kring.pk, today, today - timedelta(days=4)))
    assert found() == [regels.GEEN_RELATIE]


def test_the_search_costs_the_same_for_one_and_twenty_patients(kring, als, triagist, zoek):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            zoek()
        return len(captured)

    def look():
        oproep = factories.OproepFactory(
            kring=kring,
            status="afgerond",
            afgerond_op=db_now() - timedelta(days=30),
            aangenomen_op=db_now() - timedelta(days=30),
        )
        als(triagist).get(reverse("triage:oproep", kwargs={"kring": kring.slug, "pk": oproep.pk}))

    look()
    one = queries()
    for _ in range(19):
        look()
    assert queries() == one
    assert Signaal.objects.count() == 20


# --- who sees it


@pytest.mark.parametrize(
    "wie", ["triagist", "tandarts_gebruiker", "coordinator", "vertegenwoordiger", "beheerder"]
)
def test_only_the_fg_sees_the_queue(kring, als, request, wie, signaal):
    client = als(request.getfixturevalue(wie))
    assert client.get(url(kring, "signalen")).status_code == 403
    assert client.get(url(kring, "signaal", signaal=signaal.pk)).status_code == 403
    assert client.post(url(kring, "zoeken")).status_code == 403


def test_another_kring_sees_nothing(andere_kring, als, vreemde, signaal):
    client = als(vreemde)
    page = client.get(url(andere_kring, "signalen")).content.decode()
    assert signaal.gebruiker_naam not in page
    assert client.get(url(andere_kring, "signaal", signaal=signaal.pk)).status_code == 404


def test_the_fg_reads_the_lines_in_words_and_that_is_logged(kring, als, fg, signaal):
    page = als(fg).get(url(kring, "signalen")).content.decode()
    assert signaal.gebruiker_naam in page
    page = als(fg).get(url(kring, "signaal", signaal=signaal.pk)).content.decode()
    assert "oproep bekeken" in page
    line = Logregel.objects.get(gebeurtenis="signaal.getoond")
    assert (line.patient_id, line.doel, line.gebruiker_id) == (
        signaal.patient_id,
        "controle",
        fg.pk,
    )


def test_zoek_nu(kring, als, fg, triagist, oude_oproep):
    als(triagist).get(reverse("triage:oproep", kwargs={"kring": kring.slug, "pk": oude_oproep.pk}))
    page = als(fg).post(url(kring, "zoeken"), follow=True).content.decode()
    assert "1 nieuw signaal." in page


# --- the decision

WAAROM = "De collega verving iemand die avond."


def test_a_decision_takes_it_out_of_the_queue(kring, als, fg, signaal):
    client = als(fg)
    response = client.post(
        url(kring, "signaal", signaal=signaal.pk), {"oordeel": "terecht", "toelichting": WAAROM}
    )
    assert response.status_code == 302
    row = Beoordeling.objects.get()
    assert (row.oordeel, row.toelichting, row.door_id, row.door_naam) == (
        "terecht",
        WAAROM,
        fg.pk,
        fg.naam,
    )
    assert list(Signaal.objects.open()) == []
    assert Logregel.objects.filter(gebeurtenis="signaal.beoordeeld").count() == 1
    assert "Geen open signalen" in client.get(url(kring, "signalen")).content.decode()
    assert WAAROM in client.get(url(kring, "signaal", signaal=signaal.pk)).content.decode()
    assert "terecht" in client.get(url(kring, "signalen") + "?alle=ja").content.decode()


def test_further_inquiry_stays_open_until_the_end(kring, als, fg, signaal):
    client, page = als(fg), url(kring, "signaal", signaal=signaal.pk)
    client.post(page, {"oordeel": "onderzoek", "toelichting": "Ik vraag het morgen na."})
    assert Signaal.objects.open().count() == 1
    client.post(page, {"oordeel": "niet_terecht", "toelichting": "Was een buurvrouw, gemeld."})
    assert Signaal.objects.open().count() == 0
    assert list(Beoordeling.objects.values_list("oordeel", flat=True)) == [
        "onderzoek",
        "niet_terecht",
    ]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Kies een oordeel."),
        ({"oordeel": "terecht"}, "Leg uit hoe je tot dit oordeel komt."),
        ({"oordeel": "terecht", "toelichting": "ok"}, "minstens 15 tekens"),
        ({"oordeel": "misschien", "toelichting": WAAROM}, "geldige keuze"),
        ({"oordeel": "terecht", "toelichting": "a\x00" * 20}, "tekens"),
    ],
)
def test_no_decision_without_a_reason(*, kring, als, fg, signaal, data, sentence):
    response = als(fg).post(url(kring, "signaal", signaal=signaal.pk), data)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Beoordeling.objects.exists()


def test_nobody_decides_about_themselves(*, kring, als, triagist, fg, beheerder, signaal):
    factories.LidmaatschapFactory(kring=kring, gebruiker=triagist, rol="fg")
    page = url(kring, "signaal", signaal=signaal.pk)
    assert "Dit signaal gaat over jou" in als(triagist).get(page).content.decode()
    response = als(triagist).post(page, {"oordeel": "terecht", "toelichting": WAAROM})
    assert response.status_code == 422
    assert not Beoordeling.objects.exists()
    # With a second functionaris there is somebody; without one the beheerder is told.
    start = f"/k/{kring.slug}/"
    assert "tweede functionaris" not in als(beheerder).get(start).content.decode()
    Lidmaatschap.objects.filter(gebruiker=fg).update(status="beeindigd")
    text = als(beheerder).get(start).content.decode()
    assert "tweede functionaris" in text
    assert signaal.gebruiker_naam not in text


def test_signalen_and_decisions_never_change(signaal):
    for statement in (
        "UPDATE toezicht_signaal SET reden = 'anders'",
        "DELETE FROM toezicht_signaal",
        "DELETE FROM toezicht_beoordeling",
    ):
        with pytest.raises(ProgrammingError), transaction.atomic():
            connection.cursor().execute(statement)


# --- too late


def test_after_a_week_the_alarm(*, kring, als, fg, beheerder, signaal, monkeypatch):
    nu = db_now()
    assert Signaal.objects.overdue_at(nu + timedelta(days=7) - timedelta(minutes=1)).count() == 0
    assert Signaal.objects.overdue_at(nu + timedelta(days=7, minutes=1)).count() == 1
    start = f"/k/{kring.slug}/"
    assert "langer dan zeven dagen" not in als(fg).get(start).content.decode()
    with monkeypatch.context() as patch:
        # The row never changes, so it is written eight days ago.
        patch.setattr("django.utils.timezone.now", lambda: nu - timedelta(days=8))
        Signaal.objects.create(
            kring=kring,
            regel=regels.VEEL,
            versie=regels.VERSIE,
            gebruiker_id=1,
            gebruiker_naam="x",
            dag=nu.date(),
            reden="x",
            sleutel="oud",
        )
    assert "langer dan zeven dagen" in als(fg).get(start).content.decode()
    assert "langer dan zeven dagen" not in als(beheerder).get(start).content.decode()
    today = to_local(nu).date()
    nachtwerk.remind(Beurt(kring.pk, today, None))
    (mail,) = Zending.objects.filter(kring=kring)
    assert mail.sleutel == f"signalen_te_laat|{today}|{fg.pk}"


def test_nothing_overdue_no_mail(kring, fg, signaal):
    nachtwerk.remind(Beurt(kring.pk, to_local(db_now()).date(), None))
    assert not Zending.objects.exists()
