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
    Kanaal.PAPIER: "Op papier",
}


class Reden(StrEnum):
    """Why a channel was taken, or a better one was not; the codes are kept with the handover."""

    CERTIFICAAT = "certificaat"
    GEEN_CERTIFICAAT = "geen_certificaat"
    CERTIFICAAT_VERLOPEN = "certificaat_verlopen"
    CERTIFICAAT_TE_VROEG = "certificaat_te_vroeg"
    CERTIFICAAT_ANDER_ADRES = "certificaat_ander_adres"
    CERTIFICAAT_GEEN_RSA = "certificaat_geen_rsa"
    CERTIFICAAT_TE_KORT = "certificaat_te_kort"
    CERTIFICAAT_NIET_VOOR_MAIL = "certificaat_niet_voor_mail"
    WIJ_TEKENEN_NIET = "wij_tekenen_niet"
    NTA = "nta"
    GEEN_NTA = "geen_nta"
    NTA_ONBEKEND = "nta_onbekend"
    GEEN_RELAY = "geen_relay"
    TE_GROOT = "te_groot"
    BIJLAGE_WACHT = "bijlage_wacht"
    ADRES_FOUT = "adres_fout"
    GEEN_EMAIL = "geen_email"
    GEEN_TELEFOON = "geen_telefoon"
    ZELF_GEKOZEN = "zelf_gekozen"


ZIN = {
    Reden.CERTIFICAAT: "van dit adres een geldig certificaat bekend is",
    Reden.GEEN_CERTIFICAAT: "van dit adres geen certificaat bekend is",
    Reden.CERTIFICAAT_VERLOPEN: "het certificaat is verlopen",
    Reden.CERTIFICAAT_TE_VROEG: "het certificaat nog niet geldig is",
    Reden.CERTIFICAAT_ANDER_ADRES: "het certificaat van een ander e-mailadres is",
    Reden.CERTIFICAAT_GEEN_RSA: "het certificaat geen RSA-sleutel heeft",
    Reden.CERTIFICAAT_TE_KORT: "de sleutel van het certificaat te kort is",
    Reden.CERTIFICAAT_NIET_VOOR_MAIL: "het certificaat niet is bedoeld om mail te versleutelen",
    Reden.WIJ_TEKENEN_NIET: "de dienst zelf geen geldig certificaat heeft om mee te tekenen",
    Reden.NTA: "het maildomein van de ontvanger daarvoor is aangemeld",
    Reden.GEEN_NTA: "het maildomein van de ontvanger niet is aangemeld voor NTA 7516",
    Reden.NTA_ONBEKEND: "nog niet bekend is of het maildomein is aangemeld voor NTA 7516",
    Reden.GEEN_RELAY: "de dienst niet is aangesloten op veilige mail (NTA 7516)",
    Reden.TE_GROOT: "de bijlagen samen te groot zijn voor mail",
    Reden.BIJLAGE_WACHT: "een bijlage nog op de virusscanner wacht",
    Reden.ADRES_FOUT: "iemand heeft gemeld dat het adres van de ontvanger niet klopt",
    Reden.GEEN_EMAIL: "er geen e-mailadres van de ontvanger is",
    Reden.GEEN_TELEFOON: "er geen telefoonnummer is om de code naartoe te sturen",
    Reden.ZELF_GEKOZEN: "je daar zelf voor koos",
}

MAIL_MAX = 3 * 1024 * 1024
"""Bytes of attachments that still go by mail.

They are in it twice (also as FHIR), and wrapped up to three times in base64: six times as much, and
many mail servers stop at 25 MB.
"""

RSA_BITS = 2048
"""RFC 8551 §4.3: shorter keys may not be used."""


@dataclass(frozen=True)
class Certificaat:
    """What the certificate of the recipient says (`kern.smime`). `bits` is 0 when it is not RSA."""

    adressen: frozenset[str]
    geldig_van: datetime
    geldig_tot: datetime
    bits: int
    is_voor_mail: bool


@dataclass(frozen=True)
class Ontvanger:
    """What is known of the recipient, of us, and of what is to be sent.

    `telefoon` is E.164. `is_nta`: None when the DNS did not say. `omvang`: bytes of attachments.
    """

    email: str = ""
    telefoon: str = ""
    adres_fout: bool = False
    certificaat: Certificaat | None = None
    is_nta: bool | None = None
    wij_tekenen: bool = False
    wij_hebben_relay: bool = False
    omvang: int = 0
    bijlage_wacht: bool = False


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
    if feiten.adres_fout:
        # Whoever reads there is not the own dentist, or nobody: a person mends it first.
        return Keuze(Kanaal.PAPIER, (Reden.ADRES_FOUT,))
    by_mail = _choose_mail(feiten, nu)
    if by_mail.kanaal != Kanaal.OPHALEN or feiten.telefoon:
        return by_mail
    # A code by the same mailbox is no second factor.
    return Keuze(Kanaal.PAPIER, (*by_mail.redenen, Reden.GEEN_TELEFOON))


def _choose_mail(feiten: Ontvanger, nu: datetime) -> Keuze:
    """Return how the mail to this address protects the report; else the pick-up."""
    if feiten.bijlage_wacht:
        return Keuze(Kanaal.OPHALEN, (Reden.BIJLAGE_WACHT,))
    if feiten.omvang > MAIL_MAX:
        return Keuze(Kanaal.OPHALEN, (Reden.TE_GROOT,))
    against_smime = _against_smime(feiten, nu)
    if against_smime is None:
        return Keuze(Kanaal.SMIME, (Reden.CERTIFICAAT,))
    against_nta = _against_nta(feiten)
    if against_nta is None:
        return Keuze(Kanaal.NTA, (Reden.NTA,))
    return Keuze(Kanaal.OPHALEN, (against_smime, against_nta))


def _against_smime(feiten: Ontvanger, nu: datetime) -> Reden | None:
    if feiten.certificaat is None:
        return Reden.GEEN_CERTIFICAAT
    objections = object_to(feiten.certificaat, email=feiten.email, nu=nu)
    if objections:
        return objections[0]
    return None if feiten.wij_tekenen else Reden.WIJ_TEKENEN_NIET


def object_to(certificaat: Certificaat, *, email: str, nu: datetime) -> list[Reden]:
    """Return everything that forbids this certificate for this address now, the worst first."""
    rules = {
        Reden.CERTIFICAAT_ANDER_ADRES: email.lower() not in certificaat.adressen,
        Reden.CERTIFICAAT_GEEN_RSA: not certificaat.bits,
        Reden.CERTIFICAAT_TE_KORT: 0 < certificaat.bits < RSA_BITS,
        Reden.CERTIFICAAT_NIET_VOOR_MAIL: not certificaat.is_voor_mail,
        Reden.CERTIFICAAT_VERLOPEN: certificaat.geldig_tot <= nu,
        Reden.CERTIFICAAT_TE_VROEG: certificaat.geldig_van > nu,
    }
    return [reden for reden, is_so in rules.items() if is_so]


def _against_nta(feiten: Ontvanger) -> Reden | None:
    if not feiten.wij_hebben_relay:
        return Reden.GEEN_RELAY
    if feiten.is_nta is None:
        return Reden.NTA_ONBEKEND
    return None if feiten.is_nta else Reden.GEEN_NTA


def explain(kanaal: str, redenen: tuple[str, ...] | list[str]) -> str:
    """Return "Gaat als …, omdat … en …."; a code that no longer has words is left out."""
    because = [ZIN[Reden(code)] for code in redenen if code in set(Reden)]
    start = ZO[Kanaal(kanaal)]
    return f"{start}, omdat {' en '.join(because)}." if because else f"{start}."
