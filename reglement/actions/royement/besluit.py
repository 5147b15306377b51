"""Hearing, vote, result and decision (9.2d-9.2h)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kern.actor import Actor
from kern.tijd import db_now, to_local
from reglement.actions.deelname import set_status
from reglement.actions.royement.stap import Soort, add_step, lock, write
from reglement.besluiten import standing_decision
from reglement.besluitvorming import Regel, Zitting, quorum
from reglement.geldend import lezing_of
from reglement.models import Agendapunt, Besluit, Deelname, Royement, Royementstap, Vergadering
from reglement.royement import gang, post, wie


@transaction.atomic
def hear(royement: Royement, *, wijze: str, tekst: str, op: date, by: Actor) -> Royementstap:
    """Note that the practice was heard, with the record; or that it declined the offer (9.2d).

    `wijze` is "gehoord" or "afgezien". Without this no vote opens (`reglement.stembeletsel`).
    """
    royement = lock(royement, by=by)
    return add_step(royement, Soort.HOREN, op=op, gegevens={"wijze": wijze}, tekst=tekst, by=by)


@transaction.atomic
def note_vote(royement: Royement, *, by: Actor) -> Royementstap:
    """Process what came of the vote in the announced meeting, or that there was no quorum (9.2e-f).

    The numbers are those of the decision; nothing of it is typed. `ValidationError` as long as the
    meeting has not voted.
    """
    royement = lock(royement, by=by)
    punt = gang.read(royement).announced_point
    if punt is None:
        raise ValidationError(_("Er is nog geen vergadering aangekondigd (9.2c)."))
    besluit = standing_decision(punt)
    counts = counts_of(punt, besluit)
    op = besluit.genomen_op if besluit else to_local(punt.vergadering.begint_op).date()
    stap = add_step(
        royement,
        Soort.STEMMEN,
        op=op,
        gegevens=counts,
        vergadering=punt.vergadering,
        besluit=besluit,
        by=by,
    )
    judged = gang.read(royement).stand.uitslag
    if besluit and judged and judged.uitkomst != besluit.uitkomst:
        raise ValidationError(
            _("De uitslag klopt niet met het besluit: nagerekend is het %s. Vraag het na.")
            % judged.uitkomst
        )
    return stap


def counts_of(punt: Agendapunt, besluit: Besluit | None) -> dict:
    """Return the numbers of a vote as the law counts them; of a meeting without quorum as well."""
    vergadering = punt.vergadering
    if besluit is not None and besluit.stemming is not None:
        counted = besluit.stemming.uitslag
        there, base = counted["aanwezig"], counted["basis"]
        # By the reading of A-7 the opening may have had the quorum that the vote has not.
        enough = max(there, counted["quorum_nodig"]) if counted["quorum_gehaald"] else there
        return {
            "zitting": vergadering.zitting,
            "leden": counted["leden"],
            "aanwezig": there,
            "bij_opening": enough,
            "voor": counted["voor"],
            "tegen": counted["tegen"],
            "blanco": counted["blanco"],
            "zonder_betrokkene": punt.besluitsoort in gang.IN_STEMMING and base < there,
            "uitkomst": besluit.uitkomst,
        }
    if vergadering.status != Vergadering.Status.GESLOTEN:
        raise ValidationError(
            _("De vergadering heeft nog niet gestemd. Kom hier terug als de uitslag er is.")
        )
    leden, there = gang.turnout_of(punt)
    needed = quorum(
        leden,
        Zitting(vergadering.zitting),
        lezing_of(vergadering.versie),
        regel=Regel.ROYEMENT,
    )
    if needed.met_by(there):
        raise ValidationError(
            _(
                "De vergadering is gesloten zonder stemming, terwijl er genoeg deelnemers waren. "
                "Zet het voorstel op de agenda van een volgende vergadering (9.2c)."
            )
        )
    return {"zitting": vergadering.zitting, "leden": leden, "aanwezig": there, "voor": 0}


@transaction.atomic
def tell_result(royement: Royement, *, op: date, by: Actor) -> Royementstap:
    """Note that those present were told the result (9.2g)."""
    royement = lock(royement, by=by)
    return add_step(royement, Soort.UITSLAG, op=op, by=by)


@transaction.atomic
def decide(
    royement: Royement,
    *,
    redenen: str,
    op: date,
    voorwaarden: str = "",
    termijn_einde: date | None = None,
    by: Actor,
) -> Royementstap:
    """Decide what the meeting carried, in writing and with reasons (9.2g, 9.2h, A-11).

    The status of the practice follows from this day on, and its vertegenwoordiger hears that a
    letter is ready. A conditional decision has conditions and a last day.
    """
    royement = lock(royement, by=by)
    dossier = gang.read(royement)
    stap = add_step(
        royement,
        Soort.BESLUITEN,
        op=op,
        gegevens={
            "voorwaardelijk": dossier.is_voorwaardelijk,
            "redenen": bool(redenen.strip()),
            "termijn_einde": termijn_einde.isoformat() if termijn_einde else None,
        },
        tekst=redenen,
        voorwaarden=voorwaarden,
        besluit=dossier.besluit,
        by=by,
    )
    follow(royement, op, besluit=dossier.besluit, by=by)
    post.tell_letter(royement, stap)
    return stap


def follow(royement: Royement, vanaf: date, *, besluit: Besluit | None, by: Actor) -> None:
    """Let the register of deelnemers follow what the steps say, from this day on."""
    status = gang.read(royement).deelname_status
    if status is None:
        return
    grond = _("royement, dossier %s") % royement.nummer
    running = Deelname.objects.filter(deelnemer=royement.deelnemer_id, tot__isnull=True).first()
    if running is None or running.status != status:
        set_status(
            royement.deelnemer, status=status, vanaf=vanaf, grond=grond, besluit=besluit, by=by
        )


@transaction.atomic
def collect_letter(royement: Royement, *, by: Actor) -> None:
    """Note the first time that the practice itself took its letter: the proof of receipt."""
    royement = Royement.objects.select_for_update().get(pk=royement.pk)
    if not wie.represents(royement, by.gebruiker_id):
        return
    steps = list(royement.stappen.order_by("volgnummer"))
    letters = [row.volgnummer for row in steps if row.soort in gang.LETTERS]
    taken = [row.volgnummer for row in steps if row.soort == Soort.OPGEHAALD]
    if not letters or (taken and taken[-1] > letters[-1]):
        return
    stap = Royementstap(
        kring_id=royement.kring_id,
        royement=royement,
        volgnummer=len(steps) + 1,
        soort=Soort.OPGEHAALD,
        op=to_local(db_now()).date(),
        door_id=by.person_id,
    )
    write(stap, by=by)
