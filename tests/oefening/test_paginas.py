"""The pages of the training, and the promise that nothing of it counts (U13)."""

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kern.checks import tenant_models
from kern.tenancy import kring_context
from oefening import actions
from oefening.models import Oefenpoging
from oefening.score import Keuze
from tests import factories
from triage.bord import read_board, read_key

pytestmark = pytest.mark.django_db

BANNER = "Deze bellers bestaan niet"
GOED = {"contact": "verplicht", "termijn": "overleg"}


def counts() -> dict[str, int]:
    """Return how many rows every table of a kring holds, the training and the log left out."""
    return {
        model._meta.label: model.objects.count()
        for model in tenant_models()
        if model._meta.label not in ("oefening.Oefenpoging", "kern.Logregel", "kern.Logkop")
    }


def play(client, url, kring, *, beslissing=GOED):
    """Play a whole training by posts alone; return the attempt and the pages that were seen."""
    pages = [client.get(url("overzicht"))]
    response = client.post(url("begin"), {"tabel": "koorts_zwelling"}, follow=True)
    pages.append(response)
    poging = Oefenpoging.objects.get(ingeleverd_op__isnull=True)
    klachten = poging.feiten["klachten"]
    pages.append(client.post(url("vraag", poging), {"klachten": klachten}, follow=True))
    while vragen := [v for v in pages[-1].context["vragen"] if not v.gevraagd]:
        data = {"klachten": klachten, "vraag": vragen[0].veld.name}
        pages.append(client.post(url("vraag", poging), data, follow=True))
    pages.append(client.post(url("inleveren", poging), beslissing, follow=True))
    poging.refresh_from_db()
    return poging, pages


def test_a_whole_training_leaves_nothing_but_itself(client, url, kring, triagist):
    factories.OproepFactory(kring=kring, status="open")
    before, board = counts(), len(read_board(read_key().nu).rijen)
    assert board == 1
    poging, pages = play(client, url, kring)
    assert poging.punten is not None
    assert len(poging.gevraagd) > 5
    assert counts() == before
    assert len(read_board(read_key().nu).rijen) == board
    for page in pages:
        assert page.status_code == 200
        assert BANNER in page.content.decode()


def test_the_training_knows_no_calls():
    """By construction: its one table points at nothing but the kring and the person."""
    targets = {
        field.related_model._meta.label
        for model in apps.get_app_config("oefening").get_models()
        for field in model._meta.fields
        if field.is_relation
    }
    assert targets == {"kring.Kring", "kring.Gebruiker"}


def test_answers_come_when_asked(client, url, begin):
    poging = begin("Dikke wang met koorts")
    page = client.get(url("poging", poging)).content.decode()
    assert "Heeft u koorts?" not in page
    page = client.post(url("vraag", poging), {"klachten": ["dikke_wang"]}, follow=True)
    assert "Heeft u koorts?" in page.content.decode()
    assert "38,9" not in page.content.decode()
    data = {"klachten": ["dikke_wang"], "vraag": "koorts"}
    page = client.post(url("vraag", poging), data, follow=True).content.decode()
    assert "38,9" in page


def test_nothing_gives_the_answer_away_beforehand(client, url, begin):
    poging = begin("Dikke wang met koorts")
    page = client.get(url("poging", poging)).content.decode()
    assert "Dikke wang met koorts" not in page
    assert "R-30" not in page


def test_the_result_explains(client, url, begin):
    poging = begin("Dikke wang met koorts")
    data = {"contact": "niet_nodig", "termijn": "niet_spoed", "advies_0": ["niet_spoelen"]}
    page = client.post(url("inleveren", poging), data, follow=True).content.decode()
    for text in (
        "te licht",
        "R-30",
        "Bijlage 1 §2.3.2 rij 3",
        "Niet spoelen",
        "Dikke wang met koorts",
        "Je hebt niets gevraagd.",
        "Bij deze beller hoort: Dikke wang",
    ):
        assert text in page, text


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Kies of je de tandarts belt."),
        ({"contact": "x", "termijn": "y"}, "Kies de termijn."),
        (
            {"contact": "niet_nodig", "termijn": "advies_met_terugbelmoment"},
            "na hoeveel minuten je terugbelt",
        ),
        ({**GOED, "minuten": "veel"}, "Vul een heel getal in van 1 tot en met 240."),
        ({**GOED, "minuten": "9999"}, "Vul een heel getal in van 1 tot en met 240."),
        ({**GOED, "advies_1": ["pil"]}, "Kies een advies uit de lijst."),
    ],
)
def test_a_broken_decision_keeps_what_was_chosen(client, url, begin, data, sentence):
    poging = begin("Dikke wang met koorts")
    response = client.post(url("inleveren", poging), {**data, "advies_2": ["informeer_betaling"]})
    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert 'value="informeer_betaling" id="id_advies_2_0" checked' in " ".join(page.split())
    poging.refresh_from_db()
    assert poging.ingeleverd_op is None


@pytest.mark.parametrize("data", [{"klachten": ["zweet"]}, {"vraag": "bsn"}, {"vraag": "x" * 900}])
def test_a_strange_question_changes_nothing(client, url, begin, data):
    poging = begin("Dikke wang met koorts")
    assert client.post(url("vraag", poging), data, follow=True).status_code == 200
    poging.refresh_from_db()
    assert (poging.klachten, poging.gevraagd) == ([], [])


def test_asking_after_handing_in_says_so(client, url, begin, by):
    poging = begin("Dikke wang met koorts")
    actions.hand_in(poging, keuze=Keuze("verplicht", "overleg", None, frozenset()), by=by)
    page = client.post(url("vraag", poging), {"klachten": ["pijn"]}, follow=True)
    assert "al ingeleverd" in page.content.decode()


def test_an_unknown_subject_says_so(client, url):
    page = client.post(url("begin"), {"tabel": "niets"}, follow=True)
    assert "nog geen oefening" in page.content.decode()


@pytest.mark.parametrize(
    "geval", [("tandarts_gebruiker", 404), ("coordinator", 403), ("vreemde", 404)]
)
def test_an_attempt_is_ones_own(als, url, begin, request, geval):
    wie, status = geval
    poging = begin("Dikke wang met koorts")
    client = als(request.getfixturevalue(wie))
    assert client.get(url("poging", poging)).status_code == status
    assert client.post(url("inleveren", poging), GOED).status_code == status


def test_an_attempt_of_another_kring_is_not_there(client, url, begin, andere_kring, triagist):
    poging = begin("Dikke wang met koorts")
    Oefenpoging.objects.filter(pk=poging.pk).update(kring=andere_kring)
    assert client.get(url("poging", poging)).status_code == 404


def handed_in(kring, gebruiker, tabel, punten, aantal=1):
    for _ in range(aantal):
        Oefenpoging.objects.create(
            kring=kring,
            gebruiker=gebruiker,
            casus="eerste:E-07",
            tabel=tabel,
            punten=punten,
            ingeleverd_op="2026-11-20T20:00+01:00",
        )


def test_the_coordinator_sees_totals_and_no_attempts(als, url, kring, coordinator, triagist):
    handed_in(kring, triagist, "bloeding", 4, aantal=2)
    handed_in(kring, triagist, "letsel_avulsie", 10)
    response = als(coordinator).get(url("ploeg"))
    (row,) = response.context["medewerkers"]
    assert (row.naam, row.aantal, row.zwak) == (triagist.naam, 3, ["Bloeding"])
    assert row.gemiddeld == pytest.approx(6)
    page = response.content.decode()
    assert BANNER in page
    assert "Dikke wang met koorts" not in page
    assert als(triagist).get(url("ploeg")).status_code == 403


def test_one_bad_case_is_no_weak_subject(als, url, kring, coordinator, triagist):
    handed_in(kring, triagist, "bloeding", 0)
    (row,) = als(coordinator).get(url("ploeg")).context["medewerkers"]
    assert row.zwak == []


def test_totals_stay_in_the_kring(als, url, andere_kring, coordinator, triagist):
    handed_in(andere_kring, triagist, "bloeding", 4)
    assert als(coordinator).get(url("ploeg")).context["medewerkers"] == []


@pytest.mark.parametrize("naam", ["overzicht", "ploeg"])
def test_as_many_queries_for_30_as_for_1(als, url, kring, triagist, naam):
    factories.LidmaatschapFactory(kring=kring, gebruiker=triagist, rol="coordinator")
    client = als(triagist)

    def asked():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(url(naam)).status_code == 200
        return len(queries)

    handed_in(kring, triagist, "bloeding", 4)
    asked()
    one = asked()
    for number in range(30):
        who = triagist if naam == "overzicht" else factories.GebruikerFactory()
        handed_in(kring, who, "bloeding", number % 10)
    assert asked() == one


def test_the_own_results(client, url, kring, triagist, andere_kring):
    handed_in(kring, triagist, "bloeding", 4, aantal=2)
    with kring_context(kring.pk, andere_kring.pk):
        handed_in(andere_kring, triagist, "bloeding", 9)
    context = client.get(url("overzicht")).context
    (row,) = [row for row in context["tabellen"] if row["sleutel"] == "bloeding"]
    assert (row["aantal"], row["gemiddeld"], row["is_zwak"]) == (2, 4, True)
    assert len(context["laatste"]) == 2
