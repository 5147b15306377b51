"""Terms over leap years, month ends, holidays and clock changes."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reglement.lezing import (
    Lezing,
    Oproepvanaf,
    OpzegEinde,
    Telwijze,
    Toezendklok,
    Vergoedingsjaar,
    Viervergadering,
)
from reglement.termijnen import (
    Reden,
    add_months,
    appointment,
    conditional_term,
    day_words,
    is_holiday,
    k_meeting,
    legal_last_day,
    notice,
    one_sided_fee,
    resignation,
    rules_deadlines,
    second_meeting,
)

VRIJ = Lezing(telwijze=Telwijze.VRIJE_DAGEN)
DAGEN = st.dates(date(2020, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("start", "maanden", "dag"),
    [
        ("2027-08-31", 6, "2028-02-29"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2026-12-31", 2, "2027-02-28"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2026-11-30", 1, "2026-12-30"),
        ("2026-03-15", -3, "2025-12-15"),
        ("2026-05-15", 0, "2026-05-15"),
    ],
)
def test_months_end_where_the_month_ends(day, start, maanden, dag):
    assert add_months(day(start), maanden) == day(dag)


@pytest.mark.parametrize(
    ("sent", "weken", "vroegste"),
    [
        ("2026-10-01", 3, "2026-10-22"),
        ("2028-02-15", 3, "2028-03-07"),
        ("2026-10-12", 3, "2026-11-02"),  # over the end of summer time
        ("2027-03-20", 2, "2027-04-03"),  # over its beginning
        ("2026-12-01", 4, "2026-12-29"),
        ("2026-10-22", 0, "2026-10-22"),
    ],
)
def test_a_notice_counts_days(day, sent, weken, vroegste):
    found = notice(weken=weken, verzonden=day(sent))
    assert found.vroegste == day(vroegste)
    assert notice(weken=weken, verzonden=day(sent), lezing=VRIJ).vroegste == day(
        vroegste
    ) + timedelta(days=1)


@given(DAGEN, st.integers(0, 12), st.sampled_from([Lezing(), VRIJ]))
def test_the_last_day_to_send_is_the_mirror_of_the_earliest_meeting(sent, weken, lezing):
    earliest = notice(weken=weken, verzonden=sent, lezing=lezing).vroegste
    back = notice(weken=weken, vergadering=earliest, lezing=lezing)
    assert back.uiterlijk_verzenden == sent
    assert back.tijdig is None
    on_time = notice(weken=weken, verzonden=sent, vergadering=earliest, lezing=lezing)
    assert (on_time.tijdig, on_time.reden) == (True, None)
    day_before = earliest - timedelta(days=1)
    late = notice(weken=weken, verzonden=sent, vergadering=day_before, lezing=lezing)
    assert (late.tijdig, late.reden) == (False, Reden.TE_KORT)


def test_a_notice_may_run_from_its_receipt(day):
    lezing = Lezing(oproep_vanaf=Oproepvanaf.ONTVANGST)
    days = {"verzonden": day("2026-10-01"), "ontvangen": day("2026-10-03"), "weken": 3}
    assert notice(**days).vroegste == day("2026-10-22")
    assert notice(**days, lezing=lezing).vroegste == day("2026-10-24")
    unknown = notice(weken=3, verzonden=day("2026-10-01"), lezing=lezing)
    assert unknown.vroegste == day("2026-10-22")
    with pytest.raises(ValueError, match="weken"):
        notice(weken=-1)


@pytest.mark.parametrize(
    ("sent", "meeting", "more", "reden"),
    [
        ("2026-10-22", "2026-10-29", {}, None),
        ("2026-10-23", "2026-10-29", {}, Reden.TE_KORT),
        ("2026-10-01", "2026-10-29", {}, Reden.VOORAF),
        ("2026-10-01", "2026-10-29", {"lezing": Lezing(tweede_vooraf=True)}, None),
        ("2026-10-23", "2026-10-30", {"zelfde_agenda": False}, Reden.ANDERE_AGENDA),
        ("2026-10-01", "2026-10-22", {"lezing": Lezing(tweede_vooraf=True)}, Reden.VOOR_DE_EERSTE),
        ("2026-10-22", "2026-10-29", {"lezing": VRIJ}, Reden.TE_KORT),
    ],
)
def test_a_second_meeting(day, sent, meeting, more, reden):
    found = second_meeting(
        eerste=day("2026-10-22"), verzonden=day(sent), vergadering=day(meeting), **more
    )
    assert (found.tijdig, found.reden) == (reden is None, reden)
    assert found.waarom


def test_a_refused_second_meeting_names_the_earliest_day(day):
    found = second_meeting(
        eerste=day("2026-10-22"), verzonden=day("2026-10-01"), vergadering=day("2026-10-22")
    )
    assert found.vroegste == day("2026-10-29")


@pytest.mark.parametrize(
    ("decided", "done", "lezing", "by", "on_time", "send"),
    [
        ("2026-10-22", "2026-10-26", Lezing(), "2026-10-29", True, "2026-11-02"),
        ("2026-10-22", "2026-10-29", Lezing(), "2026-10-29", True, "2026-11-05"),
        ("2026-10-22", "2026-10-30", Lezing(), "2026-10-29", False, "2026-11-06"),
        ("2028-02-24", "2028-02-29", Lezing(), "2028-03-02", True, "2028-03-07"),
        ("2026-12-18", None, Lezing(), "2026-12-25", None, None),
        ("2026-12-18", None, Lezing(termijnenwet=True), "2026-12-28", None, None),
        (
            "2026-10-22",
            None,
            Lezing(toezendklok=Toezendklok.BESLUIT_14_DAGEN),
            "2026-10-29",
            None,
            "2026-11-05",
        ),
    ],
)
def test_the_two_clocks_of_10_7(*, day, decided, done, lezing, by, on_time, send):
    found = rules_deadlines(
        besloten=day(decided), verwerkt=day(done) if done else None, lezing=lezing
    )
    assert found.verwerken_uiterlijk == day(by)
    assert found.verwerkt_op_tijd is on_time
    assert found.verzenden_uiterlijk == (day(send) if send else None)


def test_the_second_clock_has_its_own_verdict(day):
    days = {"besloten": day("2026-10-22"), "verwerkt": day("2026-10-26")}
    assert rules_deadlines(**days, verzonden=day("2026-11-02")).verzonden_op_tijd is True
    assert rules_deadlines(**days, verzonden=day("2026-11-03")).verzonden_op_tijd is False


@pytest.mark.parametrize(
    ("start", "jaren", "eerdere", "laatste", "again"),
    [
        ("2026-09-15", 4, 0, "2030-09-14", True),
        ("2030-09-15", 4, 1, "2034-09-14", False),
        ("2030-09-15", 4, 2, "2034-09-14", False),
        ("2028-02-29", 4, 0, "2032-02-28", True),
        ("2027-01-01", 1, 0, "2027-12-31", True),
        ("2027-03-01", 1, 0, "2028-02-29", True),
    ],
)
def test_a_term_of_office(*, day, start, jaren, eerdere, laatste, again):
    found = appointment(start=day(start), jaren=jaren, eerdere_termijnen=eerdere)
    assert (found.laatste_dag, found.herbenoembaar) == (day(laatste), again)
    assert bool(found.waarschuwing) == (eerdere >= 2)


def test_the_end_of_a_membership(day):
    given_on = day("2026-05-15")
    assert resignation(opgezegd=given_on, maanden=6).einde == day("2026-11-15")
    month = Lezing(opzeg_einde=OpzegEinde.MAANDEINDE)
    assert resignation(opgezegd=given_on, maanden=6, lezing=month).einde == day("2026-11-30")
    roster = Lezing(opzeg_einde=OpzegEinde.ROOSTEREINDE)
    ends = [day("2026-06-30"), day("2026-12-31"), day("2027-06-30")]
    found = resignation(opgezegd=given_on, maanden=6, rooster_tot=ends, lezing=roster)
    assert found.einde == day("2026-12-31")
    assert resignation(opgezegd=given_on, maanden=6, lezing=roster).einde == day("2026-11-15")


@pytest.mark.parametrize(
    ("wished", "reason", "ends", "valid", "reden"),
    [
        ("2026-12-31", "", "2026-12-31", True, None),
        ("2026-08-01", "ziekte", "2026-08-01", True, None),
        ("2026-08-01", " ", "2026-11-15", False, Reden.GEEN_REDEN),
    ],
)
def test_another_day_than_the_term_gives(*, day, wished, reason, ends, valid, reden):
    found = resignation(
        opgezegd=day("2026-05-15"), maanden=6, gewenst=day(wished), bijzondere_reden=reason
    )
    assert (found.einde, found.geldig, found.reden) == (day(ends), valid, reden)


def test_a_resignation_is_in_writing(day):
    found = resignation(opgezegd=day("2026-05-15"), maanden=6, schriftelijk=False)
    assert (found.geldig, found.reden) == (False, Reden.NIET_SCHRIFTELIJK)


@pytest.mark.parametrize(
    ("chosen", "mag", "reden"),
    [
        ("2026-12-16", False, Reden.TE_KORT),
        ("2026-12-17", True, None),
        ("2027-04-22", True, None),
        ("2027-04-23", False, Reden.TE_LANG),
        (None, None, None),
    ],
)
def test_the_term_of_a_conditional_royement(day, chosen, mag, reden):
    found = conditional_term(
        besloten=day("2026-10-22"),
        min_weken=8,
        max_maanden=6,
        gekozen=day(chosen) if chosen else None,
    )
    assert (found.mag, found.reden) == (mag, reden)
    assert (found.vroegste, found.laatste) == (day("2026-12-17"), day("2027-04-22"))


def test_a_minimum_above_the_maximum_leaves_no_day(day):
    found = conditional_term(besloten=day("2026-10-22"), min_weken=30, max_maanden=6)
    assert (found.mag, found.reden) == (False, Reden.ONMOGELIJK)


@pytest.mark.parametrize(
    ("since", "meeting", "by", "on_time"),
    [
        ("2028-02-10", "2028-03-09", "2028-03-09", True),
        ("2027-02-10", "2027-03-10", "2027-03-10", True),
        ("2027-02-10", "2027-03-11", "2027-03-10", False),
        ("2027-02-10", "2027-02-09", "2027-03-10", False),
        ("2027-02-10", None, "2027-03-10", None),
    ],
)
def test_four_weeks(day, since, meeting, by, on_time):
    found = k_meeting(aanleiding=day(since), vergadering=day(meeting) if meeting else None)
    assert (found.uiterlijk, found.tijdig) == (day(by), on_time)


def test_four_weeks_may_be_for_the_call(day):
    lezing = Lezing(viervergadering=Viervergadering.OPGEROEPEN)
    since, late = day("2027-02-10"), day("2027-03-24")
    called = {"aanleiding": since, "vergadering": late, "opgeroepen": day("2027-03-10")}
    assert k_meeting(**called).reden is Reden.TE_LAAT
    assert k_meeting(**called, lezing=lezing).tijdig is True
    called["opgeroepen"] = day("2027-03-11")
    assert k_meeting(**called, lezing=lezing).tijdig is False


@pytest.mark.parametrize(
    ("more", "cents", "reden"),
    [
        ({}, 175000, None),
        ({"diensten_jaar": 0}, 0, None),
        ({"geroyeerd": False}, 0, Reden.NIET_GEROYEERD),
        ({"kan_elders": True}, 0, Reden.KAN_ELDERS),
        ({"diensten_vanaf": 3}, 75000, None),
        (
            {"diensten_vanaf": 3, "lezing": Lezing(vergoedingsjaar=Vergoedingsjaar.HEEL_JAAR)},
            175000,
            None,
        ),
    ],
)
def test_the_fee_of_a_one_sided_admission(more, cents, reden):
    base = {"geroyeerd": True, "kan_elders": False, "bedrag_centen": 25000, "diensten_jaar": 7}
    found = one_sided_fee(**(base | more))
    assert (found.bedrag_centen, found.reden) == (cents, reden)
    assert found.toegelaten is (reden is None)


@pytest.mark.parametrize(
    ("dag", "holiday"),
    [
        ("2025-04-26", True),
        ("2025-04-27", False),
        ("2027-03-26", True),
        ("2027-05-05", True),
        ("2027-05-07", False),
        ("2026-12-26", True),
        ("2026-12-31", False),
        ("2027-05-17", True),
    ],
)
def test_the_days_of_the_termijnenwet(day, dag, holiday):
    assert is_holiday(day(dag)) is holiday


def test_a_legal_term_ends_on_a_working_day(day):
    assert legal_last_day(day("2027-05-05")) == day("2027-05-07")
    assert legal_last_day(day("2027-05-05"), [day("2027-05-07")]) == day("2027-05-10")
    assert legal_last_day(day("2026-12-25")) == day("2026-12-28")
    assert legal_last_day(day("2026-10-22")) == day("2026-10-22")


@given(DAGEN)
def test_a_moved_day_is_the_first_working_day(dag):
    moved = legal_last_day(dag)
    assert moved >= dag
    assert moved.weekday() < 5
    assert not is_holiday(moved)
    between = [dag + timedelta(days=n) for n in range((moved - dag).days)]
    assert all(one.weekday() >= 5 or is_holiday(one) for one in between)


@given(DAGEN, st.integers(0, 60), st.integers(0, 60))
def test_more_months_are_never_earlier(dag, few, more):
    assert add_months(dag, few) <= add_months(dag, few + more)
    assert add_months(dag, few).day <= dag.day


def test_a_day_in_words(day):
    assert day_words(day("2026-10-22")) == "donderdag 22 oktober 2026"
