"""A call is judged, from its first to its last minute, by the version it began with."""

from datetime import timedelta

import pytest
from django.urls import reverse

from kern.tijd import db_now
from tests import factories
from triage import actions, afronding, intake, scherm
from triage import protocol_teksten as teksten
from triage.bord.rijen import read_board
from triage.lezing import STANDAARDLEZING, reading_of
from triage.models import Oproep


@pytest.fixture
def begin(kring, by):
    """Begin a call and answer."""

    def start(**antwoorden):
        oproep = actions.start_oproep(kring_id=kring.pk, by=by)
        return actions.save_antwoorden(
            oproep, antwoorden=antwoorden, omschrijving="", versie=1, by=by
        )

    return start


@pytest.fixture
def by(triagist, actor):
    return actor(triagist)


def rules(oproep):
    return {regel["id"] for regel in oproep.uitkomst["regels"]}


ZWELLING = {"klachten": ["dikke_wang"], "koorts": "nee", "leeftijd_jaren": 40}


def test_call_begins_with_the_version_in_force(maak, kring, andere_kring, by):
    versie = maak("van_kracht")
    maak("goedgekeurd")
    own = actions.start_oproep(kring_id=kring.pk, by=by)
    other = factories.OproepFactory(kring=andere_kring)
    assert (own.protocolversie, other.protocolversie) == (versie, None)


def test_without_a_version_the_standard_holds(begin):
    oproep = begin(**ZWELLING)
    assert (oproep.protocolversie, oproep.contact) == (None, "verplicht")
    assert reading_of(oproep) == STANDAARDLEZING


def test_judged_by_the_settings_of_its_version(maak, begin):
    maak("van_kracht", zwelling_zonder_koorts="aanbevolen")
    oproep = begin(**ZWELLING)
    assert oproep.contact == "aanbevolen"
    used = {row["naam"]: row["waarde"] for row in oproep.uitkomst["instellingen"]}
    assert used["zwelling_zonder_koorts"] == "aanbevolen"


def test_running_call_keeps_its_version(maak, begin, by):
    oproep = begin(klachten=["anders"])
    maak("van_kracht", zwelling_zonder_koorts="aanbevolen")
    actions.save_antwoorden(oproep, antwoorden=ZWELLING, omschrijving="", versie=None, by=by)
    assert (oproep.protocolversie, oproep.contact) == (None, "verplicht")
    assert begin(**ZWELLING).contact == "aanbevolen"


def test_patient_is_judged_by_it_too(maak, begin, by):
    maak("van_kracht", kind_tot_leeftijd=16)
    oproep = begin(klachten=["ongemak"], oorzaak_ongeval=False)
    birth = (oproep.aangenomen_op - timedelta(days=17 * 366)).date()
    actions.save_patient(oproep, gegevens={"naam": "Jo", "geboortedatum": birth}, by=by)
    assert "R-12" not in rules(oproep)


def test_hidden_answers_follow_its_settings(maak, begin):
    maak("van_kracht", jong_kind_tot_leeftijd=6)
    oproep = begin(klachten=["pijn"], leeftijd_jaren=8, pijn_fors_of_acuut=True)
    assert "pijn_fors_of_acuut" not in oproep.antwoorden


def test_questions_and_outcome_on_the_screen_follow_its_settings(maak, begin):
    maak("van_kracht", jong_kind_tot_leeftijd=6)
    oproep = begin(klachten=["pijn"], leeftijd_jaren=8)
    shown = {box.veld.name for box in scherm.page(oproep)["vragen"]}
    assert "nrs" in shown
    assert "pijn_fors_of_acuut" not in shown


def test_closing_follows_its_settings(maak, begin):
    faults = afronding.intake_faults(begin(klachten=["avulsie"]))
    assert "opname_niet_gemeld" in faults
    maak("van_kracht", opname_gesprekken=False)
    assert "opname_niet_gemeld" not in afronding.intake_faults(begin(klachten=["avulsie"]))


def test_backup_takes_over_by_its_settings(maak, begin, tandarts, by):
    maak("van_kracht", achterwacht_na_pogingen=3, achterwacht_na_min=30)
    oproep = begin(klachten=["avulsie"])
    for _attempt in range(2):
        actions.log_contactpoging(
            oproep, tandarts=tandarts, rol="dienstdoende", resultaat="niet_bereikt", by=by
        )
    assert scherm.page(oproep)["bereik"].rol == "dienstdoende"
    assert _step_on_board(oproep) == "Bel de dienstdoende"
    Oproep.objects.filter(pk=oproep.pk).update(protocolversie=None)
    assert _step_on_board(oproep) == "Bel de achterwacht"


def _step_on_board(oproep) -> str:
    return next(rij.stap for rij in read_board(db_now()).rijen if rij.id == oproep.pk)


def test_version_that_lost_a_setting_still_judges(maak, begin, kring):
    """An old row may lack a setting that came later, and hold one that went."""
    old = factories.ProtocolversieFactory(
        kring=kring, nummer=90, instellingen={"kind_tot_leeftijd": 16, "weg": 1}
    )
    oproep = begin(**ZWELLING)
    Oproep.objects.filter(pk=oproep.pk).update(protocolversie=old)
    oproep.refresh_from_db()
    assert intake.judge(oproep).contact_tandarts == "verplicht"
    assert reading_of(oproep).instellingen.kind_tot_leeftijd == 16


def test_local_rule_asks_and_judges_only_where_it_is_on(maak, begin, als, triagist, kring):
    off = begin(klachten=["dikke_wang"], direct_gevaar="ja", leeftijd_jaren=40)
    assert "direct_gevaar" not in off.antwoorden
    maak("van_kracht", lokale_regels=["L-01"])
    on = begin(klachten=["dikke_wang"], direct_gevaar="ja", leeftijd_jaren=40)
    assert "L-01" in rules(on)
    assert "bel_112" in on.uitkomst["adviezen"]
    shown = {box.veld.name for box in scherm.page(on)["vragen"]}
    assert "direct_gevaar" in shown
    address = reverse("triage:oproep", kwargs={"kring": kring.slug, "pk": on.pk})
    assert "bel nu 112" in als(triagist).get(address).content.decode()


def test_the_blank_form_follows_the_version_in_force(maak, als, triagist, kring):
    question = str(teksten.VRAGEN["direct_gevaar"])
    form = reverse("triage:formulier", kwargs={"kring": kring.slug})
    assert question not in als(triagist).get(form).content.decode()
    versie = maak("van_kracht", lokale_regels=["L-01"])
    page = als(triagist).get(form).content.decode()
    assert page.count(question) == 1
    assert f"versie {versie.nummer} van de kring" in page
