"""An adopted version becomes the roster: duties that stay keep their id, each change its event."""

from collections.abc import Iterable
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from kern.actor import Actor
from kern.tijd import db_now
from kern.weergave import format_moment
from kern.weigering import refusing
from kring.models import Tandarts
from rooster.actions.wijziging import record_wijzigingen
from rooster.models import Dienst, Dienstplaats, Dienstsoort, Roosterversie, Roosterwijziging
from rooster.versie.rijen import Roosterrij
from rooster.versie.verschil import same_places

NOEM = 5
"""How many of the things in the way a sentence names."""
CONSTRAINTS = {"dienst_geen_overlap": "", "tandarts_niet_dubbel": ""}


def put_on_roster(versie: Roosterversie, *, by: Actor) -> None:
    """Make the roster of the period equal to the version, from now on; in the caller's transaction.

    What has begun stays as it is. A duty with the same begin and end keeps its id: calls, feeds
    and its history hang on it.
    """
    nu = db_now()
    rijen = [rij for rij in versie.rijen if rij.begin > nu]
    _refuse_who_left(versie.kring_id, rijen)
    standing = _standing(versie, rijen)
    spans = {rij.periode for rij in rijen}
    gone = [
        dienst
        for dienst in standing.values()
        if dienst.roosterperiode_id == versie.periode_id
        and dienst.periode not in spans
        and dienst.begin > nu
    ]
    in_the_way = [d for d in standing.values() if d.periode not in spans and d not in gone]
    _refuse_in_the_way(rijen, in_the_way)
    soorten = set(Dienstsoort.objects.filter(kring_id=versie.kring_id).values_list("pk", flat=True))
    by_span = {dienst.periode: dienst for dienst in standing.values()}
    pairs = [(rij, by_span.get(rij.periode)) for rij in rijen]
    before = _snapshots([dienst.pk for dienst in standing.values()])
    with refusing(Dienst, Dienstplaats, velden=CONSTRAINTS):
        _remove(gone)
        fresh = [(rij, _new(versie, rij, soorten)) for rij, dienst in pairs if dienst is None]
        Dienst.objects.bulk_create(dienst for _rij, dienst in fresh)
        changed = [
            (rij, dienst)
            for rij, dienst in pairs
            if dienst is not None and not same_places(before[dienst.pk], rij)
        ]
        _belong(versie, [pair for pair in pairs if pair[1] is not None], soorten)
        Dienstplaats.objects.filter(dienst__in=[dienst for _rij, dienst in changed]).delete()
        _fill(versie.kring_id, [*fresh, *changed])
    reden = _("%(periode)s, versie %(nummer)s vastgesteld") % {
        "periode": versie.periode.naam,
        "nummer": versie.nummer,
    }
    soort = Roosterwijziging.Soort
    events: list[tuple[Dienst, dict | None, dict | None]] = [
        (dienst, None, _record(rij)) for rij, dienst in fresh
    ]
    events += [
        (dienst, _record(before[dienst.pk]), _record(rij, before[dienst.pk].opmerking))
        for rij, dienst in changed
    ]
    record_wijzigingen(events, soort.GEPUBLICEERD, reden=reden, by=by)
    events = [(dienst, _record(before[dienst.pk]), None) for dienst in gone]
    record_wijzigingen(events, soort.VERWIJDERD, reden=reden, by=by)


def _refuse_who_left(kring_id: int, rijen: list[Roosterrij]) -> None:
    """A dentist who stopped since the proposal cannot be put on duty."""
    serving = {
        str(pk)
        for pk in Tandarts.objects.filter(
            kring_id=kring_id, actief=True, deelnemer__actief=True
        ).values_list("pk", flat=True)
    }
    left = {
        plek.naam for rij in rijen for plek in rij.plekken.values() if plek.tandarts not in serving
    }
    if left:
        raise ValidationError(
            _("Deze tandartsen doen geen diensten meer: %(namen)s. Maak een nieuw voorstel.")
            % {"namen": ", ".join(sorted(left)[:NOEM])}
        )


def _standing(versie: Roosterversie, rijen: list[Roosterrij]) -> dict[UUID, Dienst]:
    """Return the duties to come that the version touches, locked: its own and those in its days."""
    nu = db_now()
    own = Dienst.objects.filter(kring_id=versie.kring_id, roosterperiode=versie.periode_id)
    found = {dienst.pk: dienst for dienst in own.filter(begin__gt=nu).select_for_update()}
    if rijen:
        stretch = Dienst.objects.filter(kring_id=versie.kring_id).overlapping(
            rijen[0].begin, max(rij.einde for rij in rijen)
        )
        found |= {dienst.pk: dienst for dienst in stretch.select_for_update()}
    return found


def _refuse_in_the_way(rijen: list[Roosterrij], others: list[Dienst]) -> None:
    """Name the duties, planned by hand or of another period, that lie across new ones."""
    crossed = [
        dienst
        for dienst in others
        if any(rij.begin < dienst.einde and dienst.begin < rij.einde for rij in rijen)
    ]
    if crossed:
        raise ValidationError(
            _(
                "Hier staan al diensten die niet in dit voorstel passen: %(diensten)s. Haal ze "
                "eerst uit het rooster, of maak een nieuw voorstel."
            )
            % {"diensten": "; ".join(format_moment(row.begin) for row in crossed[:NOEM])}
        )


def _snapshots(pks: list[UUID]) -> dict[UUID, Roosterrij]:
    rows = Dienst.objects.filter(pk__in=pks).as_rows()
    return {UUID(row.nummer): row for row in rows}


def _remove(diensten: Iterable[Dienst]) -> None:
    for dienst in diensten:
        pk = dienst.pk
        try:
            dienst.delete()
        except ProtectedError as error:
            raise ValidationError(
                _("Bij de dienst van %(begin)s horen al oproepen. Hij kan niet vervallen.")
                % {"begin": format_moment(dienst.begin)}
            ) from error
        dienst.pk = pk


def _new(versie: Roosterversie, rij: Roosterrij, soorten: set[UUID]) -> Dienst:
    return Dienst(
        kring_id=versie.kring_id,
        begin=rij.begin,
        einde=rij.einde,
        categorie=rij.categorie,
        soort_id=_kind(rij, soorten),
        roosterperiode_id=versie.periode_id,
    )


def _kind(rij: Roosterrij, soorten: set[UUID]) -> UUID | None:
    """Return the kind of the duty, when the kring still knows it."""
    found = UUID(rij.soort_id) if rij.soort_id else None
    return found if found in soorten else None


def _belong(versie: Roosterversie, pairs: list, soorten: set[UUID]) -> None:
    """Let duties that stay count as the version says."""
    for rij, dienst in pairs:
        dienst.categorie, dienst.soort_id = rij.categorie, _kind(rij, soorten)
        dienst.roosterperiode_id = versie.periode_id
    Dienst.objects.bulk_update(
        [dienst for _rij, dienst in pairs],
        ["categorie", "soort", "roosterperiode"],
        batch_size=500,
    )


def _fill(kring_id: int, pairs: list) -> None:
    Dienstplaats.objects.bulk_create(
        Dienstplaats(
            kring_id=kring_id,
            dienst=dienst,
            rol=rol,
            tandarts_id=plek.tandarts,
            deelnemer_id=plek.deelnemer,
            begin=dienst.begin,
            einde=dienst.einde,
        )
        for rij, dienst in pairs
        for rol, plek in rij.plekken.items()
    )


def _record(rij: Roosterrij, opmerking: str = "") -> dict:
    """Return the row as a snapshot of a duty (`rooster.actions.wijziging`)."""
    record = rij.as_record()
    names = ("begin", "einde", "dienstdoende", "achterwacht")
    return {name: record[name] for name in names} | {"opmerking": rij.opmerking or opmerking}
