"""The call in brief, for a dentist with one hand free at night."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from kern.tijd import to_local
from rooster.wacht import places_at
from triage import protocol_teksten as teksten
from triage.bord import complaints_text
from triage.contact import CONTACT
from triage.forms import BevestigForm, DoorgeefForm, EigenBesluitForm
from triage.intake import age_on, facts_of
from triage.models import Oproep, Tandartsbericht
from triage.scherm.tandarts import asks_grounds, besluit_form
from triage.scherm.uitkomst import outcome

# What a dentist asks first, in this order.
_VRAAGT = (
    "antitrombotica",
    "aandoeningen",
    "koorts",
    "nrs",
    "pijnstilling_ingenomen",
    "pijnstilling_middel_en_dosis",
    "pijnstilling_verbetering",
    "bloeding_ernst",
    "bloeding_minuten_dichtgebeten",
    "avulsie_element",
    "avulsie_bewaard",
    "verloop",
)
_LABELS = {
    "antitrombotica": _lazy("Bloedverdunners"),
    "aandoeningen": _lazy("Ziekte, medicijnen"),
    "koorts": _lazy("Koorts"),
    "nrs": _lazy("Pijncijfer"),
    "pijnstilling_ingenomen": _lazy("Pijnstiller genomen"),
    "pijnstilling_middel_en_dosis": _lazy("Welke en hoeveel"),
    "pijnstilling_verbetering": _lazy("Pijnstiller helpt"),
    "bloeding_ernst": _lazy("Bloeding"),
    "bloeding_minuten_dichtgebeten": _lazy("Minuten dichtgebeten"),
    "avulsie_element": _lazy("Welke tand"),
    "avulsie_bewaard": _lazy("Waar is de tand"),
    "verloop": _lazy("Verloop"),
}
_DRINGEND = {("antitrombotica", "ja"), ("antitrombotica", "onbekend"), ("koorts", "ja")}


def page(bericht: Tandartsbericht, nu: datetime, **forms_: Any) -> dict:
    """Return the context of the page; bound forms take the place of fresh ones."""
    oproep = bericht.oproep
    anderen = others_on_duty(bericht, nu)
    spoken = oproep.contactpogingen.standing().filter(resultaat__in=CONTACT).exists()
    other = spoken and oproep.behandelaar_id not in (None, bericht.tandarts_id)
    return {
        "bericht": bericht,
        "oproep": oproep,
        "nu": nu,
        "klacht": complaints_text(oproep.antwoorden.get("klachten")),
        "uitkomst": outcome(oproep),
        "leeftijd": _age(oproep),
        "feiten": facts(oproep),
        "sinds": oproep.antwoorden.get("klacht_sinds_uren"),
        "agressie": oproep.antwoorden.get("agressie") in ("onaangepast", "dreigend"),
        "telefoon": _telephone(oproep),
        "anderen": anderen,
        "ander_gesproken": oproep.behandelaar if other else None,
        "kan_antwoorden": oproep.status != Oproep.Status.AFGEROND
        and bericht.doorgegeven_op is None
        and not other,
        "is_gesproken": spoken and oproep.behandelaar_id == bericht.tandarts_id,
        "vraagt_gronden": asks_grounds(oproep),
        "bevestig_form": forms_.get("bevestig")
        or BevestigForm(initial={"aanwezig_om": bericht.aanwezig_om}),
        "doorgeef_form": forms_.get("doorgeven") or DoorgeefForm(anderen=anderen),
        "besluit_form": forms_.get("besluit") or _fresh_decision(oproep, nu),
    }


def _fresh_decision(oproep: Oproep, nu: datetime) -> EigenBesluitForm:
    """Return the form with nothing chosen beforehand: a thumb that slips must not decide."""
    initial = {**besluit_form(oproep, nu).initial, "besluit": oproep.besluit}
    return EigenBesluitForm(oproep=oproep, initial=initial)


def others_on_duty(bericht: Tandartsbericht, nu: datetime) -> list:
    """Return the dentists who are on duty now, without the one who reads this."""
    places = places_at(nu, kring_id=bericht.kring_id)
    return [p.tandarts for p in places if p.tandarts_id != bericht.tandarts_id]


def facts(oproep: Oproep) -> list[dict]:
    """Return the answers that a dentist asks for, in words; what was not asked is left out."""
    return [
        {
            "label": str(_LABELS[name]),
            "tekst": _words(name, oproep.antwoorden[name]),
            "dringend": (name, oproep.antwoorden[name]) in _DRINGEND,
        }
        for name in _VRAAGT
        if oproep.antwoorden.get(name) not in (None, "")
    ]


def _words(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("Ja") if value else _("Nee")
    return str(_(teksten.answer_label(name, value))) if value in teksten.ANTWOORDEN else str(value)


def _age(oproep: Oproep) -> int | None:
    if oproep.patient and oproep.patient.geboortedatum:
        return age_on(oproep.patient.geboortedatum, to_local(oproep.aangenomen_op).date())
    return facts_of(oproep).leeftijd_jaren


def _telephone(oproep: Oproep) -> str:
    return (oproep.patient.telefoon if oproep.patient else "") or oproep.telefoon_beller
