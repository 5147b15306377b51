"""Reading an instance `rooster-instantie/1` and a plan `rooster-plan/1`: all complaints at once.

The shape is that of the shared checker `rooster/controle.py`. Keys of our own, which it ignores:
`tandartsen[].persoon`, `.naam` and `.reden`, `praktijken[].naam`, and `vast` (the pins).
"""

from collections.abc import Mapping
from datetime import date
from itertools import combinations
from typing import Any

from rooster.planner.instantie import (
    FORMAAT,
    FORMAAT_PLAN,
    ROLLEN,
    Dienst,
    Gewichten,
    Instantie,
    InstantieFout,
    Praktijk,
    Regels,
    Tandarts,
)
from rooster.planner.toetsing import distribution

MEER_DAN_GENOEG = 50
"""Complaints that are listed; the rest is counted."""
LANGSTE_DIENST = 31
GROOTST = 10**6
"""Of any number in the file: sums of them stay exact."""


def read_instance(inhoud: object) -> Instantie:
    """Return the instance in the data of a file. Raises InstantieFout with every complaint."""
    if not isinstance(inhoud, dict):
        raise InstantieFout(["Het bestand bevat geen instantie: verwacht een object met sleutels."])
    if inhoud.get("formaat") != FORMAAT:
        raise InstantieFout([f"formaat: verwacht '{FORMAAT}', hier staat {_toon(inhoud)}."])
    lezer = _Lezer()
    inst = lezer.instance(inhoud)
    if not lezer.klachten:
        lezer.klachten += complaints(inst)
    if lezer.klachten:
        meer = len(lezer.klachten) - MEER_DAN_GENOEG
        klachten = lezer.klachten[:MEER_DAN_GENOEG]
        raise InstantieFout(klachten + ([f"… en nog {meer} andere fouten."] if meer > 0 else []))
    return inst


def read_plan(inhoud: object) -> dict[str, dict[str, str | None]]:
    """Return the assignment in the data of a plan file. Raises InstantieFout."""
    if not isinstance(inhoud, dict) or inhoud.get("formaat", FORMAAT_PLAN) != FORMAAT_PLAN:
        raise InstantieFout([f"Het bestand is geen plan: verwacht formaat '{FORMAAT_PLAN}'."])
    lezer = _Lezer()
    uit: dict[str, dict[str, str | None]] = {}
    for dienst, plaatsen in lezer.mapping(inhoud, "toewijzing", "toewijzing").items():
        waar = f"toewijzing[{dienst}]"
        if not isinstance(plaatsen, dict) or not set(plaatsen) <= set(ROLLEN):
            lezer.klachten.append(f"{waar}: verwacht alleen {' en '.join(ROLLEN)}.")
        elif not all(wie is None or isinstance(wie, str) for wie in plaatsen.values()):
            lezer.klachten.append(f"{waar}: een plaats is een tandarts-id of null.")
        else:
            uit[dienst] = {rol: plaatsen.get(rol) for rol in ROLLEN}
    if lezer.klachten:
        raise InstantieFout(lezer.klachten)
    return uit


def complaints(inst: Instantie) -> list[str]:
    """Return what makes a well-formed instance impossible to plan, as Dutch sentences."""
    klachten = []
    try:
        distribution(inst)
    except ValueError:
        for cat in inst.categorieen:
            plaatsen = len(ROLLEN) * sum(d.categorie == cat for d in inst.diensten)
            som = sum(p.streef_samen(cat) for p in inst.praktijken)
            if abs(plaatsen - som) > 1:
                klachten.append(
                    f"praktijken: voor {cat} zijn er {plaatsen} plaatsen, maar de streefgetallen "
                    f"tellen op tot {som:.1f}. Maak ze gelijk."
                )
        if not klachten:
            klachten.append("praktijken: de streefgetallen zijn niet over de plaatsen te verdelen.")
    return klachten + pin_complaints(inst)


def pin_complaints(inst: Instantie) -> list[str]:
    """Return the pins that break a hard rule, alone or together, as Dutch sentences."""
    klachten = []
    per_mens: dict[str, list[tuple[Dienst, Tandarts]]] = {}
    for id_dienst, rollen in inst.vast.items():
        dienst = inst.dienst[id_dienst]
        wie = [inst.tandarts[t] for t in rollen.values()]
        for t in wie:
            per_mens.setdefault(t.mens, []).append((dienst, t))
            klachten += [
                f"vast[{dienst.id}]: {t.id} is afwezig op {dag.isoformat()}."
                for dag in dienst.dagen
                if dag in t.afwezig
            ]
        if (
            len(wie) == len(ROLLEN)
            and wie[0].praktijk == wie[1].praktijk
            and inst.regels.plaatsen_uit_verschillende_praktijken
        ):
            klachten.append(
                f"vast[{dienst.id}]: {wie[0].id} en {wie[1].id} zijn van dezelfde praktijk "
                f"({wie[0].praktijk})."
            )
    for rij in per_mens.values():
        klachten += [
            f"vast: {t.id} op {a.id} en {u.id} op {b.id} liggen te dicht op elkaar "
            "(rustdagen of aaneengesloten weekenden)."
            for (a, t), (b, u) in combinations(rij, 2)
            if inst.regels.botst(a, b)
        ]
    return klachten


def _toon(inhoud: Mapping[str, object]) -> str:
    return repr(inhoud["formaat"]) if "formaat" in inhoud else "niets"


class _Lezer:
    """Walks through the data of a file and collects what is wrong, each with its place."""

    def __init__(self) -> None:
        self.klachten: list[str] = []

    def instance(self, inhoud: Mapping[str, Any]) -> Instantie:
        diensten = self.rows(inhoud, "diensten", self.duty)
        categorieen = sorted({d.categorie for d in diensten if d.categorie})
        praktijken = self.rows(inhoud, "praktijken", self.practice, categorieen)
        tandartsen = self.rows(inhoud, "tandartsen", self.dentist, {p.id for p in praktijken})
        namen = {t.id: t for t in tandartsen}
        vast = self.pins(inhoud, {d.id for d in diensten}, set(namen))
        return Instantie(
            naam=str(inhoud.get("naam", "")),
            diensten=tuple(diensten),
            praktijken=tuple(praktijken),
            tandartsen=tuple(tandartsen),
            regels=self.rules(inhoud),
            gewichten=self.weights(inhoud),
            vast=vast,
            referentie=self.mapping(inhoud, "referentie", "referentie", nodig=False),
        )

    def rows(self, inhoud: Mapping[str, Any], sleutel: str, lees: Any, *meer: Any) -> list[Any]:
        """Return the rows of a list, each with an id of its own."""
        rijen = inhoud.get(sleutel)
        if not isinstance(rijen, list) or not rijen:
            self.klachten.append(f"{sleutel}: verwacht een lijst met minstens één rij.")
            return []
        uit, gezien = [], set()
        for n, rij in enumerate(rijen):
            if not isinstance(rij, dict) or not isinstance(rij.get("id"), str) or not rij["id"]:
                self.klachten.append(f"{sleutel}[{n}]: verwacht een object met een id (tekst).")
                continue
            waar = f"{sleutel}[{n}] ({rij['id']})"
            if rij["id"] in gezien:
                self.klachten.append(f"{waar}: dit id komt al eerder voor.")
            gezien.add(rij["id"])
            uit.append(lees(rij, waar, *meer))
        return uit

    def duty(self, rij: Mapping[str, Any], waar: str) -> Dienst:
        eerste = self.day(rij.get("eerste_dag"), f"{waar}.eerste_dag")
        laatste = self.day(rij.get("laatste_dag"), f"{waar}.laatste_dag")
        if laatste < eerste:
            self.klachten.append(f"{waar}: de laatste dag ligt voor de eerste.")
        elif (laatste - eerste).days >= LANGSTE_DIENST and laatste != date.max:
            self.klachten.append(f"{waar}: de dienst duurt langer dan {LANGSTE_DIENST} dagen.")
        return Dienst(
            id=rij["id"],
            eerste_dag=eerste,
            laatste_dag=laatste,
            categorie=self.text(rij, "categorie", waar, nodig=True),
            week=self.whole(rij, "week", waar),
            begin=self.text(rij, "begin", waar),
            eind=self.text(rij, "eind", waar),
        )

    def practice(self, rij: Mapping[str, Any], waar: str, categorieen: list[str]) -> Praktijk:
        streef = {}
        gegeven = self.mapping(rij, "streef", f"{waar}.streef")
        for cat in categorieen:
            per_rol = self.mapping(gegeven, cat, f"{waar}.streef.{cat}")
            streef[cat] = {
                rol: self.number(per_rol.get(rol), f"{waar}.streef.{cat}.{rol}") for rol in ROLLEN
            }
        return Praktijk(rij["id"], streef, self.text(rij, "naam", waar))

    def dentist(self, rij: Mapping[str, Any], waar: str, praktijken: set[str]) -> Tandarts:
        praktijk = self.text(rij, "praktijk", waar, nodig=True)
        if praktijk and praktijk not in praktijken:
            self.klachten.append(f"{waar}.praktijk: er is geen praktijk {praktijk!r}.")
        afwezig = rij.get("afwezig", [])
        if not isinstance(afwezig, list):
            self.klachten.append(f"{waar}.afwezig: verwacht een lijst van dagen.")
            afwezig = []
        fte = rij.get("fte")
        return Tandarts(
            id=rij["id"],
            praktijk=praktijk,
            streef=self.number(rij.get("streef"), f"{waar}.streef"),
            afwezig=frozenset(self.day(d, f"{waar}.afwezig") for d in afwezig),
            liever_niet=self.wishes(rij, "liever_niet", waar),
            graag=self.wishes(rij, "graag", waar),
            persoon=self.text(rij, "persoon", waar),
            naam=self.text(rij, "naam", waar),
            reden={
                self.day(d, f"{waar}.reden"): str(code)
                for d, code in self.mapping(rij, "reden", f"{waar}.reden", nodig=False).items()
            },
            fte=None if fte is None else self.number(fte, f"{waar}.fte"),
            vrijgesteld=self.text(rij, "vrijgesteld", waar) or None,
        )

    def wishes(self, rij: Mapping[str, Any], sleutel: str, waar: str) -> dict[date, int]:
        uit = {}
        gegeven = self.mapping(rij, sleutel, f"{waar}.{sleutel}", nodig=False)
        for dag in gegeven:
            plek = f"{waar}.{sleutel}"
            uit[self.day(dag, plek)] = self.whole(gegeven, dag, plek, laagst=0)
        return uit

    def rules(self, inhoud: Mapping[str, Any]) -> Regels:
        gegeven = self.mapping(inhoud, "regels", "regels")
        if gegeven.get("plaatsen_per_dienst", len(ROLLEN)) != len(ROLLEN):
            self.klachten.append(
                f"regels.plaatsen_per_dienst: alleen {len(ROLLEN)} kan ({' en '.join(ROLLEN)})."
            )
        return Regels(
            self.whole(gegeven, "rustdagen", "regels", laagst=0),
            self.truth(gegeven, "geen_aaneengesloten_weekenden"),
            self.truth(gegeven, "plaatsen_uit_verschillende_praktijken"),
        )

    def truth(self, gegeven: Mapping[str, Any], sleutel: str) -> bool:
        waarde = gegeven.get(sleutel)
        if not isinstance(waarde, bool):
            self.klachten.append(f"regels.{sleutel}: verwacht true of false.")
        return bool(waarde)

    def weights(self, inhoud: Mapping[str, Any]) -> Gewichten:
        gegeven = self.mapping(inhoud, "gewichten", "gewichten")
        velden = ("onbezet", "buiten_band_praktijk", "buiten_band_tandarts")
        return Gewichten(*(self.whole(gegeven, v, "gewichten", laagst=0) for v in velden))

    def pins(
        self, inhoud: Mapping[str, Any], diensten: set[str], tandartsen: set[str]
    ) -> dict[str, dict[str, str]]:
        uit: dict[str, dict[str, str]] = {}
        for dienst, rollen in self.mapping(inhoud, "vast", "vast", nodig=False).items():
            waar = f"vast[{dienst}]"
            if dienst not in diensten:
                self.klachten.append(f"{waar}: er is geen dienst met dit id.")
            elif not isinstance(rollen, dict) or not set(rollen) <= set(ROLLEN):
                self.klachten.append(f"{waar}: verwacht alleen {' en '.join(ROLLEN)}.")
            else:
                gekozen = {rol: wie for rol, wie in rollen.items() if wie is not None}
                for rol, wie in gekozen.items():
                    if not isinstance(wie, str) or wie not in tandartsen:
                        self.klachten.append(f"{waar}.{rol}: er is geen tandarts {wie!r}.")
                if gekozen:
                    uit[dienst] = gekozen
        return uit

    # ---- single values: a wrong one gives a complaint, and something of the right type

    def mapping(
        self, rij: Mapping[str, Any], sleutel: str, waar: str, *, nodig: bool = True
    ) -> Mapping[str, Any]:
        waarde = rij.get(sleutel, None if nodig else {})
        if isinstance(waarde, dict):
            return waarde
        self.klachten.append(f"{waar}: verwacht een object (sleutels met waarden).")
        return {}

    def text(self, rij: Mapping[str, Any], sleutel: str, waar: str, *, nodig: bool = False) -> str:
        waarde = rij.get(sleutel)
        if isinstance(waarde, str) and (waarde or not nodig):
            return waarde
        if waarde is not None or nodig:
            self.klachten.append(f"{waar}.{sleutel}: verwacht een tekst.")
        return ""

    def day(self, waarde: object, waar: str) -> date:
        if isinstance(waarde, str):
            try:
                return date.fromisoformat(waarde)
            except ValueError:
                pass
        self.klachten.append(f"{waar}: {waarde!r} is geen dag (verwacht JJJJ-MM-DD).")
        return date.max

    def number(self, waarde: Any, waar: str) -> float:
        goed = isinstance(waarde, int | float) and not isinstance(waarde, bool)
        if goed and 0 <= waarde <= GROOTST:
            return float(waarde)
        self.klachten.append(
            f"{waar}: verwacht een getal van 0 tot {GROOTST}, hier staat {waarde!r}."
        )
        return 0.0

    def whole(
        self, rij: Mapping[str, Any], sleutel: str, waar: str, *, laagst: int | None = None
    ) -> int:
        waarde: Any = rij.get(sleutel)
        goed = isinstance(waarde, int) and not isinstance(waarde, bool)
        van = -GROOTST if laagst is None else laagst
        if goed and van <= waarde <= GROOTST:
            return int(waarde)
        soort = f"geheel getal van {van} tot en met {GROOTST}"
        self.klachten.append(f"{waar}.{sleutel}: verwacht een {soort}, hier staat {waarde!r}.")
        return 0
