"""The verdict of the fault runs: it can say no."""

from tests.storingen.meting import Belofte, Ontvangst, percentile, tally


def belofte(nummer: int, duur: float = 0.1) -> Belofte:
    return Belofte(f"{nummer}@x.example", f"<{nummer}@s>", f"sha{nummer}", 100.0, duur, 0.0)


def ontvangst(nummer: int, op: float = 101.0, **changes: str) -> Ontvangst:
    own = {"adres": f"{nummer}@x.example", "bericht": f"<{nummer}@s>", "sha256": f"sha{nummer}"}
    return Ontvangst(**(own | changes), op=op)


def test_everything_once():
    uitslag = tally([belofte(1), belofte(2)], [ontvangst(1, 100.5), ontvangst(2, 103.0)])
    assert uitslag.is_goed
    assert (uitslag.beloofd, uitslag.herhaald, uitslag.meest) == (2, 0, 1)
    assert uitslag.reizen == (0.5, 3.0)


def test_a_promise_without_a_message_is_lost():
    uitslag = tally([belofte(1), belofte(2)], [ontvangst(2)])
    assert uitslag.verloren == ("1@x.example",)
    assert not uitslag.is_goed


def test_a_repeat_of_the_same_message_is_counted_and_allowed():
    uitslag = tally([belofte(1)], [ontvangst(1, 109.0), ontvangst(1, 104.0)])
    assert uitslag.is_goed
    assert (uitslag.herhaald, uitslag.meest) == (1, 2)
    assert uitslag.reizen == (4.0,)


def test_another_message_id_or_body_is_not():
    for change in ({"bericht": "<9@s>"}, {"sha256": "anders"}):
        uitslag = tally([belofte(1)], [ontvangst(1), ontvangst(1, **change)])
        assert uitslag.anders == ("1@x.example",)
        assert not uitslag.is_goed
        assert not tally([belofte(1)], [ontvangst(1, **change)]).is_goed


def test_what_nobody_promised_is_no_fault():
    """The commit arrived, its acknowledgement did not: nobody was told that it was signed."""
    assert tally([], [ontvangst(1)]).is_goed


def test_percentiles():
    ordered = [float(number) for number in range(1, 101)]
    assert [percentile(ordered, part) for part in (0.5, 0.99, 1.0)] == [50.0, 99.0, 100.0]
    assert percentile([], 0.5) == 0.0
