"""Every figure, computed again from the raw rows in plain Python: equal to the second."""

import math
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kern.tijd import AMSTERDAM
from statistiek import lezen, maten, periode
from statistiek.lezen import Aandeel
from tests import factories
from tests.statistiek.conftest import local
from triage.models import Contactpoging, Oproep

pytestmark = pytest.mark.django_db

NU = local(2026, 11, 23, 4, 0)
NOVEMBER = periode.month(2026, 11)
VIJF = timedelta(minutes=5)


def read(kring, wanneer=NOVEMBER, nu=NU):
    return lezen.read(kring.pk, wanneer, nu)


# --- the same figures, the long way round


def percentile(times, fraction):
    """Return the smallest value that at least this fraction of the values does not exceed."""
    return sorted(times)[math.ceil(fraction * len(times)) - 1] if times else None


class Rekenblad:
    """The rows of the kring and what the definitions say about each, in Python."""

    def __init__(self, kring, wanneer, nu):
        everything = list(Oproep.objects.filter(kring=kring).select_related("patient"))
        self.nu = nu
        self.all = everything
        self.calls = [o for o in everything if wanneer.begin <= o.aangenomen_op < wanneer.einde]
        self.attempts = {}
        for p in Contactpoging.objects.filter(kring=kring):
            self.attempts.setdefault(p.oproep_id, []).append(p)

    def spoken(self, o):
        found = [p.moment for p in self.attempts.get(o.pk, []) if p.resultaat == "gesproken"]
        return min(found, default=None)

    def due(self, o):
        if o.contact != "verplicht":
            return None
        first = min((p.moment for p in self.attempts.get(o.pk, [])), default=None)
        return o.verplicht_op or first

    def share(self, counts, makes):
        rows = [o for o in self.calls if counts(o)]
        return Aandeel(sum(bool(makes(o)) for o in rows), len(rows))

    def spoken_in_time(self):
        return self.share(
            lambda o: (
                not o.is_nagevoerd
                and self.due(o) is not None
                and (self.spoken(o) is not None or self.nu - self.due(o) > VIJF)
            ),
            lambda o: self.spoken(o) is not None and self.spoken(o) - self.due(o) <= VIJF,
        )

    def seen_in_time(self, *, within_hour):
        def counts(o):
            norm = o.uitkomst.get("zien_binnen_min")
            if norm is None or (norm <= 60) != within_hour:
                return False
            if o.besluit not in ("", "zien") or o.afbreekreden:
                return False
            return o.gezien_op is not None or o.zien_voor < self.nu

        return self.share(counts, lambda o: o.gezien_op and o.gezien_op <= o.zien_voor)

    def decided(self, proposal, decisions):
        return self.share(
            lambda o: o.besluit and o.uitkomst_op,
            lambda o: o.uitkomst.get("moet_gezien") == proposal and o.besluit in decisions,
        )

    def repeated(self):
        def again(o):
            return o.herhaling_van_id or any(
                o.patient_id
                and e.patient_id == o.patient_id
                and timedelta(0) < o.aangenomen_op - e.aangenomen_op <= timedelta(hours=96)
                for e in self.all
            )

        return self.share(lambda o: True, again)

    def missing(self, o):
        p, a = o.patient, o.antwoorden
        born = p.geboortedatum if p else None
        young = a.get("leeftijd_jaren", 99) < 12 or (born and born.year > 2014)
        found = {
            "naam": not (p and p.naam),
            "adres": not (p and p.adres),
            "woonplaats": not (p and p.woonplaats),
            "telefoon": not (o.telefoon_beller or (p and p.telefoon)),
            "leeftijd": born is None and "leeftijd_jaren" not in a,
            "eigen_tandarts": not p or p.heeft_eigen_tandarts == "onbekend",
            "inschrijving": "ingeschreven_bij_deelnemer" not in a,
            "omschrijving": not o.omschrijving,
            "klacht": "klachten" not in a,
            "pijncijfer": "pijn" in a.get("klachten", []) and not young and "nrs" not in a,
            "opname": "opname_gemeld" not in a,
        }
        return {name for name, is_missing in found.items() if is_missing}

    def finished(self):
        return [o for o in self.calls if o.status == "afgerond" and not o.afbreekreden]


@pytest.mark.parametrize("zaad", [1, 2, 3])
def test_every_figure_again_from_the_rows(kring, many, zaad):
    many(120, begin=local(2026, 10, 25), dagen=31, zaad=zaad)
    found, blad = read(kring), Rekenblad(kring, NOVEMBER, NU)
    assert found.aantal == len(blad.calls) > 50
    assert found.aandelen["gesproken_op_tijd"] == blad.spoken_in_time()
    assert found.aandelen["gezien_60"] == blad.seen_in_time(within_hour=True)
    assert found.aandelen["gezien_24"] == blad.seen_in_time(within_hour=False)
    assert found.aandelen["verhoogd"] == blad.decided("vooralsnog_niet", ("zien", "eerstehulp"))
    assert found.aandelen["verlaagd"] == blad.decided("ja", ("instructie", "uitstel"))
    assert found.aandelen["herhaling"] == blad.repeated()
    missing = [blad.missing(o) for o in blad.finished()]
    assert found.aandelen["intake"] == Aandeel(missing.count(set()), len(missing))
    assert found.intake_mist == {
        key: sum(key in row for row in missing) for key, _titel, _mist in maten.INTAKE
    }
    # Nothing above may be empty by accident.
    assert all(share.noemer > share.teller for share in found.aandelen.values())
    assert sum(share.teller > 0 for share in found.aandelen.values()) >= 6


def test_a_raised_call_counts_with_its_reason(kring, call, triagist):
    outcome = {"moet_gezien": "vooralsnog_niet"}
    call(local(2026, 11, 10, 20, 0), uitkomst=outcome, contact="niet_nodig")
    call(
        local(2026, 11, 10, 21, 0),
        uitkomst=outcome,
        contact="verplicht",
        opgehoogd_naar="verplicht",
        ophoogreden="niet_pluis",
        opgehoogd_door=triagist,
    )
    taken_back = {"ophoogreden": "ongerust", "reden_teruggenomen": "Toch niet."}
    call(local(2026, 11, 10, 22, 0), uitkomst=outcome, contact="niet_nodig", **taken_back)
    found = read(kring)
    assert found.aandelen["opgehoogd"] == Aandeel(1, 3)
    assert {key for key, aantal in found.opgehoogd.items() if aantal} == {"niet_pluis"}


@pytest.mark.parametrize("zaad", [1, 2, 3])
def test_every_time_again_from_the_rows(kring, many, zaad):
    many(120, begin=local(2026, 10, 25), dagen=31, zaad=zaad)
    found, blad = read(kring), Rekenblad(kring, NOVEMBER, NU)
    judged = [o for o in blad.calls if o.uitkomst_op and not o.is_nagevoerd]
    avulsie = [o for o in judged if "avulsie" in o.antwoorden["klachten"]]
    live = [o for o in blad.calls if not o.is_nagevoerd]
    spoken = [o for o in live if blad.due(o) and blad.spoken(o)]
    times = {
        "uitkomst": ([o.uitkomst_op - o.aangenomen_op for o in judged], 180),
        "uitkomst_avulsie": ([o.uitkomst_op - o.aangenomen_op for o in avulsie], 30),
        "gesproken": ([max(blad.spoken(o) - blad.due(o), timedelta(0)) for o in spoken], 300),
    }
    for key, (expected, target) in times.items():
        duur = found.duren[key]
        assert (duur.mediaan, duur.p90) == (percentile(expected, 0.5), percentile(expected, 0.9))
        within = sum(time <= timedelta(seconds=target) for time in expected)
        assert (duur.aantal, duur.binnen) == (len(expected), within)
        assert expected


def test_the_counts_again_from_the_rows(kring, many):
    many(300, begin=local(2026, 10, 25), dagen=31)
    found, blad = read(kring), Rekenblad(kring, NOVEMBER, NU)
    moments = [o.aangenomen_op.astimezone(AMSTERDAM) for o in blad.calls]
    assert found.uur == {hour: sum(m.hour == hour for m in moments) for hour in range(24)}
    assert found.weekdag == {d: sum(m.isoweekday() == d for m in moments) for d in range(1, 8)}
    for klacht, aantal in found.klacht.items():
        assert aantal == sum(klacht in o.antwoorden["klachten"] for o in blad.calls)
    for contact, aantal in found.contact.items():
        assert aantal == sum(o.contact == contact for o in blad.calls)
    assert found.afgebroken["opgehangen"] == sum(o.afbreekreden != "" for o in blad.calls)
    assert found.nog_open == sum(o.status == "open" for o in blad.calls)
    skipped = [o for o in blad.finished() if o.contact == "aanbevolen" and not blad.spoken(o)]
    assert sum(found.overgeslagen.values()) == len(skipped) > 0
    for reden in ("minder", "wil_niet"):
        expected = sum(o.reden_geen_contact == reden for o in skipped)
        assert found.overgeslagen[reden] == expected > 0
    assert found.overgeslagen[""] > 0
    assert sum(punt.aantal for punt in found.verloop) == found.aantal
    assert sum(punt.gesproken.noemer for punt in found.verloop) == blad.spoken_in_time().noemer


# --- the edges


def test_the_second_decides(kring, call):
    begin = local(2026, 11, 10, 20, 0)
    for seconds in (300, 301):
        call(begin, contact="verplicht", verplicht_op=begin, gebeld=[(seconds, "gesproken")])
    found = read(kring)
    assert found.aandelen["gesproken_op_tijd"] == Aandeel(1, 2)
    assert found.duren["gesproken"].mediaan == timedelta(seconds=300)
    assert found.duren["gesproken"].p90 == timedelta(seconds=301)


def test_an_obligation_that_still_runs_does_not_count(kring, call):
    begin = NU - timedelta(minutes=4)
    call(begin, contact="verplicht", verplicht_op=begin)
    assert read(kring).aandelen["gesproken_op_tijd"] == Aandeel(0, 0)
    later = NU + timedelta(minutes=2)
    assert read(kring, nu=later).aandelen["gesproken_op_tijd"] == Aandeel(0, 1)


def test_who_calls_before_the_questions_are_through_calls_in_time(kring, call):
    begin = local(2026, 11, 10, 20, 0)
    call(
        begin,
        contact="verplicht",
        verplicht_op=begin + timedelta(seconds=90),
        gebeld=[(60, "gesproken")],
    )
    found = read(kring)
    assert found.aandelen["gesproken_op_tijd"] == Aandeel(1, 1)
    assert found.duren["gesproken"].mediaan == timedelta(0)


def test_a_child_needs_no_number_for_pain(kring, call):
    patient = _whole_patient(kring)
    for antwoorden in ({"leeftijd_jaren": 6}, {"leeftijd_jaren": 30}, {}):
        call(
            local(2026, 11, 10, 20, 0),
            patient=patient,
            status="afgerond",
            afgerond_op=local(2026, 11, 10, 21, 0),
            omschrijving="Kiespijn.",
            antwoorden={
                "klachten": ["pijn"],
                "opname_gemeld": True,
                "ingeschreven_bij_deelnemer": "ja",
                **antwoorden,
            },
        )
    found = read(kring)
    assert found.aandelen["intake"] == Aandeel(1, 3)
    assert found.intake_mist["pijncijfer"] == 2


def _whole_patient(kring):
    return factories.PatientFactory(kring=kring, geboortedatum="1980-03-01")


@pytest.mark.parametrize(
    "geval",
    [
        (1800, "gehaald", Aandeel(1, 1)),
        (2100, "gehaald", Aandeel(1, 1)),
        (2101, "gehaald", Aandeel(0, 1)),
        (2000, "vervallen", Aandeel(1, 1)),
        (1700, "vervangen", Aandeel(0, 0)),
        (1700, "gehaald", Aandeel(1, 1)),
        (None, "", Aandeel(0, 1)),
    ],
)
def test_clocks(kring, call, timer, geval):
    gesloten, reden, expected = geval
    oproep = call(local(2026, 11, 10, 20, 0))
    timer(oproep, "terugbellen", verval=1800, gesloten=gesloten, reden=reden)
    timer(oproep, "streef", verval=60, gesloten=9000)  # a target is no norm
    found = read(kring).timers
    assert found["terugbellen"] == expected
    assert "streef" not in found
    assert found["zien"] == Aandeel(0, 0)


def test_a_clock_that_just_ran_out_does_not_count_yet(kring, call, timer):
    oproep = call(NU - timedelta(minutes=34))
    timer(oproep, "terugbellen", verval=1800)
    assert read(kring).timers["terugbellen"] == Aandeel(0, 0)


def test_a_call_that_a_person_joined_is_a_repeat(kring, call):
    first = call(local(2026, 11, 1, 20, 0))
    call(local(2026, 11, 10, 20, 0), herhaling_van=first)
    assert read(kring).aandelen["herhaling"] == Aandeel(1, 2)


# --- time


@pytest.mark.parametrize(
    ("moment", "maand"),
    [
        (local(2026, 10, 31, 23, 59, 59), 10),
        (local(2026, 11, 1, 0, 0), 11),
        (local(2026, 11, 30, 23, 59, 59), 11),
        (local(2026, 12, 1, 0, 0), 12),
    ],
)
def test_a_month_ends_at_midnight_in_amsterdam(kring, call, moment, maand):
    call(moment)
    found = {m: read(kring, periode.month(2026, m)).aantal for m in (10, 11, 12)}
    assert found == {m: int(m == maand) for m in (10, 11, 12)}


def test_the_night_that_is_an_hour_longer(kring, call):
    """02:30 comes twice: both calls are at two o'clock, on a Sunday, and an hour apart."""
    first, second = (local(2026, 10, 25, 2, 30, fold=fold) for fold in (0, 1))
    call(first, uitkomst_op=second)
    call(second, contact="verplicht", verplicht_op=first, gebeld=[(60, "gesproken")])
    found = read(kring, periode.month(2026, 10))
    assert (found.uur[2], found.weekdag[7]) == (2, 2)
    assert found.duren["uitkomst"].mediaan == timedelta(hours=1)
    assert found.duren["gesproken"].mediaan == timedelta(hours=1, seconds=60)


def test_the_night_that_is_an_hour_shorter(kring, call):
    before, after = local(2027, 3, 28, 1, 59), local(2027, 3, 28, 3, 1)
    call(before, uitkomst_op=after)
    found = read(kring, periode.month(2027, 3), nu=local(2027, 4, 2))
    assert (found.uur[1], found.uur[2]) == (1, 0)
    assert found.duren["uitkomst"].mediaan == timedelta(minutes=2)


# --- whose


def test_another_kring_does_not_count(kring, andere_kring, call):
    call(local(2026, 11, 10, 20, 0), kring_=andere_kring)
    assert read(kring).aantal == 0


def test_an_empty_period(kring):
    found = read(kring)
    assert found.aantal == 0
    assert found.duren["uitkomst"].mediaan is None
    assert set(found.uur.values()) == {0}


def test_three_queries_and_a_setting_however_many_calls(kring, many, call):
    call(local(2026, 11, 10, 20, 0))

    def asked(wanneer):
        with CaptureQueriesContext(connection) as queries:
            read(kring, wanneer)
        return len(queries)

    assert asked(NOVEMBER) == 4
    many(30, begin=local(2026, 11, 1), dagen=20)
    assert asked(NOVEMBER) == 4
    assert asked(periode.year(2026)) == 4
