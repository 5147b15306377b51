"""The facts of a file as its steps find them."""

from dataclasses import dataclass, field
from datetime import date

from reglement.besluitvorming import Stemuitslag
from reglement.lezing import Lezing
from reglement.royementsgang.soorten import (
    Fase,
    Gebeurtenis,
    Reden,
    Voorstel,
    Weigering,
)
from reglement.termijnen import day_words

Nee = tuple[Reden, str, str, date | None]
"""A refusal before it knows its event: reason, article, sentence, earliest day."""


@dataclass
class Dossier:
    """What is known so far; only a step that is not refused changes it."""

    leden: int
    lezing: Lezing
    min_weken: int | None
    max_maanden: int | None
    fase: Fase = Fase.BEGIN
    geweigerd: list[Weigering] = field(default_factory=list)
    meldingen: list[str] = field(default_factory=list)
    gehoord: bool = False
    gemeld: bool = False
    # A first meeting had no quorum: every next one is a second, on `eerste` and its agenda.
    tweede: bool = False
    eerste: date | None = None
    voorstel: Voorstel | None = None
    vergadering: date | None = None
    uitslag: Stemuitslag | None = None
    besloten: date | None = None
    termijn_einde: date | None = None
    aanleiding: date | None = None
    vroege_toets: bool = False
    voor_verzoek: Fase = Fase.GEROYEERD


def before_meeting(dossier: Dossier, gebeurtenis: Gebeurtenis) -> Nee | None:
    """Return the refusal of what cannot be before the meeting that was called."""
    vergadering = dossier.vergadering
    if not vergadering or not gebeurtenis.op or gebeurtenis.op >= vergadering:
        return None
    words = f"De vergadering is op {day_words(vergadering)}."
    return Reden.VOOR_VERGADERING, "9.2c", words, vergadering
