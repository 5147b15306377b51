"""Gather the facts of a closed vote into its bundle; the format is in `reglement.bundel`."""

from datetime import UTC, datetime
from typing import Any

from reglement.aanwezig import lines_of
from reglement.bundel.controleer_besluit import FORMAAT, as_file, check, fingerprint
from reglement.models import (
    Besluit,
    Doorslagstem,
    Hoofdelijkestem,
    Keuze,
    Stemming,
)
from reglement.stemmen.stand import voted_in


class BundelFout(RuntimeError):
    """The checker that goes with the bundle does not agree with it: nothing may be published."""


def moment(value: datetime | None) -> str | None:
    """Return a moment as text that sorts: UTC, always with microseconds."""
    return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}Z" if value else None


def build(stemming: Stemming, besluit: Besluit, *, vorige: str) -> dict[str, Any]:
    """Return the bundle of a decision that is about to be written.

    Raises `BundelFout` when the offline checker, which computes the result by code of its own,
    finds anything: a decision that a deelnemer could not check is not taken down.
    """
    punt = stemming.agendapunt
    vergadering = punt.vergadering
    bundel = {
        "formaat": FORMAAT,
        "kring": stemming.kring.naam,
        "nummer": besluit.nummer,
        "vorige": vorige,
        "besluit": {
            "id": str(besluit.pk),
            "soort": besluit.besluitsoort,
            "uitkomst": besluit.uitkomst,
            "genomen_op": besluit.genomen_op.isoformat(),
            "tekst": besluit.tekst,
        },
        "vergadering": {
            "id": str(vergadering.pk),
            "titel": vergadering.titel,
            "plaats": vergadering.plaats,
            "op_afstand": vergadering.op_afstand,
            "begint_op": moment(vergadering.begint_op),
            "opgeroepen_op": moment(vergadering.opgeroepen_op),
            "geopend_op": moment(vergadering.geopend_op),
        },
        "agendapunt": {"id": str(punt.pk), "nummer": punt.volgorde, "titel": punt.titel},
        "reglement": stemming.opgave["reglement"],
        "deelnemers": stemming.opgave["deelnemers"],
        "stemming": _vote(stemming),
        "aanwezigheid": _attendance(stemming),
        "stemmen": [] if stemming.geheim else _by_name(stemming),
        "opkomst": sorted(map(str, voted_in(stemming))) if stemming.geheim else [],
        "aantallen": {keuze: stemming.uitslag[keuze] for keuze in Keuze.values},
        "belangen": [
            {"naam": row.gebruiker.naam} for row in stemming.belangen.select_related("gebruiker")
        ],
        "doorslag": _casting(stemming),
        "uitslag": stemming.uitslag,
    }
    faults = check(as_file(bundel))
    if faults:
        raise BundelFout("; ".join(faults))
    return bundel


def _vote(stemming: Stemming) -> dict[str, Any]:
    again = stemming.herstemming_van_id
    return {
        "id": str(stemming.pk),
        "vraag": stemming.vraag,
        "voorstel": stemming.voorstel,
        "regel": stemming.regel,
        "zitting": stemming.opgave["zitting"],
        "geheim": stemming.geheim,
        "betrokkene": str(stemming.betrokkene_id) if stemming.betrokkene_id else None,
        "herstemming_van": str(again) if again else None,
        "geopend_op": moment(stemming.geopend_op),
        "gesloten_op": moment(stemming.gesloten_op),
    }


def _attendance(stemming: Stemming) -> list[dict[str, Any]]:
    """Return the lines up to the close; who came later had no part in this vote."""
    return [
        {
            "deelnemer": str(row.deelnemer_id),
            "soort": row.soort,
            "op_afstand": row.op_afstand,
            "op": moment(row.op),
        }
        for row in lines_of(stemming.agendapunt.vergadering)
        if stemming.gesloten_op and row.op <= stemming.gesloten_op
    ]


def _by_name(stemming: Stemming) -> list[dict[str, Any]]:
    rows = Hoofdelijkestem.objects.filter(stemming=stemming).select_related("gebruiker")
    return [
        {
            "deelnemer": str(row.deelnemer_id),
            "naam": row.gebruiker.naam,
            "keuze": row.keuze,
            "op": moment(row.op),
        }
        for row in rows.order_by("op", "pk")
    ]


def _casting(stemming: Stemming) -> dict[str, Any] | None:
    """Return who broke the tie, and how; without a choice when the reading gives it to nobody."""
    if not stemming.uitslag["staking"]:
        return None
    given = Doorslagstem.objects.filter(stemming=stemming).select_related("gebruiker").first()
    if given is None:
        return {
            "functie": "",
            "naam": None,
            "eigen_belang": True,
            "plaatsvervanger": False,
            "keuze": None,
            "op": None,
        }
    return {
        "functie": given.functie,
        "naam": given.gebruiker.naam,
        "eigen_belang": given.eigen_belang,
        "plaatsvervanger": given.plaatsvervanger,
        "keuze": given.keuze,
        "op": moment(given.op),
    }


def seal(bundel: dict[str, Any]) -> str:
    """Return the check number of a bundle."""
    return fingerprint(as_file(bundel))
