"""The whole context of the call screen."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.utils.translation import gettext as _

from kern.tijd import db_now
from kern.weergave import format_telefoon
from triage import afronding, intake
from triage.bord import complaints_text
from triage.contact import Bereik
from triage.forms import (
    AfbreekForm,
    AfrondenForm,
    AntwoordenForm,
    EigenTandartsForm,
    OphogenForm,
    PatientForm,
    TerugnemenForm,
)
from triage.models import Oproep, Patient
from triage.scherm.beller import earlier_calls, known_of, matches
from triage.scherm.gedrag import ladder
from triage.scherm.script import script, summary
from triage.scherm.tandarts import Beurt, duty_part
from triage.scherm.uitkomst import Uitkomstkaart, outcome
from triage.scherm.verwijzen import referral
from triage.scherm.vragen import complaint_keys, questions, source_of, visible_rand
from triage.versies.herhaling import Zounu, would_now


def page(oproep: Oproep, **forms_: Any) -> dict:
    """Return the whole context of the call screen; bound forms take the place of fresh ones."""
    nu = db_now()
    antwoorden = forms_.get("antwoorden") or AntwoordenForm(
        initial=AntwoordenForm.initial_of(oproep, nu)
    )
    patient = forms_.get("patient") or patient_form(oproep)
    vragen = questions(oproep, antwoorden, nu)
    bekend = known_of(oproep, patient)
    dienst = duty_part(oproep, nu, **forms_)
    uitkomst = outcome(oproep)
    return {
        **dienst,
        "oproep": oproep,
        "nu": nu,
        "venster": forms_.get("venster") or uuid4().hex,
        "klacht": complaints_text(oproep.antwoorden.get("klachten")),
        "antwoorden": antwoorden,
        "klachttoetsen": complaint_keys(vragen),
        "vragen": [box for box in vragen if box.staat != "vrij"],
        "vrije_vragen": [box for box in vragen if box.staat == "vrij"],
        "rand": visible_rand(oproep, antwoorden),
        "bron_leeftijd": source_of("leeftijd_jaren"),
        "patient_form": patient,
        "treffers": matches(oproep, bekend, nu),
        "eerder": earlier_calls(oproep, bekend, nu),
        "uitkomst": uitkomst,
        "script": script(oproep, is_open=uitkomst.soort == "open"),
        "verwijzing": referral(oproep),
        "ladder": ladder(oproep),
        "ophogen_form": forms_.get("ophogen") or OphogenForm(),
        "terugnemen_form": forms_.get("terugnemen") or TerugnemenForm(),
        "niet_gevraagd": afronding.not_asked(oproep),
        "klaar_om_af_te_ronden": bool(oproep.besluit),
        "mag_ophogen": _may_raise(oproep, dienst["bereik"]),
        "samenvatting": summary(intake.facts_of(oproep)),
        "eigen_tandarts_form": forms_.get("eigen_tandarts") or EigenTandartsForm(prefix="et"),
        "afronden_form": forms_.get("afronden")
        or AfrondenForm(
            initial={
                "controles": oproep.afsluitcontroles,
                "betaling_gemeld": oproep.betaling_gemeld,
                "reden_geen_contact": oproep.reden_geen_contact,
                "toelichting_geen_contact": oproep.toelichting_geen_contact,
            }
        ),
        "afbreek_form": forms_.get("afbreken") or AfbreekForm(),
        "redenen": forms_.get("redenen", []),
        "conflict": forms_.get("conflict"),
        "ongeval_om": accident_at(oproep),
        "zou_nu": _replay(oproep, nu),
        "is_leeg": oproep.is_blanco and not (dienst["pogingen"] or dienst["berichten"]),
    }


def _with_turn(kaart: Uitkomstkaart, beurt: Beurt) -> Uitkomstkaart:
    """Let the outcome name whose turn it is: two cards may not send to two telephones."""
    titel = {
        "achterwacht": _("Bel nu de achterwacht"),
        "coordinator": _("Bel nu de coördinator"),
    }.get(beurt.rol)
    return replace(kaart, titel=titel) if titel and kaart.soort == "verplicht" else kaart


def _replay(oproep: Oproep, nu: datetime) -> Zounu | None:
    """Return what today's protocol would say of a call that is over; a running one has its own."""
    over = oproep.status in (Oproep.Status.GEZIEN, Oproep.Status.AFGEROND)
    return would_now(oproep, nu) if over else None


def _may_raise(oproep: Oproep, bereik: Bereik) -> bool:
    """Whether there is something to raise: an outcome below "verplicht" on a running call."""
    return bool(
        oproep.uitkomst
        and oproep.contact != Oproep.Contact.VERPLICHT
        and not bereik.gesproken
        and oproep.status != Oproep.Status.AFGEROND
    )


def patient_form(oproep: Oproep) -> PatientForm:
    """Return the patient form as stored; the caller's number is a first guess for the phone."""
    patient = oproep.patient or Patient(telefoon=oproep.telefoon_beller)
    return PatientForm(instance=patient, initial={"telefoon": format_telefoon(patient.telefoon)})


def accident_at(oproep: Oproep) -> datetime | None:
    """Return when the accident was: a second clock beside the norm, never a lower one (T-08)."""
    minutes = oproep.antwoorden.get("ongeval_minuten_geleden")
    if minutes is None:
        return None
    return intake.moment_of_contact(oproep, oproep.antwoorden) - timedelta(minutes=minutes)
