"""The overview of accesses as PDF/UA, made anew each time: it is never stored."""

from datetime import datetime

from django.template.loader import render_to_string

from kring.models import Kring
from toezicht.overzicht import Toegang
from triage.models import Patient
from verslag.pdf import to_pdf


def render(kring: Kring, patient: Patient, toegangen: list[Toegang], nu: datetime) -> bytes:
    context = {"kring": kring, "patient": patient, "toegangen": toegangen, "nu": nu}
    return to_pdf(render_to_string("toezicht/pdf.html", context))
