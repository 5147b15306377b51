"""Each step of the training: result, log line, and both rolled back together."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from kern.models import Logregel
from oefening import actions
from oefening.models import Oefenpoging
from tests.oefening.test_casussen import right_choice
from triage.actions import versies
from triage.protocol import Feiten

pytestmark = pytest.mark.django_db


def lines(gebeurtenis):
    return Logregel.objects.filter(gebeurtenis=gebeurtenis)


def test_begin(kring, by):
    poging = actions.start_poging(kring_id=kring.pk, by=by, tabel="bloeding")
    assert (poging.gebruiker_id, poging.tabel) == (by.gebruiker_id, "bloeding")
    assert Feiten.from_mapping(poging.feiten).klachten == ("nabloeding",)
    line = lines("oefening.begonnen").get()
    assert (line.object_soort, line.object_id) == ("oefenpoging", str(poging.pk))
    assert line.patient_id is None


def test_a_new_case_takes_the_place_of_one_that_was_left_lying(kring, by, begin):
    first = begin("Dikke wang")
    second = begin("Kiespijn, cijfer 4")
    assert list(Oefenpoging.objects.values_list("pk", flat=True)) == [second.pk]
    assert first.pk != second.pk


def test_nobody_has_two_running_attempts(kring, begin):
    poging = begin("Dikke wang")
    poging.pk, poging._state.adding = None, True
    with pytest.raises(IntegrityError, match="oefenpoging_een_lopende"), transaction.atomic():
        poging.save(force_insert=True)


def test_handed_in_has_points_and_the_other_way_round(begin):
    poging = begin("Dikke wang")
    with pytest.raises(IntegrityError, match="ingeleverd_heeft_punten"), transaction.atomic():
        Oefenpoging.objects.filter(pk=poging.pk).update(punten=3)


def test_an_unknown_table_is_a_sentence(kring, by):
    with pytest.raises(ValidationError, match="nog geen oefening"):
        actions.start_poging(kring_id=kring.pk, by=by, tabel="niets")


def test_ask(begin):
    poging = begin("Kiespijn, cijfer 4")
    actions.ask(poging, klachten=["pijn"], veld="koorts")
    actions.ask(poging, klachten=["pijn"], veld="koorts")
    actions.ask(poging, klachten=["pijn"], veld="bloeding_ernst")  # not on the screen
    poging.refresh_from_db()
    assert (poging.klachten, poging.gevraagd) == (["pijn"], ["koorts"])


def test_hand_in(begin, by):
    poging = begin("Dikke wang")
    keuze = right_choice(Feiten.from_mapping(poging.feiten))
    actions.hand_in(poging, keuze=keuze, by=by)
    poging.refresh_from_db()
    assert poging.punten == 10
    assert poging.keuze["contact"] == "verplicht"
    assert "R-30" in [regel["id"] for regel in poging.uitslag["uitkomst"]["regels"]]
    assert lines("oefening.ingeleverd").count() == 1
    for again in (
        lambda: actions.hand_in(poging, keuze=keuze, by=by),
        lambda: actions.ask(poging, klachten=["pijn"], veld="koorts"),
    ):
        with pytest.raises(ValidationError, match="al ingeleverd"):
            again()


def test_line_and_attempt_fall_together(begin, by):
    poging = begin("Dikke wang")

    def fail():
        with transaction.atomic():
            keuze = right_choice(Feiten.from_mapping(poging.feiten))
            actions.hand_in(poging, keuze=keuze, by=by)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    poging.refresh_from_db()
    assert poging.punten is None
    assert not lines("oefening.ingeleverd").exists()


def test_history(begin, by, kring):
    for contact in ("verplicht", "niet_nodig"):
        poging = begin("Dikke wang")
        right = right_choice(Feiten.from_mapping(poging.feiten))
        actions.hand_in(poging, keuze=right.__class__(contact, *right_rest(right)), by=by)
    history = actions.history_of(by.gebruiker_id)
    assert history[poging.casus] == actions.Eerder(aantal=2, punten=6)


def right_rest(keuze):
    return keuze.termijn, keuze.minuten, keuze.adviezen


@pytest.fixture
def lenient_version(kring, coordinator, tandarts_gebruiker, actor):
    """A version in force in which swelling without fever asks for advice only."""
    maker, dentist = actor(coordinator), actor(tandarts_gebruiker)
    versie = versies.make_concept(kring_id=kring.pk, van=None, by=maker)
    versies.save_concept(
        versie,
        instellingen={**versie.instellingen, "zwelling_zonder_koorts": "aanbevolen"},
        lokale_regels=[],
        toelichting="Afgesproken in de kring, met de tandartsen.",
        by=maker,
    )
    versies.offer_concept(versie, by=maker)
    versies.approve(versie, by=dentist)
    return versies.put_in_force(versie, by=maker)


@pytest.mark.usefixtures("lenient_version")
def test_the_kring_is_practised_as_it_reads_the_guideline(begin, by):
    poging = begin("Moeite met slikken zonder koorts")
    strict = right_choice(Feiten.from_mapping(poging.feiten))
    actions.hand_in(poging, keuze=strict, by=by)
    assert strict.contact == "verplicht"
    assert poging.uitslag["uitkomst"]["contact_tandarts"] == "aanbevolen"
    assert poging.uitslag["delen"][0]["oordeel"] == "te_zwaar"
