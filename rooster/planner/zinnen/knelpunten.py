"""What does not fit and what would help, in sentences for the coordinator."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from rooster.planner.instantie import Dienst, Instantie
from rooster.planner.knelpunten import Klem, Knelpunt
from rooster.planner.stand import Regel
from rooster.planner.versoepeling import Soort, Uitweg
from rooster.planner.zinnen.woorden import (
    DAGEN,
    category,
    count,
    days,
    duty_days,
    listing,
    name,
    short_day,
)

MEESTE_NAMEN = 6
GROEPEN = {
    "geblokkeerd": "Geblokkeerd",
    "gesloten": "Praktijk gesloten",
    "rust": "Rust na een dienst van vóór dit rooster",
    "vrijgesteld": "Vrijgesteld",
    "uitval": "Uitgevallen",
    "vast": "Vastgezet op een dienst te dichtbij",
    "": "Niet beschikbaar",
}


def bottleneck_sentences(
    inst: Instantie, knelpunt: Knelpunt, *, coordinator: bool = False
) -> list[str]:
    """Return what does not fit: the demand, who is there, and who is not and why."""
    eerst = {
        Klem.ONBEZET: _unfilled,
        Klem.TE_WEINIG: _too_few,
        Klem.TE_VEEL: _too_many,
    }[knelpunt.klem](inst, knelpunt)
    return [*eerst, *_absent(inst, knelpunt, coordinator)]


def way_out_sentence(inst: Instantie, uitweg: Uitweg) -> str:
    """Return what would have to be done."""
    vrij: dict[str, list[str]] = defaultdict(list)
    delen = []
    for stap in uitweg.stappen:
        if stap.soort == Soort.VRIJGEVEN:
            vrij[stap.tandarts] += _lifted_days(inst, stap.tandarts, inst.dienst[stap.dienst])
        elif stap.soort == Soort.RUSTDAGEN:
            delen.append(f"het aantal rustdagen gaat van {inst.regels.rustdagen} naar {stap.wordt}")
        elif stap.soort == Soort.WEEKENDEN:
            delen.append("twee weekenden achter elkaar mag")
        else:
            delen.append(f"wat {duty_days(inst.dienst[stap.dienst])} is vastgezet, komt los")
    delen += [
        f"{name(inst, wie)} geeft {listing(list(dict.fromkeys(dagen)))} vrij"
        for wie, dagen in vrij.items()
    ]
    zin = listing(delen)
    return f"{zin[:1].upper()}{zin[1:]}."


def _lifted_days(inst: Instantie, wie: str, dienst: Dienst) -> list[str]:
    return [short_day(dag) for dag in dienst.dagen if dag in inst.tandarts[wie].afwezig]


def _unfilled(inst: Instantie, k: Knelpunt) -> list[str]:
    diensten = [inst.dienst[d] for d in k.diensten]
    wanneer = _stretch(diensten)
    if not k.bewezen:
        leeg = k.nodig - k.mogelijk
        bleef = f"{'bleef' if leeg == 1 else 'bleven'} {count(leeg, 'plaats', 'plaatsen')} leeg"
        return [
            f"{wanneer} {bleef} zonder dat één reden is aan te wijzen. Plan opnieuw met meer tijd."
        ]
    plaatsen = count(k.nodig, "plaats", "plaatsen")
    namen = listing([name(inst, a.tandarts) for a in k.aanwezig], MEESTE_NAMEN)
    if not k.aanwezig:
        return [f"{wanneer} is voor {plaatsen} niemand beschikbaar."]
    werkwoord = "is" if len(k.aanwezig) == 1 else "zijn"
    er = f"{wanneer} {werkwoord} voor {plaatsen} alleen {namen} beschikbaar"
    if len(k.aanwezig) > 1 and len({inst.tandarts[a.tandarts].praktijk for a in k.aanwezig}) == 1:
        er += ", van dezelfde praktijk"
    if not k.mogelijk:
        return [f"{er}; binnen de regels is er geen te vullen."]
    hoogstens = f"{'is' if k.mogelijk == 1 else 'zijn'} er hoogstens {k.mogelijk}"
    return [f"{er}; binnen de regels {hoogstens} te vullen."]


def _stretch(diensten: Sequence[Dienst]) -> str:
    """Return e.g. "Van 24 tot en met 28 december", or the days when there is a gap between."""
    dagen = sorted({dag for d in diensten for dag in d.dagen})
    eerste, laatste = dagen[0], dagen[-1]
    if len(dagen) <= 2 or (laatste - eerste).days + 1 == len(dagen):
        tekst = (
            days(eerste, laatste)
            if (laatste - eerste).days + 1 == len(dagen)
            else f"op {listing([short_day(d) for d in dagen])}"
        )
        return f"{tekst[:1].upper()}{tekst[1:]}"
    return f"Bij {len(diensten)} diensten {days(eerste, laatste)}"


def _too_few(inst: Instantie, k: Knelpunt) -> list[str]:
    praktijk = name(inst, k.praktijk)
    hoort = (
        f"{praktijk} hoort {category(k.categorie)} minstens "
        f"{count(k.nodig, 'plaats', 'plaatsen')} te krijgen"
    )
    if k.door_leeg:
        return [
            f"{hoort} en krijgt er {k.mogelijk}. Dat komt door lege plaatsen: voor alle praktijken "
            f"samen {'is' if k.door_leeg == 1 else 'zijn'} er {category(k.categorie)} "
            f"{k.door_leeg} te weinig."
        ]
    if not k.bewezen:
        return [f"{hoort} en krijgt er {k.mogelijk}; één reden is daarvoor niet aan te wijzen."]
    kan = f"kan er hoogstens {k.mogelijk} doen" if k.mogelijk else "kan er geen doen"
    zinnen = [f"{hoort} en {kan}."]
    if k.diensten:
        totaal = sum(d.categorie == k.categorie for d in inst.diensten)
        zinnen.append(
            f"Bij {len(k.diensten)} van de {totaal} diensten {category(k.categorie)} "
            "is daar niemand beschikbaar."
        )
    return zinnen


def _too_many(inst: Instantie, k: Knelpunt) -> list[str]:
    praktijk = name(inst, k.praktijk)
    zin = (
        f"{praktijk} hoort {category(k.categorie)} hoogstens "
        f"{count(k.nodig, 'plaats', 'plaatsen')} te krijgen en krijgt er {k.mogelijk}"
    )
    if not k.bewezen:
        return [f"{zin}; één reden is daarvoor niet aan te wijzen."]
    return [
        f"{praktijk} hoort {category(k.categorie)} hoogstens "
        f"{count(k.nodig, 'plaats', 'plaatsen')} te krijgen, maar bij "
        f"{len(k.diensten)} diensten zijn er buiten deze praktijk te weinig anderen."
    ]


def _absent(inst: Instantie, k: Knelpunt, coordinator: bool) -> list[str]:
    """Return who is not there, by reason; a ground only for the coordinator."""
    groepen: dict[str, dict[str, list[date]]] = defaultdict(dict)
    for afwezige in k.afwezig:
        for belet in afwezige.belet:
            reden = "vast" if belet.regel == Regel.VAST else belet.reden
            if reden not in GROEPEN or (not coordinator and reden in ("vrijgesteld", "uitval")):
                reden = ""
            dagen = groepen[reden].setdefault(afwezige.tandarts, [])
            if belet.dag:
                dagen.append(date.fromisoformat(belet.dag))
    zinnen = []
    for reden, rijen in groepen.items():
        namen = [f"{name(inst, wie)}{_always(k, dagen)}" for wie, dagen in rijen.items()]
        zinnen.append(f"{GROEPEN[reden]}: {listing(namen, MEESTE_NAMEN)}.")
    return zinnen


def _always(k: Knelpunt, dagen: list[date]) -> str:
    """Return e.g. " (elke vrijdag)" when a long row of days is of one weekday."""
    if k.klem == Klem.TE_WEINIG and len(dagen) > 2 and len({d.weekday() for d in dagen}) == 1:
        return f" (steeds op {DAGEN[dagen[0].weekday()]})"
    return ""
