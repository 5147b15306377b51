"""A row of a procedure as an event of the law: the one place where `gegevens` are read so."""

from datetime import date
from typing import Any

from kern.tijd import to_local
from reglement import royementsgang as wet
from reglement.besluitvorming import Betrokkene, Stemmen
from reglement.models import Royement, Royementstap


def event_of(stap: Royementstap, royement: Royement) -> wet.Gebeurtenis:
    """Return a step as the law reads it."""
    soort = wet.Soort(stap.soort)
    make = _FACTS.get(soort)
    facts = make(stap.gegevens, stap, royement) if make else {}
    return wet.Gebeurtenis(soort, stap.op, **facts)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _proposal(given: dict, stap: Royementstap, royement: Royement) -> dict[str, Any]:
    return {
        "grond": wet.Grond(royement.grond),
        "motivering": bool(stap.tekst),
        "over_de_praktijk": given["over"] == "praktijk",
        "praktijk_in_gebreke": bool(given.get("in_gebreke")),
        "eenmanszaak": given.get("eenmanszaak"),
        "voorstel": wet.Voorstel(given["vorm"]),
    }


def _announcement(given: dict, stap: Royementstap, royement: Royement) -> dict[str, Any]:
    return {
        "verzonden": _day(given["verzonden"]),
        "vergadering": _day(given["vergadering"]),
        "stukken": given["stukken"],
    }


def _vote(given: dict, stap: Royementstap, royement: Royement) -> dict[str, Any]:
    return {
        "leden": given["leden"],
        "aanwezig": given["aanwezig"],
        "bij_opening": given.get("bij_opening"),
        "stemmen": Stemmen(given["voor"], given.get("tegen", 0), given.get("blanco", 0)),
        # Somebody was there who does not count by the reading of A-5: the practice itself.
        "betrokkene": Betrokkene(aanwezig=True) if given.get("zonder_betrokkene") else None,
    }


def _decision(given: dict, stap: Royementstap, royement: Royement) -> dict[str, Any]:
    return {
        "redenen": given["redenen"],
        "voorwaardelijk": given["voorwaardelijk"],
        "voorwaarden": bool(stap.voorwaarden),
        "termijn_einde": _day(given["termijn_einde"]),
    }


def _k_decision(given: dict, stap: Royementstap, royement: Royement) -> dict[str, Any]:
    called = stap.vergadering.opgeroepen_op if stap.vergadering else None
    return {
        "aangenomen": given["aangenomen"],
        "opgeroepen": to_local(called).date() if called else None,
    }


_FACTS = {
    wet.Soort.VASTSTELLEN: lambda given, *_row: {"feiten": given["feiten"]},
    wet.Soort.VOORSTELLEN: _proposal,
    wet.Soort.AANKONDIGEN: _announcement,
    wet.Soort.HOREN: lambda given, *_row: {"afgezien": given["wijze"] == "afgezien"},
    wet.Soort.STEMMEN: _vote,
    wet.Soort.BESLUITEN: _decision,
    wet.Soort.AANTONEN: lambda given, *_row: {"op_eigen_initiatief": bool(given.get("eigen"))},
    wet.Soort.BESLISSEN: _k_decision,
    wet.Soort.EENZIJDIG: lambda given, *_row: {"kan_elders": bool(given.get("kan_elders"))},
}
