"""A procedure as the pages show it."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils.translation import gettext as _

from kern.tijd import AMSTERDAM
from kern.weergave import format_datum
from reglement.geldend import variabelen_of
from reglement.models import Royement, Royementstap
from reglement.royement import nu
from reglement.royement.gang import Dossier
from reglement.termijnen import conditional_term

Soort = Royementstap.Soort


@dataclass(frozen=True)
class Regel:
    """One line of the list."""

    royement: Royement
    kleur: str
    fase: str
    nu: nu.Nu | None
    is_open: bool
    is_laat: bool
    eigen: bool


def line_of(dossier: Dossier, dag: date, *, eigen: bool) -> Regel:
    """Return a procedure as a line of the list; `eigen`: it is about the reader's own practice."""
    now = nu.next_of(dossier, dag)
    kleur, fase = nu.FASEN[dossier.fase]
    return Regel(
        royement=dossier.royement,
        kleur=kleur,
        fase=str(fase),
        nu=now,
        is_open=dossier.is_open,
        is_laat=bool(now and now.is_late(dag)),
        eigen=eigen,
    )


_ICOON = {
    Soort.VASTSTELLEN: "lijst",
    Soort.VOORSTELLEN: "document",
    Soort.AANKONDIGEN: "kalender",
    Soort.HOREN: "gebruiker",
    Soort.ZIENSWIJZE: "gebruiker",
    Soort.BESLUITEN: "ondertekenen",
    Soort.OPGEHAALD: "download",
}


def timeline(dossier: Dossier, *, with_reasons: bool) -> list[dict]:
    """Return the steps, the newest first; the reasons of a decision only for whom they are."""
    lines = []
    for stap in reversed(dossier.stappen):
        shown = stap.soort != Soort.BESLUITEN or with_reasons
        lines.append(
            {
                "titel": _title(stap),
                "tekst": "\n".join(
                    filter(None, [_numbers(stap), *(_words(stap) if shown else ())])
                ),
                "moment": datetime.combine(stap.op, time(12), tzinfo=AMSTERDAM),
                "dag": stap.op,
                "wie": stap.door.naam if stap.door else "",
                "icoon": _ICOON.get(Soort(stap.soort), "stip"),
            }
        )
    return lines


def _words(stap: Royementstap) -> list[str]:
    conditions = stap.soort == Soort.BESLUITEN and stap.voorwaarden
    return [stap.tekst, _("Voorwaarden:") + "\n" + stap.voorwaarden if conditions else ""]


def _title(stap: Royementstap) -> str:
    given = stap.gegevens
    if stap.soort == Soort.VOORSTELLEN:
        return (
            _("Voorgesteld: voorwaardelijk royement")
            if given["vorm"] == "voorwaardelijk"
            else _("Voorgesteld: royement")
        )
    if stap.soort == Soort.HOREN and given["wijze"] == "afgezien":
        return _("De praktijk zag ervan af te worden gehoord")
    if stap.soort == Soort.BESLUITEN and given["voorwaardelijk"]:
        return _("Besluit: voorwaardelijk royement")
    if stap.soort == Soort.BESLUITEN:
        return _("Besluit: royement")
    if stap.soort == Soort.BESLISSEN:
        return (
            _("De vergadering besliste: de praktijk doet mee")
            if given["aangenomen"]
            else _("De vergadering besliste: de praktijk doet niet mee")
        )
    return str(stap.get_soort_display()).capitalize()


def _numbers(stap: Royementstap) -> str:
    """Return what the law counted of this step, in words."""
    given = stap.gegevens
    if stap.soort == Soort.AANKONDIGEN:
        return _("Oproep verzonden op %(op)s voor de vergadering van %(dag)s.") % {
            "op": format_datum(date.fromisoformat(given["verzonden"])),
            "dag": format_datum(date.fromisoformat(given["vergadering"])),
        }
    if stap.soort == Soort.STEMMEN:
        return _vote(given, met_besluit=stap.besluit_id is not None)
    if stap.soort == Soort.BESLUITEN and given["voorwaardelijk"]:
        return _("Termijn tot en met %s.") % format_datum(
            date.fromisoformat(given["termijn_einde"])
        )
    return ""


def _vote(given: dict, *, met_besluit: bool) -> str:
    there = _("%(aanwezig)s van %(leden)s deelnemers aanwezig.") % given
    if not met_besluit:
        return there + " " + _("Te weinig om te stemmen.")
    return there + " " + _("%s voor.") % given["voor"]


def term_in_words(dossier: Dossier, dag: date) -> str:
    """Return between which days the term of a conditional decision of this day may end (9.2h)."""
    variabelen = variabelen_of(dossier.royement.versie)
    found = conditional_term(
        besloten=dag, min_weken=variabelen.min_weken, max_maanden=variabelen.max_maanden
    )
    return found.waarom
