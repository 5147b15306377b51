"""What holds when a vote opens: the rules of the meeting, the deelnemers, the majority (BV-11)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from kern.tijd import to_local
from reglement.besluitvorming import (
    Besluitsoort,
    Bestuursoptie,
    Bevoegd,
    Meerderheidsoptie,
    Regel,
    Variant,
    Zitting,
    decision_body,
)
from reglement.geldend import lezing_of, variabelen_of, version_on
from reglement.kiesregister import register_on
from reglement.lezing import Lezing, Voorwaardelijk
from reglement.models import Agendapunt, Deelname, Reglementversie, Stemming, Vergadering


@dataclass(frozen=True)
class Spelregels:
    """The rules that a meeting decides by; without a version yet the defaults."""

    versie: Reglementversie | None
    lezing: Lezing
    bestuursoptie: Bestuursoptie
    meerderheidsoptie: Meerderheidsoptie
    variant: Variant | None
    lijst: tuple[Besluitsoort, ...]

    def body_for(self, soort: Besluitsoort) -> Bevoegd:
        """Return who decides about this kind of thing, and by which majority."""
        return decision_body(
            soort,
            bestuursoptie=self.bestuursoptie,
            meerderheidsoptie=self.meerderheidsoptie,
            variant=self.variant,
            lijst=self.lijst,
            lezing=self.lezing,
        )

    def as_dict(self) -> dict[str, Any]:
        """Return the part `reglement` of a bundle."""
        return {
            "versie": self.versie.nummer if self.versie else None,
            "sha256": self.versie.sha256 if self.versie else "",
            "bestuursoptie": self.bestuursoptie.value,
            "meerderheidsoptie": self.meerderheidsoptie.value,
            "lijst": sorted(soort.value for soort in self.lijst),
            "lezing": self.lezing.to_dict(),
        }


def rules_of(vergadering: Vergadering) -> Spelregels:
    """Return the rules of the day of the meeting (RG-12)."""
    dag = to_local(vergadering.begint_op).date()
    versie = vergadering.versie or version_on(vergadering.kring_id, dag)
    filled = variabelen_of(versie)
    variant = Variant(filled.variant) if filled.variant else None
    return Spelregels(
        versie=versie,
        lezing=lezing_of(versie),
        bestuursoptie=Bestuursoptie(filled.bestuursoptie),
        meerderheidsoptie=Meerderheidsoptie(filled.meerderheidsoptie),
        variant=variant,
        lijst=tuple(Besluitsoort(soort) for soort in filled.lijst),
    )


@dataclass(frozen=True)
class Opgave:
    """What a vote on a point would be: majority, kind of meeting, and who counts."""

    regels: Spelregels
    bevoegd: Bevoegd
    regel: Regel
    zitting: Zitting
    deelnemers: tuple[dict[str, Any], ...]

    @property
    def leden(self) -> frozenset[UUID]:
        return frozenset(UUID(row["id"]) for row in self.deelnemers if row["telt_mee"])

    def as_dict(self) -> dict[str, Any]:
        """Return plain values for `Stemming.opgave`."""
        return {
            "reglement": self.regels.as_dict(),
            "zitting": self.zitting.value,
            "deelnemers": [
                {name: value for name, value in row.items() if name != "telt_mee"}
                for row in self.deelnemers
            ],
        }


class NietInStemming(Exception):
    """This point is not decided by a vote here; the text says why, with the article."""


def opgave_for(punt: Agendapunt) -> Opgave:
    """Return what a vote on this point would be. Raises `NietInStemming`."""
    if not punt.besluitsoort:
        raise NietInStemming(_("Over dit punt staat geen besluit op de agenda."))
    vergadering = punt.vergadering
    regels = rules_of(vergadering)
    bevoegd = regels.body_for(Besluitsoort(punt.besluitsoort))
    if bevoegd.regel is None or bevoegd.eerste_zitting is None:
        raise NietInStemming(f"{bevoegd.uitleg} (art. {bevoegd.artikel})")
    return Opgave(
        regels=regels,
        bevoegd=bevoegd,
        regel=bevoegd.regel,
        zitting=_session(vergadering, bevoegd),
        deelnemers=tuple(_deelnemers(vergadering, regels.lezing)),
    )


def _session(vergadering: Vergadering, bevoegd: Bevoegd) -> Zitting:
    """9.2k needs no quorum whatever the meeting; anything else needs one, so also a convocation."""
    if bevoegd.eerste_zitting is Zitting.ZONDER_QUORUM:
        return Zitting.ZONDER_QUORUM
    if vergadering.zitting == Vergadering.Zitting.ZONDER_QUORUM:
        raise NietInStemming(
            _(
                "Deze vergadering is opgeroepen zonder quorum (art. 9.2k). Dat kan alleen voor een "
                "toets of een hertoelating. Zet dit punt op een gewone vergadering."
            )
        )
    return Zitting(vergadering.zitting)


def _deelnemers(vergadering: Vergadering, lezing: Lezing) -> Iterator[dict[str, Any]]:
    counts = {Deelname.Status.LID}
    if lezing.voorwaardelijk is Voorwaardelijk.DEELNEMER:
        counts.add(Deelname.Status.VOORWAARDELIJK)
    dag = to_local(vergadering.begint_op).date()
    for lid in register_on(vergadering.kring_id, dag):
        # Who takes no part under any reading: the proof goes round, and that is not in the register
        # for everybody who reads it.
        if lid.status not in (Deelname.Status.LID, Deelname.Status.VOORWAARDELIJK):
            continue
        speaks = lid.vertegenwoordiger
        yield {
            "id": str(lid.deelnemer.pk),
            "naam": lid.deelnemer.naam,
            "status": str(lid.status),
            "vertegenwoordiger": speaks.naam if speaks else None,
            "telt_mee": lid.status in counts,
        }


def lezing_in(stemming: Stemming) -> Lezing:
    """Return the reading that a vote was opened under."""
    return Lezing.from_dict(stemming.opgave["reglement"]["lezing"])


def members_in(stemming: Stemming) -> frozenset[UUID]:
    """Return the deelnemers that count in a vote, as they were when it opened."""
    counts = {Deelname.Status.LID.value}
    if lezing_in(stemming).voorwaardelijk is Voorwaardelijk.DEELNEMER:
        counts.add(Deelname.Status.VOORWAARDELIJK.value)
    return frozenset(
        UUID(row["id"]) for row in stemming.opgave["deelnemers"] if row["status"] in counts
    )


def voiceless_in(stemming: Stemming) -> frozenset[UUID]:
    """Return the deelnemers for which nobody could speak when the vote opened (art. 2)."""
    rows = stemming.opgave["deelnemers"]
    return frozenset(UUID(row["id"]) for row in rows if not row["vertegenwoordiger"])


def names_in(stemming: Stemming) -> dict[UUID, str]:
    """Return the practices of a vote by id."""
    return {UUID(row["id"]): row["naam"] for row in stemming.opgave["deelnemers"]}
