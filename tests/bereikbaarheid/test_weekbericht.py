"""The weekly notice: what it says, when it leaves by itself, and what holds it."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import ProgrammingError, transaction

from bereikbaarheid import actions, weekwerk
from bereikbaarheid.bericht import compose, merge, week_period
from bereikbaarheid.models import Weekbericht, Weekbezorging
from kern import dagwerk
from kern.actor import Actor
from kern.dagwerk import Beurt
from kern.models import Logregel, Zending
from kern.tijd import AMSTERDAM, db_now, to_local
from rooster.models import Dienstplaats
from rooster.regels import Periode
from tests.factories import (
    DeelnemerFactory,
    DienstFactory,
    InstellingFactory,
    OntvangerFactory,
    TandartsFactory,
)

pytestmark = pytest.mark.django_db
WEEK = date(2026, 11, 30)


def local(day, hour, minute=0, month=11):
    return datetime(2026, month, day, hour, minute, tzinfo=AMSTERDAM)


def duty(kring, begin, einde, **kwargs):
    return DienstFactory(kring=kring, begin=begin, einde=einde, **kwargs)


@pytest.fixture
def vandaag():
    return to_local(db_now()).date()


@pytest.fixture
def week(vandaag):
    """The Monday of the next week."""
    return vandaag + timedelta(days=7 - vandaag.weekday())


@pytest.fixture
def vol(kring, vandaag):
    """A roster without holes, from last week until over the next."""
    begin, einde = week_period(vandaag - timedelta(days=vandaag.weekday() + 7))
    return duty(kring, begin, einde + timedelta(days=21))


@pytest.fixture
def instelling(kring, vandaag):
    """The notice leaves today, about the next week."""
    return InstellingFactory(kring=kring, bericht_dag=vandaag.weekday())


@pytest.fixture
def ontvanger(kring):
    return OntvangerFactory(kring=kring, naam="Huisartsenpost Noord", email="post@noord.example")


def run(kring, dag):
    weekwerk.announce(Beurt(kring.pk, dag, None))


def events(kring):
    rows = Logregel.objects.filter(kring=kring, gebeurtenis__startswith="weekbericht.")
    return list(rows.order_by("id").values_list("gebeurtenis", flat=True))


# --- the words


def test_the_notice_tells_number_week_and_hours_but_no_dentist(kring, tandarts):
    duty(kring, local(30, 17), local(1, 8, month=12), dienstdoende=tandarts)
    opzet = compose(kring, WEEK, local(26, 9))
    assert opzet.onderwerp == "Spoednummer tandartsen Utrecht, week 49: 030-2345678"
    assert "\n    030-2345678\n" in opzet.tekst
    assert "ma 30 nov 17:00 – di 1 dec 08:00" in opzet.tekst
    assert "ma 30 nov 2026 tot en met zo 6 dec 2026" in opzet.tekst
    for hidden in (tandarts.naam, tandarts.deelnemer.naam, tandarts.telefoon):
        assert hidden not in opzet.tekst


def test_duties_that_touch_are_one_stretch(kring):
    duty(kring, local(30, 17), local(30, 23))
    duty(kring, local(30, 23), local(1, 8, month=12))
    tekst = compose(kring, WEEK, local(26, 9)).tekst
    assert "ma 30 nov 17:00 – di 1 dec 08:00" in tekst
    assert "23:00" not in tekst


def test_the_practice_is_named_only_where_the_kring_chose_so(kring, tandarts):
    InstellingFactory(kring=kring, noem_praktijk=True, antwoordadres="kring@voorbeeld.example")
    duty(kring, local(30, 17), local(30, 23), dienstdoende=tandarts)
    duty(kring, local(30, 23), local(1, 8, month=12))
    tekst = compose(kring, WEEK, local(26, 9)).tekst
    assert f"ma 30 nov 17:00 – ma 30 nov 23:00: {tandarts.deelnemer.naam}, Utrecht" in tekst
    assert tandarts.naam not in tekst
    assert "Mail kring@voorbeeld.example." in tekst


def test_the_practice_named_is_the_one_that_answers_for_the_place(kring, tandarts):
    elders = DeelnemerFactory(kring=kring, naam="Praktijk Elders", plaats="Weesp")
    InstellingFactory(kring=kring, noem_praktijk=True)
    duty(kring, local(30, 17), local(30, 23), dienstdoende=tandarts)
    Dienstplaats.objects.filter(tandarts=tandarts).update(deelnemer=elders)
    tekst = compose(kring, WEEK, local(26, 9)).tekst
    assert "ma 30 nov 17:00 – ma 30 nov 23:00: Praktijk Elders, Weesp" in tekst


def test_office_hours_are_no_hole_and_nights_are(kring):
    duty(kring, local(30, 17), local(1, 8, month=12))
    gaten = compose(kring, WEEK, local(26, 9)).gaten
    assert gaten[0] == Periode(local(30, 0), local(30, 8))
    assert gaten[1] == Periode(local(1, 17, month=12), local(2, 8, month=12))


def test_what_is_over_is_no_hole_any_more(kring):
    duty(kring, local(2, 17, month=12), week_period(WEEK).einde)
    assert compose(kring, WEEK, local(26, 9)).gaten
    assert compose(kring, WEEK, local(2, 12, month=12)).gaten == ()


def test_an_empty_week_says_so_and_no_times(kring):
    opzet = compose(kring, WEEK, local(26, 9))
    assert "Het rooster van deze week volgt nog." in opzet.tekst
    assert "krijgt u nog bericht" not in opzet.tekst


@pytest.mark.parametrize(
    ("week", "uren"),
    [(date(2026, 10, 19), 169), (date(2027, 3, 22), 167), (date(2026, 11, 23), 168)],
)
def test_the_week_has_its_real_hours(week, uren):
    begin, einde = week_period(week)
    assert einde - begin == timedelta(hours=uren)


def test_merge_of_nothing_and_of_one():
    one = Periode(local(30, 17), local(30, 23))
    assert (merge([]), merge([one])) == ([], [one])


# --- by itself


def test_it_leaves_once_on_its_day(kring, vol, instelling, ontvanger, vandaag):
    for _ in range(3):
        run(kring, vandaag)
    (row,) = Weekbezorging.objects.filter(kring=kring)
    assert (row.email, row.zending.status) == ("post@noord.example", "klaar")
    assert row.weekbericht.week == vandaag + timedelta(days=7 - vandaag.weekday())
    assert row.weekbericht.gemaakt_door is None
    assert events(kring) == ["weekbericht.verzonden"]


@pytest.mark.usefixtures("vol", "instelling", "ontvanger")
def test_the_mail_is_the_text_of_the_page(kring, vandaag, mails):
    run(kring, vandaag)
    (mail,) = mails()
    bericht = Weekbericht.objects.get()
    assert (mail["To"], mail["Subject"]) == ("post@noord.example", bericht.onderwerp)
    assert mail.get_content().split() == bericht.tekst.split()
    assert mail.get_content_type() == "text/plain"


def test_not_before_its_day(kring, vol, ontvanger, vandaag, week):
    InstellingFactory(kring=kring, bericht_dag=(vandaag.weekday() + 1) % 7)
    # What was due before this has left.
    done = week - timedelta(days=7) if vandaag.weekday() < 6 else week
    actions.send_weekbericht(kring, done, by=Actor.system(kring.pk))
    run(kring, vandaag)
    assert Weekbericht.objects.count() == 1


def test_a_house_that_was_down_sends_on_the_first_day_it_is_up(kring, vol, ontvanger, vandaag):
    days_ago = 3
    InstellingFactory(kring=kring, bericht_dag=(vandaag.weekday() - days_ago) % 7)
    run(kring, vandaag)
    assert Weekbezorging.objects.count() == 1
    run(kring, vandaag)
    assert Weekbezorging.objects.count() == 1


@pytest.mark.usefixtures("vol")
@pytest.mark.parametrize("wat", ["uit", "niemand"])
def test_switched_off_or_without_anybody_nothing_leaves(kring, instelling, ontvanger, vandaag, wat):
    if wat == "uit":
        instelling.bericht_aan = False
        instelling.save()
    else:
        ontvanger.actief = False
        ontvanger.save()
    run(kring, vandaag)
    assert (Weekbericht.objects.count(), events(kring)) == (0, [])


@pytest.mark.usefixtures("instelling", "ontvanger")
def test_a_hole_holds_it_and_the_coordinator_hears_first(kring, coordinator, vandaag, mails):
    run(kring, vandaag)
    assert Weekbezorging.objects.count() == 0
    assert {mail["To"] for mail in mails()} == {coordinator.email}
    assert all("niemand dienst" in mail.get_content() for mail in mails())
    assert events(kring)[0] == "weekbericht.opgehouden"


def test_a_hole_that_was_filled_lets_it_go(kring, instelling, ontvanger, vandaag, request):
    run(kring, vandaag)
    request.getfixturevalue("vol")
    run(kring, vandaag)
    assert Weekbezorging.objects.count() == 1


@pytest.mark.usefixtures("ontvanger")
def test_a_roster_that_changes_after_sending_waits_for_a_person(kring, vol, instelling, vandaag):
    run(kring, vandaag)
    instelling.noem_praktijk = True
    instelling.save()
    run(kring, vandaag)
    assert Weekbericht.objects.count() == 1


@pytest.mark.usefixtures("ontvanger")
def test_the_day_before_the_coordinator_hears_of_the_hole_already(
    kring, coordinator, vandaag, week, mails
):
    # Today the week that is due has no hole; tomorrow's week has.
    InstellingFactory(kring=kring, bericht_dag=(vandaag.weekday() + 1) % 7)
    soon = week_period(vandaag + timedelta(days=1)).begin
    due_until = week_period(week).begin if vandaag.weekday() < 6 else week_period(week).einde
    if due_until > db_now():
        duty(kring, db_now() - timedelta(hours=1), max(due_until, soon))
    run(kring, vandaag)
    assert {mail["To"] for mail in mails()} >= {coordinator.email}
    assert "weekbericht.opgehouden" in events(kring)


def test_it_is_daily_work_at_nine():
    werk = dagwerk._WERK[weekwerk.NAAM]
    assert (werk.uur, werk.per_kring, werk.functie) == (9, True, weekwerk.announce)


# --- by hand


def test_a_person_may_send_with_the_hole_in_it(kring, ontvanger, coordinator, actor, week):
    with pytest.raises(ValidationError, match="gat in het rooster"):
        actions.send_weekbericht(kring, week, by=actor(coordinator))
    bericht, aantal = actions.send_weekbericht(kring, week, met_gat=True, by=actor(coordinator))
    assert (aantal, bericht.met_gat, bericht.gemaakt_door) == (1, True, coordinator)


@pytest.mark.usefixtures("vol", "ontvanger")
def test_again_reaches_only_who_lacks_it(kring, coordinator, actor, week):
    by = actor(coordinator)
    first, _ = actions.send_weekbericht(kring, week, by=by)
    assert actions.send_weekbericht(kring, week, by=by) == (first, 0)
    late = OntvangerFactory(kring=kring)
    again, aantal = actions.send_weekbericht(kring, week, by=by)
    assert (again, aantal) == (first, 1)
    assert first.bezorgingen.filter(ontvanger=late).count() == 1
    assert events(kring) == ["weekbericht.verzonden"] * 2


@pytest.mark.usefixtures("ontvanger")
def test_a_changed_roster_makes_a_new_version_for_everybody(kring, vol, coordinator, actor, week):
    by = actor(coordinator)
    first, _ = actions.send_weekbericht(kring, week, by=by)
    vol.einde = week_period(week).begin + timedelta(days=2)
    vol.save()
    second, aantal = actions.send_weekbericht(kring, week, met_gat=True, by=by)
    assert (second.versie, aantal) == (2, 1)
    assert second.onderwerp.startswith("Gewijzigd: ")
    assert first.tekst != second.tekst


def test_without_recipients_it_is_refused(kring, vol, coordinator, actor, week):
    with pytest.raises(ValidationError, match="nog niemand"):
        actions.send_weekbericht(kring, week, by=actor(coordinator))
    assert not Weekbericht.objects.exists()


def test_notice_letters_and_line_are_rolled_back_together(kring, vol, ontvanger, week):
    with transaction.atomic():
        actions.send_weekbericht(kring, week, by=Actor.system(kring.pk))
        transaction.set_rollback(True)
    assert not Weekbericht.objects.exists()
    assert not Zending.objects.exists()
    assert events(kring) == []


@pytest.fixture
def bezorging(kring, vol, ontvanger, week):
    bericht, _ = actions.send_weekbericht(kring, week, by=Actor.system(kring.pk))
    return bericht.bezorgingen.get()


def settle(bezorging, status):
    Zending.objects.filter(pk=bezorging.zending_id).update(status=status, fout="550")


@pytest.mark.parametrize("status", ["verzonden", "mislukt"])
def test_it_can_be_sent_again_to_the_address_of_now(
    bezorging, ontvanger, coordinator, actor, status
):
    settle(bezorging, status)
    ontvanger.email = "nieuw@noord.example"
    ontvanger.save()
    again = actions.resend_bezorging(bezorging, by=actor(coordinator))
    assert (again.email, again.zending.status) == ("nieuw@noord.example", "klaar")
    bezorging.refresh_from_db()
    assert bezorging.email == "post@noord.example"
    assert events(bezorging.kring)[-1] == "weekbericht.opnieuw"


def test_what_still_waits_is_not_sent_twice(bezorging, coordinator, actor):
    with pytest.raises(ValidationError, match="staat al klaar"):
        actions.resend_bezorging(bezorging, by=actor(coordinator))
    assert Weekbezorging.objects.count() == 1


@pytest.mark.parametrize("weg", [True, False])
def test_who_left_the_list_gets_nothing_more(bezorging, ontvanger, coordinator, actor, weg):
    settle(bezorging, "verzonden")
    if weg:
        actions.remove_ontvanger(ontvanger, by=actor(coordinator))
    else:
        ontvanger.actief = False
        ontvanger.save()
    bezorging.refresh_from_db()
    assert bezorging.naam == "Huisartsenpost Noord"
    with pytest.raises(ValidationError, match="krijgt het weekbericht niet meer"):
        actions.resend_bezorging(bezorging, by=actor(coordinator))


# --- the list


def test_one_address_stands_once_on_the_list(kring, ontvanger, coordinator, actor):
    with pytest.raises(ValidationError) as refused:
        actions.add_ontvanger(
            kring_id=kring.pk,
            soort="media",
            naam="Weekblad",
            email=ontvanger.email,
            by=actor(coordinator),
        )
    assert "email" in refused.value.message_dict


def test_the_list_is_kept_with_a_line_for_each_change(kring, coordinator, actor):
    by = actor(coordinator)
    row = actions.add_ontvanger(
        kring_id=kring.pk, soort="media", naam="Weekblad", email="w@blad.example", by=by
    )
    actions.change_ontvanger(
        row, soort="media", naam="Weekblad", email="n@blad.example", actief=False, by=by
    )
    actions.remove_ontvanger(row, by=by)
    found = Logregel.objects.filter(kring=kring, object_id=str(row.pk)).order_by("id")
    assert [line.gebeurtenis for line in found] == [
        "ontvanger.toegevoegd",
        "ontvanger.gewijzigd",
        "ontvanger.verwijderd",
    ]


def test_a_sent_notice_cannot_be_changed(bezorging):
    with pytest.raises(ProgrammingError), transaction.atomic():
        Weekbericht.objects.filter(pk=bezorging.weekbericht_id).update(tekst="anders")


def test_a_tandarts_of_another_kring_changes_nothing(kring, andere_kring, week):
    duty(
        andere_kring,
        *week_period(week),
        dienstdoende=TandartsFactory(kring=andere_kring, naam="Vreemd"),
    )
    opzet = compose(kring, week, db_now())
    assert opzet.gaten
    assert "Het rooster van deze week volgt nog." in opzet.tekst
