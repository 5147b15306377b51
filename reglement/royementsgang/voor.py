"""The steps up to and including the vote (9.2a-f)."""

from datetime import date

from reglement.besluitvorming import Regel, Stemmen, StemmenFout, Uitkomst, Zitting, judge_vote
from reglement.royementsgang.dossier import Dossier, Nee, before_meeting
from reglement.royementsgang.soorten import Fase, Gebeurtenis, Grond, Reden, Voorstel
from reglement.termijnen import ROYEMENT_WEKEN, notice, second_meeting
from reglement.termijnen import Reden as Termijnreden


def establish(dossier: Dossier, gebeurtenis: Gebeurtenis) -> Nee | None:
    if not gebeurtenis.feiten:
        words = "Een royement begint met feiten. Leg vast wat er gebeurd is."
        return Reden.GEEN_FEITEN, "9.2a", words, None
    dossier.fase = Fase.VASTGESTELD
    return None


def propose(dossier: Dossier, gebeurtenis: Gebeurtenis) -> Nee | None:
    if not gebeurtenis.over_de_praktijk and not gebeurtenis.praktijk_in_gebreke:
        words = "Gaat het om één tandarts, dan lost de praktijk dat eerst zelf op."
        return Reden.EERST_DE_PRAKTIJK, "9 (toelichting)", words, None
    if gebeurtenis.grond is None:
        return Reden.GEEN_GROND, "9.1.1", "Noem het bezwaar waar het om gaat.", None
    if gebeurtenis.grond is Grond.ANDERS and not gebeurtenis.motivering:
        words = "Een bezwaar dat niet in de lijst staat, moet je uitleggen."
        return Reden.GEEN_MOTIVERING, "9.1.1", words, None
    if gebeurtenis.grond is Grond.MAATREGEL and gebeurtenis.eenmanszaak is False:
        words = "Een maatregel tegen de vertegenwoordiger telt alleen bij een eenmanszaak."
        return Reden.GEEN_EENMANSZAAK, "9.1.1", words, None
    dossier.voorstel = gebeurtenis.voorstel
    dossier.fase = Fase.VOORGESTELD
    return None


def announce(dossier: Dossier, gebeurtenis: Gebeurtenis) -> Nee | None:
    if not gebeurtenis.stukken and not dossier.tweede:
        words = "Voeg alle stukken bij het voorstel toe."
        return Reden.STUKKEN_ONTBREKEN, "9.2b", words, None
    if not gebeurtenis.betrokkene_uitgenodigd:
        words = "Nodig ook de praktijk uit om wie het gaat."
        return Reden.BETROKKENE_NIET_UITGENODIGD, "9.2b", words, None
    if not gebeurtenis.iedereen_uitgenodigd:
        return Reden.NIET_IEDEREEN_UITGENODIGD, "9.2b", "Nodig alle deelnemers uit.", None
    if gebeurtenis.verzonden is None or gebeurtenis.vergadering is None:
        words = "Vul in wanneer de oproep weggaat en wanneer de vergadering is."
        return Reden.GEEN_DAG, "9.2c", words, None
    nee = _notice(dossier, gebeurtenis, gebeurtenis.verzonden, gebeurtenis.vergadering)
    if nee:
        return nee
    dossier.vergadering = gebeurtenis.vergadering
    dossier.fase = Fase.GEHOORD if dossier.gehoord else Fase.AANGEKONDIGD
    return None


def _notice(
    dossier: Dossier, gebeurtenis: Gebeurtenis, verzonden: date, vergadering: date
) -> Nee | None:
    if dossier.tweede and dossier.eerste:
        found = second_meeting(
            eerste=dossier.eerste,
            verzonden=verzonden,
            vergadering=vergadering,
            ontvangen=gebeurtenis.ontvangen,
            zelfde_agenda=gebeurtenis.zelfde_agenda,
            lezing=dossier.lezing,
            artikel="9.2e",
        )
    else:
        found = notice(
            weken=ROYEMENT_WEKEN,
            verzonden=verzonden,
            vergadering=vergadering,
            ontvangen=gebeurtenis.ontvangen,
            lezing=dossier.lezing,
            artikel="9.2c",
        )
    if found.reden is None:
        return None
    reden = {
        Termijnreden.VOORAF: Reden.VOORAF,
        Termijnreden.ANDERE_AGENDA: Reden.ANDERE_AGENDA,
    }.get(found.reden, Reden.TE_KORT)
    return reden, found.artikel, found.waarom, found.vroegste


def hear(dossier: Dossier, gebeurtenis: Gebeurtenis) -> Nee | None:
    # Declined counts as well: what matters is that the practice could speak (RY-6).
    dossier.gehoord = True
    if dossier.fase is Fase.AANGEKONDIGD:
        dossier.fase = Fase.GEHOORD
    return None


def vote(dossier: Dossier, gebeurtenis: Gebeurtenis) -> Nee | None:
    if nee := before_meeting(dossier, gebeurtenis):
        return nee
    if gebeurtenis.aanwezig is None:
        return Reden.GEEN_UITSLAG, "9.2e", "Vul in hoeveel deelnemers er waren.", None
    try:
        found = judge_vote(
            leden=dossier.leden if gebeurtenis.leden is None else gebeurtenis.leden,
            aanwezig=gebeurtenis.aanwezig,
            zitting=Zitting.TWEEDE if dossier.tweede else Zitting.EERSTE,
            regel=Regel.ROYEMENT,
            stemmen=gebeurtenis.stemmen or Stemmen(),
            lezing=dossier.lezing,
            bij_opening=gebeurtenis.bij_opening,
            betrokkene=gebeurtenis.betrokkene,
        )
    except StemmenFout as error:
        return Reden.STEMMEN_KLOPPEN_NIET, "9.2f", str(error), None
    if found.uitkomst is Uitkomst.GEEN_GELDIGE_STEMMING:
        # Nothing was put to the vote, so nobody had to be heard yet. 9.2e knows a second meeting
        # and no third.
        dossier.uitslag = found
        dossier.fase = Fase.VERVALLEN if dossier.tweede else Fase.TWEEDE
        dossier.tweede, dossier.eerste = True, dossier.eerste or dossier.vergadering
        return None
    if nee := _not_to_be_voted(dossier, gebeurtenis):
        return nee
    dossier.uitslag = found
    dossier.voorstel = gebeurtenis.voorstel or dossier.voorstel
    dossier.fase = Fase.AANGENOMEN if found.aangenomen else Fase.VERWORPEN
    return None


def _not_to_be_voted(dossier: Dossier, gebeurtenis: Gebeurtenis) -> Nee | None:
    """Return why a meeting with a quorum may not put this to the vote."""
    if not dossier.gehoord:
        words = "Leg eerst vast dat de praktijk is gehoord, of dat zij dat niet wilde."
        return Reden.NIET_GEHOORD, "9.2d", words, None
    if dossier.voorstel is Voorstel.VOORWAARDELIJK and gebeurtenis.voorstel is Voorstel.ROYEMENT:
        words = "Aangekondigd is een voorwaardelijk royement; over een zwaarder voorstel kan de "
        words += "vergadering niet stemmen."
        return Reden.NIET_VOORGELEGD, "9.2b", words, None
    if gebeurtenis.stemmen is None:
        return Reden.GEEN_UITSLAG, "9.2f", "Vul in hoe er gestemd is.", None
    return None
