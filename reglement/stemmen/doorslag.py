"""Who breaks a tie here (10.5, A-6): from the law to the persons of this kring."""

from dataclasses import dataclass

from kern.tijd import db_now, to_local
from kern.toegang import Rol
from kring.models import Lidmaatschap
from reglement.besluitvorming import Bestuursoptie, Doorslaghouder, casting_holder
from reglement.functies import holder_on
from reglement.lezing import Lezing
from reglement.models import Belangverklaring, Functie, Stemming, Vergadering
from reglement.stemmen.opgave import lezing_in

Soort = Functie.Soort
_PLAATSVERVANGERS = {
    "voorzitter": (Soort.SECRETARIS, Soort.PENNINGMEESTER, Soort.BESTUURSLID),
    "coordinator": (Soort.PLV_COORDINATOR,),
}

Beslissers = dict[str, list[tuple[int, str]]]


@dataclass(frozen=True)
class Beslisser:
    """The persons that may cast the vote, by name; empty when the reading gives it to nobody."""

    houder: Doorslaghouder
    eigen_belang: bool
    personen: dict[int, str]


def decider_of(stemming: Stemming) -> Beslisser:
    """Return who has the casting vote in this one: of those whose it was when the vote opened.

    The holder has an interest of his own when he declared it, or when it is about his practice.
    """
    option = Bestuursoptie(stemming.opgave["reglement"]["bestuursoptie"])
    lezing = lezing_in(stemming)
    holders, deputies = _still_here(stemming, "houders"), _still_here(stemming, "plaatsvervangers")
    interest = _has_interest(stemming, holders)
    houder = casting_holder(option, eigen_belang=interest, lezing=lezing)
    if not houder.functie:
        return Beslisser(houder, interest, {})
    if not houder.plaatsvervanger:
        return Beslisser(houder, interest, holders)
    personen = {pk: naam for pk, naam in deputies.items() if pk not in holders}
    return Beslisser(houder, interest, personen)


def deciders_now(vergadering: Vergadering, option: Bestuursoptie, lezing: Lezing) -> Beslissers:
    """Return whose the casting vote is now, for `Stemming.opgave`: nobody takes it after a tie.

    Where the kring noted nobody in the office: the chair of the meeting, or who has the role.
    """
    office = casting_holder(option, lezing=lezing).functie
    holders = _in_office(vergadering, (Soort(office),)) or _without_office(vergadering, office)
    deputies = _in_office(vergadering, _PLAATSVERVANGERS[office]) or _without_office(vergadering)
    return {"houders": list(holders.items()), "plaatsvervangers": list(deputies.items())}


def _still_here(stemming: Stemming, wie: str) -> dict[int, str]:
    """Return these persons as they were at the opening; who has the role when all of them left."""
    listed = dict(stemming.opgave.get("doorslag", {}).get(wie, ()))
    active = Lidmaatschap.objects.active().filter(
        kring_id=stemming.kring_id, gebruiker_id__in=listed
    )
    here = set(active.values_list("gebruiker_id", flat=True))
    kept = {pk: naam for pk, naam in listed.items() if pk in here}
    return kept or _without_office(stemming.agendapunt.vergadering)


def _in_office(vergadering: Vergadering, soorten: tuple[str, ...]) -> dict[int, str]:
    dag = to_local(db_now()).date()
    rows = [holder_on(vergadering.kring_id, soort, dag) for soort in soorten]
    return {row.gebruiker_id: row.gebruiker.naam for row in rows if row}


def _without_office(vergadering: Vergadering, office: str = "") -> dict[int, str]:
    chair = vergadering.voorzitter
    if office == "voorzitter" and chair:
        return {chair.pk: chair.naam}
    rows = Lidmaatschap.objects.filter(
        kring_id=vergadering.kring_id,
        rol=Rol.COORDINATOR,
        status=Lidmaatschap.Status.ACTIEF,
        gebruiker__is_active=True,
    )
    return {row.gebruiker_id: row.gebruiker.naam for row in rows.select_related("gebruiker")}


def _has_interest(stemming: Stemming, holders: dict[int, str]) -> bool:
    declared = Belangverklaring.objects.filter(stemming=stemming, gebruiker_id__in=holders)
    if declared.exists():
        return True
    if stemming.betrokkene_id is None:
        return False
    return Lidmaatschap.objects.filter(
        kring_id=stemming.kring_id,
        deelnemer_id=stemming.betrokkene_id,
        gebruiker_id__in=holders,
        status=Lidmaatschap.Status.ACTIEF,
    ).exists()
