"""Adopt a version: by processing a decision, from paper, and send it to everybody (MR 10.7)."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kern.actor import Actor
from kern.tenancy import one_at_a_time
from kern.tijd import db_now, to_local
from kern.weergave import format_datum
from kern.weigering import refuse_to_come
from reglement.actions.reglement.concept import rebase
from reglement.actions.reglement.stap import WERK, lock, log
from reglement.geldend import newest_version
from reglement.inhoud.soorten import Ongeldig
from reglement.inhoud.variabelen import PER_SLEUTEL
from reglement.inhoud.vastleggen import fingerprint, head_of, plain_text
from reglement.kiesregister import members_on
from reglement.models import Besluit, Reglementversie
from reglement.versies import post
from reglement.versies.lezen import articles_of, decision_on, objections_to
from rooster.actions.waarnemer import publish_reglement

Status = Reglementversie.Status
LATER = timedelta(days=2 * 365)
"""How far ahead a version may begin: no later one can begin before it, and it never changes."""


@transaction.atomic
def process(
    versie: Reglementversie,
    *,
    geldig_vanaf: date | None = None,
    versturen: bool = False,
    by: Actor,
) -> Reglementversie:
    """Carry out what the group decided: adopt the proposal, or close it as rejected.

    `geldig_vanaf` is the day of the decision unless the group chose a later one. The second clock
    of 10.7 begins here; with `versturen` it stops here too.
    """
    one_at_a_time(WERK, versie.kring_id)
    versie = lock(versie, Status.VOORGELEGD)
    besluit = decision_on(versie)
    if besluit is None:
        raise ValidationError(_("Over dit voorstel is nog niet besloten."))
    if besluit.uitkomst == Besluit.Uitkomst.VERWORPEN:
        versie.status = Status.VERWORPEN
        versie.besluit, versie.besloten_op = besluit, besluit.genomen_op
        versie.save()
        log("reglementversie.verworpen", "U", versie, by)
        return versie
    newest = newest_version(versie.kring_id)
    if newest and newest != versie.vorige:
        rebase(versie, newest)
    versie.besluit = besluit
    versie = _adopt(versie, besluit.genomen_op, geldig_vanaf or besluit.genomen_op, by)
    return send(versie, by=by) if versturen else versie


@transaction.atomic
def from_decision(
    *, kring_id: int, variabelen: Mapping[str, Any], besluit: Besluit, by: Actor
) -> Reglementversie:
    """Adopt the version that a decision elsewhere makes of the one in force (RG-9: the area)."""
    one_at_a_time(WERK, kring_id)
    newest = newest_version(kring_id)
    if newest is None:
        raise ValidationError(
            _("De kring heeft hier nog geen reglement. Leg dat eerst vast; daarna kan dit erbij.")
        )
    try:
        checked = {sleutel: PER_SLEUTEL[sleutel].check(w) for sleutel, w in variabelen.items()}
    except Ongeldig as error:
        raise ValidationError(str(error)) from error
    versie = Reglementversie(
        kring_id=kring_id,
        vorige=newest,
        variabelen=newest.variabelen | checked,
        lezing=newest.lezing,
        teksten=newest.teksten,
        besluit=besluit,
        gemaakt_door_id=by.gebruiker_id,
    )
    return _adopt(versie, besluit.genomen_op, besluit.genomen_op, by)


@transaction.atomic
def register_paper(
    versie: Reglementversie, *, besloten_op: date, geldig_vanaf: date, reden: str, by: Actor
) -> Reglementversie:
    """Adopt a draft that the group adopted outside this system; `reden` says on which paper."""
    one_at_a_time(WERK, versie.kring_id)
    versie = lock(versie, Status.CONCEPT)
    if not reden.strip():
        raise ValidationError({"reden": _("Schrijf op waar dit besluit staat.")})
    refuse_to_come(besloten_op=besloten_op)
    blocking = [bezwaar.uitleg for bezwaar in objections_to(versie) if bezwaar.blokkeert]
    if blocking:
        raise ValidationError([_("Dit reglement is nog niet af."), *blocking])
    if newest_version(versie.kring_id) != versie.vorige:
        raise ValidationError(
            _("Er is intussen een nieuwe versie vastgesteld. Werk dit concept eerst bij.")
        )
    versie.reden = reden.strip()
    return _adopt(versie, besloten_op, geldig_vanaf, by)


@transaction.atomic
def send(versie: Reglementversie, *, by: Actor) -> Reglementversie:
    """Send an adopted version to every deelnemer, whole and with a link (10.7)."""
    versie = lock(versie, Status.VASTGESTELD)
    if versie.verzonden_op:
        raise ValidationError(_("Deze versie is al verstuurd."))
    if not post.write_adopted(versie):
        raise ValidationError(_("Er is geen deelnemer om de tekst aan te sturen."))
    versie.verzonden_op = db_now()
    versie.save(update_fields=["verzonden_op", "gewijzigd_op"])
    log("reglementversie.verzonden", "E", versie, by)
    return versie


def _adopt(
    versie: Reglementversie, besloten_op: date, geldig_vanaf: date, by: Actor
) -> Reglementversie:
    """Give a version its number, text and hash; the lock on the numbers is held.

    Whoever serves for a practice reads the same text from now on (7.3).
    """
    vorige = versie.vorige
    if geldig_vanaf > max(besloten_op, to_local(db_now()).date()) + LATER:
        raise ValidationError(
            {"geldig_vanaf": _("Controleer het jaar: kies een dag binnen twee jaar.")}
        )
    if geldig_vanaf < besloten_op:
        raise ValidationError(
            {"geldig_vanaf": _("Het reglement kan niet gelden voor de dag van het besluit.")}
        )
    if vorige and vorige.geldig_vanaf and geldig_vanaf < vorige.geldig_vanaf:
        raise ValidationError(
            {
                "geldig_vanaf": _("Versie %(nummer)s geldt vanaf %(dag)s. Kies die dag of later.")
                % {"nummer": vorige.nummer, "dag": format_datum(vorige.geldig_vanaf)}
            }
        )
    versie.nummer = (vorige.nummer or 0) + 1 if vorige else 1
    versie.status = Status.VASTGESTELD
    versie.besloten_op, versie.geldig_vanaf = besloten_op, geldig_vanaf
    versie.verwerkt_op = to_local(db_now()).date()
    parties = [
        (lid.deelnemer.naam, lid.vertegenwoordiger.naam if lid.vertegenwoordiger else "")
        for lid in members_on(versie.kring_id, besloten_op)
    ]
    versie.inhoud = {
        "aanhef": head_of(
            versie.variabelen,
            partijen=parties,
            besloten_op=besloten_op,
            geldig_vanaf=geldig_vanaf,
        ),
        "artikelen": [artikel.as_record() for artikel in articles_of(versie)],
    }
    versie.sha256 = fingerprint(
        nummer=versie.nummer,
        variabelen=versie.variabelen,
        lezing=versie.lezing,
        inhoud=versie.inhoud,
        vorige=vorige.sha256 if vorige else "",
    )
    versie.save()
    publish_reglement(
        kring_id=versie.kring_id,
        tekst=plain_text(versie.inhoud, versie.nummer),
        besloten=True,
        by=by,
    )
    log("reglementversie.vastgesteld", "U", versie, by)
    return versie
