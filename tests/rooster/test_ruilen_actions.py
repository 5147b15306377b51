"""Giving away and swapping: both sides agree, places change hands all or nothing."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from kern.models import Logregel, Zending
from kern.tijd import db_now
from rooster import actions
from rooster.actions import ruil as ruil_actions
from rooster.models import Dienstplaats, Roosterwijziging, Ruilaanbod, Ruilverzoek
from rooster.ruil.partners import candidates
from tests.factories import LidmaatschapFactory, TandartsFactory
from tests.rooster.ruilen import colleague, holders, night, place, swap_key

pytestmark = pytest.mark.django_db


@pytest.fixture
def vier(kring):
    """Four dentists of four practices."""
    return [colleague(kring, naam) for naam in "ABCD"]


@pytest.fixture
def nachten(kring, vier):
    """Three nights, a week apart: A and B, B and C, C and D."""
    a, b, c, d = vier
    return [night(kring, 10, a, b), night(kring, 17, b, c), night(kring, 24, c, d)]


@pytest.fixture
def vraag(actor):
    """Ask as the dentist of the place."""

    def vraag(dienst, rol="dienstdoende", *, soort="overname", keuzes=(), by=None, **kwargs):
        plaats = place(dienst, rol)
        return actions.ask_ruil(
            plaats,
            soort=soort,
            keuzes=keuzes,
            uiterlijk_op=kwargs.pop("uiterlijk_op", plaats.begin),
            by=by or actor(plaats.tandarts.gebruiker),
            **kwargs,
        )

    return vraag


def offers(verzoek) -> list[tuple[str, str]]:
    return list(verzoek.aanbiedingen.values_list("tandarts__naam", "status"))


def yes(verzoek, naam, actor):
    aanbod = verzoek.aanbiedingen.get(tandarts__naam=naam)
    return actions.accept_aanbod(aanbod, by=actor(aanbod.tandarts.gebruiker))


def test_a_give_away_asks_who_may_and_can_in_order_of_balance(nachten, vier, vraag):
    verzoek = vraag(nachten[0])
    # D has one place of six, C has two; B is the achterwacht of this very night.
    assert offers(verzoek) == [("D", "gevraagd"), ("C", "gevraagd")]
    assert verzoek.uiterlijk_op == nachten[0].begin
    assert Logregel.objects.get(gebeurtenis="ruil.gevraagd").object_id == str(verzoek.pk)
    assert Zending.objects.filter(sleutel__startswith="ruilaanbod|").count() == 2


def test_the_first_who_says_yes_has_the_duty(nachten, vraag, actor, coordinator):
    verzoek = vraag(nachten[0], toelichting="Bruiloft")
    yes(verzoek, "D", actor)
    assert holders(*nachten) == [("D", "B"), ("B", "C"), ("C", "D")]
    verzoek.refresh_from_db()
    assert verzoek.status == "gelukt"
    assert offers(verzoek) == [("D", "aanvaard"), ("C", "vervallen")]
    event = Roosterwijziging.objects.get()
    assert (event.soort, event.reden) == ("overgenomen", "Bruiloft")
    assert (event.voor["dienstdoende"]["naam"], event.na["dienstdoende"]["naam"]) == ("A", "D")
    told = Zending.objects.filter(sleutel=f"ruil|{verzoek.pk}|coordinator|{coordinator.pk}")
    assert told.count() == 1
    assert Logregel.objects.latest("pk").gebeurtenis == "ruil.aanvaard"


def test_the_second_yes_hears_that_it_is_too_late(nachten, vraag, actor):
    verzoek = vraag(nachten[0])
    yes(verzoek, "D", actor)
    with pytest.raises(ValidationError, match="je net voor"):
        yes(verzoek, "C", actor)
    assert holders(nachten[0]) == [("D", "B")]


def test_a_swap_moves_both_places(nachten, vraag, actor):
    eerste, _tweede, derde = nachten
    sleutel = swap_key(eerste, "dienstdoende", derde, "achterwacht")
    verzoek = vraag(eerste, soort="ruil", keuzes=[sleutel])
    yes(verzoek, "D", actor)
    assert holders(*nachten) == [("D", "B"), ("B", "C"), ("C", "A")]
    assert {event.soort for event in Roosterwijziging.objects.all()} == {"geruild"}
    assert Roosterwijziging.objects.count() == 2


def test_two_change_roles_on_one_duty(nachten, vraag, actor):
    eerste = nachten[0]
    sleutel = swap_key(eerste, "dienstdoende", eerste, "achterwacht")
    verzoek = vraag(eerste, soort="ruil", keuzes=[sleutel])
    yes(verzoek, "B", actor)
    assert holders(eerste) == [("B", "A")]
    assert Roosterwijziging.objects.count() == 1


def test_a_failing_log_line_undoes_the_whole_swap(nachten, vraag, actor, monkeypatch):
    eerste, _tweede, derde = nachten
    sleutel = swap_key(eerste, "dienstdoende", derde, "achterwacht")
    verzoek = vraag(eerste, soort="ruil", keuzes=[sleutel])

    def fail(*args, **kwargs):
        raise RuntimeError("log is full")

    monkeypatch.setattr(ruil_actions, "log_ruil", fail)
    with pytest.raises(RuntimeError):
        yes(verzoek, "D", actor)
    assert holders(*nachten) == [("A", "B"), ("B", "C"), ("C", "D")]
    assert offers(verzoek) == [("D", "gevraagd")]
    assert Roosterwijziging.objects.count() == 0
    verzoek.refresh_from_db()
    assert verzoek.is_open


def test_a_yes_of_which_the_roster_changed_is_refused(nachten, vraag, actor, kring, vier):
    verzoek = vraag(nachten[0])
    # Since then D got a duty the day after.
    night(kring, 11, vier[3], vier[2])
    with pytest.raises(ValidationError, match="past niet meer"):
        yes(verzoek, "D", actor)
    assert holders(nachten[0]) == [("A", "B")]


def test_a_place_that_changed_hands_is_not_traded(nachten, vraag, actor, vier):
    verzoek = vraag(nachten[0])
    Dienstplaats.objects.filter(dienst=nachten[0], rol="dienstdoende").update(tandarts=vier[2])
    with pytest.raises(ValidationError, match="past niet meer"):
        yes(verzoek, "D", actor)
    assert actions.expire_ruil(verzoek, by=actor(vier[0].gebruiker))
    verzoek.refresh_from_db()
    assert verzoek.status == "vervallen"


def test_nobody_answers_for_another(nachten, vraag, actor, vier, coordinator):
    verzoek = vraag(nachten[0])
    aanbod = verzoek.aanbiedingen.get(tandarts__naam="D")
    for stranger in (vier[2].gebruiker, vier[0].gebruiker, coordinator):
        with pytest.raises(PermissionDenied):
            actions.accept_aanbod(aanbod, by=actor(stranger))
        with pytest.raises(PermissionDenied):
            actions.decline_aanbod(aanbod, by=actor(stranger))
    assert holders(nachten[0]) == [("A", "B")]


def test_nobody_gives_away_the_duty_of_another(nachten, vraag, actor, vier):
    with pytest.raises(PermissionDenied):
        vraag(nachten[0], by=actor(vier[1].gebruiker))
    assert Ruilverzoek.objects.count() == 0


def test_the_representative_speaks_for_the_practice(kring, nachten, vraag, actor, vier):
    chef = LidmaatschapFactory(
        kring=kring, rol="vertegenwoordiger", deelnemer=vier[3].deelnemer
    ).gebruiker
    verzoek = vraag(nachten[0])
    aanbod = verzoek.aanbiedingen.get(tandarts__naam="D")
    actions.accept_aanbod(aanbod, by=actor(chef))
    assert holders(nachten[0]) == [("D", "B")]
    assert aanbod.verzoek.aanbiedingen.get(status="aanvaard").beantwoord_door == chef


def test_after_the_deadline_no_yes_counts(nachten, vraag, actor):
    verzoek = vraag(nachten[0])
    Ruilverzoek.objects.update(uiterlijk_op=db_now() - timedelta(seconds=1))
    with pytest.raises(ValidationError, match="loopt niet meer"):
        yes(verzoek, "D", actor)
    assert holders(nachten[0]) == [("A", "B")]


@pytest.mark.parametrize("offset", [timedelta(seconds=1), timedelta(days=-30)])
def test_a_deadline_lies_between_now_and_the_duty(nachten, vraag, offset):
    with pytest.raises(ValidationError) as refused:
        vraag(nachten[0], uiterlijk_op=nachten[0].begin + offset)
    assert list(refused.value.message_dict) == ["uiterlijk"]


def test_one_place_has_one_open_request(nachten, vraag):
    vraag(nachten[0])
    with pytest.raises(ValidationError, match="loopt al een verzoek"):
        vraag(nachten[0])
    assert Ruilverzoek.objects.count() == 1


def test_a_swap_that_nobody_offered_is_refused(nachten, vraag):
    for keuzes in ([], ["onzin"], [f"{nachten[0].pk}|{nachten[0].pk}"]):
        with pytest.raises(ValidationError) as refused:
            vraag(nachten[0], soort="ruil", keuzes=keuzes)
        assert list(refused.value.message_dict) == ["keuzes"]


def test_when_all_say_no_the_practice_hears_it(nachten, vraag, actor):
    verzoek = vraag(nachten[0])
    for aanbod in verzoek.aanbiedingen.all():
        actions.decline_aanbod(aanbod, by=actor(aanbod.tandarts.gebruiker))
    verzoek.refresh_from_db()
    assert verzoek.status == "verlopen"
    assert Zending.objects.filter(sleutel=f"ruil|{verzoek.pk}|niemand").count() == 1
    assert holders(nachten[0]) == [("A", "B")]


def test_three_are_asked_at_a_time(kring, nachten, vraag, actor):
    for naam in "EFGH":
        colleague(kring, naam)
    verzoek = vraag(nachten[0])
    assert [status for _naam, status in offers(verzoek)] == ["gevraagd"] * 3 + ["wacht"] * 3
    verzoek.refresh_from_db()
    assert verzoek.volgende_ronde_op == verzoek.gevraagd_op + timedelta(days=1)
    for aanbod in verzoek.aanbiedingen.filter(status="gevraagd"):
        actions.decline_aanbod(aanbod, by=actor(aanbod.tandarts.gebruiker))
    assert [status for _naam, status in offers(verzoek)] == ["afgewezen"] * 3 + ["gevraagd"] * 3


def test_who_waits_cannot_say_yes_yet(kring, nachten, vraag, actor):
    for naam in "EFGH":
        colleague(kring, naam)
    verzoek = vraag(nachten[0])
    aanbod = verzoek.aanbiedingen.filter(status="wacht").first()
    with pytest.raises(ValidationError, match="hoeft niet meer"):
        actions.accept_aanbod(aanbod, by=actor(aanbod.tandarts.gebruiker))


def test_withdraw_tells_whoever_was_asked(nachten, vraag, actor, vier):
    verzoek = vraag(nachten[0])
    actions.withdraw_ruil(verzoek, by=actor(vier[0].gebruiker))
    verzoek.refresh_from_db()
    assert verzoek.status == "ingetrokken"
    assert Zending.objects.filter(sleutel__endswith="|terug").count() == 2
    with pytest.raises(ValidationError, match="al afgehandeld"):
        actions.withdraw_ruil(verzoek, by=actor(vier[0].gebruiker))


def test_a_traded_place_closes_what_else_was_asked_about_it(nachten, vraag, actor, vier):
    eerste, tweede, derde = nachten
    ander = vraag(derde, "achterwacht")
    derde_vraag = vraag(
        tweede, soort="ruil", keuzes=[swap_key(tweede, "dienstdoende", derde, "achterwacht")]
    )
    verzoek = vraag(
        eerste, soort="ruil", keuzes=[swap_key(eerste, "dienstdoende", derde, "achterwacht")]
    )
    yes(verzoek, "D", actor)
    ander.refresh_from_db()
    assert ander.status == "vervallen"
    assert offers(derde_vraag) == [("D", "vervallen")]
    with pytest.raises(ValidationError):
        yes(derde_vraag, "D", actor)


def test_who_takes_over_for_a_second_practice_serves_for_it(kring, nachten, vraag, actor, vier):
    from rooster.models import Inzet

    tweede = TandartsFactory(kring=kring).deelnemer
    Inzet.objects.create(
        kring=kring, tandarts=vier[3], deelnemer=tweede, fte=1, geldig_vanaf="2020-01-01"
    )
    verzoek = vraag(nachten[0])
    aanbod = verzoek.aanbiedingen.get(deelnemer=tweede, tandarts=vier[3])
    if aanbod.status == "wacht":
        Ruilaanbod.objects.filter(pk=aanbod.pk).update(status="gevraagd")
    actions.accept_aanbod(aanbod, by=actor(vier[3].gebruiker))
    plaats = place(nachten[0])
    assert (plaats.tandarts, plaats.praktijk) == (vier[3], tweede)


def test_rest_and_exemption_keep_colleagues_out(kring, nachten, vier):
    from rooster.models import Vrijstelling

    Vrijstelling.objects.create(
        kring=kring,
        tandarts=vier[3],
        grond="anders",
        eerste_dag="2020-01-01",
        last="kring",
    )
    found = candidates(nachten[0], "dienstdoende", nu=db_now())
    assert {een.tandarts for een in found.overnames} == {vier[2].pk}
    night(kring, 9, vier[2], vier[1])
    assert candidates(nachten[0], "dienstdoende", nu=db_now()).overnames == ()
