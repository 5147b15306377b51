"""Bundles of votes that could have been: any size, reading, kind of meeting and coming and going.

The result in them is that of the law of the product; the checker has to find the same by itself.
"""

import random
from dataclasses import fields
from enum import StrEnum
from uuid import UUID

from reglement.besluitvorming import (
    Betrokkene,
    Doorslag,
    Regel,
    Stem,
    Stemmen,
    Uitkomst,
    Zitting,
    judge_vote,
)
from reglement.bundel.controleer_besluit import FORMAAT
from reglement.lezing import LEESPUNT, EigenBelang, Lezing

_STATUSSEN = ("lid",) * 8 + ("voorwaardelijk", "eenzijdig", "geroyeerd")


def clock(minute: int) -> str:
    return f"2026-11-23T{18 + minute // 60:02d}:{minute % 60:02d}:00.000000Z"


def random_reading(rnd: random.Random) -> Lezing:
    chosen = {
        field.name: rnd.choice(LEESPUNT[field.name].keuzes).waarde
        for field in fields(Lezing)
        if field.name in LEESPUNT
    }
    return Lezing(**chosen)


def random_bundle(rnd: random.Random, *, geheim: bool | None = None) -> dict:
    """Return an honest bundle that the checker must find right."""
    lezing = random_reading(rnd)
    deelnemers = [
        {
            "id": str(UUID(int=rnd.getrandbits(128), version=4)),
            "naam": f"Praktijk {n}",
            "status": rnd.choice(_STATUSSEN),
            "vertegenwoordiger": rnd.choice((None, *(f"Tandarts {n}",) * 9)),
        }
        for n in range(rnd.randint(1, 12))
    ]
    regel, zitting = rnd.choice(list(Regel)), rnd.choice(list(Zitting))
    counting = {"lid"} | ({"voorwaardelijk"} if lezing.voorwaardelijk == "deelnemer" else set())
    members = {row["id"] for row in deelnemers if row["status"] in counting}
    speaks = {row["id"] for row in deelnemers if row["vertegenwoordiger"]}
    afar_allowed = rnd.random() < 0.5
    lines, room, opening = _coming_and_going(rnd, deelnemers, afar=afar_allowed)
    subject = rnd.choice([row["id"] for row in deelnemers]) if rnd.random() < 0.3 else None
    may = sorted(members & speaks & room["during"])
    if subject in may and not lezing.betrokkene_stemt:
        may.remove(subject)
    voters = [who for who in may if rnd.random() < 0.85]
    lean = rnd.choice(((5, 5, 0), (6, 4, 1), (2, 1, 1), (1, 0, 0), (0, 0, 1)))
    votes = {who: rnd.choices(("voor", "tegen", "blanco"), lean)[0] for who in voters}
    counts = {k: sum(v == k for v in votes.values()) for k in ("voor", "tegen", "blanco")}
    geheim = rnd.random() < 0.5 if geheim is None else geheim
    there = (room["close"] & members) | set(voters)
    subject_there = subject in there
    # Only an open vote knows what the subject chose; one that is left out has no vote to take off.
    known = votes.get(subject) if subject_there and not geheim else None
    vote = {
        "leden": len(members),
        "aanwezig": len(there),
        "zitting": zitting,
        "regel": regel,
        "stemmen": Stemmen(**counts),
        "lezing": lezing,
        "bij_opening": len(opening & members),
        "betrokkene": Betrokkene(True, Stem(known) if known else None) if subject_there else None,
    }
    interest = rnd.random() < 0.4
    uitslag = judge_vote(**vote, doorslag=Doorslag(eigen_belang=interest))
    doorslag = None
    if uitslag.staking:
        deputy = interest and lezing.doorslag_bij_belang is EigenBelang.PLAATSVERVANGER
        keuze = None
        if uitslag.uitkomst is Uitkomst.STAKING:
            keuze = rnd.choice(("voor", "tegen"))
            stem = Stem(keuze)
            given = Doorslag(None if deputy else stem, interest, stem if deputy else None)
            uitslag = judge_vote(**vote, doorslag=given)
        doorslag = {
            "functie": "coordinator",
            "naam": "Coördinator",
            "eigen_belang": interest,
            "plaatsvervanger": deputy,
            "keuze": keuze,
            "op": clock(80),
        }
    return {
        "formaat": FORMAAT,
        "kring": "Kring Vecht",
        "nummer": rnd.randint(1, 99),
        "vorige": "",
        "besluit": {
            "id": "b",
            "soort": "niet_voorzien",
            "uitkomst": uitslag.uitkomst.value,
            "genomen_op": "2026-11-23",
            "tekst": "Er komt een tweede achterwacht.",
        },
        "vergadering": {"op_afstand": afar_allowed, "geopend_op": clock(10), "titel": "V"},
        "agendapunt": {"id": "a", "nummer": 1, "titel": "Achterwacht"},
        "reglement": {"versie": 3, "sha256": "ab" * 32, "lezing": _plain(lezing)},
        "stemming": {
            "id": "s",
            "vraag": "Komt er een tweede achterwacht?",
            "voorstel": "Er komt een tweede achterwacht.",
            "regel": regel.value,
            "zitting": zitting.value,
            "geheim": geheim,
            "betrokkene": subject,
            "herstemming_van": None,
            "geopend_op": clock(30),
            "gesloten_op": clock(60),
        },
        "deelnemers": deelnemers,
        "aanwezigheid": lines,
        "stemmen": []
        if geheim
        else [
            {"deelnemer": who, "naam": "T", "keuze": keuze, "op": clock(40)}
            for who, keuze in votes.items()
        ],
        "opkomst": sorted(voters) if geheim else [],
        "aantallen": counts,
        "belangen": [],
        "doorslag": doorslag,
        "uitslag": {
            **uitslag.to_dict(),
            "leden": len(members),
            "aanwezig": len(there),
            "blanco": counts["blanco"],
        },
    }


def _coming_and_going(rnd: random.Random, deelnemers: list[dict], *, afar: bool):
    """Return the lines, who was there while the vote ran and at its close, and at the opening.

    People come at minute 5 or 20 and leave at 50, after the votes of minute 40.
    """
    lines, during, at_close, opening = [], set(), set(), set()
    for row in deelnemers:
        if rnd.random() < 0.2:
            continue
        remote, minute = rnd.random() < 0.2, rnd.choice((5, 5, 5, 20))
        line = {"deelnemer": row["id"], "op_afstand": remote}
        lines.append({**line, "soort": "binnen", "op": clock(minute)})
        counts = afar or not remote
        if counts:
            during.add(row["id"])
            at_close.add(row["id"])
            if minute == 5:
                opening.add(row["id"])
        if rnd.random() < 0.2:
            lines.append({**line, "soort": "weg", "op": clock(50)})
            at_close.discard(row["id"])
    lines.sort(key=lambda line: line["op"])
    return lines, {"during": during, "close": at_close}, opening


def _plain(lezing: Lezing) -> dict:
    return {
        name: value.value if isinstance(value, StrEnum) else value
        for name, value in lezing.to_dict().items()
    }
