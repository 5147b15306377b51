"""From the facts to the proposal on an agenda (9.2a, 9.2b)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from kern import logboek
from kern.actor import Actor
from kern.tenancy import one_at_a_time
from kern.tijd import db_now, to_local
from kern.weigering import refusing
from kring.models import Deelnemer
from reglement.actions.royement.stap import Soort, add_step, check_day, lock, write
from reglement.actions.vergadering import add_point
from reglement.geldend import version_on
from reglement.kiesregister import members_on
from reglement.models import (
    Agendapunt,
    Royement,
    Royementstap,
    Royementstuk,
    Vergadering,
)
from reglement.pdfstuk import Pdfstuk
from reglement.royement import gang, wie

MAX_STUKKEN = 40


@transaction.atomic
def start(*, deelnemer: Deelnemer, grond: str, feiten: str, op: date, by: Actor) -> Royement:
    """Begin a procedure with the facts (9.2a); one at a time about a practice.

    `op` is the day on which they were established.
    """
    check_day(op)
    one_at_a_time("reglement.royement", deelnemer.kring_id)
    for other in deelnemer.royementen.all():
        if gang.read(other).is_open:
            raise ValidationError(
                {
                    "deelnemer": _("Over deze praktijk loopt al een procedure: dossier %s.")
                    % other.nummer
                }
            )
    counting = {lid.deelnemer.pk for lid in members_on(deelnemer.kring_id, op)}
    if deelnemer.pk not in counting:
        raise ValidationError({"deelnemer": _("Deze praktijk is op die dag geen deelnemer.")})
    highest = Royement.objects.filter(kring_id=deelnemer.kring_id).aggregate(n=Max("nummer"))
    royement = Royement.objects.create(
        kring_id=deelnemer.kring_id,
        deelnemer=deelnemer,
        nummer=(highest["n"] or 0) + 1,
        grond=grond,
        versie=version_on(deelnemer.kring_id, op),
    )
    royement = lock(royement, by=by)
    add_step(
        royement,
        Soort.VASTSTELLEN,
        op=op,
        gegevens={"feiten": bool(feiten.strip())},
        tekst=feiten,
        by=by,
    )
    return royement


@transaction.atomic
def propose(
    royement: Royement,
    *,
    over: str,
    vorm: str,
    tekst: str,
    op: date,
    in_gebreke: bool = False,
    eenmanszaak: bool | None = None,
    by: Actor,
) -> Royementstap:
    """Propose royement or conditional royement (9.2b); `vorm` is a `royementsgang.Voorstel`.

    `over` is "praktijk" or "tandarts": what is about one dentist the practice first solves itself
    (RY-2), unless it was asked to and did not (`in_gebreke`). `eenmanszaak` counts for a measure
    against the vertegenwoordiger only (9.1.1).
    """
    royement = lock(royement, by=by)
    return add_step(
        royement,
        Soort.VOORSTELLEN,
        op=op,
        gegevens={
            "over": over,
            "vorm": vorm,
            "in_gebreke": in_gebreke,
            "eenmanszaak": eenmanszaak,
        },
        tekst=tekst,
        by=by,
    )


@transaction.atomic
def add_stuk(royement: Royement, *, stuk: Pdfstuk, omschrijving: str, by: Actor) -> Royementstuk:
    """Put a document in the file; the practice itself may do so as well (9.2b, 9.2d).

    `ValidationError` at `bestand` when it is there already, or when there are too many.
    """
    royement = Royement.objects.select_for_update().get(pk=royement.pk)
    if not gang.read(royement).is_open:
        raise ValidationError(_("Deze procedure is klaar. Er komt niets meer bij."))
    highest = royement.stukken.aggregate(n=Max("nummer"))["n"] or 0
    if highest >= MAX_STUKKEN:
        raise ValidationError(
            {"bestand": _("Een dossier heeft hoogstens %s stukken. Voeg ze samen.") % MAX_STUKKEN}
        )
    with refusing(Royementstuk, velden={"royementstuk_eenmaal": "bestand"}):
        row = Royementstuk.objects.create(
            kring_id=royement.kring_id,
            royement=royement,
            nummer=highest + 1,
            naam=stuk.naam,
            omschrijving=omschrijving,
            grootte=stuk.grootte,
            sha256=stuk.sha256,
            inhoud=stuk.inhoud,
            van_betrokkene=wie.represents(royement, by.gebruiker_id),
            door_id=by.person_id,
        )
    logboek.record(
        "royement.stuk",
        "C",
        by=by,
        kring_id=royement.kring_id,
        object_soort="royementstuk",
        object_id=row.pk,
    )
    return row


@transaction.atomic
def react(royement: Royement, *, tekst: str, by: Actor) -> Royementstap:
    """Keep the own words of the practice with the file, as long as it is not decided (9.2d)."""
    royement = Royement.objects.select_for_update().get(pk=royement.pk)
    if not wie.represents(royement, by.gebruiker_id):
        raise ValidationError(_("Alleen de vertegenwoordiger van de praktijk schrijft dit."))
    if not gang.read(royement).is_open:
        raise ValidationError(_("Deze procedure is klaar. Er komt niets meer bij."))
    stap = Royementstap(
        kring_id=royement.kring_id,
        royement=royement,
        volgnummer=royement.stappen.count() + 1,
        soort=Soort.ZIENSWIJZE,
        op=to_local(db_now()).date(),
        tekst=tekst.strip(),
        door_id=by.person_id,
    )
    return write(stap, by=by)


@transaction.atomic
def put_on_agenda(royement: Royement, *, vergadering: Vergadering, by: Actor) -> Agendapunt:
    """Put what must be decided now on the agenda of a meeting that is not called yet.

    Its title names no practice: it may stand in a mail.
    """
    royement = lock(royement, by=by)
    dossier = gang.read(royement)
    wanted = gang.point_for(dossier)
    if wanted is None:
        raise ValidationError(_("Nu is er niets waarover de vergadering beslist."))
    if dossier.waiting_point is not None:
        raise ValidationError(
            {"vergadering": _("Dit staat al op een agenda. Haal het daar eerst af.")}
        )
    if vergadering.zitting != wanted.zitting:
        raise ValidationError({"vergadering": wanted.zitting_zin})
    return add_point(
        vergadering,
        titel=wanted.titel,
        toelichting=wanted.toelichting,
        besluitsoort=wanted.besluitsoort,
        royement=royement,
        by=by,
    )
