"""Which way a report goes to one recipient, and why (§4.2, NTA 7516 §6.1.2).

Pure. The best way that is open, in this order: encrypted for the recipient alone, the certified
relay, the pick-up with a code, paper. Ordinary mail is not among them: there is no such channel to
choose, and nothing falls back to it.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Kanaal(StrEnum):
    """How a report reaches its recipient; the values stand in `Overdracht.kanaal`."""

    SMIME = "smime"
    NTA = "nta"
    OPHALEN = "ophalen"
    PERSOONLIJK = "persoonlijk"
    PAPIER = "papier"


ELEKTRONISCH = frozenset({Kanaal.SMIME, Kanaal.NTA, Kanaal.OPHALEN})

ZO = {
    Kanaal.SMIME: "Gaat als versleutelde mail",
    Kanaal.NTA: "Gaat als veilige mail (NTA 7516)",
    Kanaal.OPHALEN: "De ontvanger haalt het op met een code",
    Kanaal.PERSOONLIJK: "Persoonlijk overhandigd",
    Kanaal.PAPIER: "Moet op papier",
}


class Reden(StrEnum):
    """Why a channel was taken, or a better one was not; the codes are kept with the handover."""

    GEEN_EMAIL = "geen_email"
    GEEN_TELEFOON = "geen_telefoon"
    ZELF_GEKOZEN = "zelf_gekozen"


ZIN = {
    Reden.GEEN_EMAIL: "er geen e-mailadres van de ontvanger is",
    Reden.GEEN_TELEFOON: "er geen telefoonnummer is om de code naartoe te sturen",
    Reden.ZELF_GEKOZEN: "je daar zelf voor koos",
}


@dataclass(frozen=True)
class Ontvanger:
    """What is known of the recipient: the mail address and the number (E.164) for the code."""

    email: str = ""
    telefoon: str = ""


@dataclass(frozen=True)
class Keuze:
    """The channel, and the reasons in the order of the channels that they speak about."""

    kanaal: Kanaal
    redenen: tuple[Reden, ...] = ()

    @property
    def zin(self) -> str:
        """Return the choice as a sentence for the sender."""
        return explain(self.kanaal, self.redenen)


def choose(feiten: Ontvanger, *, nu: datetime) -> Keuze:
    """Return the best channel that is open to this recipient at this moment."""
    if not feiten.email:
        return Keuze(Kanaal.PAPIER, (Reden.GEEN_EMAIL,))
    if not feiten.telefoon:
        # A code by the same mailbox is no second factor.
        return Keuze(Kanaal.PAPIER, (Reden.GEEN_TELEFOON,))
    return Keuze(Kanaal.OPHALEN)


def explain(kanaal: str, redenen: tuple[str, ...] | list[str]) -> str:
    """Return "Gaat als …, omdat … en …."; a code that no longer has words is left out."""
    because = [ZIN[Reden(code)] for code in redenen if code in set(Reden)]
    start = ZO[Kanaal(kanaal)]
    return f"{start}, omdat {' en '.join(because)}." if because else f"{start}."
