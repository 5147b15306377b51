"""The only door to the address book: add, change, check, and tell that something is wrong.

Where a report goes to is a security matter: whoever can change a mailbox can read a report. So a
check holds for one address, a change drops it, what was checked is changed by the coordinator
alone, and every step stays readable (`Adreswijziging`).
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from kern import logboek
from kern.actor import Actor
from kern.outbox import is_mailable
from kern.toegang import Rol
from kern.weigering import refusing
from kring.models import Adreswijziging, EigenTandarts

VELDEN = ("naam", "praktijk", "plaats", "email", "telefoon", "agb_code")
GECONTROLEERD = ("naam", "praktijk", "email", "telefoon")
"""What a check is about: that this person, at this practice, has this mailbox and this number."""

CONSTRAINTS = {"eigentandarts_email_uniek": "email"}
Controle, Wat = EigenTandarts.Controle, Adreswijziging.Wat


@transaction.atomic
def add_eigen_tandarts(
    *,
    kring_id: int,
    naam: str,
    praktijk: str,
    by: Actor,
    email: str = "",
    telefoon: str = "",
    plaats: str = "",
    agb_code: str = "",
) -> EigenTandarts:
    """Add a dentist to the address book of the handover; mailbox and number may come later."""
    row = EigenTandarts(
        kring_id=kring_id,
        naam=naam,
        praktijk=praktijk,
        plaats=plaats,
        email=email,
        telefoon=telefoon,
        agb_code=agb_code,
    )
    _check_mailbox(email)
    with refusing(EigenTandarts, velden=CONSTRAINTS):
        row.save(force_insert=True)
    _note(row, Wat.TOEGEVOEGD, by)
    _record("eigentandarts.toegevoegd", "C", row, by)
    return row


@transaction.atomic
def change_eigen_tandarts(row: EigenTandarts, *, by: Actor, **velden: object) -> EigenTandarts:
    """Change an address; reports that already left keep the address they were sent to."""
    if unknown := velden.keys() - set(VELDEN):
        raise TypeError(f"eigentandarts has no {', '.join(sorted(unknown))}")
    row = _locked(row)
    voor = {naam: getattr(row, naam) for naam in velden if getattr(row, naam) != velden[naam]}
    if not voor:
        return row
    if not may_change(row, by):
        raise ValidationError(
            _(
                "Dit adres is gecontroleerd. Alleen de coördinator kan het wijzigen. Klopt er iets "
                "niet? Meld het dan onderaan deze pagina. Moet een verslag vannacht nog weg, voeg "
                "de tandarts dan opnieuw toe."
            )
        )
    na = {naam: velden[naam] for naam in voor}
    _check_mailbox(str(na.get("email", "")))
    for naam, waarde in na.items():
        setattr(row, naam, waarde)
    if na.keys() & set(GECONTROLEERD):
        _set(row, Controle.NIET)
    with refusing(EigenTandarts, velden=CONSTRAINTS):
        row.save()
    _note(row, Wat.GEWIJZIGD, by, voor=voor, na=na)
    _record("eigentandarts.gewijzigd", "U", row, by)
    return row


def _check_mailbox(email: str) -> None:
    """Refuse now what would stop the report when it leaves."""
    if email and not is_mailable(email):
        raise ValidationError({"email": _("Naar dit adres gaat geen mail. Controleer elk teken.")})


def may_change(row: EigenTandarts, by: Actor) -> bool:
    """Whether this person may change this address: a checked one only the coordinator.

    Also when somebody called it wrong since: else that word would open it, and one person could
    turn mailbox and number, both factors, of a practice that was checked.
    """
    return row.gecontroleerd_op is None or by.gebruiker_id is None or Rol.COORDINATOR in by.rollen


@transaction.atomic
def check_adres(
    row: EigenTandarts, *, email: str, telefoon: str, by: Actor, toelichting: str = ""
) -> EigenTandarts:
    """Note that somebody asked the practice and that this mailbox and number are right.

    `email` and `telefoon` are what that person had before them: a change of a moment ago is not
    checked along with them.
    """
    row = _locked(row)
    if (row.email, row.telefoon) != (email, telefoon):
        raise ValidationError(
            _("Iemand heeft dit adres net gewijzigd. Controleer het opnieuw bij de praktijk.")
        )
    if not (row.email or row.telefoon):
        raise ValidationError(_("Vul eerst een e-mailadres of een telefoonnummer in."))
    _set(row, Controle.JA, by=by)
    row.save()
    _note(row, Wat.GECONTROLEERD, by, toelichting=toelichting)
    _record("eigentandarts.gecontroleerd", "U", row, by)
    return row


@transaction.atomic
def report_fout(row: EigenTandarts, *, reden: str, by: Actor) -> EigenTandarts:
    """Note that this address is wrong; said again of a wrong one it changes nothing."""
    row = _locked(row)
    if row.controle == Controle.FOUT:
        return row
    # When and by whom it was checked stays: `may_change` asks.
    row.controle, row.fout_reden = Controle.FOUT, reden[:200]
    row.save()
    _note(row, Wat.FOUT_GEMELD, by, toelichting=reden)
    _record("eigentandarts.fout_gemeld", "U", row, by)
    return row


def _locked(row: EigenTandarts) -> EigenTandarts:
    # Not against those who only point at the row.
    return EigenTandarts.objects.select_for_update(no_key=True).get(pk=row.pk)


def _set(row: EigenTandarts, controle: str, *, by: Actor | None = None) -> None:
    row.controle = controle
    row.gecontroleerd_op = Now() if by else None
    row.gecontroleerd_door_id = by.gebruiker_id if by else None
    row.fout_reden = ""


def _note(
    row: EigenTandarts,
    wat: str,
    by: Actor,
    *,
    voor: dict | None = None,
    na: dict | None = None,
    toelichting: str = "",
) -> None:
    Adreswijziging.objects.create(
        kring_id=row.kring_id,
        eigen_tandarts=row,
        wat=wat,
        voor=voor or {},
        na=na or {},
        toelichting=toelichting[:200],
        gedaan_door=by.naam[:200],
    )


def _record(gebeurtenis: str, actie: str, row: EigenTandarts, by: Actor) -> None:
    logboek.record(
        gebeurtenis,
        actie,
        by=by,
        kring_id=row.kring_id,
        object_soort="eigentandarts",
        object_id=row.pk,
    )
