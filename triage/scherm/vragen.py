"""The questions worth asking, each with what an answer can still do."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django import forms
from django.utils.translation import gettext as _

from kern.weergave import format_datum
from triage import afronding, intake, protocol
from triage.forms import (
    AntwoordenForm,
)
from triage.herhaling import is_due
from triage.lezing import Lezing, reading_of
from triage.models import Oproep

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
_ALLE_VRAGEN = (*protocol.VRAGEN, *protocol.PATIENTVRAGEN)
_REDENEN = protocol.STANDAARD_REGELSET.per_id
_TERUGBELVRAAG = "verbetering_sinds_advies"
# Questions that change nothing any more but have to be answered before the call is closed.
_FOUT_BIJ = {
    "nrs_ontbreekt": "nrs",
    "pijnstilling_middel_ontbreekt": "pijnstilling_middel_en_dosis",
}
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


# What the questions further down can fire: not all of them are questions of the protocol.
_RANDBRON = {
    "beller": (("R-85",), "Bijlage 1 §2.2"),
    "patient_kan_zelf_spreken": (("R-85",), "Bijlage 1 §2.2"),
    "reden_patient_niet_zelf": (("R-85",), "Bijlage 1 §2.2"),
    "agressie": (("R-81",), "§3.2.1; §5.5; Bijlage 1 §3.1"),
    "begeleiding_nodig": (("R-80",), "§3.2.1; §5.5"),
}


@dataclass(frozen=True)
class Bron:
    """What stands behind the "?" of a question: the rules an answer can fire, in words (U4)."""

    regels: list[tuple[str, str]]
    paragraaf: str


@dataclass(frozen=True)
class Randvak:
    """One question about who calls and how."""

    veld: forms.BoundField
    bron: Bron


@dataclass(frozen=True)
class Vraagvak:
    """One question on the screen."""

    veld: forms.BoundField
    is_keuze: bool
    staat: str  # open | verfijnend | terugbellen | beantwoord | nodig | vrij
    toetsen: str
    bron: Bron
    getal: str = ""  # nu (the next open question) | later | "": no number is asked
    hint: str = ""  # what the assistant need not ask


def questions(oproep: Oproep, form: AntwoordenForm, nu: datetime) -> list[Vraagvak]:
    """Return the questions in asking order, each with what an answer can still do."""
    feiten, lezing = intake.facts_of(oproep), reading_of(oproep)
    if not feiten.klachten:
        return []
    plan = protocol.plan_questions(feiten.klachten, feiten, lezing)
    beslissend, verfijnend = _without_callback(plan.beslissend), _without_callback(plan.verfijnend)
    states = dict.fromkeys((vraag.veld for vraag in beslissend), "open")
    states |= dict.fromkeys((vraag.veld for vraag in verfijnend), "verfijnend")
    # Of a second call it is the first question; in the same call the others come before it.
    is_second = oproep.herhaling_van_id is not None or is_due(oproep, nu)
    rings_back = _asks_callback(oproep) and (is_second or not beslissend)
    callback = _callback_question(oproep, form, nu) if rings_back else None
    # One question at a time listens to the keys.
    is_asked = callback is not None and callback.toetsen
    first = None if is_asked else next(iter((*beslissend, *verfijnend)), None)
    needed = _needed_to_close(oproep)
    boxes = []
    for vraag in protocol.visible_questions(feiten.klachten, feiten, lezing):
        if vraag.veld == _TERUGBELVRAAG:
            continue
        rest = "nodig" if vraag.veld in needed else "vrij"
        answered = getattr(feiten, vraag.veld) is not None
        staat = "beantwoord" if answered else states.get(vraag.veld, rest)
        box = _box(form, vraag, staat, is_next=vraag is first)
        if vraag.veld == "eigen_tandarts_binnen_24u":
            box = replace(box, hint=_opening_hint(lezing, feiten.tijdstip))
        boxes.append(box)
    return [callback, *boxes] if callback else boxes


def _opening_hint(lezing: Lezing, moment: datetime) -> str:
    """Return when practices open: the calendar knows it, the patient has to guess."""
    opens = lezing.next_opening(moment)
    words = {"dag": format_datum(opens, met_jaar=False)}
    if opens - moment <= timedelta(hours=24):
        return _("Eerstvolgende werkdag: %(dag)s, binnen 24 uur.") % words
    return _("Eerstvolgende werkdag: %(dag)s, later dan 24 uur.") % words


def _without_callback(vragen: Iterable[protocol.Vraag]) -> list[protocol.Vraag]:
    return [vraag for vraag in vragen if vraag.veld != _TERUGBELVRAAG]


def _needed_to_close(oproep: Oproep) -> set[str]:
    faults = set(afronding.intake_faults(oproep))
    return {veld for key, veld in _FOUT_BIJ.items() if key in faults}


def _box(form, vraag: protocol.Vraag, staat: str, *, is_next: bool) -> Vraagvak:
    field = form[vraag.veld]
    is_choice = isinstance(field.field.widget, forms.RadioSelect)
    keys = ""
    if is_next and is_choice:
        letters = [_TOETSEN.get(str(value), "") for value, _naam in field.field.choices]
        keys = "".join(letters) if all(letters) else ""
    number = ("nu" if is_next else "later") if vraag.soort == "getal" else ""
    return Vraagvak(field, is_choice, staat, keys, source_of(vraag.veld), number)


def complaint_keys(vragen: list[Vraagvak]) -> str:
    """Return the keys of the complaints; none while a number is asked: a digit is the answer."""
    return "" if any(box.getal == "nu" for box in vragen) else _KLACHTTOETSEN


def _asks_callback(oproep: Oproep) -> bool:
    return (
        oproep.status == Oproep.Status.TERUGBELLEN
        or oproep.herhaling_van_id is not None
        or _TERUGBELVRAAG in oproep.antwoorden
    )


def _callback_question(oproep: Oproep, form: AntwoordenForm, nu: datetime) -> Vraagvak:
    vraag = next(v for v in protocol.VRAGEN if v.veld == _TERUGBELVRAAG)
    # During the first conversation a stray key must not answer for the patient.
    rings_back = (
        oproep.herhaling_van_id is not None
        or nu - oproep.aangenomen_op > timedelta(minutes=10)
        or is_due(oproep, nu)
    )
    unanswered = _TERUGBELVRAAG not in oproep.antwoorden or is_due(oproep, nu)
    return _box(
        form,
        vraag,
        "terugbellen" if unanswered else "beantwoord",
        is_next=rings_back and unanswered,
    )


def source_of(veld: str) -> Bron:
    """Return the rules and the paragraph behind a question."""
    known = {vraag.veld: (vraag.regels, vraag.paragraaf) for vraag in _ALLE_VRAGEN} | _RANDBRON
    regels, paragraaf = known[veld]
    return Bron([(regel, _(_REDENEN[regel].reden)) for regel in regels], paragraaf)


def visible_rand(oproep: Oproep, form: AntwoordenForm) -> list[Randvak]:
    """Return the questions about who calls and how, that count for this call."""
    feiten, s = intake.facts_of(oproep), reading_of(oproep).instellingen
    relevant = protocol.relevant_fields(feiten.klachten, feiten, s)
    return [Randvak(form[name], source_of(name)) for name in RAND if name in relevant]
