"""Close a vote, break a tie, write the decision down with its bundle."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from kern import logboek
from kern.actor import Actor
from kern.tenancy import one_at_a_time
from kern.tijd import db_now, to_local
from reglement.actions.stemmen.openen import lock_open
from reglement.actions.vergadering.stap import lock, log, note_step
from reglement.besluitvorming import Doorslag, Stem, Uitkomst
from reglement.bundel.maken import build, seal
from reglement.models import Besluit, Doorslagstem, Keuze, Stembus, Stemming, Vergaderstap
from reglement.stemmen.doorslag import decider_of
from reglement.stemmen.telling import count, judge

NUMMEREN = "reglement.besluit"


@transaction.atomic
def close_stemming(stemming: Stemming, *, gezien: int | None = None, by: Actor) -> Stemming:
    """Close the vote and judge it; with a tie the decision waits for the casting vote (10.5)."""
    vergadering = lock(stemming.agendapunt.vergadering, gezien=gezien)
    row = lock_open(stemming)
    row.agendapunt.vergadering = vergadering
    counts = count(row)
    row.status, row.gesloten_op = Stemming.Status.GESLOTEN, db_now()
    row.uitslag = judge(row, counts, Doorslag(eigen_belang=decider_of(row).eigen_belang))
    row.save(update_fields=["status", "gesloten_op", "uitslag", "gewijzigd_op"])
    Stembus.objects.filter(stemming=row).delete()
    note_step(vergadering, Vergaderstap.Soort.STEMMING_DICHT, by=by, agendapunt=row.agendapunt)
    log("stemming.gesloten", "U", row, by)
    if row.uitslag["uitkomst"] != Uitkomst.STAKING:
        _decide(row, by)
    return row


@transaction.atomic
def cast_doorslag(
    stemming: Stemming, *, keuze: str, gezien: int | None = None, by: Actor
) -> Stemming:
    """Break the tie, by name, by who the law says has the casting vote."""
    vergadering = lock(stemming.agendapunt.vergadering, gezien=gezien)
    row = (
        Stemming.objects.select_for_update(of=("self",))
        .select_related("kring", "agendapunt")
        .get(pk=stemming.pk)
    )
    row.agendapunt.vergadering = vergadering
    if row.uitslag.get("uitkomst") != Uitkomst.STAKING or hasattr(row, "besluit"):
        raise ValidationError(_("Er is geen gelijke stand meer waarover te beslissen is."))
    if keuze not in (Keuze.VOOR, Keuze.TEGEN):
        raise ValidationError(_("Kies voor of tegen: wie de doorslag geeft, stemt niet blanco."))
    decider = decider_of(row)
    if by.person_id not in decider.personen:
        raise PermissionDenied
    deputy = decider.houder.plaatsvervanger
    given = Doorslagstem.objects.create(
        kring_id=row.kring_id,
        stemming=row,
        gebruiker_id=by.person_id,
        functie=decider.houder.functie,
        eigen_belang=decider.eigen_belang,
        plaatsvervanger=deputy,
        keuze=keuze,
        op=db_now(),
    )
    stem = Stem(keuze)
    cast = Doorslag(
        stem=None if deputy else stem,
        eigen_belang=decider.eigen_belang,
        stem_plaatsvervanger=stem if deputy else None,
    )
    counts = {name: row.uitslag[name] for name in Keuze.values}
    row.uitslag = judge(row, counts, cast)
    row.save(update_fields=["uitslag", "gewijzigd_op"])
    log("stemming.doorslag", "C", given, by)
    _decide(row, by)
    return row


def _decide(row: Stemming, by: Actor) -> Besluit:
    """Write the decision: numbered in the kring, tied to the one before by its check number."""
    one_at_a_time(NUMMEREN, row.kring_id)
    last = Besluit.objects.filter(kring_id=row.kring_id).order_by("-nummer").first()
    meeting = row.agendapunt.vergadering
    besluit = Besluit(
        kring_id=row.kring_id,
        nummer=last.nummer + 1 if last else 1,
        agendapunt=row.agendapunt,
        stemming=row,
        besluitsoort=row.agendapunt.besluitsoort,
        uitkomst=row.uitslag["uitkomst"],
        genomen_op=to_local(db_now()).date(),
        tekst=Besluit.words(row.voorstel or row.vraag, row.uitslag["uitkomst"]),
        versie_id=meeting.versie_id,
    )
    besluit.bundel = build(row, besluit, vorige=last.sha256 if last else "")
    besluit.sha256 = seal(besluit.bundel)
    besluit.save(force_insert=True)
    # The check number goes into the chain of the log: an anchor that leaves the machine daily.
    logboek.record(
        "besluit.genomen",
        "C",
        by=by,
        kring_id=row.kring_id,
        object_soort="besluit",
        object_id=besluit.sha256,
    )
    return besluit
