"""The events of a dossier for the tijdlijn component, newest first."""

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from kern.weergave import format_moment
from triage.models import Oproep
from verslag.models import Passantendossier, Verslag, Verslagversie

# This page is asked for most; what it does not show is not fetched either. The kring belongs to the
# place of a sealed value.
_CALL = (
    *("kring_id", "nummer", "patient_id", "omschrijving"),
    *("aangenomen_op", "afspraak_om", "gezien_op"),
    *("aangenomen_door__naam", "behandelaar__naam"),
)

_VERSION = ("kring_id", "verslag_id", "nummer", "inhoud", "getekend_op", "getekend_door__naam")


def timeline(dossier: Passantendossier) -> tuple[list[dict], list[Verslag]]:
    """Return the events of calls, reports and handovers, and the reports themselves."""
    oproepen = list(
        dossier.patient.oproepen.select_related("behandelaar", "aangenomen_door")
        .only(*_CALL)
        .order_by("nummer")
    )
    versies = (
        Verslagversie.objects.select_related("getekend_door")
        .only(*_VERSION)
        .prefetch_related("overdrachten")
    )
    verslagen = list(
        dossier.verslagen.select_related("auteur", "oproep")
        .only("dossier_id", "auteur__naam", "oproep__nummer")
        .prefetch_related(Prefetch("versies", versies))
    )
    events = [event for oproep in oproepen for event in _of_call(oproep)]
    events += [event for verslag in verslagen for event in _of_report(verslag)]
    return sorted(events, key=lambda event: event["moment"], reverse=True), verslagen


def _of_call(oproep: Oproep):
    nummer = oproep.nummer
    yield {
        "moment": oproep.aangenomen_op,
        "titel": _("Oproep %s aangenomen") % nummer,
        "tekst": oproep.omschrijving,
        "wie": oproep.aangenomen_door.naam,
        "icoon": "telefoon",
    }
    if oproep.afspraak_om:
        yield {
            "moment": oproep.afspraak_om,
            "titel": _("Afspraak bij de dienstdoende tandarts"),
            "wie": oproep.behandelaar.naam if oproep.behandelaar else "",
            "icoon": "afspraak",
        }
    if oproep.gezien_op:
        yield {
            "moment": oproep.gezien_op,
            "titel": _("Patiënt gezien"),
            "wie": oproep.behandelaar.naam if oproep.behandelaar else "",
            "icoon": "vinkje",
            "kleur": "groen",
        }


def _of_report(verslag: Verslag):
    for versie in verslag.versies.all():
        yield {
            "moment": versie.getekend_op,
            "titel": _("Verslag ondertekend, versie %s") % versie.nummer,
            "tekst": versie.inhoud["diagnose"],
            "wie": versie.getekend_door.naam,
            "icoon": "ondertekenen",
            "kleur": "blauw",
        }
        for overdracht in versie.overdrachten.all():
            yield from _of_handover(overdracht)


def _of_handover(overdracht):
    tekst = overdracht.get_kanaal_display()
    if overdracht.verloopt_op:
        tekst = _("Geldig tot en met %s.") % format_moment(overdracht.verloopt_op)
    steps = (
        (overdracht.aangemaakt_op, _("Verslag verstuurd"), tekst, "verzenden", ""),
        (overdracht.opgehaald_op, _("Verslag opgehaald"), "", "gelukt", "groen"),
        (overdracht.overhandigd_op, _("Verslag overhandigd"), "", "gelukt", "groen"),
        (overdracht.ingetrokken_op, _("Overdracht ingetrokken"), "", "sluiten", "amber"),
    )
    for moment, titel, text, icoon, kleur in steps:
        if moment:
            yield {
                "moment": moment,
                "titel": titel,
                "tekst": text,
                "wie": overdracht.naam,
                "icoon": icoon,
                "kleur": kleur,
            }
