"""The status of a practice over time, and what the roster makes of it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from kern import dagwerk
from kern.dagwerk import Beurt
from kring.models import Deelnemer
from reglement.actions.deelname import set_status, take_back
from reglement.kiesregister import members_on, register_on
from reglement.lidmaatschap.rijen import planned_after, planned_counts, stops_after
from reglement.lidmaatschap.werk import follow_all
from reglement.models import Deelname
from rooster.kader.rijen import inzet_between
from rooster.models import Inzet
from tests import factories
from tests.reglement.deelnemen import DAG, duty, events, page, today

pytestmark = pytest.mark.django_db


@pytest.fixture
def co(coordinator, actor):
    return actor(coordinator)


@pytest.fixture
def straks():
    return today() + timedelta(days=40)


def lines(deelnemer):
    rows = Deelname.objects.filter(deelnemer=deelnemer).order_by("vanaf")
    return [(row.status, row.vanaf, row.tot) for row in rows]


def works(kring, deelnemer, dag):
    """Return the fte that the planner sees of a practice on a day."""
    rows = inzet_between(kring.pk, dag, dag)
    return sum(row.fte for row in rows if row.praktijk == deelnemer.pk)


def status_on(kring, deelnemer, dag):
    return next(lid.status for lid in register_on(kring.pk, dag) if lid.deelnemer == deelnemer)


def test_an_end_that_is_to_come_keeps_the_practice_in_until_its_last_day(
    kring, deelnemer, tandarts, co, straks
):
    set_status(deelnemer, status="geeindigd", vanaf=straks, grond="opzegging", by=co)
    deelnemer.refresh_from_db()
    assert deelnemer.actief
    assert [bool(members_on(kring.pk, dag)) for dag in (straks - DAG, straks)] == [True, False]
    # The next roster plans nobody after that day, and everybody before.
    assert works(kring, deelnemer, straks - DAG) == 1
    assert works(kring, deelnemer, straks) == 0
    assert events()[-1] == "deelname.gewijzigd"


def test_an_end_in_the_past_takes_the_practice_out_at_once(kring, deelnemer, tandarts, co):
    set_status(deelnemer, status="geeindigd", vanaf=today(), grond="gestaakt", by=co)
    deelnemer.refresh_from_db()
    assert not deelnemer.actief
    assert status_on(kring, deelnemer, today() - DAG) == "lid"


def test_the_line_that_runs_is_cut_and_a_planned_end_stays(kring, deelnemer, co, straks):
    begin = today() - timedelta(days=100)
    factories.DeelnameFactory(kring=kring, deelnemer=deelnemer, vanaf=begin)
    set_status(deelnemer, status="geeindigd", vanaf=straks, grond="opzegging", by=co)
    set_status(deelnemer, status="voorwaardelijk", vanaf=today(), grond="besluit", by=co)
    assert lines(deelnemer) == [
        ("lid", begin, today() - DAG),
        ("voorwaardelijk", today(), straks - DAG),
        ("geeindigd", straks, None),
    ]


def test_of_two_statuses_on_one_day_the_last_one_counts(kring, deelnemer, co):
    set_status(deelnemer, status="voorwaardelijk", vanaf=today(), grond="a", by=co)
    set_status(deelnemer, status="geroyeerd", vanaf=today(), grond="b", by=co)
    assert lines(deelnemer) == [("geroyeerd", today(), None)]


def test_what_was_planned_can_be_taken_back_before_its_day(kring, deelnemer, tandarts, co, straks):
    Inzet.objects.create(
        kring=kring,
        tandarts=tandarts,
        deelnemer=deelnemer,
        fte=Decimal("0.60"),
        geldig_vanaf=date(2020, 1, 1),
    )
    begin = today() - timedelta(days=100)
    factories.DeelnameFactory(kring=kring, deelnemer=deelnemer, vanaf=begin)
    row = set_status(deelnemer, status="geeindigd", vanaf=straks, grond="opzegging", by=co)
    assert works(kring, deelnemer, straks) == 0
    take_back(row, by=co)
    assert lines(deelnemer) == [("lid", begin, None)]
    assert works(kring, deelnemer, straks) == Decimal("0.60")
    assert events()[-1] == "deelname.teruggenomen"


def test_who_comes_back_works_as_before_and_who_left_the_practice_does_not(
    kring, deelnemer, tandarts, co
):
    gone = factories.TandartsFactory(kring=kring, deelnemer=deelnemer)
    Inzet.objects.create(
        kring=kring,
        tandarts=gone,
        deelnemer=deelnemer,
        fte=1,
        geldig_vanaf=date(2019, 1, 1),
        geldig_tot=date(2020, 1, 1),
    )
    set_status(deelnemer, status="geroyeerd", vanaf=today() - 10 * DAG, grond="a", by=co)
    set_status(deelnemer, status="eenzijdig", vanaf=today() - 5 * DAG, grond="b", by=co)
    assert not Deelnemer.objects.get(pk=deelnemer.pk).actief
    set_status(deelnemer, status="lid", vanaf=today(), grond="hertoelating", by=co)
    assert Deelnemer.objects.get(pk=deelnemer.pk).actief
    assert works(kring, deelnemer, today()) == 1
    assert works(kring, deelnemer, today() - 7 * DAG) == 0


def test_the_status_and_its_log_line_stand_or_fall_together(kring, deelnemer, co, monkeypatch):
    before = events()
    monkeypatch.setattr("reglement.actions.deelname.follow", lambda *a, **k: 1 / 0)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        set_status(deelnemer, status="geroyeerd", vanaf=today(), grond="a", by=co)
    assert lines(deelnemer) == []
    assert events() == before


def test_the_daily_work_takes_a_practice_out_on_its_day_and_leaves_others_alone(
    kring, deelnemer, co, straks
):
    stil = factories.DeelnemerFactory(kring=kring, actief=False)
    set_status(deelnemer, status="geeindigd", vanaf=straks, grond="opzegging", by=co)
    follow_all(Beurt(kring.pk, straks - DAG, None))
    assert Deelnemer.objects.get(pk=deelnemer.pk).actief
    follow_all(Beurt(kring.pk, straks, None))
    assert not Deelnemer.objects.get(pk=deelnemer.pk).actief
    assert not Deelnemer.objects.get(pk=stil.pk).actief
    assert "deelname" in dagwerk._WERK


def test_before_its_first_line_a_practice_was_what_that_line_ends(kring, co):
    morgen = today() + DAG
    for status, before in (
        ("lid", "geeindigd"),
        ("voorwaardelijk", "lid"),
        ("geroyeerd", "lid"),
        ("geeindigd", "lid"),
    ):
        row = factories.DeelnemerFactory(kring=kring)
        factories.DeelnameFactory(kring=kring, deelnemer=row, status=status, vanaf=morgen)
        assert status_on(kring, row, today()) == before
        assert status_on(kring, row, morgen) == status


def test_duties_after_the_last_day_are_counted_for_the_practice_that_answers(
    kring, tandarts, co, straks
):
    deelnemer = tandarts.deelnemer
    set_status(deelnemer, status="geeindigd", vanaf=straks, grond="opzegging", by=co)
    duty(kring, straks - DAG, tandarts)
    late = duty(kring, straks, tandarts)
    other = duty(kring, straks + DAG, factories.TandartsFactory(kring=kring))
    # Served by somebody else, for this practice.
    other.plaatsen.filter(rol="achterwacht").update(deelnemer=deelnemer)
    stoppen = stops_after(kring.pk, today())
    assert stoppen == {deelnemer.pk: straks - DAG}
    assert planned_counts(kring.pk, stoppen) == {deelnemer.pk: 2}
    found = planned_after(deelnemer, straks - DAG)
    assert [row.dienst_id for row in found] == [late.pk, other.pk]
    assert planned_counts(kring.pk, {}) == {}


# --- pages


def test_the_register_shows_the_status_of_a_day(als, kring, deelnemer, vertegenwoordiger, co):
    factories.DeelnameFactory(
        kring=kring,
        deelnemer=factories.DeelnemerFactory(kring=kring, naam="Praktijk Weg"),
        status="geroyeerd",
        vanaf=today(),
    )
    client = als(vertegenwoordiger)
    now = client.get(page(kring, "deelnemers/")).content.decode()
    assert "telt 1 praktijk mee" in now
    assert "geroyeerd" in now
    gisteren = client.get(page(kring, f"deelnemers/?dag={today() - DAG}")).content.decode()
    assert "tellen 2 praktijken mee" in gisteren
    assert client.get(page(kring, "deelnemers/?dag=31-31-2026")).status_code == 422


def test_the_register_asks_the_same_queries_for_1_and_for_30(als, coordinator, kring, deelnemer):
    client = als(coordinator)
    client.get(page(kring, "deelnemers/"))
    with CaptureQueriesContext(connection) as few:
        client.get(page(kring, "deelnemers/"))
    for n in range(29):
        row = factories.DeelnemerFactory(kring=kring)
        stops = bool(n % 2)
        factories.DeelnameFactory(
            kring=kring,
            deelnemer=row,
            status="geeindigd" if stops else "lid",
            vanaf=today() + (5 if stops else -5) * DAG,
        )
        if n < 5:
            duty(
                kring,
                today() + (n + 10) * DAG,
                factories.TandartsFactory(kring=kring, deelnemer=row),
            )
    with CaptureQueriesContext(connection) as many:
        html = client.get(page(kring, "deelnemers/")).content.decode()
    assert "nog 1 dienst gepland" in html
    # Nobody stops in the first round: that question is not asked then.
    assert len(many) - len(few) <= 1


@pytest.mark.parametrize("persoon", ["tandarts_gebruiker", "triagist", "beheerder", "fg"])
def test_who_answers_for_no_practice_does_not_read_the_register(request, als, kring, persoon):
    client = als(request.getfixturevalue(persoon))
    assert client.get(page(kring, "deelnemers/")).status_code == 403


def test_a_vertegenwoordiger_opens_the_own_practice_only(
    als, kring, deelnemer, vertegenwoordiger, vreemde
):
    other = factories.DeelnemerFactory(kring=kring)
    client = als(vertegenwoordiger)
    assert client.get(page(kring, f"deelnemers/{deelnemer.pk}/")).status_code == 200
    assert client.get(page(kring, f"deelnemers/{other.pk}/")).status_code == 404
    assert als(vreemde).get(page(kring, "deelnemers/")).status_code == 404


def test_a_practice_of_another_kring_does_not_exist(als, coordinator, kring, andere_kring):
    other = factories.DeelnemerFactory(kring=andere_kring)
    client = als(coordinator)
    for path in ("", "opzeggen/", "einde/", "eenzijdig/", "vergoeding/"):
        assert client.get(page(kring, f"deelnemers/{other.pk}/{path}")).status_code == 404


def test_the_page_warns_of_duties_after_the_last_day(als, coordinator, kring, tandarts, co):
    deelnemer = tandarts.deelnemer
    set_status(deelnemer, status="geeindigd", vanaf=today() + DAG, grond="opzegging", by=co)
    duty(kring, today() + 3 * DAG, tandarts)
    html = als(coordinator).get(page(kring, f"deelnemers/{deelnemer.pk}/")).content.decode()
    assert "Er staan nog diensten na de laatste dag" in html
    assert "art. 7" in html
    overview = als(coordinator).get(page(kring)).content.decode()
    assert f"Regel vervanging voor {deelnemer.naam}" in overview
