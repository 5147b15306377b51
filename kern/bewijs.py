"""How a session knows who sits behind it: the moment of its last second factor (S21, S26).

The moment is of the database clock and stands in the session, never on the account: a thief with a
password must not be let in because the owner proves a factor elsewhere.
"""

from kern.tijd import db_now

SECOND_FACTOR = "tweede_factor"
"""Session key: when this very session last proved a second factor, in seconds since 1970."""

VERS = 15 * 60
"""Seconds that a proof counts as fresh, for export, rights and factors."""


def prove(session) -> None:
    """Note that a second factor was shown just now."""
    session[SECOND_FACTOR] = db_now().timestamp()


def unprove(session) -> None:
    """Forget the proof: the account has no second factor left, so it must set one up first."""
    session.pop(SECOND_FACTOR, None)


def is_proved(session) -> bool:
    return bool(session.get(SECOND_FACTOR))


def is_fresh(session) -> bool:
    """Whether the second factor was shown in the last quarter of an hour."""
    return is_proved(session) and db_now().timestamp() - session[SECOND_FACTOR] < VERS
