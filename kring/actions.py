"""The only door for a change of who is who in the kring.

What cannot be is a `ValidationError` by field. Roles and logins are in `kring/rollen.py`, the
address book in `kring/adresboek.py`.
"""

from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kern import logboek
from kern.actor import Actor
from kern.tenancy import KringModel
from kern.toegang import Rol
from kern.weigering import refusing
from kring.adresboek import (
    add_eigen_tandarts,
    change_eigen_tandarts,
    check_adres,
    report_fout,
)
from kring.models import Deelnemer, Gebruiker, Kring, Tandarts
from kring.rollen import activate, end_lidmaatschap, give_rol, send_link

__all__ = [
    "activate",
    "add_deelnemer",
    "add_eigen_tandarts",
    "add_tandarts",
    "change_deelnemer",
    "change_eigen_tandarts",
    "change_kring",
    "change_tandarts",
    "check_adres",
    "end_lidmaatschap",
    "give_rol",
    "report_fout",
    "send_link",
    "switch_shortcuts",
]

R = TypeVar("R", bound=KringModel)

CONSTRAINTS = {
    "deelnemer_naam_uniek": "naam",
    "tandarts_big_uniek": "big_nummer",
    "tandarts_gebruiker_uniek": "gebruiker",
}


@transaction.atomic
def add_deelnemer(
    *,
    kring_id: int,
    naam: str,
    adres: str,
    postcode: str,
    plaats: str,
    telefoon: str,
    email: str,
    by: Actor,
    agb_code: str = "",
    actief: bool = True,
) -> Deelnemer:
    """Let a practice take part."""
    deelnemer = Deelnemer(
        kring_id=kring_id,
        naam=naam,
        adres=adres,
        postcode=postcode,
        plaats=plaats,
        telefoon=telefoon,
        email=email,
        agb_code=agb_code,
        actief=actief,
    )
    return _save(deelnemer, "deelnemer.toegevoegd", "C", by)


@transaction.atomic
def change_deelnemer(deelnemer: Deelnemer, *, by: Actor, **velden: object) -> Deelnemer:
    """Change the data of a practice; it leaves by `actief=False`, its history stays."""
    return _change(deelnemer, "deelnemer.gewijzigd", by, velden)


@transaction.atomic
def add_tandarts(
    *,
    kring_id: int,
    deelnemer: Deelnemer,
    naam: str,
    big_nummer: str,
    telefoon: str,
    by: Actor,
    gebruiker: Gebruiker | None = None,
    actief: bool = True,
) -> Tandarts:
    """Add a dentist of a practice; from then on they can be put on duty."""
    tandarts = Tandarts(
        kring_id=kring_id,
        deelnemer=deelnemer,
        naam=naam,
        big_nummer=big_nummer,
        telefoon=telefoon,
        gebruiker=gebruiker,
        actief=actief,
    )
    return _save(tandarts, "tandarts.toegevoegd", "C", by)


@transaction.atomic
def change_tandarts(tandarts: Tandarts, *, by: Actor, **velden: object) -> Tandarts:
    """Change the data of a dentist; `actief=False` takes them out of the choices."""
    if "gebruiker" in velden:
        _keep_user(tandarts, velden["gebruiker"], by)
    return _change(tandarts, "tandarts.gewijzigd", by, velden)


def _keep_user(tandarts: Tandarts, gebruiker: object, by: Actor) -> None:
    """Refuse another person behind a dentist: that person would read and sign their reports.

    The coordinator makes accounts, and so could become any dentist. Nobody puts themselves behind
    one that is there already: it takes a second person. Asked of the database: the instance may
    hold what was typed.
    """
    known = Tandarts.objects.select_related("gebruiker").get(pk=tandarts.pk).gebruiker
    if gebruiker != known and getattr(gebruiker, "pk", None) == by.gebruiker_id is not None:
        sentence = _("Je kunt jezelf niet aan deze tandarts koppelen. Vraag een collega.")
        raise ValidationError({"gebruiker": sentence})
    if known not in (None, gebruiker) and Rol.BEHEERDER not in by.rollen:
        sentence = _("Deze tandarts heeft al een gebruiker. Vraag de beheerder om dit te wijzigen.")
        raise ValidationError({"gebruiker": sentence})


@transaction.atomic
def change_kring(kring: Kring, *, ophaal_dagen: int, by: Actor) -> Kring:
    """Set how many days a report waits to be picked up (7 to 30); for what is sent from now on."""
    with refusing(Kring, velden={"kring_ophaal_dagen": "ophaal_dagen"}):
        Kring.objects.filter(pk=kring.pk).update(ophaal_dagen=ophaal_dagen)
    logboek.record(
        "kring.gewijzigd",
        "U",
        by=by,
        kring_id=kring.pk,
        object_soort="kring",
        object_id=kring.pk,
    )
    return kring


def switch_shortcuts(*, by: Actor, uit: bool) -> None:
    """Switch one's own single keys off or on. No line: it is nobody's data and nobody's right."""
    Gebruiker.objects.filter(pk=by.person_id).update(sneltoetsen_uit=uit)


def _change(row: R, gebeurtenis: str, by: Actor, velden: dict) -> R:
    known = {field.name for field in row._meta.local_fields} - {"id", "kring"}
    if unknown := velden.keys() - known:
        raise TypeError(f"{row._meta.model_name} has no {', '.join(sorted(unknown))}")
    for name, value in velden.items():
        setattr(row, name, value)
    return _save(row, gebeurtenis, "U", by)


def _save(row: R, gebeurtenis: str, actie: str, by: Actor) -> R:
    with refusing(type(row), velden=CONSTRAINTS):
        row.save()
    logboek.record(
        gebeurtenis,
        actie,
        by=by,
        kring_id=row.kring_id,
        object_soort=row._meta.model_name,
        object_id=row.pk,
    )
    return row
