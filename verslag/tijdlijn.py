"""The events of a dossier for the tijdlijn component, newest first."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from kern.weergave import format_datum, format_moment
from triage.models import Oproep, Tandartsbesluit
from verslag.models import (
    Overdracht,
    Passantendossier,
    Samenvoeging,
    Verslag,
    Verslagversie,
    Vervolgactie,
)

Gebeurtenis = dict[str, Any]
"""What the tijdlijn component shows: moment, titel and perhaps tekst, wie, icoon, kleur, adres."""

# This page is asked for most; what it does not show is not fetched either. The kring belongs to the
# place of a sealed value.
_CALL = (
    *("kring_id", "nummer", "patient_id", "omschrijving"),
    *("aangenomen_op", "afspraak_om", "gezien_op", "antwoorden"),
    *("aangenomen_door__naam", "behandelaar__naam"),
)
_DECISION = ("kring_id", "oproep_id", "besluit", "toelichting", "moment", "tandarts__naam")
_VERSION = (
    *("kring_id", "verslag_id", "nummer", "inhoud", "getekend_op", "reden"),
    "getekend_door__naam",
)

_others: list[Callable[[Passantendossier], Iterable[Gebeurtenis]]] = []


def register(events: Callable[[Passantendossier], Iterable[Gebeurtenis]]) -> None:
    """Let another room add its events to the file of a patient; at a fixed number of queries."""
    _others.append(events)


def calls_of_dossier(dossier: Passantendossier) -> list[Oproep]:
    """Return the calls with what the dentist decided, the oldest first."""
    decisions = Tandartsbesluit.objects.select_related("tandarts").only(*_DECISION)
    return list(
        dossier.patient.oproepen.select_related("behandelaar", "aangenomen_door")
        .only(*_CALL)
        .prefetch_related(Prefetch("tandartsbesluiten", decisions))
        .order_by("nummer")
    )


def reports_of_dossier(dossier: Passantendossier) -> list[Verslag]:
    """Return the reports with versions, handovers, follow-ups, the oldest first."""
    versies = (
        Verslagversie.objects.select_related("getekend_door")
        .only(*_VERSION)
        .prefetch_related("overdrachten__bericht")
    )
    vervolg = Vervolgactie.objects.select_related("tandarts")
    return list(
        dossier.verslagen.select_related("auteur", "oproep")
        .only("kring_id", "dossier_id", "auteur__naam", "oproep__nummer", "oproep__aangenomen_op")
        .prefetch_related(Prefetch("versies", versies), Prefetch("vervolgacties", vervolg))
        .order_by("oproep__nummer")
    )


def timeline(
    dossier: Passantendossier,
    *,
    oproepen: Iterable[Oproep],
    verslagen: Iterable[Verslag],
    samenvoegingen: Iterable[Samenvoeging],
) -> list[Gebeurtenis]:
    """Return everything that happened to this patient, newest first."""
    events = [event for oproep in oproepen for event in _of_call(oproep)]
    events += [event for verslag in verslagen for event in _of_report(verslag)]
    events += [event for row in samenvoegingen for event in _of_merge(row)]
    events += [event for other in _others for event in other(dossier)]
    return sorted(events, key=lambda event: event["moment"], reverse=True)


def _of_call(oproep: Oproep) -> Iterator[Gebeurtenis]:
    nummer = oproep.nummer
    yield {
        "moment": oproep.aangenomen_op,
        "titel": _("Oproep %s aangenomen") % nummer,
        "tekst": oproep.omschrijving,
        "wie": oproep.aangenomen_door.naam,
        "icoon": "telefoon",
    }
    for besluit in oproep.tandartsbesluiten.all():
        yield {
            "moment": besluit.moment,
            "titel": _("Besluit van de tandarts: %s") % besluit.get_besluit_display(),
            "tekst": besluit.toelichting,
            "wie": besluit.tandarts.naam,
            "icoon": "lijst",
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


def _of_report(verslag: Verslag) -> Iterator[Gebeurtenis]:
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
    for vervolg in verslag.vervolgacties.all():
        yield from _of_follow_up(vervolg)


def _of_handover(overdracht: Overdracht) -> Iterator[Gebeurtenis]:
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


def _of_follow_up(vervolg: Vervolgactie) -> Iterator[Gebeurtenis]:
    day = format_datum(vervolg.uiterlijk) if vervolg.uiterlijk else vervolg.termijn
    steps = (
        (vervolg.aangemaakt_op, _("Vervolg nodig, uiterlijk %s") % day, vervolg.wat, "afspraak"),
        (vervolg.overgedragen_op, _("Vervolg overgedragen aan een collega"), "", "herhaal"),
        (
            vervolg.gesloten_op,
            _("Vervolg: %s") % vervolg.get_afloop_display(),
            vervolg.toelichting,
            "vinkje",
        ),
    )
    for moment, titel, text, icoon in steps:
        if moment:
            yield {
                "moment": moment,
                "titel": titel,
                "tekst": text,
                "wie": vervolg.tandarts.naam,
                "icoon": icoon,
            }


def _of_merge(row: Samenvoeging) -> Iterator[Gebeurtenis]:
    yield {
        "moment": row.gedaan_op,
        "titel": _("Samengevoegd met een dubbele patiënt"),
        "tekst": row.reden,
        "wie": row.gedaan_door.naam if row.gedaan_door else "",
        "icoon": "gebruiker",
    }
    if row.ongedaan_op:
        yield {
            "moment": row.ongedaan_op,
            "titel": _("Samenvoegen ongedaan gemaakt"),
            "tekst": row.ongedaan_reden,
            "wie": row.ongedaan_door.naam if row.ongedaan_door else "",
            "icoon": "herhaal",
        }
