"""What the tests of taking part share: rules in force, a duty on a day, an address."""

from datetime import UTC, datetime, time, timedelta

from kern.models import Logregel
from kern.tijd import db_now, to_local
from reglement.inhoud.variabelen import VOORSTEL
from tests import factories

DAG = timedelta(days=1)


def today():
    return to_local(db_now()).date()


def page(kring, path=""):
    return f"/k/{kring.slug}/reglement/{path}"


def rules(kring, *, lezing=None, sinds=None, **variabelen):
    """Put rules in force (since a year ago); a key like 8.opzegmaanden is `v8__opzegmaanden`."""
    values = VOORSTEL | {name[1:].replace("__", "."): value for name, value in variabelen.items()}
    since = {"besloten_op": sinds} if sinds else {}
    return factories.ReglementversieFactory(
        kring=kring, variabelen=values, lezing=lezing or {}, **since
    )


def duty(kring, dag, tandarts, *, uur=18):
    """Put a dentist on duty in the evening of a day (UTC is close enough for these)."""
    return factories.DienstFactory(
        kring=kring, begin=datetime.combine(dag, time(uur), UTC), dienstdoende=tandarts
    )


def events():
    return list(Logregel.objects.order_by("id").values_list("gebeurtenis", flat=True))
