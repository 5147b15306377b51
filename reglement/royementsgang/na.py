"""The steps after the vote: the decision and what may follow it (9.2g-l)."""

from typing import Final

from reglement.besluitvorming import Regel, StemmenFout, Zitting, judge_vote
from reglement.lezing import NietVoldaan
from reglement.royementsgang.dossier import Dossier, Nee, before_meeting
from reglement.royementsgang.soorten import Fase, Gebeurtenis, Reden, Voorstel
from reglement.termijnen import Reden as Termijnreden
from reglement.termijnen import conditional_term, day_words, k_meeting

WAT: Final = {
    Voorstel.ROYEMENT: "royement",
    Voorstel.VOORWAARDELIJK: "voorwaardelijk royement",
}


def tell_result(dossier: Dossier, gebeurtenis: Gebeurtenis) -> Nee | None:
    dossier.gemeld = True
    return None


def decide(dossier: Dossier, gebeurtenis: Gebeurtenis) -> Nee | None:
    nee = _decision_refused(dossier, gebeurtenis)
    if not nee and gebeurtenis.voorwaardelijk:
        nee = _condition_refused(dossier, gebeurtenis)
    if nee:
        return nee
    dossier.besloten = gebeurtenis.op
    if gebeurtenis.voorwaardelijk:
        dossier.termijn_einde = gebeurtenis.termijn_einde
        dossier.fase = Fase.VOORWAARDELIJK
    else:
        dossier.fase = Fase.GEROYEERD
    return None


def _decision_refused(dossier: Dossier, gebeurtenis: Gebeurtenis) -> Nee | None:
    if not dossier.gemeld:
        words = "Deel de uitslag eerst mee aan wie aanwezig is."
        return Reden.UITSLAG_NIET_GEMELD, "9.2g", words, None
    if nee := before_meeting(dossier, gebeurtenis):
        return nee
    if not gebeurtenis.redenen:
        return Reden.GEEN_REDENEN, "9.2g", "Schrijf op om welke redenen.", None
    if not gebeurtenis.schriftelijk:
        words = "De praktijk krijgt het besluit op schrift."
        return Reden.NIET_SCHRIFTELIJK, "9.2g", words, None
    asked = Voorstel.VOORWAARDELIJK if gebeurtenis.voorwaardelijk else Voorstel.ROYEMENT
    if dossier.voorstel is not None and asked is not dossier.voorstel:
        words = f"Er is gestemd over {WAT[dossier.voorstel]}; het besluit kan niet anders luiden."
        return Reden.NIET_VOORGELEGD, "9.2g", words, None
    return None


def _condition_refused(dossier: Dossier, gebeurtenis: Gebeurtenis) -> Nee | None:
    if not gebeurtenis.voorwaarden:
        words = "Noem de voorwaarden: concreet, en voor iedereen hetzelfde te toetsen."
        return Reden.GEEN_VOORWAARDEN, "9.2h", words, None
    if gebeurtenis.termijn_einde is None:
        words = "Noem de dag waarop de termijn eindigt."
        return Reden.GEEN_TERMIJN, "9.2h", words, None
    if gebeurtenis.op is None:
        return None
    if dossier.min_weken is not None and dossier.max_maanden is not None:
        found = conditional_term(
            besloten=gebeurtenis.op,
            min_weken=dossier.min_weken,
            max_maanden=dossier.max_maanden,
            gekozen=gebeurtenis.termijn_einde,
        )
        if not found.mag:
            return Reden.TERMIJN_BUITEN_GRENZEN, "9.2h", found.waarom, found.vroegste
    elif gebeurtenis.termijn_einde <= gebeurtenis.op:
        words = "De termijn eindigt na het besluit."
        return Reden.TERMIJN_BUITEN_GRENZEN, "9.2h", words, None
    return None


def show(dossier: Dossier, gebeurtenis: Gebeurtenis) -> Nee | None:
    if gebeurtenis.op and dossier.besloten and gebeurtenis.op < dossier.besloten:
        words = "Aantonen kan na het besluit."
        return Reden.TE_VROEG, "9.2j", words, dossier.besloten
    end = dossier.termijn_einde
    early = bool(gebeurtenis.op and end and gebeurtenis.op < end)
    if end and early and not gebeurtenis.op_eigen_initiatief:
        words = f"De termijn loopt tot en met {day_words(end)}. Eerder kan alleen als de "
        words += "praktijk zelf zegt dat zij voldoet."
        return Reden.TERMIJN_LOOPT_NOG, "9.2j", words, end
    # The four weeks run from the claim, or from the end of the term however late it is noted.
    dossier.aanleiding = gebeurtenis.op if early else end or gebeurtenis.op
    dossier.vroege_toets = early
    dossier.fase = Fase.TOETS
    return None


def ask_back(dossier: Dossier, gebeurtenis: Gebeurtenis) -> Nee | None:
    if gebeurtenis.op and dossier.besloten and gebeurtenis.op < dossier.besloten:
        words = "Hertoelating vragen kan na het besluit."
        return Reden.TE_VROEG, "9.2i", words, dossier.besloten
    dossier.voor_verzoek = dossier.fase
    dossier.aanleiding = gebeurtenis.op
    dossier.fase = Fase.HERTOELATING
    return None


def decide_k(dossier: Dossier, gebeurtenis: Gebeurtenis) -> Nee | None:
    if gebeurtenis.op and dossier.aanleiding and gebeurtenis.op < dossier.aanleiding:
        words = "De vergadering komt na het verzoek of de toets."
        return Reden.TE_VROEG, "9.2k", words, dossier.aanleiding
    carried = gebeurtenis.aangenomen
    if carried is None:
        if gebeurtenis.stemmen is None:
            return Reden.GEEN_UITSLAG, "9.2k", "Vul in hoe er gestemd is.", None
        there = gebeurtenis.aanwezig
        try:
            carried = judge_vote(
                leden=dossier.leden if gebeurtenis.leden is None else gebeurtenis.leden,
                aanwezig=gebeurtenis.stemmen.totaal if there is None else there,
                zitting=Zitting.ZONDER_QUORUM,
                regel=Regel.GEWOON,
                stemmen=gebeurtenis.stemmen,
                lezing=dossier.lezing,
                betrokkene=gebeurtenis.betrokkene,
            ).aangenomen
        except StemmenFout as error:
            return Reden.STEMMEN_KLOPPEN_NIET, "9.2k", str(error), None
    _note_late(dossier, gebeurtenis)
    dossier.fase = Fase.DEELNEMER if carried else _after_a_no(dossier)
    return None


def _note_late(dossier: Dossier, gebeurtenis: Gebeurtenis) -> None:
    if not gebeurtenis.op or not dossier.aanleiding:
        return
    found = k_meeting(
        aanleiding=dossier.aanleiding,
        vergadering=gebeurtenis.op,
        opgeroepen=gebeurtenis.opgeroepen,
        lezing=dossier.lezing,
    )
    if found.reden is Termijnreden.TE_LAAT:
        # Refusing would make the practice pay for a bestuur that was late.
        dossier.meldingen.append(f"Te laat (9.2k). {found.waarom}")


def _after_a_no(dossier: Dossier) -> Fase:
    if dossier.fase is Fase.HERTOELATING:
        return dossier.voor_verzoek
    if dossier.vroege_toets and dossier.lezing.niet_voldaan is NietVoldaan.TERMIJN_LOOPT_DOOR:
        return Fase.VOORWAARDELIJK
    return Fase.GEROYEERD


def admit_one_sided(dossier: Dossier, gebeurtenis: Gebeurtenis) -> Nee | None:
    if gebeurtenis.kan_elders:
        words = "De praktijk kan de spoed op een andere manier regelen."
        return Reden.KAN_ELDERS, "9.2l", words, None
    dossier.fase = Fase.EENZIJDIG
    return None


def lapse(dossier: Dossier, gebeurtenis: Gebeurtenis) -> Nee | None:
    dossier.fase = Fase.VERVALLEN
    return None
