"""What the call screen shows: the questions worth asking, the outcome, the duty, the next steps.

Reads only. The outcome comes from the row as it was stored, so that an old call shows the ruleset
it was judged by.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kern.tijd import db_now, to_local
from kern.weergave import format_telefoon, format_tijd
from kring.models import Tandarts
from rooster.wacht import Dienstkaart, duty_card
from triage import afronding, intake, protocol
from triage import protocol_teksten as teksten
from triage.bord import complaints_text
from triage.contact import Bereik, reach
from triage.forms import (
    AfbreekForm,
    AfrondenForm,
    AntwoordenForm,
    BesluitForm,
    EigenTandartsForm,
    PatientForm,
)
from triage.models import Oproep, Patient
from triage.querysets import HERHAALTERMIJN

# One key per answer; only the first open question listens to them.
_TOETSEN = {
    "gering": "g",
    "matig": "m",
    "ernstig": "e",
    "ja": "j",
    "nee": "n",
    "erger": "e",
    "onbekend": "o",
}
_KLACHTTOETSEN = "12345678"
_TERUGBELVRAAG = "verbetering_sinds_advies"
# Questions that change nothing any more but have to be answered before the call is closed.
_FOUT_BIJ = {
    "nrs_ontbreekt": "nrs",
    "pijnstilling_middel_ontbreekt": "pijnstilling_middel_en_dosis",
}
# Organisation, for when the patient comes; first aid is read aloud first.
_BIJ_BEZOEK = frozenset({"informeer_betaling", "alleen_patient_toegang", "max_een_begeleider"})
# Answered once at most, further down: who calls and how they behave.
RAND = (
    "beller",
    "patient_kan_zelf_spreken",
    "reden_patient_niet_zelf",
    "agressie",
    "begeleiding_nodig",
    "ingeschreven_bij_deelnemer",
    "passant",
    "mondhygienist_patient",
)
# An appointment is offered at a round time, a little ahead of now.
_AANLOOP, _STAP = timedelta(minutes=20), 5


@dataclass(frozen=True)
class Vraagvak:
    """One question on the screen."""

    veld: forms.BoundField
    is_keuze: bool
    staat: str  # open | verfijnend | terugbellen | beantwoord | nodig | vrij
    toetsen: str
    bron: str
    getal: str = ""  # nu (the next open question) | later | "": no number is asked


@dataclass(frozen=True)
class Uitkomstkaart:
    """The stored outcome in words."""

    soort: str  # verplicht | aanbevolen | niet_nodig | open | gesproken
    titel: str
    urgentie: str
    gezien: str
    voorlezen: list[tuple[str, str]]
    bij_bezoek: list[tuple[str, str]]
    voor_jou: list[str]
    regels: list[dict]
    voorlopig: str
    nog_open: str
    versie: str


@dataclass(frozen=True)
class Beurt:
    """Whose phone rings now, with the way to reach them."""

    rol: str
    tandarts: Tandarts | None
    noemen: bool


def page(oproep: Oproep, **forms_: Any) -> dict:
    """Return the whole context of the call screen; bound forms take the place of fresh ones."""
    nu = db_now()
    kaart = duty_card(nu, kring_id=oproep.kring_id)
    pogingen = list(oproep.contactpogingen.select_related("tandarts", "door").order_by("moment"))
    bereik = reach([(p.rol, p.resultaat, p.moment) for p in pogingen], nu)
    antwoorden = forms_.get("antwoorden") or AntwoordenForm(
        initial=AntwoordenForm.initial_of(oproep)
    )
    patient = forms_.get("patient") or patient_form(oproep)
    vragen = questions(oproep, antwoorden, nu)
    return {
        "oproep": oproep,
        "nu": nu,
        "venster": forms_.get("venster") or uuid4().hex,
        "klacht": complaints_text(oproep.antwoorden.get("klachten")),
        "antwoorden": antwoorden,
        "klachttoetsen": complaint_keys(vragen),
        "vragen": [box for box in vragen if box.staat != "vrij"],
        "vrije_vragen": [box for box in vragen if box.staat == "vrij"],
        "rand": [antwoorden[name] for name in _visible_rand(oproep)],
        "patient_form": patient,
        "treffers": matches(oproep, patient, nu),
        "eerder": earlier_calls(oproep, nu),
        "uitkomst": outcome(oproep),
        "kaart": kaart,
        "bereik": bereik,
        "beurt": turn(oproep, kaart, bereik),
        "pogingen": pogingen,
        "eigen_tandarts_form": forms_.get("eigen_tandarts") or EigenTandartsForm(prefix="et"),
        "besluit_form": forms_.get("besluit") or besluit_form(oproep, nu),
        "afronden_form": forms_.get("afronden")
        or AfrondenForm(
            initial={
                "controles": oproep.afsluitcontroles,
                "betaling_gemeld": oproep.betaling_gemeld,
                "reden_geen_contact": oproep.reden_geen_contact,
            }
        ),
        "afbreek_form": forms_.get("afbreken") or AfbreekForm(),
        "redenen": forms_.get("redenen", []),
        "conflict": forms_.get("conflict"),
        "vraagt_reden": oproep.contact == Oproep.Contact.AANBEVOLEN and not bereik.gesproken,
        "tandarts_wacht": oproep.contact == Oproep.Contact.VERPLICHT and not bereik.gesproken,
        "te_laat": bool(
            oproep.afspraak_om and oproep.zien_voor and oproep.afspraak_om > oproep.zien_voor
        ),
        "ongeval_om": accident_at(oproep),
        "is_leeg": not (oproep.antwoorden or oproep.omschrijving or oproep.patient_id or pogingen),
    }


def patient_form(oproep: Oproep) -> PatientForm:
    """Return the patient form as stored; the caller's number is a first guess for the phone."""
    patient = oproep.patient or Patient(telefoon=oproep.telefoon_beller)
    return PatientForm(instance=patient, initial={"telefoon": format_telefoon(patient.telefoon)})


def questions(oproep: Oproep, form: AntwoordenForm, nu: datetime) -> list[Vraagvak]:
    """Return the questions in asking order, each with what an answer can still do."""
    feiten = intake.facts_of(oproep)
    if not feiten.klachten:
        return []
    plan = protocol.plan_questions(feiten.klachten, feiten)
    states = dict.fromkeys((vraag.veld for vraag in plan.beslissend), "open")
    states |= dict.fromkeys((vraag.veld for vraag in plan.verfijnend), "verfijnend")
    first = next(iter((*plan.beslissend, *plan.verfijnend)), None)
    needed = _needed_to_close(oproep)
    boxes = []
    for vraag in protocol.visible_questions(feiten.klachten, feiten):
        if vraag.veld == _TERUGBELVRAAG:
            continue
        rest = "nodig" if vraag.veld in needed else "vrij"
        answered = getattr(feiten, vraag.veld) is not None
        staat = "beantwoord" if answered else states.get(vraag.veld, rest)
        boxes.append(_box(form, vraag, staat, is_next=vraag is first))
    if _asks_callback(oproep) and not plan.beslissend:
        boxes.insert(0, _callback_question(oproep, form, nu))
    return boxes


def _needed_to_close(oproep: Oproep) -> set[str]:
    faults = set(afronding.intake_faults(oproep))
    return {veld for key, veld in _FOUT_BIJ.items() if key in faults}


def _box(form, vraag: protocol.Vraag, staat: str, *, is_next: bool) -> Vraagvak:
    field = form[vraag.veld]
    is_choice = isinstance(field.field.widget, forms.RadioSelect)
    keys = ""
    if is_next and is_choice:
        letters = [_TOETSEN.get(str(value), "") for value, _label in field.field.choices]
        keys = "".join(letters) if all(letters) else ""
    source = " · ".join(filter(None, [", ".join(vraag.regels), vraag.paragraaf]))
    number = ("nu" if is_next else "later") if vraag.soort == "getal" else ""
    return Vraagvak(field, is_choice, staat, keys, source, number)


def complaint_keys(vragen: list[Vraagvak]) -> str:
    """Return the keys of the complaints; none while a number is asked: a digit is the answer."""
    return "" if any(box.getal == "nu" for box in vragen) else _KLACHTTOETSEN


def _asks_callback(oproep: Oproep) -> bool:
    return oproep.status == Oproep.Status.TERUGBELLEN or _TERUGBELVRAAG in oproep.antwoorden


def _callback_question(oproep: Oproep, form: AntwoordenForm, nu: datetime) -> Vraagvak:
    vraag = next(v for v in protocol.VRAGEN if v.veld == _TERUGBELVRAAG)
    # During the first conversation a stray key must not answer for the patient.
    rings_back = nu - oproep.aangenomen_op > timedelta(minutes=10)
    unanswered = _TERUGBELVRAAG not in oproep.antwoorden
    return _box(
        form,
        vraag,
        "terugbellen" if unanswered else "beantwoord",
        is_next=rings_back and unanswered,
    )


def _visible_rand(oproep: Oproep) -> list[str]:
    feiten = intake.facts_of(oproep)
    relevant = protocol.relevant_fields(feiten.klachten, feiten)
    return [name for name in RAND if name in relevant]


def outcome(oproep: Oproep) -> Uitkomstkaart:
    """Return the outcome of the row in words; nothing is hidden because questions are open."""
    record = oproep.uitkomst
    if not record:
        return Uitkomstkaart("open", _("Kies eerst de klacht"), "", "", [], [], [], [], "", "", "")
    feiten = intake.facts_of(oproep)
    still_open = len(protocol.deciding_questions(feiten.klachten, feiten))
    advice = teksten.advice_in_reading_order(record["adviezen"])
    aloud = [(key, _(text)) for key, text in advice if key not in teksten.NIET_VOORLEZEN]
    private = [_(text) for key, text in advice if key in teksten.NIET_VOORLEZEN]
    private += [_(teksten.VLAGGEN[flag]) for flag in record["vlaggen"]]
    if record["melden_agressie"]:
        private.append(_("Vertel de tandarts hoe de beller zich gedraagt."))
    contact = _(teksten.CONTACT[record["contact_tandarts"]])
    soort, titel = record["contact_tandarts"], contact
    if oproep.behandelaar_id:
        # "Call now" has been done: a red card would shout on, and hide what is to be done next.
        soort, titel = "gesproken", _spoken_title(oproep)
    elif still_open and not protocol.is_settled(feiten.klachten, feiten):
        soort, titel = "open", _open_title(still_open)
    return Uitkomstkaart(
        soort=soort,
        titel=titel,
        urgentie=_(teksten.URGENTIE[record["urgentie"]]),
        gezien=_(teksten.MOET_GEZIEN[record["moet_gezien"]]),
        voorlezen=[pair for pair in aloud if pair[0] not in _BIJ_BEZOEK],
        bij_bezoek=[pair for pair in aloud if pair[0] in _BIJ_BEZOEK],
        voor_jou=private,
        regels=[
            {
                **regel,
                "kort": regel["paragraaf"].split(";")[0],
                "reden": _(teksten.REGELREDENEN[regel["id"]]),
            }
            for regel in record["regels"]
        ],
        voorlopig=contact if soort == "open" else "",
        nog_open=_open_title(still_open) if still_open and soort != "open" else "",
        versie=record["protocolversie"],
    )


def _open_title(aantal: int) -> str:
    return ngettext("Nog %(aantal)s vraag", "Nog %(aantal)s vragen", aantal) % {"aantal": aantal}


def _spoken_title(oproep: Oproep) -> str:
    """Return what came of speaking to the dentist, or that this is still to be noted."""
    naam = oproep.behandelaar.naam
    if not oproep.besluit:
        return _("Gesproken: leg het besluit vast")
    if oproep.gezien_op:
        return _("Gezien door %(naam)s om %(tijd)s") % {
            "naam": naam,
            "tijd": format_tijd(oproep.gezien_op),
        }
    if oproep.afspraak_om:
        return _("Gesproken met %(naam)s, komt om %(tijd)s") % {
            "naam": naam,
            "tijd": format_tijd(oproep.afspraak_om),
        }
    return _("Gesproken met %(naam)s: %(besluit)s") % {
        "naam": naam,
        "besluit": oproep.get_besluit_display(),
    }


def accident_at(oproep: Oproep) -> datetime | None:
    """Return when the accident was: a second clock beside the norm, never a lower one (T-08)."""
    minutes = oproep.antwoorden.get("ongeval_minuten_geleden")
    if minutes is None:
        return None
    return intake.moment_of_contact(oproep, oproep.antwoorden) - timedelta(minutes=minutes)


def turn(oproep: Oproep, kaart: Dienstkaart, bereik: Bereik) -> Beurt:
    """Return who was spoken to, else whose turn it is: the backup after misses, if there is one."""
    if bereik.gesproken and oproep.behandelaar:
        return Beurt(bereik.laatste_rol, oproep.behandelaar, oproep.afspraak_om is not None)
    rol = bereik.rol if kaart.achterwacht else "dienstdoende"
    tandarts = kaart.achterwacht if rol == "achterwacht" else kaart.dienstdoende
    # T-19: the dentist stays anonymous to the caller until there is an appointment.
    return Beurt(rol, tandarts, noemen=oproep.afspraak_om is not None)


def matches(oproep: Oproep, form: PatientForm, nu: datetime) -> list[dict]:
    """Return patients of the kring that may be this one; the assistant chooses, nothing merges."""
    part = form.changes() if form.is_bound else {}
    patient = oproep.patient
    known = {
        name: part.get(name) or getattr(patient, name, None)
        for name in ("telefoon", "bsn", "naam", "geboortedatum")
    }
    known["telefoon"] = known["telefoon"] or oproep.telefoon_beller
    found = list(
        Patient.objects.resembling(
            kring_id=oproep.kring_id, **{k: v or "" for k, v in known.items()}
        )
        .exclude(pk=oproep.patient_id)
        .exclude(naam="")
        .order_by("-gewijzigd_op")[:5]
    )
    recent = (
        set(
            Oproep.objects.since(nu - HERHAALTERMIJN)
            .filter(patient__in=found)
            .exclude(pk=oproep.pk)
            .values_list("patient_id", flat=True)
        )
        if found
        else set()
    )
    return [{"patient": p, "recent": p.pk in recent} for p in found]


def earlier_calls(oproep: Oproep, nu: datetime) -> list[Oproep]:
    """Return the calls of this patient in the last 96 hours: a second call is an alarm (U9)."""
    if oproep.patient_id is None:
        return []
    return list(
        Oproep.objects.since(nu - HERHAALTERMIJN)
        .filter(patient=oproep.patient_id, nummer__lt=oproep.nummer)
        .order_by("-aangenomen_op")[:3]
    )


def besluit_form(oproep: Oproep, nu: datetime) -> BesluitForm:
    """Return the decision form with the stored values, or a round time shortly ahead."""
    return BesluitForm(
        initial={
            "besluit": oproep.besluit,
            "toelichting": oproep.besluit_toelichting,
            "moment": oproep.afspraak_om or _round_up(nu + _AANLOOP),
            "betaling_gemeld": oproep.betaling_gemeld,
        }
    )


def _round_up(moment: datetime) -> datetime:
    local = to_local(moment).replace(second=0, microsecond=0)
    return moment.replace(second=0, microsecond=0) + timedelta(minutes=-local.minute % _STAP)


def differences(oproep: Oproep, form: AntwoordenForm) -> list[dict]:
    """Return where this window's answers differ from what another window saved meanwhile."""
    mine = {**form.valid_part()}
    theirs = {**oproep.antwoorden, "omschrijving": oproep.omschrijving}
    rows = []
    for name, value in mine.items():
        other = theirs.get(name)
        if (value or None) != (other or None) and not (value is False and other is None):
            rows.append(
                {
                    "label": form[name].label,
                    "mijn": _shown(form, name, value),
                    "hun": _shown(form, name, other),
                }
            )
    return rows


def _shown(form, name: str, value: Any) -> str:
    if value in (None, "", []):
        return _("leeg")
    if isinstance(value, bool):
        return _("ja") if value else _("nee")
    labels = dict(getattr(form.fields[name], "choices", []))
    values = value if isinstance(value, list) else [value]
    return ", ".join(str(labels.get(item, item)) for item in values)
