"""Check a published decision of a kring, without the system that made it.

Needs Python 3.10 or later and nothing else; shares no line with the system. It does three things:

1. the check number (SHA-256 of besluit.json): it stands in the minutes, in the list of decisions
   that every deelnemer got by mail, and in the next decision, so nobody can replace it everywhere;
2. the votes: each practice once, present, allowed to vote, and the counts add up;
3. the result, computed anew from those votes by the articles of the rules.

    python3 controleer_besluit.py besluit-7.zip --controlegetal 3f0a…
    python3 controleer_besluit.py            (in the unpacked folder)
    python3 controleer_besluit.py besluit-*.zip   (also whether the decisions follow each other)

Exit code 0: all is right. 1: something is not; every line says what.
"""

import argparse
import hashlib
import io
import json
import sys
import zipfile
from itertools import pairwise
from pathlib import Path

FORMAAT = "spoeddienst-besluit-1"
BESLUIT, PROGRAMMA, GETAL, LEESMIJ = (
    "besluit.json",
    "controleer_besluit.py",
    "besluit.sha256",
    "LEESMIJ.txt",
)
UITLEG = """Dit pakket is het bewijs bij een besluit van een kring.

besluit.json            wie mee mocht doen, wie er was, de stemmen en de uitslag
besluit.sha256          het controlegetal van besluit.json
controleer_besluit.py   rekent de uitslag na; werkt met alleen Python 3, zonder internet

Zo controleer je het zelf:
1. Pak dit bestand uit.
2. Typ in die map: python3 controleer_besluit.py --controlegetal GETAL
   GETAL staat bij dit besluit in de notulen en in de besluitenlijst die iedereen kreeg.
Zonder dat getal weet je alleen dat het pakket met zichzelf klopt.
"""
VELDEN = {
    *("formaat", "kring", "nummer", "vorige", "besluit", "vergadering", "agendapunt"),
    *("reglement", "stemming", "deelnemers", "aanwezigheid", "stemmen", "opkomst", "aantallen"),
    *("belangen", "doorslag", "uitslag"),
}
KEUZES = ("voor", "tegen", "blanco")


# The file and its check number -----------------------------------------------------------------


def as_file(bundel):
    """Return the bytes of besluit.json: the one way to write these facts."""
    return (json.dumps(bundel, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def fingerprint(data):
    """Return the check number; `sha256sum besluit.json` gives the same."""
    return hashlib.sha256(data).hexdigest()


def pack(data):
    """Return the zip: the same bytes on every machine, so that it can be compared as a whole."""
    parts = {
        BESLUIT: data,
        GETAL: f"{fingerprint(data)}  {BESLUIT}\n".encode(),
        LEESMIJ: UITLEG.encode(),
        PROGRAMMA: Path(__file__).read_bytes(),
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, content)
    return stream.getvalue()


def read(data):
    """Return besluit.json out of a zip or as it is, and what is wrong with the packing."""
    if not data.startswith(b"PK"):
        return data, []
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            inside = archive.read(BESLUIT)
            program = archive.read(PROGRAMMA)
    except Exception as error:  # noqa: BLE001 (damage has many faces, and each is a finding)
        return b"", [f"Het zipbestand is beschadigd ({error})."]
    if program != Path(__file__).read_bytes():
        return inside, ["Het programma in het pakket is niet dit programma. Haal ze allebei op."]
    if pack(inside) != data:
        return inside, ["Het pakket is niet zoals het systeem het maakt: er is iets veranderd."]
    return inside, []


# The result, from the votes --------------------------------------------------------------------


def half_plus_one(number, lezing):
    """ "De helft plus één": more than half, or by the letter half and one more, rounded up."""
    if lezing["helft_plus_een"] == "letterlijk":
        return -(-(number + 2) // 2)
    return number // 2 + 1


def two_thirds(number):
    """The smallest whole number that three times over is at least twice this one; never 0."""
    needed = 1
    while needed * 3 < number * 2:
        needed += 1
    return needed


def members_of(bundel):
    """Return the ids of the deelnemers that count (art. 2, 9.1.2, 9.2l)."""
    counts = {"lid"}
    if bundel["reglement"]["lezing"]["voorwaardelijk"] == "deelnemer":
        counts.add("voorwaardelijk")
    return {row["id"] for row in bundel["deelnemers"] if row["status"] in counts}


def present_at(bundel, moment):
    """Return who was present: the last line of each up to this moment."""
    last = {}
    for row in bundel["aanwezigheid"]:
        if row["op"] <= moment:
            last[row["deelnemer"]] = row
    afar = bundel["vergadering"]["op_afstand"]
    return {
        who
        for who, row in last.items()
        if row["soort"] == "binnen" and (afar or not row["op_afstand"])
    } & members_of(bundel)


def voters_of(bundel):
    if bundel["stemming"]["geheim"]:
        return list(bundel["opkomst"])
    return [row["deelnemer"] for row in bundel["stemmen"]]


def counts_of(bundel):
    """Return for, against and blank: given for a secret vote, counted for an open one."""
    if bundel["stemming"]["geheim"]:
        return {keuze: bundel["aantallen"][keuze] for keuze in KEUZES}
    return {k: sum(row["keuze"] == k for row in bundel["stemmen"]) for k in KEUZES}


def tie_breaker(bundel):
    """Return the casting vote that counts, and whether one can still come (10.5)."""
    given = bundel["doorslag"] or {"eigen_belang": False, "plaatsvervanger": False, "keuze": None}
    reading = bundel["reglement"]["lezing"]["doorslag_bij_belang"]
    if given["eigen_belang"] and reading == "niemand":
        return None, False
    by_deputy = given["eigen_belang"] and reading == "plaatsvervanger"
    if given["keuze"] in ("voor", "tegen") and given["plaatsvervanger"] == by_deputy:
        return given["keuze"], False
    return None, True


def result_of(bundel):
    """Return the result as the rules give it (art. 9.2e, 9.2f, 9.2k, 10.3, 10.4, 10.5)."""
    lezing, rule = bundel["reglement"]["lezing"], bundel["stemming"]["regel"]
    session, members = bundel["stemming"]["zitting"], len(members_of(bundel))
    there = present_at(bundel, bundel["stemming"]["gesloten_op"]) | set(voters_of(bundel))
    needed_there = {
        "eerste": two_thirds(members),
        "tweede": half_plus_one(members, lezing),
        "zonder_quorum": 0,
    }[session]
    for_quorum = len(there)
    if lezing["quorummoment"] == "bij_opening":
        for_quorum = len(present_at(bundel, bundel["vergadering"]["geopend_op"]))
    quorum = for_quorum >= needed_there

    counts, subject = counts_of(bundel), bundel["stemming"]["betrokkene"]
    total = len(there) - (subject in there and not lezing["betrokkene_stemt"])
    ground = {
        "gewoon": lezing["gewone_grondslag"],
        "gekwalificeerd": lezing["gekwalificeerde_grondslag"],
        "royement": "aanwezigen",
    }[rule]
    base = {
        "aanwezigen": total,
        "voor_en_tegen": counts["voor"] + counts["tegen"],
        "met_blanco": sum(counts.values()),
    }[ground]
    needed = half_plus_one(base, lezing) if rule == "gewoon" else two_thirds(base)

    # A blank vote that counts as one against leaves no tie.
    even = counts["voor"] == counts["tegen"] > 0 and base == 2 * counts["voor"]
    tie = quorum and rule == "gewoon" and even
    casting, waiting = tie_breaker(bundel) if tie else (None, False)
    carried = quorum and (counts["voor"] >= needed or casting == "voor")
    outcome = "aangenomen" if carried else "staking" if waiting else "verworpen"
    return {
        "leden": members,
        "aanwezig": len(there),
        "quorum_nodig": needed_there,
        "quorum_gehaald": quorum,
        "basis": base,
        "nodig": needed,
        **counts,
        "staking": tie,
        "doorslag": casting,
        "aangenomen": carried,
        "uitkomst": outcome if quorum else "geen_geldige_stemming",
    }


# What can be wrong -----------------------------------------------------------------------------


def faults_in_counts(bundel):
    """Give a sentence for counts and lists that do not fit each other."""
    vote, voters, counts = bundel["stemming"], voters_of(bundel), counts_of(bundel)
    if len({row["id"] for row in bundel["deelnemers"]}) != len(bundel["deelnemers"]):
        yield "Een deelnemer staat twee keer in de lijst."
    if vote["geheim"] and bundel["stemmen"]:
        yield "Een geheime stemming noemt wie wat stemde."
    if not vote["geheim"] and bundel["opkomst"]:
        yield "Een hoofdelijke stemming heeft geen aparte opkomst."
    if min(counts.values()) < 0 or sum(counts.values()) != len(voters):
        yield f"Er zijn {sum(counts.values())} stemmen van {len(voters)} kiezers."
    if counts != bundel["aantallen"]:
        yield "De aantallen zijn niet de telling van de stemmen."


def faults_in_voters(bundel):
    """Give a sentence for everybody who could not have voted so."""
    vote, members = bundel["stemming"], members_of(bundel)
    names = {row["id"]: row["naam"] for row in bundel["deelnemers"]}
    speaks = {row["id"] for row in bundel["deelnemers"] if row["vertegenwoordiger"]}
    voters = voters_of(bundel)
    for who in sorted(set(voters)):
        name = names.get(who, who)
        if voters.count(who) > 1:
            yield f"{name} stemde {voters.count(who)} keer."
        if who not in members & speaks:
            yield f"{name} mocht niet stemmen."
        if who == vote["betrokkene"] and not bundel["reglement"]["lezing"]["betrokkene_stemt"]:
            yield f"{name} stemde mee over zichzelf; de lezing van het reglement sluit dat uit."
    for row in bundel["stemmen"]:
        name = names.get(row["deelnemer"], row["deelnemer"])
        if row["keuze"] not in KEUZES:
            yield f"{name} stemde iets wat niet kan: {row['keuze']}."
        if not vote["geopend_op"] <= row["op"] <= vote["gesloten_op"]:
            yield f"{name} stemde buiten de tijd."
        if row["deelnemer"] not in present_at(bundel, row["op"]):
            yield f"{name} stemde zonder aanwezig te zijn."


def faults_in_result(bundel):
    """Give a sentence for every number that this program computes otherwise."""
    own, stated = result_of(bundel), bundel["uitslag"]
    for name, value in own.items():
        if name not in stated or stated[name] != value:
            yield f"Uitslag, {name}: in het pakket {stated.get(name)!r}, nagerekend {value!r}."
    if bundel["besluit"]["uitkomst"] != own["uitkomst"]:
        yield f"Het besluit is {own['uitkomst']}, niet {bundel['besluit']['uitkomst']}."


def check(data, number=None):
    """Return what is wrong with a bundle (zip or json); `number` is the known check number."""
    inside, faults = read(data)
    if faults:
        return faults
    if number and fingerprint(inside) != number.strip().lower():
        faults.append(f"Het controlegetal is {fingerprint(inside)}, niet {number}.")
    try:
        bundel = json.loads(inside)
        if set(bundel) != VELDEN or bundel["formaat"] != FORMAAT:
            return [*faults, "Dit is geen besluit in de vorm die dit programma kent."]
        if as_file(bundel) != inside:
            faults.append("Het bestand is niet geschreven zoals het systeem het schrijft.")
        faults += [
            *faults_in_counts(bundel),
            *faults_in_voters(bundel),
            *faults_in_result(bundel),
        ]
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        faults.append(f"Het bestand is niet te lezen ({type(error).__name__}: {error}).")
    return faults


def faults_in_chain(files):
    """Give a sentence for every decision that does not follow the one before it."""
    rows = sorted((json.loads(data)["nummer"], json.loads(data)["vorige"], data) for data in files)
    for before, after in pairwise(rows):
        if after[0] == before[0] + 1 and after[1] != fingerprint(before[2]):
            yield f"Besluit {after[0]} volgt niet op dit besluit {before[0]}."
        if after[0] == before[0]:
            yield f"Besluit {after[0]} is er twee keer."


def _stated_number(path):
    beside = path.parent / GETAL
    if path.name == BESLUIT and beside.is_file():
        return beside.read_text().split()[0]
    return None


def main(arguments=None):
    parser = argparse.ArgumentParser(description="Controleer een besluit van een kring.")
    parser.add_argument("bestanden", nargs="*", type=Path, help="besluit.json of besluit-N.zip")
    parser.add_argument("--controlegetal", help="uit de notulen of de besluitenlijst")
    chosen = parser.parse_args(arguments)
    wrong, whole = 0, []
    for path in chosen.bestanden or [Path(__file__).parent / BESLUIT]:
        data = path.read_bytes()
        faults = check(data, chosen.controlegetal or _stated_number(path))
        wrong += len(faults)
        print(f"{path.name}: {'klopt NIET' if faults else 'klopt'}")
        for fault in faults:
            print(f"  - {fault}")
        if not faults:
            whole.append(read(data)[0])
            bundel = json.loads(whole[-1])
            outcome = bundel["uitslag"]["uitkomst"].replace("_", " ")
            print(f"  Besluit {bundel['nummer']} van {bundel['kring']}: {outcome}")
            print(f"  Controlegetal {fingerprint(whole[-1])}")
            if not chosen.controlegetal:
                print("  Vergelijk dit getal met dat in de notulen of de besluitenlijst.")
    for fault in faults_in_chain(whole):
        print(f"  - {fault}")
        wrong += 1
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
