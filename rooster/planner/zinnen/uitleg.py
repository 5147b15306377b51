"""Why this one and not that one, in sentences."""

from datetime import date

from rooster.planner.instantie import Instantie
from rooster.planner.stand import Belet, Regel
from rooster.planner.toetsing import outside
from rooster.planner.uitleg import Balans, Kandidaat, Positie, Uitleg
from rooster.planner.zinnen.woorden import (
    absence,
    band,
    category,
    count,
    duty_days,
    name,
    number,
    short_day,
)


def candidate_sentences(
    inst: Instantie, uitleg: Uitleg, kandidaat: Kandidaat, *, coordinator: bool = False
) -> list[str]:
    """Return why this candidate holds the place or not, one sentence per reason."""
    wie = name(inst, kandidaat.tandarts)
    if kandidaat.positie == Positie.GEKOZEN:
        return [f"{wie} heeft deze plaats."]
    if kandidaat.positie == Positie.UITGESLOTEN:
        zinnen = (_belet(inst, uitleg, kandidaat, b, coordinator) for b in kandidaat.belet)
        return [*dict.fromkeys(zinnen)]
    return [_weighed(uitleg, wie, kandidaat.verschil.doel), *_differences(inst, uitleg, kandidaat)]


def balance_sentence(inst: Instantie, balans: Balans) -> str:
    """Return what a dentist or practice has, should have, and would have."""
    waar = f" {category(balans.categorie)}" if balans.categorie else ""
    if balans.nu == balans.dan:
        return (
            f"{name(inst, balans.wie)} houdt {count(balans.nu, 'plaats', 'plaatsen')}{waar}; "
            f"het deel is {number(balans.streef)}."
        )
    return (
        f"{name(inst, balans.wie)} gaat{waar} van {balans.nu} naar "
        f"{count(balans.dan, 'plaats', 'plaatsen')}; het deel is {number(balans.streef)}."
    )


def _belet(
    inst: Instantie, uitleg: Uitleg, kandidaat: Kandidaat, belet: Belet, coordinator: bool
) -> str:
    wie = name(inst, kandidaat.tandarts)
    if belet.regel == Regel.AFWEZIG:
        dag = date.fromisoformat(belet.dag)
        zin = absence(inst, kandidaat.tandarts, dag, belet.reden, coordinator=coordinator)
        return f"{zin}."
    ander = name(inst, belet.tandarts)
    if belet.regel == Regel.ZELFDE_DIENST:
        return f"{wie} heeft bij deze dienst al de andere plaats."
    if belet.regel == Regel.ZELFDE_PRAKTIJK:
        return f"{wie} hoort bij dezelfde praktijk als {ander}, die de andere plaats heeft."
    if belet.regel == Regel.VAST:
        return f"De coördinator heeft deze plaats vastgezet op {ander}."
    return _other_duty(inst, wie, belet)


def _other_duty(inst: Instantie, wie: str, belet: Belet) -> str:
    dienst = inst.dienst[belet.dienst]
    if belet.regel == Regel.WEEKEND:
        return (
            f"{wie} heeft al weekenddienst {duty_days(dienst)}; "
            "twee weekenden achter elkaar mag niet."
        )
    rust = inst.regels.rustdagen
    if not rust:
        return f"{wie} heeft al dienst {duty_days(dienst)}."
    return (
        f"{wie} heeft al dienst {duty_days(dienst)}; "
        f"tussen twee diensten {'hoort' if rust == 1 else 'horen'} "
        f"{count(rust, 'dag', 'dagen')} rust."
    )


def _weighed(uitleg: Uitleg, wie: str, doel: int) -> str:
    if doel == 0:
        return f"Met {wie} op deze plaats is het rooster even goed."
    punten = count(abs(doel), "punt", "punten")
    hoe = "slechter" if doel > 0 else "beter"
    return f"Met {wie} op deze plaats wordt het rooster {punten} {hoe}."


def _differences(inst: Instantie, uitleg: Uitleg, kandidaat: Kandidaat) -> list[str]:
    """Return what makes the difference, without what stays as good."""
    zinnen = []
    if kandidaat.verschil.onbezet:
        zinnen.append("De plaats is nu leeg en zou dan bezet zijn.")
    for balans in kandidaat.balans:
        if balans.band is None or not balans.verschil:
            continue
        waar = f" {category(balans.categorie)}" if balans.categorie else ""
        buiten = outside(balans.dan, balans.band)
        zinnen.append(
            f"{name(inst, balans.wie)} komt{waar} op {count(balans.dan, 'plaats', 'plaatsen')}; "
            f"eerlijk is {band(*balans.band)}" + (f", dus {buiten} erbuiten." if buiten else ".")
        )
    return zinnen + _wishes(inst, uitleg, kandidaat)


def _wishes(inst: Instantie, uitleg: Uitleg, kandidaat: Kandidaat) -> list[str]:
    dienst = inst.dienst[uitleg.dienst]
    zinnen = []
    for wie in filter(None, (kandidaat.tandarts, uitleg.houder)):
        tandarts = inst.tandarts[wie]
        for dag in dienst.dagen:
            if dag in tandarts.liever_niet:
                zinnen.append(
                    f"{name(inst, wie)} doet {short_day(dag)} liever niet "
                    f"(gewicht {tandarts.liever_niet[dag]})."
                )
            if dag in tandarts.graag:
                zinnen.append(
                    f"{name(inst, wie)} doet {short_day(dag)} graag "
                    f"(gewicht {tandarts.graag[dag]})."
                )
    return zinnen
