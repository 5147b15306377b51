"""Who signed a version of the rules, and who still has to (RG-8, A-16)."""

from dataclasses import dataclass

from kern.tijd import db_now, to_local
from kern.toegang import Rol
from kring.models import Deelnemer, Lidmaatschap
from reglement.geldend import lezing_of
from reglement.kiesregister import Lid, members_on
from reglement.models import Ondertekening, Reglementversie


@dataclass(frozen=True)
class Tekenstand:
    """The signatures of one version; `ontbreken` are the deelnemers of today that did not sign.

    `oud` are signatures of practices that are no deelnemer any more. Validity follows from the
    decision: an incomplete register makes the rules no less binding.
    """

    getekend: tuple[Ondertekening, ...]
    ontbreken: tuple[Lid, ...]
    oud: tuple[Ondertekening, ...] = ()

    @property
    def is_heel(self) -> bool:
        return not self.ontbreken

    @property
    def aantal(self) -> int:
        return len(self.getekend) + len(self.ontbreken)


def signatures_of(versie: Reglementversie) -> Tekenstand:
    """Return who signed; four queries. Without signing anew (A-16) an older signature counts."""
    again = lezing_of(versie).opnieuw_tekenen
    rows = Ondertekening.objects.filter(kring_id=versie.kring_id).select_related("versie")
    rows = rows.filter(versie=versie) if again else rows.filter(versie__nummer__lte=versie.nummer)
    newest = {row.deelnemer_id: row for row in rows.order_by("versie__nummer", "getekend_op")}
    leden = members_on(versie.kring_id, to_local(db_now()).date())
    members = {lid.deelnemer.pk for lid in leden}
    signed = sorted(newest.values(), key=lambda row: row.praktijk.lower())
    return Tekenstand(
        getekend=tuple(row for row in signed if row.deelnemer_id in members),
        ontbreken=tuple(lid for lid in leden if lid.deelnemer.pk not in newest),
        oud=tuple(row for row in signed if row.deelnemer_id not in members),
    )


def represented_by(kring_id: int, gebruiker_id: int) -> list[Deelnemer]:
    """Return the practices that this person speaks for, by name."""
    rows = Lidmaatschap.objects.active().filter(
        kring_id=kring_id, gebruiker_id=gebruiker_id, rol=Rol.VERTEGENWOORDIGER
    )
    return list(
        Deelnemer.objects.filter(pk__in=rows.values("deelnemer_id"), kring_id=kring_id).order_by(
            "naam"
        )
    )


def still_to_sign(versie: Reglementversie, gebruiker_id: int) -> list[Deelnemer]:
    """Return for which practices this person is asked to sign."""
    own = {row.pk for row in represented_by(versie.kring_id, gebruiker_id)}
    return [lid.deelnemer for lid in signatures_of(versie).ontbreken if lid.deelnemer.pk in own]
