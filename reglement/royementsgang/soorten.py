"""What can happen in a royement, where it can stand, and why a step is refused."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from reglement.besluitvorming import Betrokkene, Stemmen, Stemuitslag


class Soort(StrEnum):
    """The steps; the values are those of `Royementstap.soort`."""

    VASTSTELLEN = "vaststellen"
    VOORSTELLEN = "voorstellen"
    AANKONDIGEN = "aankondigen"
    HOREN = "horen"
    STEMMEN = "stemmen"
    UITSLAG = "uitslag"
    BESLUITEN = "besluiten"
    AANTONEN = "aantonen"
    BESLISSEN = "beslissen"
    HERTOELATING = "hertoelating"
    EENZIJDIG = "eenzijdig"
    VERVALLEN = "vervallen"


class Fase(StrEnum):
    """Where a file stands. `TWEEDE`: the first meeting had no quorum, a second is to be called."""

    BEGIN = "begin"
    VASTGESTELD = "vastgesteld"
    VOORGESTELD = "voorgesteld"
    AANGEKONDIGD = "aangekondigd"
    GEHOORD = "gehoord"
    TWEEDE = "tweede_vergadering"
    AANGENOMEN = "aangenomen"
    VERWORPEN = "verworpen"
    GEROYEERD = "geroyeerd"
    VOORWAARDELIJK = "voorwaardelijk"
    TOETS = "toets"
    HERTOELATING = "hertoelating"
    DEELNEMER = "deelnemer"
    EENZIJDIG = "eenzijdig"
    VERVALLEN = "vervallen"


class Grond(StrEnum):
    """The grounds of 9.1.1; the list is not closed. The values are those of `Royement.grond`."""

    VOORWAARDEN = "voorwaarden"
    AFSPRAKEN = "afspraken"
    SLUITING = "sluiting"
    MAATREGEL = "maatregel"
    ANDERS = "anders"


class Voorstel(StrEnum):
    """What is put to the vote (9.2b)."""

    ROYEMENT = "royement"
    VOORWAARDELIJK = "voorwaardelijk"


class Reden(StrEnum):
    """Why a step is refused."""

    VOLGORDE = "volgorde"
    GEEN_FEITEN = "geen_feiten"
    EERST_DE_PRAKTIJK = "eerst_de_praktijk"
    GEEN_GROND = "geen_grond"
    GEEN_MOTIVERING = "geen_motivering"
    GEEN_EENMANSZAAK = "geen_eenmanszaak"
    STUKKEN_ONTBREKEN = "stukken_ontbreken"
    BETROKKENE_NIET_UITGENODIGD = "betrokkene_niet_uitgenodigd"
    NIET_IEDEREEN_UITGENODIGD = "niet_iedereen_uitgenodigd"
    TE_KORT = "te_kort"
    VOORAF = "vooraf"
    ANDERE_AGENDA = "andere_agenda"
    GEEN_DAG = "geen_dag"
    NIET_GEHOORD = "niet_gehoord"
    STEMMEN_KLOPPEN_NIET = "stemmen_kloppen_niet"
    VOOR_VERGADERING = "voor_vergadering"
    UITSLAG_NIET_GEMELD = "uitslag_niet_gemeld"
    NIET_AANGENOMEN = "niet_aangenomen"
    GEEN_REDENEN = "geen_redenen"
    NIET_SCHRIFTELIJK = "niet_schriftelijk"
    NIET_VOORGELEGD = "niet_voorgelegd"
    GEEN_VOORWAARDEN = "geen_voorwaarden"
    GEEN_TERMIJN = "geen_termijn"
    TERMIJN_BUITEN_GRENZEN = "termijn_buiten_grenzen"
    TERMIJN_LOOPT_NOG = "termijn_loopt_nog"
    TE_VROEG = "te_vroeg"
    GEEN_UITSLAG = "geen_uitslag"
    KAN_ELDERS = "kan_elders"


@dataclass(frozen=True, slots=True)
class Gebeurtenis:
    """One step with the facts that the law asks of it; what does not belong to it is not read.

    `op` is the day on which it happened; without it no check of days is done. The defaults are
    those of a step done well, so a caller states what it knows.
    """

    soort: Soort
    op: date | None = None
    # vaststellen (9.2a)
    feiten: bool = True
    # voorstellen (9.1.1, 9.2b); `voorstel` None: it was left open which of the two. A vote may
    # name the one that was put to it, the milder one where the meeting chose so.
    grond: Grond | None = None
    motivering: bool = False
    over_de_praktijk: bool = True
    praktijk_in_gebreke: bool = False
    eenmanszaak: bool | None = None
    voorstel: Voorstel | None = None
    # aankondigen (9.2b, c, e)
    verzonden: date | None = None
    vergadering: date | None = None
    ontvangen: date | None = None
    stukken: bool = True
    betrokkene_uitgenodigd: bool = True
    iedereen_uitgenodigd: bool = True
    zelfde_agenda: bool = True
    # horen (9.2d)
    afgezien: bool = False
    # stemmen (9.2e, f), and beslissen (9.2k) where `aangenomen` is not given
    leden: int | None = None
    aanwezig: int | None = None
    bij_opening: int | None = None
    stemmen: Stemmen | None = None
    betrokkene: Betrokkene | None = None
    # besluiten (9.2g, h)
    redenen: bool = False
    schriftelijk: bool = True
    voorwaardelijk: bool = False
    voorwaarden: bool = False
    termijn_einde: date | None = None
    # aantonen (9.2j): the practice says so itself, or the term is over
    op_eigen_initiatief: bool = False
    # beslissen (9.2k)
    opgeroepen: date | None = None
    aangenomen: bool | None = None
    # eenzijdig (9.2l)
    kan_elders: bool = False


@dataclass(frozen=True, slots=True)
class Weigering:
    """A step that the law refuses; `vroegste` is the first day on which it could be, if any."""

    gebeurtenis: Gebeurtenis
    reden: Reden
    artikel: str
    uitleg: str
    vroegste: date | None = None


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a file stands.

    `mag` are the steps that are in order now. `uiterlijk` is the day by which something must have
    happened, `waarom` says what and why then. `meldingen` are steps that counted although a term
    was missed: the group stays able to decide.
    """

    stand: Fase
    geweigerd: tuple[Weigering, ...]
    mag: tuple[Soort, ...]
    gehoord: bool
    uitslag_gemeld: bool
    tweede_zitting: bool
    vergadering: date | None
    uitslag: Stemuitslag | None
    besloten: date | None
    termijn_einde: date | None
    uiterlijk: date | None
    waarom: str
    meldingen: tuple[str, ...]
