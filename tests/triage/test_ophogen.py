"""More than the protocol asks, and back while nothing came of it (U12)."""

import pytest
from django.db import IntegrityError, transaction

from tests import factories
from tests.triage.hulp import events, save
from triage import actions
from triage.models import Oproep
from triage.overgangen import StapGeweigerd

MILD = {"klachten": ["nabloeding"], "bloeding_ernst": "gering", "antitrombotica": "nee"}


@pytest.fixture
def mild(oproep, by):
    save(oproep, by, **MILD)
    assert (oproep.contact, oproep.status) == ("niet_nodig", "terugbellen")
    return oproep


def test_raised_means_call_the_dentist_and_no_timer(mild, by):
    actions.raise_oproep(mild, reden="niet_pluis", by=by)
    mild.refresh_from_db()
    assert (mild.contact, mild.urgentie, mild.status) == ("verplicht", "overleg", "open")
    assert (mild.terugbellen_om, mild.opgehoogd_door_id) == (None, by.gebruiker_id)
    assert mild.verplicht_op is not None
    # What the protocol said stays what it said.
    assert mild.uitkomst["contact_tandarts"] == "niet_nodig"
    assert events(mild)[-1] == "oproep.opgehoogd"


def test_no_answer_lowers_what_was_raised(mild, by):
    actions.raise_oproep(mild, reden="niet_pluis", by=by)
    save(mild, by, klachten=["ongemak"], oorzaak_ongeval=False)
    assert mild.contact == "verplicht"
    save(mild, by, klachten=[])
    assert mild.contact == "verplicht"


def test_closing_asks_for_the_dentist(mild, by):
    actions.raise_oproep(mild, reden="niet_pluis", by=by)
    with pytest.raises(actions.AfrondenGeweigerd, match="Spreek eerst de dienstdoende"):
        actions.close_oproep(mild, controles=[], by=by)


def test_the_heavier_deadline_of_the_protocol_stays(oproep, by):
    save(oproep, by, klachten=["avulsie"])
    deadline = oproep.zien_voor
    actions.raise_oproep(oproep, reden="ernstiger", by=by)
    assert (oproep.zien_voor, oproep.urgentie) == (deadline, "binnen_60_min")


@pytest.mark.parametrize(
    ("reden", "toelichting", "zin"),
    [
        ("", "", "Kies waarom"),
        ("bestaat_niet", "", "Kies waarom"),
        ("anders", "  ", "Schrijf op waarom"),
    ],
)
def test_not_without_a_reason(mild, by, reden, toelichting, zin):
    with pytest.raises(StapGeweigerd, match=zin):
        actions.raise_oproep(mild, reden=reden, toelichting=toelichting, by=by)
    mild.refresh_from_db()
    assert mild.opgehoogd_naar == ""
    assert "oproep.opgehoogd" not in events(mild)


def test_not_before_a_complaint(oproep, by):
    with pytest.raises(StapGeweigerd, match="Kies eerst de klacht"):
        actions.raise_oproep(oproep, reden="niet_pluis", by=by)


def test_back_with_a_reason_gives_the_protocol_its_word_again(mild, by):
    until = mild.terugbellen_om
    actions.raise_oproep(mild, reden="niet_pluis", by=by)
    actions.take_back_raise(mild, reden="Zat in de verkeerde oproep.", by=by)
    mild.refresh_from_db()
    assert (mild.contact, mild.terugbellen_om) == ("niet_nodig", until)
    assert (mild.ophoogreden, mild.reden_teruggenomen) == (
        "niet_pluis",
        "Zat in de verkeerde oproep.",
    )
    assert events(mild)[-1] == "oproep.ophoging_teruggenomen"


def test_not_back_without_a_reason(mild, by):
    actions.raise_oproep(mild, reden="niet_pluis", by=by)
    with pytest.raises(StapGeweigerd, match="Schrijf op"):
        actions.take_back_raise(mild, reden=" ", by=by)
    assert Oproep.objects.get(pk=mild.pk).contact == "verplicht"


def test_not_back_after_a_call_to_the_dentist(mild, tandarts, by):
    actions.raise_oproep(mild, reden="niet_pluis", by=by)
    actions.log_contactpoging(
        mild, tandarts=tandarts, rol="dienstdoende", resultaat="voicemail", by=by
    )
    with pytest.raises(StapGeweigerd, match="al gebeld"):
        actions.take_back_raise(mild, reden="Toch niet.", by=by)


def test_nobody_takes_back_what_a_colleague_raised(mild, by, kring, actor):
    actions.raise_oproep(mild, reden="niet_pluis", by=by)
    colleague = actor(factories.LidmaatschapFactory(kring=kring).gebruiker)
    with pytest.raises(StapGeweigerd, match="collega"):
        actions.take_back_raise(mild, reden="Valt mee.", by=colleague)


def test_result_and_line_stand_or_fall_together(mild, by):
    def fail():
        with transaction.atomic():
            actions.raise_oproep(mild, reden="niet_pluis", by=by)
            raise RuntimeError("stroom weg")

    with pytest.raises(RuntimeError):
        fail()
    mild.refresh_from_db()
    assert mild.opgehoogd_naar == ""
    assert "oproep.opgehoogd" not in events(mild)


def test_the_database_wants_a_reason_too(mild):
    with pytest.raises(IntegrityError, match="oproep_opgehoogd_met_reden"), transaction.atomic():
        Oproep.objects.filter(pk=mild.pk).update(opgehoogd_naar="verplicht")
