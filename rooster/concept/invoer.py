"""A plan from a file back into a draft: the planner's JSON, or a CSV that a person made.

All of it or nothing: every unknown name, duty or place is told with its line and the reason.
"""

import json
from collections import Counter

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from kern import csvlezen
from kern.weergave import format_datum
from rooster.actions.concept import Bezetting
from rooster.concept.rekenen import occupation
from rooster.concept.uitvoer import assignment_of, instance_of
from rooster.models import Concept, Conceptdienst
from rooster.planner import Instantie, InstantieFout, read_instance, read_plan
from rooster.planner.instantie import ROLLEN

KOLOMMEN = ("dienst", *ROLLEN)
MOGELIJK = ("eerste_dag", "laatste_dag", "begin", "einde", "categorie")
NIEMAND = ("", "-", "–")


def read_file(concept: Concept, bestand: bytes) -> Bezetting:
    """Return the plan in a file for this draft. Raises ValidationError with every fault."""
    inhoud = instance_of(concept, namen=True)
    # What is pinned stays as it is, also when it breaks a rule.
    inhoud.pop("vast", None)
    try:
        inst = read_instance(inhoud)
    except InstantieFout as fout:
        raise ValidationError(fout.klachten) from fout
    if bestand.lstrip().startswith(b"{"):
        return occupation(inst, _from_json(inst, bestand))
    return occupation(inst, _from_csv(inst, concept, bestand))


def _from_json(inst: Instantie, bestand: bytes) -> dict[str, dict[str, str | None]]:
    try:
        inhoud = json.loads(bestand)
        # Half a character ("\ud800") is JSON, and no text: a page that names it cannot be sent.
        json.dumps(inhoud, ensure_ascii=False).encode()
        toewijzing = read_plan(inhoud)
    except (ValueError, RecursionError) as fout:
        klachten = (
            fout.klachten[: csvlezen.GENOEMD]
            if isinstance(fout, InstantieFout)
            else [_("Het bestand is geen leesbare JSON.")]
        )
        raise ValidationError([_("Er is niets overgenomen."), *klachten]) from fout
    fouten = [
        _("toewijzing[%(dienst)s]: deze dienst staat niet in het concept.") % {"dienst": code}
        for code in toewijzing
        if code not in inst.dienst
    ]
    for code, rollen in toewijzing.items():
        for rol, wie in rollen.items():
            if wie is not None and wie not in inst.tandarts:
                fouten.append(
                    _("toewijzing[%(dienst)s].%(rol)s: er is geen tandarts %(wie)s.")
                    % {"dienst": code, "rol": rol, "wie": wie}
                )
        if rollen[ROLLEN[0]] is not None and _same(inst, *rollen.values()):
            fouten.append(
                _("toewijzing[%(dienst)s]: één tandarts heeft beide plaatsen.") % {"dienst": code}
            )
    if fouten:
        raise ValidationError([_("Er is niets overgenomen."), *fouten[: csvlezen.GENOEMD]])
    return toewijzing


def _same(inst: Instantie, een: str | None, ander: str | None) -> bool:
    rijen = [inst.tandarts.get(wie or "") for wie in (een, ander)]
    return all(rijen) and rijen[0].mens == rijen[1].mens


def _from_csv(
    inst: Instantie, concept: Concept, bestand: bytes
) -> dict[str, dict[str, str | None]]:
    """Read lines of duty (its code, or the day when only one begins on it) and two names."""
    regels = csvlezen.read(bestand, KOLOMMEN, MOGELIJK)
    diensten = _duties_by_name(concept)
    namen = _dentists_by_name(inst)
    uit: dict[str, dict[str, str | None]] = {}
    for regel in regels.regels:
        code = diensten.get(regel["dienst"].strip().lower())
        if code is None:
            regels.wrong(
                regel,
                _("dienst “%(dienst)s” staat niet in het concept.") % {"dienst": regel["dienst"]},
            )
        elif code in uit:
            regels.wrong(regel, _("dienst %(dienst)s staat er al eerder.") % {"dienst": code})
        rollen: dict[str, str | None] = {}
        for rol in ROLLEN:
            wie = regel[rol].strip()
            if wie in NIEMAND:
                rollen[rol] = None
                continue
            gevonden = namen.get(wie.lower(), [])
            if len(gevonden) != 1:
                regels.wrong(regel, _unclear(rol, wie, gevonden))
            else:
                rollen[rol] = gevonden[0]
        if len(rollen) == len(ROLLEN) and _same(inst, *rollen.values()):
            regels.wrong(regel, _("één tandarts heeft beide plaatsen."))
        if code is not None:
            uit[code] = rollen
    regels.refuse()
    return uit


def _unclear(rol: str, wie: str, gevonden: list[str]) -> str:
    if not gevonden:
        return _("er is geen tandarts “%(wie)s” die dienst doet (%(rol)s).") % {
            "wie": wie,
            "rol": rol,
        }
    return _(
        "“%(wie)s” kan meer dan één zijn (%(rol)s). Zet de praktijk erachter, zoals "
        "“%(wie)s (praktijk)”."
    ) % {"wie": wie, "rol": rol}


def _duties_by_name(concept: Concept) -> dict[str, str]:
    """Return the code of every duty by its code, and by its day when only one begins on it."""
    rijen = list(Conceptdienst.objects.filter(concept=concept).values_list("code", "eerste_dag"))
    per_dag = Counter(dag for _code, dag in rijen)
    uit = {code.lower(): code for code, _dag in rijen}
    for code, dag in rijen:
        if per_dag[dag] == 1:
            uit[dag.isoformat()] = uit[f"{dag:%d-%m-%Y}"] = code
            uit[format_datum(dag)] = code
    return uit


def _dentists_by_name(inst: Instantie) -> dict[str, list[str]]:
    """Return who can be meant by an id, a name, or a name with its practice."""
    uit: dict[str, list[str]] = {}
    for t in inst.tandartsen:
        praktijk = inst.praktijk[t.praktijk].naam
        for naam in {t.id, t.naam.lower(), f"{t.naam} ({praktijk})".lower()}:
            uit.setdefault(naam, []).append(t.id)
    return uit


def rows_for_csv(concept: Concept) -> tuple[list[str], list[list[object]]]:
    """Return a draft as head and rows that `read_file` takes back."""
    inst = instance_of(concept, namen=True)
    namen = {t["id"]: t["naam"] for t in inst["tandartsen"]}
    praktijken = {p["id"]: p["naam"] for p in inst["praktijken"]}
    waar = {t["id"]: praktijken[t["praktijk"]] for t in inst["tandartsen"]}
    toewijzing = assignment_of(concept)

    def named(wie: str | None) -> str:
        return f"{namen[wie]} ({waar[wie]})" if wie in namen else ""

    kop = ["dienst", "eerste_dag", "laatste_dag", "begin", "einde", "categorie", *ROLLEN]
    rijen = [
        [
            d["id"],
            d["eerste_dag"],
            d["laatste_dag"],
            d["begin"],
            d["eind"],
            d["categorie"],
            *(named(toewijzing.get(d["id"], {}).get(rol)) for rol in ROLLEN),
        ]
        for d in inst["diensten"]
    ]
    return kop, rijen
