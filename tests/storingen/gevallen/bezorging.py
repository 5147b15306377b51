"""Faults of the mail server on the other side."""

from tests.servers.hulp import wait_for
from tests.storingen.gevallen.register import geval
from tests.storingen.post import BREEK_NA, BREEK_VOOR, HANG, TIJDELIJK, WEIGER
from tests.storingen.proef import RECOVERY, WORKER, Proef

SOON = 5.0
HANG_ENDS = 30.0


@geval(8, kort=3, lang=45)
def post_weigert_verbinding(proef: Proef, keer: int) -> None:
    """Nobody listens for this many seconds; it waits longer each time, and then it leaves."""
    proef.post.sluit()
    promised = proef.sign(3)
    wait_for(lambda: _tried(proef, promised, 2), keer + RECOVERY)
    ((waited,),) = proef.sql(
        "SELECT clock_timestamp() + %s * interval '1 second'", max(0, keer - 3)
    )
    wait_for(lambda: proef.sql("SELECT clock_timestamp() >= %s", waited) == [(True,)], keer + 1)
    proef.post.open()
    # Full jitter: after 45 s one may have tried seven times, and then waits up to two minutes.
    proef.arrived(promised, _longest_wait(proef, promised) + RECOVERY)
    proef.recorded(promised)
    assert set(proef.attempts(promised)) == {"uitgesteld", "aangenomen"}
    assert proef.uitslag(promised).herhaald == 0


def _longest_wait(proef: Proef, promised) -> float:
    """Return the seconds until the last of these is tried again, by their own rows."""
    wait = "extract(epoch FROM z.volgende_poging_op - clock_timestamp())"
    return max(0.0, *(float(seconds) for (seconds,) in proef.zendingen(promised, wait)))


def _tried(proef: Proef, promised, times: int) -> bool:
    """Whether each of these was tried this often, and it was written down what came of it."""
    rows = proef.zendingen(promised, "z.pogingen, z.lease_tot IS NULL")
    return all(pogingen >= times and recorded for pogingen, recorded in rows)


@geval(8, kort=2, lang=10)
def post_vijf_uur_weg(proef: Proef, keer: int) -> None:
    """Nobody listens for five hours: it is given up, a person is told, and sends it again."""
    proef.post.sluit()
    promised = proef.sign(keer)
    wait_for(lambda: _tried(proef, promised, 1), RECOVERY)
    proef.change(
        promised,
        "geprobeerd_sinds = geprobeerd_sinds - interval '5 hours', volgende_poging_op = now()",
    )
    proef.recorded(promised, "mislukt")
    proef.post.open()
    proef.people_know(promised)
    proef.requeue(promised)
    proef.arrived(promised)


@geval(9, kort=2, lang=4)
def post_zegt_straks(proef: Proef, keer: int) -> None:
    """451: every wait may be twice as long, until it is taken in."""
    proef.post.modus = TIJDELIJK
    promised = proef.sign(2)
    wait_for(lambda: _tried(proef, promised, keer), 2.0**keer + RECOVERY)
    faults = set(proef.zendingen(promised, "z.fout"))
    waits = proef.zendingen(
        promised, "z.volgende_poging_op - z.gewijzigd_op < interval '15 minutes'"
    )
    proef.post.modus = "goed"
    proef.arrived(promised, 2.0 ** (keer + 2) + RECOVERY)
    assert faults == {("mailserver antwoordt 451",)}, faults
    assert set(waits) == {(True,)}, waits
    proef.recorded(promised)
    attempts = proef.attempts(promised)
    assert attempts.count("uitgesteld") >= 2 * keer, attempts


@geval(10, kort=2, lang=10)
def post_weigert(proef: Proef, keer: int) -> None:
    """550: dead at once and a person hears of it; after a look it is sent again."""
    proef.post.beurten.extend([WEIGER] * keer)
    promised = proef.sign(keer)
    proef.recorded(promised, "mislukt")
    assert set(proef.attempts(promised)) == {"geweigerd"}
    assert len(proef.attempts(promised)) == keer
    proef.people_know(promised)
    proef.requeue(promised)
    proef.arrived(promised)
    assert proef.uitslag(promised).herhaald == 0


@geval(11, kort=2, lang=10)
def verbinding_breekt_voor_het_aannemen(proef: Proef, keer: int) -> None:
    """The connection breaks before the message is taken in: nobody can know, so it goes again."""
    proef.post.beurten.extend([BREEK_VOOR] * keer)
    promised = proef.sign(keer)
    proef.arrived(promised)
    proef.recorded(promised)
    assert proef.uitslag(promised).herhaald == 0
    attempts = proef.attempts(promised)
    assert sorted(attempts) == ["aangenomen"] * keer + ["onbekend"] * keer, attempts


@geval(11, kort=2, lang=10)
def verbinding_breekt_na_het_aannemen(proef: Proef, keer: int) -> None:
    """The connection breaks after the message is taken in: the same message twice, no more."""
    proef.post.beurten.extend([BREEK_NA] * keer)
    promised = proef.sign(keer)
    proef.arrived(promised)
    proef.recorded(promised)
    uitslag = proef.uitslag(promised)
    assert (uitslag.herhaald, uitslag.meest) == (keer, 2)
    attempts = proef.attempts(promised)
    assert sorted(attempts) == ["aangenomen"] * keer + ["onbekend"] * keer, attempts


@geval(12, kort=1, lang=2)
def veel_post_hangt_en_de_worker_is_dood(proef: Proef, keer: int) -> None:
    """Six messages hang and only the sweeper lives: it has hands left for the others."""
    for _ in range(keer):
        with proef.frozen(*WORKER):
            proef.post.beurten.extend([HANG] * 6)
            hanging = proef.sign(6)
            proef.in_hand(6)
            others = proef.sign(4)
            proef.arrived(others, SOON)
            assert proef.post.bezig >= 1, "they hang still"
            proef.post.beurten.clear()
            proef.arrived(hanging, HANG_ENDS)


@geval(12, kort=1, lang=3)
def post_hangt(proef: Proef, keer: int) -> None:
    """One recipient hangs: it is left in time, and the others do not wait for it."""
    for _ in range(keer):
        proef.post.beurten.append(HANG)
        hanging = proef.sign(1)
        proef.in_hand()
        others = proef.sign(4)
        proef.arrived(others, SOON)
        wait_for(lambda: proef.post.bezig == 0, HANG_ENDS)
        proef.arrived(hanging, HANG_ENDS)
