"""The wheel on rows: what ticks by itself, what a person notes, who is reminded, who sees what."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kern import crypto
from kern.dagwerk import Beurt as Dagbeurt
from kern.models import Logregel, Zending
from kern.outbox import place_of
from kern.tijd import db_now, to_local
from reglement.actions import jaarwiel as actions
from reglement.jaarwiel import regels, werk
from reglement.jaarwiel.beeld import draw
from reglement.jaarwiel.regels import Stand
from reglement.jaarwiel.rijen import turns_near, turns_of_year
from reglement.models import Verplichting, Wielmelding
from tests import factories
from tests.reglement.hulp import rolled_back

pytestmark = pytest.mark.django_db


@pytest.fixture
def today():
    return to_local(db_now()).date()


@pytest.fixture
def reglement(kring):
    """Rules of two years ago: from then on there are duties."""
    return factories.ReglementversieFactory(
        kring=kring,
        besloten_op=to_local(db_now()).date() - timedelta(days=730),
        variabelen={"4.weken_oproep": 3, "4.extra_taken": ["Toezien op de dienst"]},
    )


@pytest.fixture
def url(kring):
    return lambda naam, **kwargs: reverse(
        f"reglement:{naam}", kwargs={"kring": kring.slug} | kwargs
    )


@pytest.fixture
def taak(kring, reglement, today):
    """A duty of the kring's own that is due in three days."""
    return factories.VerplichtingFactory(
        kring=kring, titel="Noodkoffer nakijken", eerste_dag=today + timedelta(days=3)
    )


def _of(kring, soort, dag):
    return [beurt for beurt in turns_near(kring, dag) if beurt.soort == soort]


def _mails(kring):
    rows = Zending.objects.filter(kring=kring, sleutel__startswith="jaarwiel|").order_by("sleutel")
    return [crypto.unseal(row.inhoud, place=place_of(row)).decode() for row in rows]


def test_a_meeting_that_was_held_ticks_its_year(kring, reglement, today):
    year = today.year
    turn = next(b for b in turns_of_year(kring, year, today) if b.soort == regels.VERGADERING)
    assert turn.feit is None
    assert turn.uiterlijk == date(year, 12, 31) - timedelta(weeks=3)
    meeting = factories.VergaderingFactory(kring=kring, begint_op=db_now())
    called = next(b for b in turns_of_year(kring, year, today) if b.soort == regels.VERGADERING)
    assert called.uiterlijk == date(year, 12, 31)
    assert "opgeroepen" in called.bezig
    meeting.status = "gesloten"
    meeting.save()
    held = next(b for b in turns_of_year(kring, year, today) if b.soort == regels.VERGADERING)
    assert held.stand(today) == Stand.GEDAAN
    meeting.status = "afgelast"
    meeting.save()
    again = next(b for b in turns_of_year(kring, year, today) if b.soort == regels.VERGADERING)
    assert again.feit is None


def test_an_adopted_roster_ticks_two_duties_and_a_proposal_says_how_far_it_is(
    *, kring, reglement, tandarts, today
):
    versie = factories.RoosterversieFactory(kring=kring, tandarts=tandarts)
    periode = versie.periode
    assert all("deelnemers" in b.bezig for b in _of(kring, regels.ROOSTER, periode.eerste_dag))
    versie.status, versie.vastgesteld_op = "vastgesteld", db_now()
    versie.save()
    day = periode.eerste_dag
    found = _of(kring, regels.ROOSTER, day) + _of(kring, regels.RONDZENDEN, day)
    assert [b.feit.op for b in found] == [today, today]
    assert [(day - b.uiterlijk).days for b in found] == [42, 28]


def test_a_weekly_notice_ticks_the_week_it_is_about(kring, reglement, today):
    row = factories.WeekbezorgingFactory(kring=kring)
    row.weekbericht.refresh_from_db()
    week = row.weekbericht.week
    found = {b.sleutel: b for b in turns_near(kring, week) if b.soort == regels.TELEFOON}
    assert "1 ontvangers" in found[f"telefoon|{week}"].feit.bewijs
    other = found[f"telefoon|{week + timedelta(days=7)}"]
    assert other.feit is None
    assert other.uiterlijk == week + timedelta(days=6)


def test_weeks_that_are_over_do_not_fill_the_list(als, reglement, coordinator, url, today):
    page = als(coordinator).get(f"{url('jaarwiel')}?jaar={today.year}").content.decode()
    todo = page[page.index("Nu te doen") : page.index('class="ring"')]
    assert todo.count('class="beurten__wat"') <= 8
    assert "weken gemist" in page
    front = als(coordinator).get(url("overzicht")).content.decode()
    assert front.count("Spoednummer naar de media") <= 2


def test_an_office_that_ends_asks_for_who_follows(kring, reglement, today):
    row = factories.FunctieFactory(kring=kring, laatste_dag=today + timedelta(days=60))
    (turn,) = _of(kring, regels.TERMIJN, today)
    assert (turn.uiterlijk, turn.feit) == (row.laatste_dag - timedelta(days=30), None)
    factories.VoordrachtFactory(kring=kring, gebruiker__naam="Noor Next")
    assert "Noor Next" in _of(kring, regels.TERMIJN, today)[0].bezig
    factories.FunctieFactory(
        kring=kring,
        vanaf=row.laatste_dag + timedelta(days=1),
        laatste_dag=row.laatste_dag + timedelta(days=300),
    )
    assert _of(kring, regels.TERMIJN, today)[0].stand(today) == Stand.GEDAAN


def test_before_the_kring_had_rules_nothing_was_a_duty(kring, today):
    assert all(beurt.uiterlijk >= today for beurt in turns_near(kring, today))
    factories.ReglementversieFactory(kring=kring, besloten_op=today - timedelta(days=30))
    late = [beurt for beurt in turns_near(kring, today) if beurt.uiterlijk < today]
    assert late
    assert all(beurt.uiterlijk >= today - timedelta(days=30) for beurt in late)


def test_noting_it_is_done_with_proof_and_taking_that_back(als, coordinator, taak, url, today):
    client = als(coordinator)
    year = (today + timedelta(days=3)).year
    key = f"extra|{taak.pk}|{today + timedelta(days=3)}"
    query = f"?jaar={year}&beurt={key}"
    broken = client.post(
        url("jaarwiel_gedaan") + query, {"gedaan_op": "", "bewijs": "Foto in de map."}
    )
    assert broken.status_code == 422
    assert "Foto in de map." in broken.content.decode()
    data = {"gedaan_op": today.isoformat(), "bewijs": "Foto in de map."}
    assert client.post(url("jaarwiel_gedaan") + query, data).status_code == 302
    page = client.get(f"{url('jaarwiel')}?jaar={year}").content.decode()
    assert "Foto in de map." in page
    back = client.post(url("jaarwiel_terug") + query, {"reden": "Verkeerde koffer."})
    assert back.status_code == 302
    assert [row.gedaan for row in Wielmelding.objects.order_by("genoteerd_op")] == [True, False]
    events = Logregel.objects.filter(gebeurtenis__startswith="jaarwiel.")
    assert list(events.values_list("gebeurtenis", flat=True).order_by("gebeurtenis")) == [
        "jaarwiel.gedaan",
        "jaarwiel.teruggenomen",
    ]
    again = client.post(url("jaarwiel_terug") + query, {"reden": "Nog eens."})
    assert again.status_code == 422


def test_not_on_a_day_to_come_and_not_what_the_house_saw(
    *, kring, reglement, taak, coordinator, actor, today
):
    by = actor(coordinator)
    due = today + timedelta(days=3)
    with pytest.raises(ValidationError, match="moet nog komen"):
        actions.note_done(
            kring,
            f"extra|{taak.pk}|{due}",
            jaar=due.year,
            gedaan_op=today + timedelta(days=1),
            bewijs="x",
            by=by,
        )
    factories.VergaderingFactory(kring=kring, status="gesloten")
    with pytest.raises(ValidationError, match="het systeem"):
        actions.note_done(
            kring,
            f"vergadering|{today.year}",
            jaar=today.year,
            gedaan_op=today,
            bewijs="x",
            by=by,
        )
    assert not Wielmelding.objects.exists()


def test_note_and_line_go_together(*, kring, taak, coordinator, actor, today):
    due = today + timedelta(days=3)
    rolled_back(
        lambda: actions.note_done(
            kring,
            f"extra|{taak.pk}|{due}",
            jaar=due.year,
            gedaan_op=today,
            bewijs="x",
            by=actor(coordinator),
        )
    )
    assert not Wielmelding.objects.exists()
    assert not Logregel.objects.filter(gebeurtenis="jaarwiel.gedaan").exists()


def test_whoever_was_given_a_duty_notes_it_and_another_does_not_find_it(
    *, als, kring, taak, vertegenwoordiger, tandarts_gebruiker, url, today
):
    taak.gedelegeerd_aan = vertegenwoordiger
    taak.save()
    due = today + timedelta(days=3)
    query = f"?jaar={due.year}&beurt=extra|{taak.pk}|{due}"
    data = {"gedaan_op": today.isoformat(), "bewijs": "Gezien."}
    assert als(tandarts_gebruiker).get(url("jaarwiel_gedaan") + query).status_code == 404
    assert als(tandarts_gebruiker).post(url("jaarwiel_gedaan") + query, data).status_code == 404
    assert "Noodkoffer" in als(vertegenwoordiger).get(url("overzicht")).content.decode()
    assert als(vertegenwoordiger).post(url("jaarwiel_gedaan") + query, data).status_code == 302
    assert Wielmelding.objects.get().genoteerd_door == vertegenwoordiger
    assert "Noodkoffer" not in als(vertegenwoordiger).get(url("overzicht")).content.decode()


def test_the_helper_is_told_in_time_and_the_coordinator_as_well_when_it_is_late(
    *, kring, taak, coordinator, vertegenwoordiger, today
):
    taak.gedelegeerd_aan = vertegenwoordiger
    taak.save()
    due = taak.eerste_dag
    for soort in regels.SOORTEN[:-1]:
        row = Verplichting(kring=kring, soort=soort, actief=False)
        row.save()
    day = due - timedelta(days=14)
    werk.remind(Dagbeurt(kring.pk, day - timedelta(days=1), day - timedelta(days=2)))
    assert _mails(kring) == []
    werk.remind(Dagbeurt(kring.pk, day, day - timedelta(days=1)))
    (letter,) = _mails(kring)
    assert vertegenwoordiger.email in letter
    Zending.objects.filter(sleutel__startswith="jaarwiel|").delete()
    late = due + timedelta(days=7)
    werk.remind(Dagbeurt(kring.pk, late, late - timedelta(days=1)))
    told = " ".join(_mails(kring))
    assert vertegenwoordiger.email in told
    assert coordinator.email in told


def test_own_settings_change_what_in_time_is(*, als, kring, reglement, coordinator, url, today):
    client = als(coordinator)
    factories.FunctieFactory(kring=kring, laatste_dag=today + timedelta(days=60))
    data = {"dagen_vooraf": 10, "herinner_dagen": 5, "actief": "on", "gedelegeerd_aan": ""}
    response = client.post(f"{url('jaarwiel_taak')}?taak=termijn", data)
    assert response.status_code == 302
    (turn,) = _of(kring, regels.TERMIJN, today)
    assert turn.uiterlijk == today + timedelta(days=50)
    assert turn.opent == today + timedelta(days=45)
    client.post(f"{url('jaarwiel_taak')}?taak=termijn", data | {"actief": ""})
    assert _of(kring, regels.TERMIJN, today) == []
    assert Logregel.objects.filter(gebeurtenis="jaarwiel.taak").count() == 2


def test_a_duty_of_the_rules_is_offered_until_it_is_in_the_wheel(
    *, als, reglement, coordinator, url, today
):
    client = als(coordinator)
    assert "Nog niet in het jaarwiel" in client.get(url("jaarwiel")).content.decode()
    data = {
        "titel": "Toezien op de dienst",
        "ritme": "jaar",
        "eerste_dag": today.isoformat(),
        "herinner_dagen": 14,
        "actief": "on",
    }
    adres = f"{url('jaarwiel_taak')}?taak=nieuw"
    assert client.post(adres, data).status_code == 302
    page = client.get(url("jaarwiel")).content.decode()
    assert "Nog niet in het jaarwiel" not in page
    again = client.post(adres, data)
    assert again.status_code == 422
    assert "al een taak met deze naam" in again.content.decode()


def test_who_may_see_and_set(*, als, vertegenwoordiger, triagist, vreemde, kring, url):
    assert als(vertegenwoordiger).get(url("jaarwiel")).status_code == 200
    assert als(vertegenwoordiger).get(f"{url('jaarwiel_taak')}?taak=nieuw").status_code == 403
    assert als(triagist).get(url("jaarwiel")).status_code == 403
    assert als(vreemde).get(url("jaarwiel")).status_code == 404


@pytest.mark.parametrize("asked", ["", "bestaat_niet", "00000000-0000-0000-0000-000000000000"])
def test_a_duty_that_is_not_there_is_not_found(als, coordinator, url, asked):
    assert als(coordinator).get(f"{url('jaarwiel_taak')}?taak={asked}").status_code == 404
    assert als(coordinator).get(f"{url('jaarwiel_gedaan')}?beurt={asked}").status_code == 404


@pytest.mark.parametrize("jaar", ["abc", "99999999999999999999", "-1", ""])
def test_a_year_that_is_none_shows_this_one(als, coordinator, url, jaar, today):
    page = als(coordinator).get(f"{url('jaarwiel')}?jaar={jaar}")
    assert page.status_code == 200
    assert f"Jaarwiel {today.year}" in page.content.decode()


def test_a_duty_of_another_kring_is_not_in_the_wheel(als, coordinator, andere_kring, url):
    row = factories.VerplichtingFactory(kring=andere_kring, titel="Van de buren")
    assert "Van de buren" not in als(coordinator).get(url("jaarwiel")).content.decode()
    assert als(coordinator).get(f"{url('jaarwiel_taak')}?taak={row.pk}").status_code == 404


def test_the_wheel_asks_as_much_for_thirty_as_for_one(
    *, als, kring, reglement, coordinator, url, today
):
    client = als(coordinator)

    def fill(times):
        for number in range(times):
            factories.VerplichtingFactory(kring=kring)
            factories.GeschilFactory(kring=kring)
            factories.VergaderingFactory(kring=kring)
            factories.FunctieFactory(
                kring=kring, soort="bestuurslid", laatste_dag=today + timedelta(days=number + 30)
            )

    for page in ("jaarwiel", "overzicht"):
        fill(1)
        client.get(url(page))
        with CaptureQueriesContext(connection) as few:
            client.get(url(page))
        fill(29)
        with CaptureQueriesContext(connection) as many:
            client.get(url(page))
        assert len(many) == len(few)


def test_the_ring_has_a_mark_for_each_turn_and_begins_at_the_top(kring, reglement, today):
    found = turns_of_year(kring, today.year, today)
    ring = draw([("alles", found)], today.year, today)
    assert len(ring.banen[0].tekens) == len(found)
    assert sum(ring.samenvatting.values()) == len(found)
    january = ring.maanden[0]
    assert abs(january[3].x - ring.midden) < 3
    assert january[3].y < ring.midden
    assert draw([("alles", found)], today.year + 1, today).wijzer is None
