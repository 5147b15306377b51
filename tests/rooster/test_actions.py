"""The only door for a change of the roster: result, log line and rollback together."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from kern.models import Logregel
from kern.tijd import AMSTERDAM
from rooster import actions
from rooster.models import Dienst, Dienstplaats
from tests.factories import DeelnemerFactory, DienstFactory, OproepFactory, TandartsFactory

pytestmark = pytest.mark.django_db


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 12, day, hour, tzinfo=AMSTERDAM)


@pytest.fixture
def achter(kring):
    """A dentist of another practice than `tandarts`."""
    return TandartsFactory(kring=kring, naam="D. Achterberg")


@pytest.fixture
def plan(kring, tandarts, achter, coordinator, actor):
    def plan(**kwargs):
        values = {"begin": at(1, 17), "einde": at(2, 8), "by": actor(coordinator)}
        values |= {"dienstdoende": tandarts, "achterwacht": achter}
        return actions.plan_dienst(kring_id=kring.pk, **(values | kwargs))

    return plan


def test_plan_makes_the_duty_both_places_and_one_log_line(plan, tandarts, achter, coordinator):
    dienst = plan(opmerking="Sleutel bij de balie")
    dienst = Dienst.objects.with_places().get()
    assert (dienst.begin, dienst.einde) == (at(1, 17), at(2, 8))
    assert (dienst.dienstdoende, dienst.achterwacht) == (tandarts, achter)
    line = Logregel.objects.get()
    assert (line.gebeurtenis, line.actie, line.gebruiker_id) == (
        "dienst.gepland",
        "C",
        coordinator.pk,
    )
    assert (line.object_soort, line.object_id) == ("dienst", str(dienst.pk))
    assert line.patient_id is None


@pytest.mark.parametrize(
    ("begin", "einde"),
    [
        (at(1, 17), at(2, 8)),
        (at(1, 12), at(1, 18)),
        (at(2, 7), at(2, 9)),
        (at(1, 20), at(1, 21)),
        (at(1, 10), at(3, 10)),
    ],
)
def test_a_duty_never_overlaps_another(plan, begin, einde):
    plan()
    with pytest.raises(ValidationError) as refused:
        plan(begin=begin, einde=einde)
    assert list(refused.value.message_dict) == ["begin"]
    assert "Hier is al een dienst: di 1 dec 17:00 tot wo 2 dec 08:00" in str(refused.value)
    assert Dienst.objects.count() == 1
    assert Logregel.objects.count() == 1


def test_duties_may_touch(plan):
    plan()
    plan(begin=at(2, 8), einde=at(2, 17))
    plan(begin=at(1, 8), einde=at(1, 17))
    assert Dienst.objects.count() == 3


def test_the_other_kring_does_not_stand_in_the_way(plan, andere_kring):
    DienstFactory(kring=andere_kring, begin=at(1, 17))
    plan()
    assert Dienst.objects.count() == 2


def test_one_dentist_cannot_hold_both_places(plan, tandarts):
    with pytest.raises(ValidationError) as refused:
        plan(achterwacht=tandarts)
    assert refused.value.message_dict == {
        "achterwacht": ["De achterwacht moet een andere tandarts zijn dan de dienstdoende."]
    }


def test_the_two_places_are_of_different_practices(plan, kring, deelnemer):
    with pytest.raises(ValidationError) as refused:
        plan(achterwacht=TandartsFactory(kring=kring, deelnemer=deelnemer))
    assert list(refused.value.message_dict) == ["achterwacht"]


def test_all_objections_come_at_once(plan, tandarts):
    with pytest.raises(ValidationError) as refused:
        plan(begin=at(2, 8), einde=at(1, 17), achterwacht=tandarts)
    assert set(refused.value.message_dict) == {"einde", "achterwacht"}


def test_a_duty_of_weeks_is_a_typing_error(plan):
    with pytest.raises(ValidationError, match="langer dan een week"):
        plan(begin=at(1, 17), einde=at(20, 8))


def test_who_left_is_not_put_on_duty(plan, kring):
    weg = TandartsFactory(kring=kring, actief=False)
    praktijk_weg = TandartsFactory(
        kring=kring, deelnemer=DeelnemerFactory(kring=kring, actief=False)
    )
    for tandarts in (weg, praktijk_weg):
        with pytest.raises(ValidationError) as refused:
            plan(dienstdoende=tandarts)
        assert list(refused.value.message_dict) == ["dienstdoende"]


def test_who_left_stays_on_the_duty_they_had(plan, tandarts, achter, coordinator, actor):
    dienst = plan()
    tandarts.actief = False
    tandarts.save()
    actions.change_dienst(
        dienst,
        begin=dienst.begin,
        einde=at(2, 9),
        dienstdoende=tandarts,
        achterwacht=achter,
        reden="Geruild aan de telefoon",
        by=actor(coordinator),
    )
    assert Dienst.objects.get().einde == at(2, 9)


def test_two_dentists_trade_places(plan, tandarts, achter, coordinator, actor):
    dienst = plan()
    actions.change_dienst(
        dienst,
        begin=dienst.begin,
        einde=dienst.einde,
        dienstdoende=achter,
        achterwacht=tandarts,
        reden="Geruild aan de telefoon",
        by=actor(coordinator),
    )
    dienst = Dienst.objects.get()
    assert (dienst.dienstdoende, dienst.achterwacht) == (achter, tandarts)
    assert Dienstplaats.objects.count() == 2
    assert list(Logregel.objects.order_by("pk").values_list("gebeurtenis", "actie")) == [
        ("dienst.gepland", "C"),
        ("dienst.gewijzigd", "U"),
    ]


def test_a_moved_duty_moves_its_places(plan, tandarts, achter, coordinator, actor):
    dienst = plan()
    actions.change_dienst(
        dienst,
        begin=at(5, 17),
        einde=at(6, 8),
        dienstdoende=tandarts,
        achterwacht=achter,
        reden="Geruild aan de telefoon",
        by=actor(coordinator),
    )
    periods = set(Dienstplaats.objects.values_list("begin", "einde"))
    assert periods == {(at(5, 17), at(6, 8))}


def test_a_refused_change_leaves_everything_as_it_was(plan, tandarts, achter, coordinator, actor):
    plan()
    dienst = plan(begin=at(2, 17), einde=at(3, 8))
    with pytest.raises(ValidationError):
        actions.change_dienst(
            dienst,
            begin=at(1, 17),
            einde=at(3, 8),
            dienstdoende=tandarts,
            achterwacht=achter,
            reden="Schuift op",
            by=actor(coordinator),
        )
    dienst.refresh_from_db()
    assert dienst.begin == at(2, 17)
    assert dienst.plaatsen.count() == 2
    assert Logregel.objects.filter(gebeurtenis="dienst.gewijzigd").count() == 0


def test_a_failing_log_line_undoes_the_duty(plan, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("log is full")

    monkeypatch.setattr(actions.dienst.logboek, "record", fail)
    with pytest.raises(RuntimeError):
        plan()
    assert Dienst.objects.count() == 0


def test_remove_takes_the_duty_away_and_says_so(plan, coordinator, actor):
    dienst = plan()
    pk = dienst.pk
    actions.remove_dienst(dienst, reden="Dubbel", by=actor(coordinator))
    assert Dienst.objects.count() == 0
    assert Dienstplaats.objects.count() == 0
    line = Logregel.objects.latest("pk")
    assert (line.gebeurtenis, line.actie, line.object_id) == ("dienst.verwijderd", "D", str(pk))


def test_the_running_duty_stays(kring, coordinator, actor):
    dienst = DienstFactory(kring=kring)
    with pytest.raises(ValidationError, match="loopt nu"):
        actions.remove_dienst(dienst, reden="Dubbel", by=actor(coordinator))
    assert Dienst.objects.count() == 1


def test_a_duty_with_calls_stays(kring, coordinator, actor):
    dienst = DienstFactory(kring=kring, begin=timezone.now() - timedelta(days=3))
    OproepFactory(kring=kring, dienst=dienst)
    with pytest.raises(ValidationError, match="oproepen"):
        actions.remove_dienst(dienst, reden="Dubbel", by=actor(coordinator))
    assert Dienst.objects.count() == 1
    assert Dienstplaats.objects.count() == 2
