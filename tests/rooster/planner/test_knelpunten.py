from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given, settings

from rooster.planner.instantie import ROLLEN, Dienst, Instantie, Praktijk, Regels, Tandarts
from rooster.planner.knelpunten import Klem, bottlenecks
from rooster.planner.oplossen import solve
from rooster.planner.stand import Stand
from rooster.planner.versoepeling import Soort, Stap, Uitweg, loosened
from rooster.planner.zinnen import bottleneck_sentences, way_out_sentence
from tests.rooster.planner.klein import instantie_en_plan


def _most(inst, diensten, bezet=()):
    """Return how many places of these duties can be filled, by trying everything."""
    if not diensten:
        return 0
    dienst, *rest = diensten
    vrij = [
        t
        for t in inst.tandartsen
        if t.vrij(dienst)
        and not any(m == t.mens and inst.regels.botst(d, dienst) for m, d in bezet)
    ]
    keuzes = [(), *((t,) for t in vrij)] + [
        paar
        for paar in combinations(vrij, 2)
        if paar[0].mens != paar[1].mens
        and not (
            inst.regels.plaatsen_uit_verschillende_praktijken
            and paar[0].praktijk == paar[1].praktijk
        )
    ]
    return max(
        len(keuze) + _most(inst, rest, (*bezet, *((t.mens, dienst) for t in keuze)))
        for keuze in keuzes
    )


@settings(max_examples=25, deadline=None)
@given(instantie_en_plan(max_diensten=4, max_praktijken=3))
def test_a_proved_group_is_too_much_for_every_roster_and_smallest(geval):
    inst, plan = geval
    stand = Stand(inst, plan)
    knelpunten = [k for k in bottlenecks(inst, plan) if k.klem == Klem.ONBEZET]
    leeg = {d for (d, _), wie in stand.houder.items() if wie is None}
    samen = 2 * len(inst.diensten) - _most(inst, inst.diensten)
    # A place is empty for a proved reason, or the plan could have been better.
    assert bool(leeg) == bool(knelpunten)
    assert any(k.bewezen for k in knelpunten) == (samen > 0)
    for k in knelpunten:
        groep = [inst.dienst[d] for d in k.diensten]
        if not k.bewezen:
            assert set(k.diensten) <= leeg
            assert k.uitwegen == ()
            continue
        assert (k.nodig, k.mogelijk) == (2 * len(groep), _most(inst, groep))
        assert k.mogelijk < k.nodig
        for een in groep:
            ander = [d for d in groep if d is not een]
            assert _most(inst, ander) == 2 * len(ander)
        kan = {a.tandarts: a.diensten for a in k.aanwezig}
        assert kan == {
            t.id: vrij for t in inst.tandartsen if (vrij := tuple(d.id for d in groep if t.vrij(d)))
        }
        assert {a.tandarts for a in k.afwezig} == set(inst.tandarts) - set(kan)
        kosten = [u.kosten for u in k.uitwegen]
        assert kosten == sorted(kosten)
        for uitweg in k.uitwegen:
            los = loosened(inst, uitweg)
            assert _most(los, [los.dienst[d] for d in k.diensten]) == k.nodig


@pytest.fixture
def kerst():
    """Ten days around Christmas; from the 24th to the 28th only A and B have not gone away."""
    begin = date(2026, 12, 20)
    diensten = tuple(
        Dienst(f"D{n}", d, d, "doordeweeks", 0)
        for n, d in enumerate(begin + timedelta(n) for n in range(10))
    )
    weg = {date(2026, 12, n) for n in range(24, 29)}
    namen = "ABCDEFGH"
    streef = {"doordeweeks": dict.fromkeys(ROLLEN, 10 / len(namen))}
    praktijken = tuple(Praktijk(f"P{t}", streef) for t in namen)
    tandartsen = tuple(
        Tandarts(
            t,
            f"P{t}",
            20 / len(namen),
            afwezig=frozenset(weg if t not in "AB" else ()),
            reden=dict.fromkeys(weg, "geblokkeerd") if t not in "ABH" else {},
            naam=f"dr. {t}",
        )
        for t in namen
    )
    return Instantie("kerst", diensten, praktijken, tandartsen, Regels(rustdagen=1))


def test_christmas_names_the_days_the_two_who_are_there_and_a_way_out(kerst):
    plan = solve(kerst, seconden=5).toewijzing
    knelpunt, *_ = bottlenecks(kerst, plan)
    # Two days in a row are too much for two people with a day of rest between.
    assert (knelpunt.klem, knelpunt.bewezen) == (Klem.ONBEZET, True)
    assert (len(knelpunt.diensten), knelpunt.nodig, knelpunt.mogelijk) == (2, 4, 2)
    assert [a.tandarts for a in knelpunt.aanwezig] == ["A", "B"]
    eerste, *rest = bottleneck_sentences(kerst, knelpunt)
    assert eerste.endswith(
        "zijn voor 4 plaatsen alleen dr. A en dr. B beschikbaar; "
        "binnen de regels zijn er hoogstens 2 te vullen."
    )
    assert rest == [
        "Geblokkeerd: dr. C, dr. D, dr. E, dr. F en dr. G.",
        "Niet beschikbaar: dr. H.",
    ]
    zinnen = [way_out_sentence(kerst, u) for u in knelpunt.uitwegen]
    assert "Het aantal rustdagen gaat van 1 naar 0." in zinnen
    assert zinnen[0].count("vrij") == 2
    assert knelpunt.uitwegen[0].kosten == 2


def test_a_pinned_dentist_is_no_longer_there_for_the_days_near(kerst):
    dag = kerst.diensten[5]
    deel = {"doordeweeks": dict.fromkeys(ROLLEN, 0.25)}
    kerst = replace(
        kerst,
        diensten=(kerst.diensten[4], dag),
        praktijken=tuple(replace(p, streef=deel) for p in kerst.praktijken),
        vast={"D5": {"dienstdoende": "A"}},
    )
    plan = {
        "D4": {"dienstdoende": "B", "achterwacht": None},
        "D5": {"dienstdoende": "A", "achterwacht": None},
    }
    (knelpunt,) = (k for k in bottlenecks(kerst, plan) if k.klem == Klem.ONBEZET)
    # On D4 alone A is not there any more, so one of its two places stays empty.
    assert (knelpunt.diensten, knelpunt.mogelijk, knelpunt.bewezen) == (("D4",), 1, True)
    assert [a.tandarts for a in knelpunt.aanwezig] == ["B"]
    assert "Vastgezet op een dienst te dichtbij: dr. A." in bottleneck_sentences(kerst, knelpunt)
    losmaken = [u for u in knelpunt.uitwegen if u.stappen[0].soort == Soort.LOSMAKEN]
    assert losmaken == []


@pytest.fixture
def vrijdagen():
    """Eight weekends from Friday to Sunday, and a practice of one who blocked every Friday."""
    vrij = [date(2026, 1, 9) + timedelta(7 * n) for n in range(8)]
    diensten = tuple(Dienst(f"W{n}", d, d + timedelta(2), "weekend", n) for n, d in enumerate(vrij))
    deel = {"weekend": dict.fromkeys(ROLLEN, 1.0)}
    praktijken = (
        Praktijk("solo", deel, "Praktijk Solo"),
        *(Praktijk(f"P{n}", {"weekend": dict.fromkeys(ROLLEN, 7 / 6)}) for n in range(6)),
    )
    tandartsen = (
        Tandarts(
            "S",
            "solo",
            2.0,
            afwezig=frozenset(vrij),
            reden=dict.fromkeys(vrij, "geblokkeerd"),
            naam="Sol",
        ),
        *(Tandarts(f"T{n}", f"P{n}", 7 / 3) for n in range(6)),
    )
    return Instantie("vrijdag", diensten, praktijken, tandartsen, Regels(rustdagen=3))


def test_the_solo_practice_blocked_on_every_friday_is_named(vrijdagen):
    plan = solve(vrijdagen, seconden=5).toewijzing
    (knelpunt,) = (k for k in bottlenecks(vrijdagen, plan) if k.klem == Klem.TE_WEINIG)
    assert (knelpunt.praktijk, knelpunt.nodig, knelpunt.mogelijk) == ("solo", 2, 0)
    assert knelpunt.bewezen
    assert bottleneck_sentences(vrijdagen, knelpunt) == [
        "Praktijk Solo hoort in het weekend minstens 2 plaatsen te krijgen en kan er geen doen.",
        "Bij 8 van de 8 diensten in het weekend is daar niemand beschikbaar.",
        "Geblokkeerd: Sol (steeds op vrijdag).",
    ]
    beste, *_ = knelpunt.uitwegen
    assert (beste.kosten, {s.soort for s in beste.stappen}) == (2, {Soort.VRIJGEVEN})
    assert len(beste.stappen) == 2
    assert way_out_sentence(vrijdagen, beste).startswith("Sol geeft ")
    opnieuw = solve(loosened(vrijdagen, beste), seconden=5).oordeel
    assert ("solo", "weekend") not in opnieuw.per_praktijk


def test_a_practice_that_must_fill_in_for_all_is_named():
    inst = _alone()
    plan = {d.id: {"dienstdoende": "A", "achterwacht": None} for d in inst.diensten}
    knelpunten = {k.klem: k for k in bottlenecks(inst, plan)}
    veel = knelpunten[Klem.TE_VEEL]
    assert (veel.praktijk, veel.nodig, veel.bewezen) == ("PA", 2, True)
    assert bottleneck_sentences(inst, veel)[0] == (
        "PA hoort door de week hoogstens 2 plaatsen te krijgen, "
        "maar bij 3 diensten zijn er buiten deze praktijk te weinig anderen."
    )


def _alone():
    dagen = [date(2026, 1, 5) + timedelta(7 * n) for n in range(3)]
    diensten = tuple(Dienst(f"D{n}", d, d, "doordeweeks", n) for n, d in enumerate(dagen))
    streef = {"doordeweeks": dict.fromkeys(ROLLEN, 1.0)}
    praktijken = tuple(Praktijk(p, streef) for p in ("PA", "PB", "PC"))
    weg = frozenset(dagen)
    tandartsen = (
        Tandarts("A", "PA", 2.0),
        Tandarts("B", "PB", 2.0, afwezig=weg),
        Tandarts("C", "PC", 2.0, afwezig=weg, vrijgesteld="ziekte"),
    )
    return Instantie("alleen", diensten, praktijken, tandartsen)


def test_a_full_and_fair_plan_has_none(vrijdagen):
    vrijdagen = replace(
        vrijdagen, tandartsen=tuple(replace(t, afwezig=frozenset()) for t in vrijdagen.tandartsen)
    )
    assert bottlenecks(vrijdagen, solve(vrijdagen, seconden=5).toewijzing) == ()


def test_what_follows_from_an_empty_place_is_told_as_that():
    inst = _alone()
    a, b, c = (replace(t, afwezig=frozenset()) for t in inst.tandartsen)
    laatste = frozenset({inst.diensten[2].eerste_dag})
    inst = replace(inst, tandartsen=(a, replace(b, afwezig=laatste), replace(c, afwezig=laatste)))
    plan = {
        "D0": {"dienstdoende": "B", "achterwacht": "C"},
        "D1": {"dienstdoende": "A", "achterwacht": "B"},
        "D2": {"dienstdoende": "A", "achterwacht": None},
    }
    leeg, weinig = bottlenecks(inst, plan)
    assert (leeg.klem, leeg.diensten) == (Klem.ONBEZET, ("D2",))
    assert (weinig.praktijk, weinig.nodig, weinig.mogelijk, weinig.door_leeg) == ("PC", 2, 1, 1)
    assert bottleneck_sentences(inst, weinig) == [
        "PC hoort door de week minstens 2 plaatsen te krijgen en krijgt er 1. Dat komt door lege "
        "plaatsen: voor alle praktijken samen is er door de week 1 te weinig."
    ]


def test_places_without_one_reason_are_told_together():
    inst = _alone()
    inst = replace(inst, tandartsen=tuple(replace(t, afwezig=frozenset()) for t in inst.tandartsen))
    plan = {d.id: {"dienstdoende": "A", "achterwacht": None} for d in inst.diensten}
    eerste, *_ = bottlenecks(inst, plan)
    assert (eerste.bewezen, eerste.diensten) == (False, ("D0", "D1", "D2"))
    assert bottleneck_sentences(inst, eerste) == [
        "Bij 3 diensten van 5 tot en met 19 januari bleven 3 plaatsen leeg zonder dat één reden "
        "is aan te wijzen. Plan opnieuw met meer tijd."
    ]


def test_an_illness_is_never_asked_to_be_lifted():
    inst = _alone()
    ziek = dict.fromkeys((d.eerste_dag for d in inst.diensten), "uitval")
    a, b, c = inst.tandartsen
    inst = replace(inst, tandartsen=(a, replace(b, reden=ziek), replace(c, reden=ziek)))
    plan = {d.id: {"dienstdoende": "A", "achterwacht": None} for d in inst.diensten}
    leeg = [k for k in bottlenecks(inst, plan) if k.klem == Klem.ONBEZET]
    assert [k.uitwegen for k in leeg] == [(), (), ()]


def test_every_kind_of_step_is_a_sentence(vrijdagen):
    stappen = (
        Stap(Soort.RUSTDAGEN, 5, wordt=2),
        Stap(Soort.WEEKENDEN, 8),
        Stap(Soort.LOSMAKEN, 3, dienst="W0"),
        Stap(Soort.VRIJGEVEN, 1, tandarts="S", dienst="W1"),
    )
    assert way_out_sentence(vrijdagen, Uitweg(stappen)) == (
        "Het aantal rustdagen gaat van 3 naar 2, twee weekenden achter elkaar mag, wat van 9 tot "
        "en met 11 januari is vastgezet, komt los en Sol geeft 16 januari vrij."
    )
