"""Periods as the tests of wishes need them: near, so that the closing date lies ahead."""

from datetime import timedelta

from django.utils import timezone

from tests.factories import RoosterperiodeFactory


def open_period(kring, **kwargs):
    """A period of eight weeks that begins in five weeks; wishes until next week."""
    today = timezone.localdate()
    first = today + timedelta(days=35)
    values = {
        "eerste_dag": first,
        "laatste_dag": first + timedelta(days=55),
        "wensen_tot": today + timedelta(days=7),
        "akkoord_tot": today + timedelta(days=21),
        "status": "wensen",
        "wensenbudget": 10,
        "blokkadebudget": 3,
    }
    return RoosterperiodeFactory(kring=kring, **(values | kwargs))
