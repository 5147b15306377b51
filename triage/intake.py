"""From the rows of a call to the facts of the protocol, and from its outcome back to the row.

The age follows from the birth date as soon as that is known; until then the estimate that the
assistant typed counts, so that no identity field has to come before the outcome.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Min

from kern.tijd import to_local
from triage import herhaling, protocol
from triage.lezing import reading_of
from triage.ophogen import applying
from triage.protocol import Feiten, Uitkomst
from triage.protocol.feiten import DEFAULTS
from triage.protocol.termijnen import Soort

if TYPE_CHECKING:
    from triage.models import Oproep, Patient

# Not typed in the answers but known from elsewhere.
_AFGELEID = frozenset(
    {
        "tijdstip",
        "naam",
        "adres",
        "woonplaats",
        "telefoon",
        "bsn",
        "eigen_tandarts",
        "omschrijving",
    }
)
ANTWOORDVELDEN = frozenset(DEFAULTS) - _AFGELEID
_EIGEN_TANDARTS = {"ja": "ja", "nee": "geen"}


def age_on(geboortedatum: date, dag: date) -> int:
    """Return completed years; someone born on 29 February turns a year older on 1 March."""
    had_birthday = (dag.month, dag.day) >= (geboortedatum.month, geboortedatum.day)
    return dag.year - geboortedatum.year - (not had_birthday)


def moment_of_contact(oproep: "Oproep", antwoorden: Mapping[str, Any]) -> datetime:
    """Return when this contact began: the call, or the moment at which the patient rang back."""
    minutes = antwoorden.get("minuten_sinds_eerste_contact")
    if minutes is None:
        return oproep.aangenomen_op
    # Of a joined call the minutes may be a few seconds short of its own beginning.
    since_first = herhaling.first_contact_at(oproep) + timedelta(minutes=minutes)
    return max(oproep.aangenomen_op, since_first)


def facts_of(oproep: "Oproep", antwoorden: Mapping[str, Any] | None = None) -> Feiten:
    """Return the facts of a call; `antwoorden` replaces the stored answers."""
    stored = oproep.antwoorden if antwoorden is None else antwoorden
    # An answer of an older form that the protocol no longer knows has no say.
    values = {name: value for name, value in stored.items() if name in ANTWOORDVELDEN}
    if oproep.gedrag and values.get("agressie") != "dreigend":
        # A step of the ladder that was taken is a fact, whatever the form says.
        values["agressie"] = oproep.gedrag
    values |= _patient_facts(oproep.patient, oproep)
    moment = moment_of_contact(oproep, stored)
    values |= {"tijdstip": to_local(moment), "omschrijving": oproep.omschrijving}
    if values.get("verbetering_sinds_advies") and not values.get("herhaalcontact"):
        values |= {
            "herhaalcontact": True,
            "eerdere_uitkomst": herhaling.advice_for_complaints(values.get("klachten") or ()),
        }
    values |= _painkiller_since(values, moment - oproep.aangenomen_op)
    return Feiten.from_mapping(values)


def _painkiller_since(values: Mapping[str, Any], passed: timedelta) -> dict[str, Any]:
    """Return what the time between call and call-back did to the answers about the painkiller.

    "Half an hour ago" was said when the call began; when the patient rings back it is longer ago,
    and "not better" is then about the painkiller as well (row 2 of the scheme).
    """
    facts: dict[str, Any] = {}
    taken = values.get("pijnstilling_minuten_geleden")
    if taken is not None:
        facts["pijnstilling_minuten_geleden"] = taken + int(passed.total_seconds() // 60)
    better = values.get("verbetering_sinds_advies")
    if better in ("nee", "erger") and values.get("pijnstilling_ingenomen") == "ja":
        facts["pijnstilling_verbetering"] = better
    return facts


def _patient_facts(patient: "Patient | None", oproep: "Oproep") -> dict[str, Any]:
    if patient is None:
        return {"telefoon": oproep.telefoon_beller or None}
    facts: dict[str, Any] = {
        "naam": patient.naam,
        "adres": patient.adres,
        "woonplaats": patient.woonplaats,
        "telefoon": patient.telefoon or oproep.telefoon_beller,
        "bsn": patient.bsn,
        "eigen_tandarts": _EIGEN_TANDARTS.get(patient.heeft_eigen_tandarts),
    }
    if patient.geboortedatum:
        day = to_local(oproep.aangenomen_op).date()
        facts["leeftijd_jaren"] = age_on(patient.geboortedatum, day)
    return facts


def keep_visible(oproep: "Oproep", antwoorden: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers that count: those of hidden questions and empty ones go (U3)."""
    feiten, lezing = facts_of(oproep, antwoorden), reading_of(oproep)
    visible = lezing.relevant_fields(feiten) & ANTWOORDVELDEN
    return {
        name: value
        for name, value in antwoorden.items()
        if name in visible and value not in (None, "", [], DEFAULTS[name])
    }


def judge(oproep: "Oproep") -> Uitkomst:
    """Return what the protocol of the call says about it as it stands."""
    return reading_of(oproep).evaluate(facts_of(oproep))


def apply_outcome(oproep: "Oproep", uitkomst: Uitkomst) -> None:
    """Copy the outcome to the row; the deadlines count from the contact on the database clock.

    What a person raised stays raised, also when the complaint is taken away again.
    """
    if not uitkomst.is_judged:
        # "Niet spoed" is no answer to a question that nobody asked yet.
        oproep.uitkomst, oproep.contact, oproep.urgentie = {}, oproep.opgehoogd_naar, ""
        oproep.zien_voor = oproep.streef_voor = oproep.terugbellen_om = None
        return
    oproep.uitkomst = uitkomst.as_record()
    record = applying(oproep)
    oproep.contact, oproep.urgentie = record["contact_tandarts"], record["urgentie"]
    oproep.zien_voor = _deadline(oproep, record["zien_binnen_min"])
    oproep.streef_voor = _deadline(oproep, record["streef_zien_binnen_min"])
    oproep.terugbellen_om = _deadline(oproep, record["terugbel_minuten"])


def note_moments(oproep: "Oproep", nu: datetime) -> None:
    """Keep when the first outcome stood, and since when the dentist has to be called (U14).

    While a question is open that can still change whom to call, the screen shows no outcome but
    "nog 2 vragen"; so that does not count. A complaint that was chosen by mistake and put right
    leaves no obligation behind; the first outcome stays the first, whatever it became later. An
    obligation that comes back counts from its first moment: ticking again buys no new minutes.
    """
    if oproep.contact != oproep.Contact.VERPLICHT:
        oproep.verplicht_op = None
    due = oproep.contact == oproep.Contact.VERPLICHT and oproep.verplicht_op is None
    if not oproep.uitkomst or not (due or oproep.uitkomst_op is None):
        return
    feiten = facts_of(oproep)
    # What a person raised waits for no question.
    if not oproep.opgehoogd_naar and not protocol.is_settled(
        feiten.klachten, feiten, reading_of(oproep)
    ):
        return
    if oproep.is_nagevoerd:
        # The paper had the outcome when the telephone rang, not when it was typed in.
        nu = moment_of_contact(oproep, oproep.antwoorden)
    oproep.uitkomst_op = oproep.uitkomst_op or nu
    if due:
        oproep.verplicht_op = _first_due(oproep) or nu


def _first_due(oproep: "Oproep") -> datetime | None:
    """Return when the clock of the obligation first began in this call, if it ever did."""
    clocks = oproep.termijnen.filter(soort=Soort.CONTACT_TANDARTS)
    return clocks.aggregate(eerst=Min("begint_op"))["eerst"]


def _deadline(oproep: "Oproep", minutes: int | None) -> datetime | None:
    """Return the end of a term; none for a call from paper whose term was over at the entry.

    What was over by then rings nobody any more; what still runs, runs on.
    """
    if minutes is None:
        return None
    moment = moment_of_contact(oproep, oproep.antwoorden) + timedelta(minutes=minutes)
    return None if oproep.is_nagevoerd and moment <= oproep.aangemaakt_op else moment
