"""Send the report to the own dentist, over the channel that fits, and take it back."""

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from kern import logboek, outbox
from kern.actor import Actor
from kern.tijd import db_now
from kring.models import EigenTandarts
from triage.models import JaNeeOnbekend
from verslag import kanalen
from verslag.actions.fouten import NietDeBehandelaar, OverdrachtGeweigerd
from verslag.actions.taak import close_taak, open_taak
from verslag.actions.vervolg import end_with_own_dentist
from verslag.kanaalkeuze import Kanaal, Keuze, Reden
from verslag.kanalen import ophalen
from verslag.models import Overdracht, Pakket, Taak, Verslagversie


def hand_over(versie: Verslagversie, *, replaces: Verslagversie | None, by: Actor) -> None:
    """Hand a fresh version over; the link of the version it replaces dies if nobody used it."""
    if replaces is not None:
        for overdracht in replaces.overdrachten.filter(
            ingetrokken_op__isnull=True, opgehaald_op__isnull=True
        ):
            withdraw_unopened(overdracht, by)
    recipient = recipient_of(versie)
    if recipient is not None:
        _create(versie, recipient, by)


def recipient_of(versie: Verslagversie) -> EigenTandarts | None:
    """Return the own dentist of the patient, when there is one with an address."""
    patient = versie.verslag.dossier.patient
    if patient.heeft_eigen_tandarts != JaNeeOnbekend.JA:
        return None
    return patient.eigen_tandarts


@transaction.atomic
def send_overdracht(versie: Verslagversie, *, by: Actor) -> Overdracht:
    """Send a signed version that has no living handover: the address came later, or was wrong."""
    lock_newest(versie, by)
    recipient = recipient_of(versie)
    if recipient is None:
        raise OverdrachtGeweigerd(_("Van deze patiënt is geen eigen tandarts met adres bekend."))
    if versie.overdrachten.filter(ontvanger=recipient, ingetrokken_op__isnull=True).exists():
        raise OverdrachtGeweigerd(_("Dit verslag is al naar deze tandarts gestuurd."))
    return _create(versie, recipient, by)


def lock_newest(versie: Verslagversie, by: Actor) -> None:
    """Hold the report for its author; only the newest version goes out."""
    _require_author(versie, by)
    # The row of the report is the lock of everything that hangs below it.
    type(versie.verslag).objects.select_for_update().get(pk=versie.verslag_id)
    if versie != versie.verslag.versies.last():
        raise OverdrachtGeweigerd(_("Er is een nieuwere versie van dit verslag. Verstuur die."))


def _create(versie: Verslagversie, recipient: EigenTandarts, by: Actor) -> Overdracht:
    overdracht = Overdracht(kring_id=versie.kring_id, versie=versie, ontvanger=recipient)
    kanalen.issue(overdracht, nu=db_now())
    overdracht.save()
    _after_issue(overdracht, by)
    record("overdracht.verzonden", "E", overdracht, by)
    return overdracht


def _after_issue(overdracht: Overdracht, by: Actor) -> None:
    """What leaves by itself carries the follow-up along; the rest is work for a person (§4.2)."""
    if overdracht.is_op_hand:
        open_taak(
            kring_id=overdracht.kring_id,
            soort=Taak.Soort.GEEN_KANAAL,
            sleutel=_paper_key(overdracht),
            by=by,
            overdracht=overdracht,
            uitleg=overdracht.kanaal_zin
            + " "
            + _("Vul het adres aan en verstuur opnieuw, of geef de brief af en leg dat vast."),
        )
    else:
        take_along(overdracht, by)


def take_along(overdracht: Overdracht, by: Actor) -> None:
    """The report reaches the own dentist: the follow-up is theirs, and paper is not needed."""
    end_with_own_dentist(overdracht.versie.verslag, by=by)
    done = Taak.Oplossing.PAPIER if overdracht.is_op_hand else Taak.Oplossing.OPNIEUW
    close_taak(kring_id=overdracht.kring_id, sleutel=_paper_key(overdracht), by=by, oplossing=done)


def _paper_key(overdracht: Overdracht) -> str:
    return f"papier|{overdracht.pk}"


@transaction.atomic
def resend_overdracht(overdracht: Overdracht, *, by: Actor, met_code: bool = False) -> Overdracht:
    """Send it again, to the recipient as in the address book now; the old link dies.

    A lost link is made anew, never recovered: nobody has it but the recipient. `met_code`: by the
    pick-up, because the recipient cannot open the mail.
    """
    overdracht = _locked(overdracht, by)
    if overdracht.ingetrokken_op is not None:
        raise OverdrachtGeweigerd(
            _("Deze overdracht is ingetrokken. Verstuur het verslag opnieuw.")
        )
    if overdracht.versie != overdracht.versie.verslag.versies.last():
        raise OverdrachtGeweigerd(_("Er is een nieuwere versie van dit verslag. Verstuur die."))
    if overdracht.overhandigd_op is not None:
        raise OverdrachtGeweigerd(_("Het verslag is al overhandigd. Dat staat vast."))
    keuze = None
    if met_code:
        recipient = overdracht.ontvanger
        if not (recipient.email and recipient.telefoon):
            raise OverdrachtGeweigerd(
                _("Ophalen kan alleen met een e-mailadres en een telefoonnummer in het adresboek.")
            )
        if recipient.controle == EigenTandarts.Controle.FOUT:
            raise OverdrachtGeweigerd(
                _("Van dit adres is gemeld dat het niet klopt. Laat het eerst verbeteren.")
            )
        keuze = Keuze(Kanaal.OPHALEN, (Reden.ZELF_GEKOZEN,))
    _stop_message(overdracht)
    kanalen.issue(overdracht, nu=db_now(), keuze=keuze)
    overdracht.save()
    _after_issue(overdracht, by)
    record("overdracht.opnieuw", "E", overdracht, by)
    return overdracht


@transaction.atomic
def withdraw_overdracht(overdracht: Overdracht, *, by: Actor) -> bool:
    """Kill the link, or stop the mail that waits; False when that was done, or is too late."""
    return _withdraw(_locked(overdracht, by), by)


def withdraw_unopened(overdracht: Overdracht, by: Actor) -> bool:
    """Kill the link unless the recipient used it; the caller holds the report."""
    return _withdraw(overdracht, by, only_unopened=True)


def _withdraw(overdracht: Overdracht, by: Actor, *, only_unopened: bool = False) -> bool:
    rows = Overdracht.objects.filter(
        pk=overdracht.pk, ingetrokken_op__isnull=True, overhandigd_op__isnull=True
    )
    if only_unopened:
        # Asked again inside the statement: the recipient may be opening it right now.
        rows = rows.filter(opgehaald_op__isnull=True)
    if overdracht.is_mail and not _stop_message(overdracht, also_leaving=False):
        # The whole report is in the mailbox of the recipient, or may be at any moment: nothing
        # here can take it back.
        return False
    if not rows.update(ingetrokken_op=Now(), gewijzigd_op=Now()):
        return False
    ophalen.close(overdracht, Pakket.Einde.INGETROKKEN)
    record("overdracht.ingetrokken", "U", overdracht, by)
    return True


def _stop_message(overdracht: Overdracht, *, also_leaving: bool = True) -> bool:
    bericht = overdracht.bericht
    return bericht is not None and outbox.withdraw(bericht, also_leaving=also_leaving)


def _locked(overdracht: Overdracht, by: Actor) -> Overdracht:
    Overdracht.objects.select_for_update().get(pk=overdracht.pk)
    overdracht = Overdracht.objects.select_related(
        "bericht", "ontvanger", "versie__verslag__dossier", "versie__verslag__auteur"
    ).get(pk=overdracht.pk)
    _require_author(overdracht.versie, by)
    return overdracht


def _require_author(versie: Verslagversie, by: Actor) -> None:
    if by.gebruiker_id is not None and versie.verslag.auteur.gebruiker_id != by.gebruiker_id:
        raise NietDeBehandelaar


def record(
    gebeurtenis: str, actie: str, overdracht: Overdracht, by: Actor, *, uitkomst: str = "geslaagd"
) -> None:
    """Write the log line of a handover."""
    logboek.record(
        gebeurtenis,
        actie,
        by=by,
        kring_id=overdracht.kring_id,
        object_soort="overdracht",
        object_id=overdracht.pk,
        patient_id=overdracht.versie.verslag.dossier.patient_id,
        uitkomst=uitkomst,
    )
