"""Begin a case, ask in it, hand it in. No call, patient, term or message is ever made (U13).

Beginning and handing in leave a line in the log; asking does not: it is a note on a sheet of
scratch paper about somebody who does not exist, and the log is about people who do.
"""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kern import logboek
from kern.actor import Actor
from kern.tijd import db_now
from kern.weigering import refusing
from oefening import casussen, gesprek, score
from oefening.casussen import Casus, Eerder
from oefening.models import Oefenpoging
from oefening.score import Keuze
from triage.lezing import reading_of_version, version_in_force
from triage.protocol import Feiten, Lezing


def history_of(gebruiker_id: int) -> dict[str, Eerder]:
    """Return what somebody did with each case in the open kring, the last points included."""
    rows = (
        Oefenpoging.objects.done()
        .filter(gebruiker_id=gebruiker_id)
        .order_by("ingeleverd_op")
        .values_list("casus", "punten")
    )
    history: dict[str, Eerder] = {}
    for casus, punten in rows:
        before = history.get(casus)
        history[casus] = Eerder((before.aantal if before else 0) + 1, punten or 0)
    return history


def reading(kring_id: int) -> Lezing:
    """Return how this kring reads the guideline now: who practises, practises for today."""
    return reading_of_version(version_in_force(kring_id, db_now()))


@transaction.atomic
def start_poging(*, kring_id: int, by: Actor, tabel: str = "") -> Oefenpoging:
    """Begin with the next case for this person; an attempt that was left lying goes away."""
    try:
        case = casussen.choose(history_of(by.person_id), zaad=by.person_id, tabel=tabel)
    except LookupError as error:
        raise ValidationError(_("Over dit onderwerp is nog geen oefening.")) from error
    return start_casus(case, kring_id=kring_id, by=by)


@transaction.atomic
def start_casus(case: Casus, *, kring_id: int, by: Actor) -> Oefenpoging:
    """Begin with this very case."""
    Oefenpoging.objects.filter(
        kring_id=kring_id, gebruiker_id=by.person_id, ingeleverd_op__isnull=True
    ).delete()
    with refusing(Oefenpoging, velden={"oefenpoging_een_lopende": ""}):
        poging = Oefenpoging.objects.create(
            kring_id=kring_id,
            gebruiker_id=by.person_id,
            casus=case.sleutel,
            tabel=case.tabel.value,
            feiten=case.feiten.as_record(),
            begonnen_op=db_now(),
        )
    _record("oefening.begonnen", "C", poging, by)
    return poging


@transaction.atomic
def ask(poging: Oefenpoging, *, klachten: Collection[str], veld: str = "") -> Oefenpoging:
    """Keep the chosen complaints, and put one question to the caller when `veld` names one."""
    _lock(poging)
    _require_running(poging)
    feiten = Feiten.from_mapping(poging.feiten)
    poging.klachten = list(klachten)
    bekend = gesprek.known(feiten, poging.klachten, poging.gevraagd)
    on_screen = {vraag.veld for vraag in gesprek.askable(bekend, reading(poging.kring_id))}
    if veld in on_screen and veld not in poging.gevraagd:
        poging.gevraagd = [*poging.gevraagd, veld]
    poging.save(update_fields=["klachten", "gevraagd", "gewijzigd_op"])
    return poging


@transaction.atomic
def hand_in(poging: Oefenpoging, *, keuze: Keuze, by: Actor) -> Oefenpoging:
    """Compare the decision with the protocol and keep both."""
    _lock(poging)
    _require_running(poging)
    uitslag = score.judge(
        Feiten.from_mapping(poging.feiten), poging.gevraagd, keuze, reading(poging.kring_id)
    )
    poging.keuze = _as_record(keuze)
    poging.uitslag = uitslag.as_record()
    poging.punten = uitslag.punten
    poging.ingeleverd_op = db_now()
    poging.save()
    _record("oefening.ingeleverd", "U", poging, by)
    return poging


def _as_record(keuze: Keuze) -> dict[str, Any]:
    return {
        "contact": keuze.contact,
        "termijn": keuze.termijn,
        "minuten": keuze.minuten,
        "adviezen": sorted(keuze.adviezen),
    }


def _lock(poging: Oefenpoging) -> None:
    poging.refresh_from_db(from_queryset=Oefenpoging.objects.select_for_update())


def _require_running(poging: Oefenpoging) -> None:
    if poging.ingeleverd_op is not None:
        raise ValidationError(_("Deze oefening is al ingeleverd."))


def _record(gebeurtenis: str, actie: str, poging: Oefenpoging, by: Actor) -> None:
    logboek.record(
        gebeurtenis,
        actie,
        by=by,
        kring_id=poging.kring_id,
        object_soort="oefenpoging",
        object_id=poging.pk,
    )
