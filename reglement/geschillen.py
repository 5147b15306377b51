"""Who is party to a dispute, who may read it, and who may hear both sides (MR 11.1)."""

from django.db.models import Q

from kern.tijd import db_now, to_local
from kern.toegang import Rol
from kring.models import Gebruiker, Lidmaatschap, Tandarts
from reglement.models import Functie, Geschil


def practices_of(kring_id: int, gebruiker_id: int) -> set:
    """Return the ids of the practices that this person speaks for or serves in."""
    speaks = Lidmaatschap.objects.active().filter(
        kring_id=kring_id, gebruiker_id=gebruiker_id, deelnemer__isnull=False
    )
    serves = Tandarts.objects.filter(kring_id=kring_id, gebruiker_id=gebruiker_id, actief=True)
    return {
        *speaks.values_list("deelnemer_id", flat=True),
        *serves.values_list("deelnemer_id", flat=True),
    }


def is_party(geschil: Geschil, gebruiker_id: int, *, only_declarer: bool = False) -> bool:
    """Whether the practice of this person is on a side of it, or is the one that declared it."""
    mine = practices_of(geschil.kring_id, gebruiker_id)
    if geschil.namens_id in mine:
        return True
    return not only_declarer and geschil.partijen.filter(deelnemer_id__in=mine).exists()


def visible(kring_id: int, *, rollen: frozenset[str], deelnemers: set):
    """Return the disputes that this person may know of: all for a coördinator, else the own.

    `deelnemers` are the practices that this person speaks for.
    """
    rows = Geschil.objects.filter(kring_id=kring_id)
    if Rol.COORDINATOR in rollen:
        return rows
    own = Q(namens_id__in=deelnemers) | Q(partijen__deelnemer_id__in=deelnemers)
    return rows.filter(own).distinct()


def handlers(geschil: Geschil) -> list[Gebruiker]:
    """Return who may hear both sides: bestuur and coördinators whose practice is no party."""
    today = to_local(db_now()).date()
    in_office = Functie.objects.filter(
        Q(beeindigd_op__isnull=True) | Q(beeindigd_op__gte=today),
        kring_id=geschil.kring_id,
        vanaf__lte=today,
        laatste_dag__gte=today,
    ).values("gebruiker_id")
    role = (
        Lidmaatschap.objects.active()
        .filter(kring_id=geschil.kring_id, rol=Rol.COORDINATOR)
        .values("gebruiker_id")
    )
    people = Gebruiker.objects.filter(
        Q(pk__in=in_office) | Q(pk__in=role), is_active=True
    ).order_by("naam")
    sides = {geschil.namens_id, *geschil.partijen.values_list("deelnemer_id", flat=True)}
    theirs = set(
        Lidmaatschap.objects.active()
        .filter(kring_id=geschil.kring_id, deelnemer_id__in=sides)
        .values_list("gebruiker_id", flat=True)
    ) | set(
        Tandarts.objects.filter(
            kring_id=geschil.kring_id, deelnemer_id__in=sides, actief=True
        ).values_list("gebruiker_id", flat=True)
    )
    return [row for row in people if row.pk not in theirs]
