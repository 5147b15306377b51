"""A small kring with duties to swap: four practices, one dentist with an account in each."""

from datetime import datetime, time, timedelta

from kern.tijd import from_local, to_local
from rooster.models import Dienstplaats
from rooster.ruil.partners import candidates
from tests.factories import (
    DeelnemerFactory,
    DienstFactory,
    GebruikerFactory,
    LidmaatschapFactory,
    TandartsFactory,
)


def colleague(kring, naam, deelnemer=None):
    """Return a dentist with an account, of a practice of their own."""
    gebruiker = GebruikerFactory(naam=naam)
    LidmaatschapFactory(kring=kring, gebruiker=gebruiker, rol="tandarts")
    praktijk = deelnemer or DeelnemerFactory(kring=kring)
    return TandartsFactory(kring=kring, naam=naam, gebruiker=gebruiker, deelnemer=praktijk)


def night(kring, dag, dienstdoende, achterwacht, *, nu=None):
    """Return the duty of the night that begins so many days from today."""
    day = to_local(nu or _now()).date() + timedelta(days=dag)
    begin = from_local(datetime.combine(day, time(17)))
    einde = from_local(datetime.combine(day + timedelta(days=1), time(8)))
    return DienstFactory(
        kring=kring, begin=begin, einde=einde, dienstdoende=dienstdoende, achterwacht=achterwacht
    )


def _now():
    from kern.tijd import db_now

    return db_now()


def place(dienst, rol="dienstdoende") -> Dienstplaats:
    return Dienstplaats.objects.select_related("tandarts__deelnemer", "dienst").get(
        dienst=dienst, rol=rol
    )


def holders(*diensten) -> list:
    """Return (dienstdoende, achterwacht) by name, of each duty as it stands in the database."""
    found = []
    for dienst in diensten:
        rows = dict(Dienstplaats.objects.filter(dienst=dienst).values_list("rol", "tandarts__naam"))
        found.append((rows.get("dienstdoende"), rows.get("achterwacht")))
    return found


def swap_key(dienst, rol, terug, terug_rol) -> str:
    """Return the key of the candidate who would give this place back."""
    found = candidates(dienst, rol, nu=_now()).ruilen
    return next(
        een.sleutel for een in found if (een.terug_dienst, een.terug_rol) == (terug.pk, terug_rol)
    )
