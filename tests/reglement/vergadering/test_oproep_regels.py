"""The trial of a convocation: which notice holds, until when, how many, does a second help."""

from datetime import date, timedelta

import pytest

from reglement.besluitvorming import Zitting
from reglement.lezing import Helft, Lezing, Telwijze
from reglement.oproep import demands, point_quorum, try_convocation

VANDAAG = date(2026, 11, 23)


def probeer(dag=None, soorten=(), *, leden=9, zitting=Zitting.EERSTE, weken=2, **extra):
    return try_convocation(
        verzonden=extra.pop("verzonden", VANDAAG),
        dag=dag,
        eisen=demands(soorten, zitting, weken=weken, weken_onvoorzien=extra.pop("anders", 4)),
        zitting=zitting,
        soorten=soorten,
        leden=leden,
        **extra,
    )


@pytest.mark.parametrize(
    ("soorten", "weken", "artikel", "dagen"),
    [
        ((), 2, "4.2", 14),
        (("wijzigen",), 2, "4.2", 14),
        (("royement",), 2, "9.2c", 21),
        (("voorwaardelijk",), 5, "4.2", 35),
        (("toelating",), 2, "11.5", 28),
        (("overig", "royement"), 2, "11.5", 28),
        (("hertoelating",), 2, "4.2", 14),
    ],
)
def test_the_longest_notice_of_the_agenda_decides(soorten, weken, artikel, dagen):
    proef = probeer(soorten=soorten, weken=weken)
    assert (proef.maatgevend.artikel, proef.vroegste - VANDAAG) == (artikel, timedelta(days=dagen))
    assert proef.tijdig is None
    assert not proef.bezwaren


@pytest.mark.parametrize(("dagen", "tijdig"), [(20, False), (21, True), (22, True)])
def test_a_royement_is_called_three_weeks_before_to_the_day(dagen, tijdig):
    proef = probeer(VANDAAG + timedelta(days=dagen), ["royement"])
    assert proef.tijdig is tijdig
    assert bool(proef.bezwaren) is not tijdig


def test_clear_days_ask_one_day_more():
    lezing = Lezing(telwijze=Telwijze.VRIJE_DAGEN)
    assert probeer(lezing=lezing).vroegste - VANDAAG == timedelta(days=15)


def test_a_refusal_names_article_last_day_of_sending_and_earliest_day():
    [zin] = probeer(date(2026, 12, 7), ["royement"]).bezwaren
    for part in ("art. 9.2c", "3 weken", "16 november 2026", "14 december 2026"):
        assert part in zin


def test_every_refusal_names_the_day_on_which_the_whole_agenda_can():
    zinnen = probeer(date(2026, 12, 7), ["royement", "overig"]).bezwaren
    assert len(zinnen) == 2
    assert all("De vroegste dag is maandag 21 december 2026" in zin for zin in zinnen)


def test_a_notice_over_the_clock_change_counts_days():
    proef = probeer(date(2027, 4, 4), ["royement"], verzonden=date(2027, 3, 14))
    assert proef.tijdig


def second(dag, *, verzonden=VANDAAG, eerste=VANDAAG, **extra):
    return probeer(
        dag, ["royement"], zitting=Zitting.TWEEDE, verzonden=verzonden, eerste=eerste, **extra
    )


def test_a_second_meeting_is_called_a_week_before_after_the_first():
    assert second(VANDAAG + timedelta(days=7)).tijdig
    late = second(VANDAAG + timedelta(days=6))
    assert "art. 9.2e" in late.bezwaren[0]
    # It could not have been sent before the first one was held.
    assert "weg gemoeten" not in late.bezwaren[0]
    early = second(VANDAAG + timedelta(days=9), verzonden=VANDAAG - timedelta(days=1))
    assert early.tijdig is False


@pytest.mark.parametrize(
    ("leden", "zonder", "helpt"), [(9, 4, True), (9, 5, False), (6, 2, False), (2, 0, False)]
)
def test_whether_a_second_meeting_would_help(leden, zonder, helpt):
    proef = probeer(soorten=["wijzigen"], leden=leden, zonder=("x",) * zonder)
    assert proef.tweede.helpt is helpt
    assert proef.haalbaar is (leden - zonder >= proef.quorum.nodig)


def test_no_second_meeting_follows_a_second_one_or_one_without_quorum():
    assert second(None).tweede is None
    assert probeer(soorten=["toets"], zitting=Zitting.ZONDER_QUORUM).tweede is None


def test_the_quorum_is_that_of_the_point_not_of_the_meeting():
    assert point_quorum("hertoelating", "eerste", 9).nodig == 0
    # An ordinary point does not lose its quorum in a meeting that was called for a test.
    assert point_quorum("wijzigen", "zonder_quorum", 9).nodig == 6
    assert point_quorum("royement", "tweede", 9).artikel == "9.2e"
    letter = Lezing(helft_plus_een=Helft.LETTERLIJK)
    assert [point_quorum("", "tweede", 9, lezing).nodig for lezing in (Lezing(), letter)] == [5, 6]
