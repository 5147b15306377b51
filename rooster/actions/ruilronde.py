"""The rounds of a request: who is asked when, and how it ends without an answer (RO-8)."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from kern import logboek
from kern.actor import Actor
from kern.tenancy import one_at_a_time
from kern.tijd import db_now
from rooster.actions.bezetting import holder
from rooster.actions.dienst import PLANNING
from rooster.models import Ruilaanbod, Ruilverzoek
from rooster.ruil import post as ruilpost
from rooster.ruil.partners import Kandidaat
from rooster.ruil.regels import RONDEN, next_round

Soort, Status, Antwoord = Ruilverzoek.Soort, Ruilverzoek.Status, Ruilaanbod.Status
LOPEND = (Antwoord.WACHT, Antwoord.GEVRAAGD)


@transaction.atomic
def expire_ruil(verzoek: Ruilverzoek, *, by: Actor) -> bool:
    """Close a request whose time is over or whose place changed hands; return whether it did."""
    one_at_a_time(PLANNING, verzoek.kring_id)
    verzoek = lock_request(verzoek.pk)
    nu = db_now()
    if not verzoek.is_open:
        return False
    stands = still_stands(verzoek)
    if stands and verzoek.uiterlijk_op > nu:
        return False
    settle(verzoek, Status.VERLOPEN if stands else Status.VERVALLEN, nu)
    if stands:
        ruilpost.tell_nobody(verzoek)
    log_ruil("ruil.verlopen", "U", verzoek, by)
    return True


@transaction.atomic
def ask_next_round(verzoek: Ruilverzoek, *, by: Actor) -> bool:
    """Ask the next colleagues in order, when it is time; return whether anybody was asked."""
    one_at_a_time(PLANNING, verzoek.kring_id)
    verzoek = lock_request(verzoek.pk)
    nu = db_now()
    due = verzoek.volgende_ronde_op
    if not verzoek.is_open or due is None or due > nu:
        return False
    asked = ask_next(verzoek, nu=nu)
    log_ruil("ruil.aangeboden", "U", verzoek, by)
    return asked


def add_offers(verzoek: Ruilverzoek, kandidaten: Iterable[Kandidaat]) -> None:
    """Write down whom to ask, in this order."""
    Ruilaanbod.objects.bulk_create(
        Ruilaanbod(
            kring_id=verzoek.kring_id,
            verzoek=verzoek,
            tandarts_id=een.tandarts,
            deelnemer_id=een.deelnemer,
            terug_dienst_id=een.terug_dienst,
            terug_rol=een.terug_rol,
            volgorde=nummer,
            tekort=round(een.tekort, 2),
            krap=een.krap,
        )
        for nummer, een in enumerate(kandidaten, 1)
    )


def ask_next(verzoek: Ruilverzoek, *, nu: datetime) -> bool:
    """Ask the next ones who wait; return whether there was anybody."""
    waiting = list(verzoek.aanbiedingen.filter(status=Antwoord.WACHT))
    ronde = waiting[: RONDEN[verzoek.soort].aantal]
    Ruilaanbod.objects.filter(pk__in=[aanbod.pk for aanbod in ronde]).update(
        status=Antwoord.GEVRAAGD, gevraagd_op=nu
    )
    verzoek.volgende_ronde_op = next_round(
        verzoek.soort,
        wachtenden=len(waiting) - len(ronde),
        nu=nu,
        uiterlijk=verzoek.uiterlijk_op,
    )
    verzoek.save(update_fields=["volgende_ronde_op", "gewijzigd_op"])
    ruilpost.ask(verzoek, ronde)
    return bool(ronde)


def lapse_others(plaatsen: list[tuple[UUID, str]], *, nu: datetime) -> None:
    """Close what else was asked about places that just changed hands."""
    for dienst, rol in plaatsen:
        for verzoek in Ruilverzoek.objects.filter(dienst=dienst, rol=rol, status=Status.OPEN):
            settle(verzoek, Status.VERVALLEN, nu)
        Ruilaanbod.objects.filter(
            terug_dienst=dienst, terug_rol=rol, status__in=LOPEND, verzoek__status=Status.OPEN
        ).update(status=Antwoord.VERVALLEN)


def lock_request(pk: UUID) -> Ruilverzoek:
    """Return a request, locked, with what its messages need."""
    rows = Ruilverzoek.objects.select_for_update(of=("self",))
    return rows.select_related("dienst", "tandarts__gebruiker", "deelnemer").get(pk=pk)


def still_stands(verzoek: Ruilverzoek) -> bool:
    """Whether the place is as it was: with its dentist, or after illness still empty."""
    now = holder(verzoek.dienst, verzoek.rol)
    if verzoek.soort == Soort.UITVAL:
        return now is None
    return now is not None and (now.tandarts_id, now.praktijk.pk) == (
        verzoek.tandarts_id,
        verzoek.deelnemer_id,
    )


def settle(verzoek: Ruilverzoek, status: str, nu: datetime) -> None:
    """End a request; what nobody answered lapses with it."""
    verzoek.status, verzoek.afgehandeld_op, verzoek.volgende_ronde_op = status, nu, None
    verzoek.save(update_fields=["status", "afgehandeld_op", "volgende_ronde_op", "gewijzigd_op"])
    verzoek.aanbiedingen.filter(status__in=LOPEND).update(status=Antwoord.VERVALLEN)


def log_ruil(gebeurtenis: str, actie: str, verzoek: Ruilverzoek, by: Actor) -> None:
    """Write the line of a request in the access log."""
    logboek.record(
        gebeurtenis,
        actie,
        by=by,
        kring_id=verzoek.kring_id,
        object_soort="ruilverzoek",
        object_id=verzoek.pk,
    )
