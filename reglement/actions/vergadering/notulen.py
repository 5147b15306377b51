"""The minutes: drafted, edited, laid before those who were there, adopted, sent (10.6, BV-8)."""

import hashlib
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kern.actor import Actor
from kern.tijd import db_now, to_local
from kern.toegang import Rol
from kern.weergave import format_datum
from kring.models import Deelnemer, Lidmaatschap
from reglement.aanwezig import stretches
from reglement.actions.vergadering.stap import log
from reglement.kiesregister import Lid, register_on
from reglement.models import Besluit, Notulen, Notulenakkoord, Vergadering
from reglement.vergadering import post
from reglement.vergadering.instemming import Stand, standing
from reglement.vergadering.verslaglegging import draft

REACTIETIJD = timedelta(days=7)
"""How long those who were there have; silence after it is consent."""
Status = Notulen.Status


@transaction.atomic
def draft_minutes(vergadering: Vergadering, *, by: Actor) -> Notulen:
    """Draft the minutes of a closed meeting from what happened; those that exist stay."""
    if vergadering.status != Vergadering.Status.GESLOTEN:
        raise ValidationError(_("Notulen komen er als de vergadering gesloten is."))
    row, made = Notulen.objects.get_or_create(
        vergadering=vergadering,
        defaults={"kring_id": vergadering.kring_id, "tekst": draft(vergadering)},
    )
    if made:
        log("notulen.opgemaakt", "C", row, by)
    return row


@transaction.atomic
def write_minutes(notulen: Notulen, *, tekst: str, gezien: int, by: Actor) -> Notulen:
    """Change the text; refused when somebody else wrote since `gezien` (the number of the text)."""
    row = _locked(notulen, Status.CONCEPT)
    if row.versie != gezien:
        raise ValidationError(
            _(
                "Een ander heeft de notulen intussen gewijzigd. Jouw tekst staat hieronder nog; "
                "neem over wat je mist uit de tekst die nu bewaard is."
            )
        )
    row.tekst, row.versie = tekst, row.versie + 1
    row.save()
    log("notulen.gewijzigd", "U", row, by)
    return row


@transaction.atomic
def submit_minutes(notulen: Notulen, *, by: Actor) -> Notulen:
    """Lay the minutes before those who were there: a week to say what is not right."""
    row = _locked(notulen, Status.CONCEPT)
    nu = db_now()
    row.status, row.voorgelegd_op, row.ronde = Status.VOORGELEGD, nu, row.ronde + 1
    row.reageren_tot = to_local(nu).date() + REACTIETIJD
    row.save()
    row.vergadering.notulen = row
    post.write_minutes_ready(row.vergadering, _people(row, attended(row)))
    log("notulen.voorgelegd", "U", row, by)
    return row


@transaction.atomic
def take_back_minutes(notulen: Notulen, *, by: Actor) -> Notulen:
    """Take them back to mend something; then they are laid before everybody anew."""
    row = _locked(notulen, Status.VOORGELEGD)
    row.status = Status.CONCEPT
    row.save()
    log("notulen.teruggenomen", "U", row, by)
    return row


@transaction.atomic
def answer_minutes(
    notulen: Notulen, *, deelnemer: Deelnemer, akkoord: bool, opmerking: str = "", by: Actor
) -> Notulenakkoord:
    """Note what a deelnemer who was there says; a later answer replaces the one before.

    The coordinator notes what came by telephone, but never over what a practice said itself.
    """
    row = _locked(notulen, Status.VOORGELEGD)
    if not akkoord and not opmerking.strip():
        raise ValidationError({"opmerking": [_("Schrijf op wat er niet klopt.")]})
    if deelnemer.pk not in attended(row):
        raise ValidationError(_("Alleen wie bij de vergadering was, keurt de notulen goed."))
    if _said_itself(row, deelnemer) and not _speaks(by.gebruiker_id, deelnemer):
        raise ValidationError(
            _(
                "De praktijk antwoordde al zelf. Veranderen doet haar vertegenwoordiger; een "
                "bezwaar weerleg je bij het vaststellen."
            )
        )
    line = Notulenakkoord.objects.create(
        kring_id=row.kring_id,
        notulen=row,
        ronde=row.ronde,
        deelnemer=deelnemer,
        gebruiker_id=by.gebruiker_id,
        akkoord=akkoord,
        opmerking=opmerking.strip(),
        op=db_now(),
    )
    log("notulen.beantwoord", "C", line, by)
    return line


def _said_itself(row: Notulen, deelnemer: Deelnemer) -> bool:
    lines = Notulenakkoord.objects.filter(notulen=row, ronde=row.ronde, deelnemer=deelnemer)
    return any(_speaks(line.gebruiker_id, deelnemer) for line in lines)


def _speaks(gebruiker_id: int | None, deelnemer: Deelnemer) -> bool:
    rows = Lidmaatschap.objects.filter(deelnemer=deelnemer, rol=Rol.VERTEGENWOORDIGER)
    return gebruiker_id is not None and rows.filter(gebruiker_id=gebruiker_id).exists()


@transaction.atomic
def adopt_minutes(notulen: Notulen, *, reden: str = "", by: Actor) -> Notulen:
    """Fix the minutes for good, and send every deelnemer the list of decisions (10.6)."""
    row = _locked(notulen, Status.VOORGELEGD)
    stand = minutes_standing(row)
    if not stand.mag:
        raise ValidationError(
            _(
                "Nog niet iedereen heeft gereageerd. Vaststellen kan als iedereen antwoord gaf, of "
                "na %s."
            )
            % (format_datum(row.reageren_tot) if row.reageren_tot else "")
        )
    if stand.bezwaar and not reden.strip():
        raise ValidationError(
            {"reden": [_("Iemand is niet akkoord. Schrijf op waarom je ze toch vaststelt.")]}
        )
    row.status, row.reden = Status.VASTGESTELD, reden.strip()
    row.vastgesteld_op, row.vastgesteld_door_id = db_now(), by.gebruiker_id
    row.sha256 = hashlib.sha256(row.tekst.encode()).hexdigest()
    row.save()
    vergadering = row.vergadering
    vergadering.notulen = row
    decisions = Besluit.objects.filter(agendapunt__vergadering=vergadering).order_by("nummer")
    members = [lid for lid in register_on(row.kring_id, vergadering.dag) if lid.telt_mee]
    post.write_decisions(vergadering, decisions, _mailable(members))
    log("notulen.vastgesteld", "U", row, by)
    return row


def attended(notulen: Notulen) -> set:
    """Return the deelnemers that were at the meeting, for however short. One query."""
    return set(stretches(notulen.vergadering))


def minutes_standing(notulen: Notulen) -> Stand:
    """Return what those who were there said in this round. Two queries and one of the clock."""
    rows = notulen.akkoorden.filter(ronde=notulen.ronde).order_by("op")
    return standing(
        attended(notulen),
        dict(rows.values_list("deelnemer_id", "akkoord")),
        vandaag=to_local(db_now()).date(),
        reageren_tot=notulen.reageren_tot,
    )


def _people(row: Notulen, deelnemers: set) -> list[post.Ontvanger]:
    register = register_on(row.kring_id, row.vergadering.dag)
    return _mailable([lid for lid in register if lid.deelnemer.pk in deelnemers])


def _mailable(leden: list[Lid]) -> list[post.Ontvanger]:
    return [(lid.deelnemer, lid.vertegenwoordiger) for lid in leden]


def _locked(notulen: Notulen, status: str) -> Notulen:
    row = (
        Notulen.objects.select_for_update(of=("self",))
        .select_related("vergadering__kring", "vergadering__versie", "vergadering__voorzitter")
        .get(pk=notulen.pk)
    )
    if row.status != status:
        raise ValidationError(
            _("De notulen zijn intussen %(stand)s.") % {"stand": row.get_status_display()}
        )
    return row
