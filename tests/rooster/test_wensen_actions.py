"""Wishes as rows: result, log line and rollback together; who is asked, and how often."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, time, timedelta
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from kern import logboek
from kern.actor import Actor
from kern.models import Logregel, Zending
from kern.tenancy import kring_context, set_context
from kring.models import Kring, Tandarts
from rooster import actions
from rooster.kader.rijen import calendar_of
from rooster.models import Dienstsoort, Inzet, Roosterperiode, Wens, Wensenlijst
from rooster.wensen.lijst import answers, asked, balance_of, wishes_of
from rooster.wensen.regels import Dagwens
from tests.factories import (
    DeelnemerFactory,
    DienstFactory,
    KringFactory,
    RoosterperiodeFactory,
    TandartsFactory,
)
from tests.rooster.brieven import letters
from tests.rooster.perioden import open_period

NIET, LIEVER = Dagwens("geblokkeerd"), Dagwens("liever_niet", 3)


@pytest.fixture
def periode(kring):
    return open_period(kring)


@pytest.fixture
def system(kring):
    return Actor.system(kring.pk)


@pytest.fixture
def soorten(kring):
    """One duty a day, from evening to evening."""
    return Dienstsoort.objects.create(
        kring=kring,
        naam="Etmaal",
        categorie="doordeweeks",
        dagen=list(range(7)),
        feestdagen="ook",
        begin=time(17),
        einde=time(17),
        geldig_vanaf=date(2020, 1, 1),
    )


@pytest.fixture
def mark(periode, tandarts, actor, tandarts_gebruiker):
    """Give the days from the n-th on a wish, as the dentist."""

    def mark(*dagen, wens=NIET, **kwargs):
        orders = [(periode.eerste_dag + timedelta(days=n), wens) for n in dagen]
        return actions.mark_wensen(
            periode, tandarts, opdrachten=orders, by=actor(tandarts_gebruiker), **kwargs
        )

    return mark


def test_wishes_are_rows_with_one_log_line(mark, periode, tandarts, tandarts_gebruiker):
    stand = mark(0, 1)
    assert (stand.blokkades, stand.blokkades_over) == (2, 1)
    stand = mark(1, 2, wens=LIEVER)
    assert (stand.punten, stand.blokkades) == (6, 1)
    first = periode.eerste_dag
    assert wishes_of(periode, tandarts) == {
        first: NIET,
        first + timedelta(1): LIEVER,
        first + timedelta(2): LIEVER,
    }
    lijst = Wensenlijst.objects.get()
    assert (lijst.tandarts, lijst.ingediend_op) == (tandarts, None)
    lines = list(Logregel.objects.filter(gebeurtenis="wensen.gewijzigd"))
    assert len(lines) == 2
    assert (lines[0].gebruiker_id, lines[0].object_soort, lines[0].object_id) == (
        tandarts_gebruiker.pk,
        "wensenlijst",
        str(lijst.pk),
    )


def test_the_same_wish_again_changes_and_logs_nothing(mark):
    mark(0)
    row = Wens.objects.get()
    mark(0)
    assert Wens.objects.get() == row
    assert Logregel.objects.count() == 1


def test_a_refused_order_leaves_nothing_half(mark, periode):
    mark(5, wens=LIEVER)
    with pytest.raises(ValidationError) as refused:
        mark(0, 1, 2, 3)
    assert refused.value.messages == [
        "Dit is 1 dag te veel: je kunt 3 dagen op “kan niet” zetten. Wis er een, of kies "
        "“liever niet”."
    ]
    assert Wens.objects.count() == 1
    assert Logregel.objects.count() == 1


def test_a_stretch_names_the_days_that_stand_in_the_way(mark, periode):
    mark(1, wens=LIEVER)
    with pytest.raises(ValidationError, match="Hier staat al een andere wens"):
        mark(0, 1, vervang=False)
    assert [wens.soort for wens in Wens.objects.all()] == ["liever_niet"]


def test_when_the_log_fails_the_wish_is_not_kept(mark, monkeypatch):
    def fails(*args, **kwargs):
        raise RuntimeError("log")

    monkeypatch.setattr(logboek, "record", fails)
    with pytest.raises(RuntimeError):
        mark(0)
    assert not Wens.objects.exists()


@pytest.mark.parametrize("status", ["voorbereiding", "plannen", "akkoord", "gepubliceerd"])
def test_only_an_open_period_takes_wishes(mark, periode, tandarts, status, system):
    Roosterperiode.objects.update(status=status)
    with pytest.raises(ValidationError, match="staan niet open"):
        mark(0)
    with pytest.raises(ValidationError, match="gesloten"):
        actions.submit_wensen(periode, tandarts, by=system)
    assert not Wens.objects.exists()
    assert not Wensenlijst.objects.filter(ingediend_op__isnull=False).exists()


def test_after_the_closing_date_nothing_is_taken(mark, periode):
    gisteren = timezone.localdate() - timedelta(days=1)
    Roosterperiode.objects.update(wensen_tot=gisteren)
    with pytest.raises(ValidationError, match="Wensen opgeven kon tot en met"):
        mark(0)
    assert not Wens.objects.exists()


def test_send_in_a_list(periode, tandarts, actor, vertegenwoordiger):
    lijst = actions.submit_wensen(periode, tandarts, by=actor(vertegenwoordiger))
    assert (lijst.ingediend_door, lijst.ingediend_op is not None) == (vertegenwoordiger, True)
    assert Logregel.objects.get().gebeurtenis == "wensen.ingediend"


# --- who is asked, and reminded


def test_who_serves_is_asked(kring, periode, tandarts):
    works = {"kring": kring, "fte": 1, "geldig_vanaf": date(2020, 1, 1)}
    serves, stays_home, long_ago, gone, practice_gone = (
        TandartsFactory(kring=kring, naam=naam) for naam in ("A", "B", "C", "D", "E")
    )
    Inzet.objects.create(tandarts=serves, deelnemer=serves.deelnemer, **works)
    Inzet.objects.create(
        tandarts=stays_home, deelnemer=stays_home.deelnemer, doet_dienst=False, **works
    )
    Inzet.objects.create(
        tandarts=long_ago,
        deelnemer=long_ago.deelnemer,
        geldig_tot=date(2021, 1, 1),
        **works,
    )
    gone.actief = False
    gone.save()
    practice_gone.deelnemer.actief = False
    practice_gone.deelnemer.save()
    assert set(asked(periode)) == {tandarts, serves}


def test_remind_everybody_who_is_silent_once_a_day(kring, periode, tandarts, actor, coordinator):
    done = TandartsFactory(kring=kring)
    by = actor(coordinator)
    actions.submit_wensen(periode, done, by=by)
    assert actions.remind_wensen(periode, by=by) == 1
    assert [(brief["To"], brief["Subject"]) for brief in letters()] == [
        (tandarts.gebruiker.email, "Geef je wensen op voor Rooster 2027")
    ]
    with pytest.raises(ValidationError, match="vandaag al een bericht"):
        actions.remind_wensen(periode, by=by)
    assert Zending.objects.count() == 1
    # The next day it goes again.
    yesterday = timezone.now() - timedelta(days=1)
    Wensenlijst.objects.filter(tandarts=tandarts).update(herinnerd_op=yesterday)
    Zending.objects.update(sleutel="gisteren")
    assert actions.remind_wensen(periode, by=by) == 1
    actions.submit_wensen(periode, tandarts, by=by)
    with pytest.raises(ValidationError, match="Iedereen heeft de wensen ingediend"):
        actions.remind_wensen(periode, by=by)
    assert Logregel.objects.filter(gebeurtenis="wensen.herinnerd").count() == 2


def test_one_letter_for_a_mailbox_and_a_practice_without_accounts(
    kring, periode, deelnemer, vertegenwoordiger, system
):
    TandartsFactory(kring=kring, deelnemer=deelnemer, naam="A. Zonder")
    TandartsFactory(kring=kring, deelnemer=deelnemer, naam="B. Zonder")
    alleen = DeelnemerFactory(kring=kring, naam="Praktijk Alleen", email="info@alleen.example")
    TandartsFactory(kring=kring, deelnemer=alleen, naam="C. Zonder")
    assert actions.remind_wensen(periode, by=system) == 3
    found = {brief["To"]: brief.get_content() for brief in letters()}
    assert set(found) == {vertegenwoordiger.email, "info@alleen.example"}
    assert "Het gaat om: A. Zonder, B. Zonder." in found[vertegenwoordiger.email]
    assert "Het gaat om: C. Zonder." in found["info@alleen.example"]
    assert f"/k/{kring.slug}/rooster/wensen/" in found["info@alleen.example"]


def test_close_and_open_again(kring, periode, system):
    actions.close_wensen(periode, by=system)
    assert Roosterperiode.objects.get().status == "plannen"
    actions.reopen_wensen(periode, by=system)
    assert Roosterperiode.objects.get().status == "wensen"
    events = Logregel.objects.order_by("id").values_list("gebeurtenis", flat=True)
    assert list(events) == ["wensen.gesloten", "wensen.heropend"]


def test_what_cannot_be_opened_or_closed(kring, system):
    periode = open_period(kring, status="akkoord")
    with pytest.raises(ValidationError, match="ter goedkeuring"):
        actions.reopen_wensen(periode, by=system)
    with pytest.raises(ValidationError, match="al gesloten"):
        actions.close_wensen(periode, by=system)
    gisteren = timezone.localdate() - timedelta(days=1)
    Roosterperiode.objects.update(status="plannen", wensen_tot=gisteren)
    with pytest.raises(ValidationError, match="latere datum"):
        actions.reopen_wensen(periode, by=system)
    assert not Logregel.objects.exists()


def test_the_answers_cost_the_same_for_many(
    kring, periode, django_assert_num_queries, mark, tandarts
):
    mark(0, 1)
    for _ in range(10):
        TandartsFactory(kring=kring)
    with django_assert_num_queries(5):
        rows = answers(periode, asked(periode))
    assert {row.tandarts.pk: row.wensen for row in rows if row.wensen} == {tandarts.pk: 2}
    assert len(rows) == 11


# --- what a dentist sees beside the calendar


def test_the_balance_of_earlier_periods_and_the_duties_of_the_last_year(kring, tandarts):
    year = {"akkoord_tot": date(2024, 12, 1), "wensen_tot": date(2024, 11, 1)}
    for first, last, weekend in (
        (date(2025, 1, 1), date(2025, 6, 30), "0.75"),
        (date(2025, 7, 1), date(2025, 12, 31), "-0.25"),
    ):
        before = RoosterperiodeFactory(kring=kring, eerste_dag=first, laatste_dag=last, **year)
        before.saldi.create(
            kring=kring, deelnemer=tandarts.deelnemer, categorie="weekend", verschil=weekend
        )
    periode = RoosterperiodeFactory(
        kring=kring, eerste_dag=date(2026, 1, 1), laatste_dag=date(2026, 6, 30), **year
    )
    # Not its own: that is what this roster will become.
    periode.saldi.create(
        kring=kring, deelnemer=tandarts.deelnemer, categorie="feestdag", verschil=9
    )
    for begin in ("2025-12-25T08:00Z", "2025-01-01T08:00Z", "2024-12-30T08:00Z"):
        DienstFactory(
            kring=kring,
            begin=timezone.datetime.fromisoformat(begin),
            categorie="feestdag",
            dienstdoende=tandarts,
        )
    lines = balance_of(periode, tandarts)
    assert [(line.categorie, str(line.verschil), line.gedaan) for line in lines] == [
        ("doordeweeks", "0", 0),
        ("weekend", "0.50", 0),
        ("feestdag", "0", 2),
    ]


def test_what_is_about_to_come_is_a_share_of_the_period(kring, periode, tandarts, soorten):
    # Two dentists of two practices, one of them half a week: a third of two places a night.
    half = TandartsFactory(kring=kring)
    Inzet.objects.create(
        kring=kring,
        tandarts=half,
        deelnemer=half.deelnemer,
        fte="0.50",
        geldig_vanaf=date(2020, 1, 1),
    )
    places = 2 * len(calendar_of(periode).diensten)
    assert places == 2 * 56
    for person, part in ((tandarts, 2 / 3), (half, 1 / 3)):
        expected = sum(line.verwacht for line in balance_of(periode, person))
        assert expected == pytest.approx(places * part)


def committed_period(**kader) -> tuple[Kring, Tandarts, Roosterperiode]:
    """Commit a kring with a period that asks one dentist for wishes: other connections see it."""
    with transaction.atomic():
        kring = KringFactory()
        set_context([kring.pk])
        tandarts = TandartsFactory(kring=kring)
        periode = open_period(kring, **kader)
        Wensenlijst.objects.create(kring=kring, periode=periode, tandarts=tandarts)
    return kring, tandarts, periode


@pytest.mark.traag
def test_two_who_mark_at_once_stay_within_the_budget(echte_db):
    """The representative and the dentist, in two tabs: the second waits and is refused."""
    kring, tandarts, periode = committed_period(blokkadebudget=3)
    both = Barrier(2, timeout=20)

    def mark(start: int) -> bool:
        try:
            with kring_context(kring.pk):
                both.wait()
                orders = [(periode.eerste_dag + timedelta(days=start + n), NIET) for n in range(2)]
                actions.mark_wensen(
                    Roosterperiode.objects.get(pk=periode.pk),
                    tandarts,
                    opdrachten=orders,
                    by=Actor.system(kring.pk),
                )
        except ValidationError:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(mark, (0, 10)))
    assert sorted(outcomes) == [False, True]
    with kring_context(kring.pk):
        assert Wens.objects.count() == 2


@pytest.mark.traag
def test_a_wish_waits_for_who_is_closing(echte_db):
    """Who closes plans with what was given: a wish of that moment waits, and is refused."""
    kring, tandarts, periode = committed_period()

    def mark() -> type[Exception] | None:
        try:
            with kring_context(kring.pk):
                with connection.cursor() as cursor:
                    cursor.execute("SET LOCAL lock_timeout = '300ms'")
                actions.mark_wensen(
                    Roosterperiode.objects.get(pk=periode.pk),
                    tandarts,
                    opdrachten=[(periode.eerste_dag, NIET)],
                    by=Actor.system(kring.pk),
                )
        except (ValidationError, OperationalError) as error:
            return type(error)
        finally:
            connection.close()
        return None

    with ThreadPoolExecutor(1) as pool:
        with kring_context(kring.pk):
            # What closing does to the row, without its log line: that would make anybody wait.
            Roosterperiode.objects.filter(pk=periode.pk).update(status="plannen")
            assert pool.submit(mark).result(20) is OperationalError
        assert pool.submit(mark).result(20) is ValidationError
    with kring_context(kring.pk):
        assert not Wens.objects.exists()
