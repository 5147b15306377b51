"""Load the whole demo, once and in one transaction: half a demo would be worse than none."""

from django.db import transaction

from kern.tenancy import kring_context
from kern.tijd import db_now
from kring.models import Kring
from spoeddienst.demo.gegevens import diensten, kringen


def is_loaded() -> bool:
    return Kring.objects.filter(slug=kringen.VECHTSTREEK.slug).exists()


@transaction.atomic
def load() -> None:
    """Make both kringen with everything in them."""
    nu = db_now()
    for recept in (kringen.VECHTSTREEK, kringen.RIJNMOND):
        kring = kringen.make_kring(recept)
        with kring_context(kring.pk):
            rows = kringen.fill_kring(kring, recept)
            diensten.make_diensten(rows, nu)
