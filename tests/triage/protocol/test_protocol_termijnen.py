"""Which clocks run for a call, and how each ends; without Django."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.protocol.instellingen import Instellingen
from triage.protocol.termijnen import (
    Belstand,
    Looptijd,
    Sluitreden,
    Soort,
    closing_reason,
    running_terms,
)

NU = datetime(2026, 11, 21, 22, 0, tzinfo=UTC)


def after(minutes: int) -> datetime:
    return NU + timedelta(minutes=minutes)


RUSTIG = Belstand(loopt=True, contact_op=NU, eerste_melding_op=NU)
AVULSIE = replace(RUSTIG, verplicht_op=after(1), zien_voor=after(60), streef_voor=after(30))
PIJN = replace(RUSTIG, terugbellen_om=after(60))
BLOEDING = replace(RUSTIG, terugbellen_om=after(30), bloedt=True)


def soorten(stand: Belstand) -> set[Soort]:
    return set(running_terms(stand))


@pytest.mark.parametrize(
    ("stand", "verwacht"),
    [
        (RUSTIG, set()),
        (AVULSIE, {Soort.CONTACT_TANDARTS, Soort.ZIEN, Soort.STREEF}),
        (replace(AVULSIE, gesproken=True), {Soort.ZIEN, Soort.STREEF}),
        (replace(AVULSIE, gesproken=True, besluit="zien"), {Soort.ZIEN, Soort.STREEF}),
        (replace(AVULSIE, gesproken=True, besluit="eerstehulp"), set()),
        (replace(AVULSIE, is_gezien=True), set()),
        (replace(AVULSIE, loopt=False), set()),
        (PIJN, {Soort.TERUGBELLEN}),
        (replace(PIJN, besluit="instructie"), set()),
        (BLOEDING, {Soort.TERUGBELLEN, Soort.BLOEDING}),
        (replace(BLOEDING, bloedt=False, terugbellen_om=None), set()),
        (replace(BLOEDING, gaat_verder=True), set()),
        # Severe: the norm is the bleeding clock.
        (replace(BLOEDING, terugbellen_om=None, zien_voor=after(60)), {Soort.ZIEN}),
    ],
)
def test_clocks_follow_from_the_call(stand, verwacht):
    assert soorten(stand) == verwacht


def test_dentist_is_due_five_minutes_after_the_outcome_not_after_the_ring():
    assert running_terms(AVULSIE)[Soort.CONTACT_TANDARTS] == Looptijd(after(1), after(6))


def test_bleeding_clock_runs_from_the_first_report_through_a_repeat():
    """T-01: half an hour later, in another call, the hour is half over."""
    repeat = replace(BLOEDING, contact_op=after(35), terugbellen_om=after(40))
    assert running_terms(repeat)[Soort.BLOEDING] == Looptijd(NU, after(60))


def test_bleeding_clock_runs_from_this_contact_where_the_kring_reads_it_so():
    repeat = replace(BLOEDING, contact_op=after(35))
    s = Instellingen(klok_start_nabloeding="dit_contact")
    assert running_terms(repeat, s)[Soort.BLOEDING] == Looptijd(after(35), after(95))


def test_a_norm_that_had_passed_ends_where_it_passed():
    late = replace(AVULSIE, contact_op=after(90), zien_voor=after(60))
    assert running_terms(late)[Soort.ZIEN] == Looptijd(after(60), after(60))


@pytest.mark.parametrize(
    ("soort", "stand", "opvolger", "reden"),
    [
        (Soort.CONTACT_TANDARTS, replace(AVULSIE, gesproken=True), False, Sluitreden.GEHAALD),
        (Soort.CONTACT_TANDARTS, RUSTIG, False, Sluitreden.VERVALLEN),
        (Soort.ZIEN, replace(AVULSIE, is_gezien=True), False, Sluitreden.GEHAALD),
        (Soort.ZIEN, AVULSIE, True, Sluitreden.VERVANGEN),
        (Soort.ZIEN, replace(AVULSIE, besluit="instructie"), False, Sluitreden.VERVALLEN),
        (
            Soort.ZIEN,
            replace(AVULSIE, loopt=False, heeft_afspraak=True),
            False,
            Sluitreden.VERVANGEN,
        ),
        (Soort.ZIEN, replace(AVULSIE, loopt=False), False, Sluitreden.VERVALLEN),
        (Soort.TERUGBELLEN, replace(PIJN, teruggebeld=True), False, Sluitreden.GEHAALD),
        (Soort.TERUGBELLEN, PIJN, True, Sluitreden.VERVANGEN),
        (Soort.TERUGBELLEN, RUSTIG, False, Sluitreden.VERVALLEN),
        (Soort.BLOEDING, replace(BLOEDING, bloedt=False), False, Sluitreden.GEHAALD),
        (Soort.BLOEDING, replace(BLOEDING, zien_voor=after(60)), False, Sluitreden.VERVANGEN),
        (Soort.BLOEDING, replace(BLOEDING, gaat_verder=True), False, Sluitreden.VERVANGEN),
        (Soort.TERUGBELLEN, replace(PIJN, gaat_verder=True), False, Sluitreden.VERVANGEN),
        (Soort.BLOEDING, replace(BLOEDING, besluit="eerstehulp"), False, Sluitreden.VERVALLEN),
    ],
)
def test_how_a_clock_ends(soort, stand, opvolger, reden):
    assert closing_reason(soort, stand, opvolger=opvolger) == reden


_moments = st.one_of(st.none(), st.integers(-120, 1440).map(after))
_standen = st.builds(
    Belstand,
    loopt=st.booleans(),
    contact_op=st.integers(-60, 60).map(after),
    eerste_melding_op=st.integers(-120, 0).map(after),
    verplicht_op=_moments,
    gesproken=st.booleans(),
    besluit=st.sampled_from(["", "zien", "instructie", "eerstehulp", "verwijzing", "uitstel"]),
    heeft_afspraak=st.booleans(),
    is_gezien=st.booleans(),
    zien_voor=_moments,
    streef_voor=_moments,
    terugbellen_om=_moments,
    bloedt=st.booleans(),
    teruggebeld=st.booleans(),
    gaat_verder=st.booleans(),
)


@given(_standen)
def test_every_clock_begins_before_it_ends_and_only_in_a_running_call(stand):
    terms = running_terms(stand)
    assert all(term.begint_op <= term.vervalt_op for term in terms.values())
    assert stand.loopt or not terms
    # One promise to be seen, never two notices about the same hour.
    assert not {Soort.ZIEN, Soort.BLOEDING} <= set(terms)


@given(_standen)
def test_who_has_to_be_seen_has_a_clock_until_somebody_decides(stand):
    waits = stand.loopt and not stand.is_gezien and stand.besluit in ("", "zien")
    if waits and (stand.zien_voor or (stand.bloedt and not stand.gaat_verder)):
        assert {Soort.ZIEN, Soort.BLOEDING} & set(running_terms(stand))


@given(_standen, st.sampled_from(Soort), st.booleans())
def test_every_end_has_a_reason(stand, soort, opvolger):
    assert closing_reason(soort, stand, opvolger=opvolger) in Sluitreden
