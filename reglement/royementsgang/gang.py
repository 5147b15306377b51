"""The walk itself: each step is judged by the facts that stand before it."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Final

from reglement.lezing import STANDAARD, Lezing
from reglement.royementsgang import na, voor
from reglement.royementsgang.dossier import Dossier, Nee
from reglement.royementsgang.soorten import (
    Fase,
    Gebeurtenis,
    Reden,
    Soort,
    Stand,
    Weigering,
)
from reglement.termijnen import day_words, k_meeting

BIJEEN: Final = (Fase.AANGEKONDIGD, Fase.GEHOORD)
"""A meeting was called and has not voted yet."""

VOLGORDE: Final = {
    Soort.VASTSTELLEN: (Fase.BEGIN,),
    Soort.VOORSTELLEN: (Fase.VASTGESTELD,),
    # Also again, for another day.
    Soort.AANKONDIGEN: (Fase.VOORGESTELD, *BIJEEN, Fase.TWEEDE),
    Soort.HOREN: (Fase.VOORGESTELD, Fase.AANGEKONDIGD, Fase.GEHOORD, Fase.TWEEDE),
    Soort.STEMMEN: BIJEEN,
    Soort.UITSLAG: (Fase.AANGENOMEN, Fase.VERWORPEN),
    Soort.BESLUITEN: (Fase.AANGENOMEN,),
    Soort.AANTONEN: (Fase.VOORWAARDELIJK,),
    Soort.BESLISSEN: (Fase.TOETS, Fase.HERTOELATING),
    Soort.HERTOELATING: (Fase.GEROYEERD, Fase.EENZIJDIG),
    Soort.EENZIJDIG: (Fase.GEROYEERD,),
    Soort.VERVALLEN: (
        Fase.VASTGESTELD,
        Fase.VOORGESTELD,
        Fase.AANGEKONDIGD,
        Fase.GEHOORD,
        Fase.TWEEDE,
    ),
}
"""In which phases a step is in order."""

EERST: Final = {
    Soort.VASTSTELLEN: "De feiten zijn al vastgesteld.",
    Soort.VOORSTELLEN: "Stel eerst de feiten vast; een voorstel kan daarna één keer.",
    Soort.AANKONDIGEN: "Aankondigen kan vanaf het voorstel en tot er een uitslag is.",
    Soort.HOREN: "Horen kan vanaf het voorstel en tot de stemming.",
    Soort.STEMMEN: "Stemmen kan op een vergadering die is aangekondigd.",
    Soort.UITSLAG: "Er is nog geen uitslag om mee te delen.",
    Soort.BESLUITEN: "Een besluit volgt op een voorstel dat is aangenomen.",
    Soort.AANTONEN: "Aantonen hoort bij een voorwaardelijk royement waarvan de termijn loopt.",
    Soort.BESLISSEN: "Hier is nog niets om te beslissen: eerst een verzoek of een toets.",
    Soort.HERTOELATING: "Hertoelating vragen kan na een royement.",
    Soort.EENZIJDIG: "Eenzijdig toelaten kan na een royement.",
    Soort.VERVALLEN: "Vervallen kan tot er gestemd is.",
}
ARTIKEL: Final = {
    Soort.VASTSTELLEN: "9.2a",
    Soort.VOORSTELLEN: "9.2b",
    Soort.AANKONDIGEN: "9.2b, 9.2c",
    Soort.HOREN: "9.2d",
    Soort.STEMMEN: "9.2e",
    Soort.UITSLAG: "9.2g",
    Soort.BESLUITEN: "9.2g",
    Soort.AANTONEN: "9.2j",
    Soort.BESLISSEN: "9.2k",
    Soort.HERTOELATING: "9.2i",
    Soort.EENZIJDIG: "9.2l",
    Soort.VERVALLEN: "9.2",
}
STAPPEN: Final[dict[Soort, Callable[[Dossier, Gebeurtenis], Nee | None]]] = {
    Soort.VASTSTELLEN: voor.establish,
    Soort.VOORSTELLEN: voor.propose,
    Soort.AANKONDIGEN: voor.announce,
    Soort.HOREN: voor.hear,
    Soort.STEMMEN: voor.vote,
    Soort.UITSLAG: na.tell_result,
    Soort.BESLUITEN: na.decide,
    Soort.AANTONEN: na.show,
    Soort.BESLISSEN: na.decide_k,
    Soort.HERTOELATING: na.ask_back,
    Soort.EENZIJDIG: na.admit_one_sided,
    Soort.VERVALLEN: na.lapse,
}


def fold(
    leden: int,
    gebeurtenissen: Iterable[Gebeurtenis],
    lezing: Lezing = STANDAARD,
    *,
    min_weken: int | None = None,
    max_maanden: int | None = None,
) -> Stand:
    """Return where a royement stands after these events.

    `leden` is the number of deelnemers, unless a vote carries its own; `min_weken` and
    `max_maanden` are what the rules filled in at 9.2h, unchecked where they are not known. A
    refused event changes nothing.
    """
    dossier = Dossier(leden, lezing, min_weken, max_maanden)
    for gebeurtenis in gebeurtenissen:
        soort = gebeurtenis.soort
        nee = _out_of_order(dossier, soort) or STAPPEN[soort](dossier, gebeurtenis)
        if nee:
            dossier.geweigerd.append(Weigering(gebeurtenis, *nee))
    return _standing(dossier)


def _out_of_order(dossier: Dossier, soort: Soort) -> Nee | None:
    if soort is Soort.BESLUITEN and dossier.fase is Fase.VERWORPEN:
        words = "Het voorstel is verworpen: de praktijk blijft deelnemer."
        return Reden.NIET_AANGENOMEN, "9.2f, 9.2g", words, None
    if dossier.fase not in VOLGORDE[soort]:
        return Reden.VOLGORDE, ARTIKEL[soort], EERST[soort], None
    return None


def _standing(dossier: Dossier) -> Stand:
    until, why = _until(dossier)
    not_now = {
        Soort.STEMMEN: not dossier.gehoord,
        Soort.HOREN: dossier.gehoord,
        Soort.BESLUITEN: not dossier.gemeld,
        Soort.UITSLAG: dossier.gemeld,
    }
    allowed = [
        soort
        for soort in Soort
        if dossier.fase in VOLGORDE[soort] and not not_now.get(soort, False)
    ]
    return Stand(
        stand=dossier.fase,
        geweigerd=tuple(dossier.geweigerd),
        mag=tuple(allowed),
        gehoord=dossier.gehoord,
        uitslag_gemeld=dossier.gemeld,
        tweede_zitting=dossier.tweede,
        vergadering=dossier.vergadering,
        uitslag=dossier.uitslag,
        besloten=dossier.besloten,
        termijn_einde=dossier.termijn_einde,
        uiterlijk=until,
        waarom=why,
        meldingen=tuple(dossier.meldingen),
    )


def _until(dossier: Dossier) -> tuple[date | None, str]:
    if dossier.fase in (Fase.TOETS, Fase.HERTOELATING) and dossier.aanleiding:
        found = k_meeting(aanleiding=dossier.aanleiding, lezing=dossier.lezing)
        return found.uiterlijk, found.waarom
    if dossier.fase is Fase.VOORWAARDELIJK and dossier.termijn_einde:
        words = f"De termijn loopt tot en met {day_words(dossier.termijn_einde)} (9.2h)."
        return dossier.termijn_einde, words
    if dossier.fase in BIJEEN and dossier.vergadering:
        words = f"De vergadering is op {day_words(dossier.vergadering)}."
        return dossier.vergadering, words
    return None, ""
