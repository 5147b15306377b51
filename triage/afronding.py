"""May this call be closed, and if not: what is still to be done, in sentences.

The law stands in `triage.protocol`; here the rows of a call are put before it. Two reasons are
ours: what the dentist decided has to be on paper, and a running call-back holds the call open.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from rooster.wacht import places_at
from triage import bloedinginstructie, contact, herhaling, intake, protocol, protocol_teksten
from triage.lezing import reading_of
from triage.protocol import Procesfeiten, Procesoordeel
from triage.redenen import VELD_BIJ, Reden
from triage.tandartsbesluit import ALS_IN_PROTOCOL

if TYPE_CHECKING:
    from triage.models import Oproep

# key, question: the closing checks of Bijlage 1 §2.4, in our own words.
CONTROLES = (
    ("zorgvraag", _lazy("Heb ik goed begrepen waarvoor u belt?")),
    ("pijn", _lazy("Heb ik goed begrepen hoeveel pijn u heeft?")),
    ("vervolg", _lazy("Is duidelijk wat er nu gaat gebeuren?")),
    ("tevreden", _lazy("Bent u zo geholpen?")),
)


def process_facts(oproep: "Oproep") -> Procesfeiten:
    """Return what happened after triage, for the protocol to judge."""
    return Procesfeiten(
        contact_tandarts=oproep.contact or None,
        regels=tuple(regel["id"] for regel in oproep.uitkomst.get("regels", [])),
        contactpogingen=contact.as_facts(oproep.contactpogingen.as_events()),
        besluit_tandarts=ALS_IN_PROTOCOL.get(oproep.besluit, oproep.besluit) or None,
        zwaarwegende_gronden=oproep.zwaarwegende_gronden or None,
        reden_geen_contact=_reason_to_skip(oproep),
        afspraak_om=oproep.afspraak_om.isoformat() if oproep.afspraak_om else None,
        betaling_geinformeerd=oproep.betaling_gemeld,
        controle_uitkomst=frozenset(oproep.afsluitcontroles),
    )


def _reason_to_skip(oproep: "Oproep") -> str | None:
    """Return why a recommended contact was skipped; "anders" counts with its words only (U12)."""
    Reason = oproep.RedenGeenContact  # noqa: N806 (a class)
    if oproep.reden_geen_contact == Reason.ANDERS:
        return oproep.toelichting_geen_contact.strip() or None
    return oproep.get_reden_geen_contact_display() or None


def process_judgement(oproep: "Oproep") -> Procesoordeel:
    """Return what the protocol of the call says about the steps after triage."""
    return protocol.judge_process(process_facts(oproep), reading_of(oproep).instellingen)


def intake_faults(oproep: "Oproep") -> list[str]:
    """Return the keys of what is missing or wrong in the intake."""
    return protocol.validate(intake.facts_of(oproep), reading_of(oproep).instellingen)


def reasons_not_to_close(oproep: "Oproep") -> list[Reden]:
    """Return Dutch sentences with their field; an empty list means that the call may be closed."""
    faults = sorted(
        [*intake_faults(oproep), *process_judgement(oproep).fouten], key=list(VELD_BIJ).index
    )
    reasons = [Reden(str(_(protocol_teksten.FOUTEN[key])), VELD_BIJ[key]) for key in faults]
    return reasons + _own_reasons(oproep)


def not_asked(oproep: "Oproep") -> list[str]:
    """Return the optional questions that nobody answered: allowed, and counted (U4)."""
    feiten = intake.facts_of(oproep)
    visible = protocol.visible_questions(feiten.klachten, feiten, reading_of(oproep))
    # The question of a call back belongs to a later conversation.
    return [
        vraag.veld
        for vraag in visible
        if vraag.veld != "verbetering_sinds_advies" and getattr(feiten, vraag.veld) in (None, "")
    ]


def reasons_not_to_abort(oproep: "Oproep", nu: datetime) -> list[str]:
    """Return Dutch sentences; an empty list means that the call may be closed halfway.

    Who hung up has no name and answers nothing more, so neither holds it open. What the patient
    was owed does: the obligatory dentist, and a call back that can still be made.
    """
    reasons = []
    if oproep.afbreekreden not in oproep.Afbreekreden.values:
        reasons.append(_("Kies waarom het gesprek is afgebroken."))
    if oproep.afbreekreden == oproep.Afbreekreden.ANDERS and not oproep.afbreek_toelichting.strip():
        reasons.append(_("Schrijf op waarom het gesprek is afgebroken."))
    if owes_dentist(oproep):
        reasons += _dentist_not_told(oproep, nu)
    if _can_call_back(oproep) and oproep.terugbellen_om > nu:
        reasons.append(_("Er loopt nog een terugbelmoment. Bel de patiënt dan eerst terug."))
    return reasons


def owes_dentist(oproep: "Oproep") -> bool:
    """Whether a dentist had to be spoken to and was not."""
    return "tandartscontact_ontbreekt" in process_judgement(oproep).fouten


# Whose turn it is -> what has to be done before "niet bereikt" is the truth.
_NOG_BELLEN = {
    "dienstdoende": _lazy("Bel eerst de dienstdoende. Leg elke poging vast."),
    "achterwacht": _lazy("Bel eerst ook de achterwacht. Leg elke poging vast."),
}


def _dentist_not_told(oproep: "Oproep", nu: datetime) -> list[str]:
    """Who was told stands in the ledger as "gesproken"; a word here alone is none (U10).

    Nobody was reached once the escalation has gone by every dentist on duty; where nobody is, the
    coordinator has to know it.
    """
    if oproep.afbreek_tandarts != oproep.AfbreekTandarts.NIET_BEREIKT:
        return [str(_(protocol_teksten.FOUTEN["tandartscontact_ontbreekt"]))]
    places = places_at(nu, kring_id=oproep.kring_id)
    attempts = list(oproep.contactpogingen.as_events())
    turn = contact.reach(
        attempts,
        nu,
        reading_of(oproep).instellingen,
        sinds=places[0].begin if places else None,
    ).rol
    if turn in {place.rol for place in places}:
        return [str(_NOG_BELLEN[turn])]
    return [] if attempts else [_("Bel eerst de coördinator. Leg dat vast.")]


def _can_call_back(oproep: "Oproep") -> bool:
    number = oproep.telefoon_beller or (oproep.patient and oproep.patient.telefoon)
    return oproep.status == oproep.Status.TERUGBELLEN and bool(number)


def _own_reasons(oproep: "Oproep") -> list[Reden]:
    reasons = []
    # With a later call joined to it the patient waits there, and is asked there.
    if oproep.status == oproep.Status.TERUGBELLEN and not herhaling.goes_on(oproep):
        text = _("Er loopt nog een terugbelmoment. Vraag de patiënt eerst of het beter gaat.")
        reasons.append(Reden(text, "id_verbetering_sinds_advies_0"))
    if oproep.behandelaar_id and not oproep.besluit:
        reasons.append(Reden(_("Leg vast wat de tandarts heeft besloten."), "besluit_besluit_0"))
    if oproep.contact == oproep.Contact.VERPLICHT and bloedinginstructie.rang_back(oproep):
        text = _(
            "De patiënt belde terug en het is niet goed. Bel de tandarts opnieuw, en leg vast."
        )
        reasons.append(Reden(text, "dienst"))
    if oproep.besluit == oproep.Besluit.ZIEN and oproep.afspraak_om is None:
        reasons.append(Reden(_("Spreek een tijd af waarop de patiënt komt."), "besluit_moment"))
    return reasons
