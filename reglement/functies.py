"""Who holds which office on a day (MR 4.1), for how long, and who may be put forward."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from kern.toegang import Rol
from kring.models import Deelnemer, Gebruiker, Lidmaatschap, Tandarts
from reglement.besluitvorming import Besluitsoort, Bestuursoptie, Bevoegd, decision_body
from reglement.besluitvorming.soorten import Meerderheidsoptie, Variant
from reglement.geldend import lezing_of, variabelen_of, version_on
from reglement.models import Functie
from reglement.termijnen import Benoeming, appointment

MAXIMUM = 2
"""Terms on end: one, and one re-appointment (4.1)."""

_COORDINATOR = (Functie.Soort.COORDINATOR, Functie.Soort.PLV_COORDINATOR)


@dataclass(frozen=True)
class Termijn:
    """A term that begins on a day: its end, its number, and what stands in the way."""

    benoeming: Benoeming
    nummer: int
    bezwaar: str = ""


def holder_on(kring_id: int, soort: str, dag: date) -> Functie | None:
    """Return the office as it is held on this day, None when it is vacant; the newest of two."""
    rows = Functie.objects.filter(
        Q(beeindigd_op__isnull=True) | Q(beeindigd_op__gte=dag),
        kring_id=kring_id,
        soort=soort,
        vanaf__lte=dag,
        laatste_dag__gte=dag,
    )
    return rows.select_related("gebruiker", "deelnemer").order_by("-vanaf", "-termijn").first()


def kind_of_decision(soort: str) -> Besluitsoort:
    """Return as what kind of decision somebody is appointed to this office (10.1d, 10.1e)."""
    return Besluitsoort.COORDINATOR if soort in _COORDINATOR else Besluitsoort.BESTUUR


def who_appoints(kring_id: int, soort: str, dag: date) -> Bevoegd:
    """Return who appoints to this office by the rules of this day (4.1, A-3)."""
    versie = version_on(kring_id, dag)
    rules = variabelen_of(versie)
    return decision_body(
        kind_of_decision(soort),
        bestuursoptie=Bestuursoptie(rules.bestuursoptie),
        meerderheidsoptie=Meerderheidsoptie(rules.meerderheidsoptie),
        variant=Variant(rules.variant) if rules.variant else None,
        lijst=[Besluitsoort(value) for value in rules.lijst],
        lezing=lezing_of(versie),
    )


def term_of(kring_id: int, soort: str, gebruiker_id: int, vanaf: date) -> Termijn:
    """Return the term of this person from this day on, by the rules of that day (CO-1, A-19).

    Terms on end count: the one that ends the day before makes this a re-appointment, and a
    second re-appointment is refused. After a pause the count begins anew, with a warning.
    """
    rules = variabelen_of(version_on(kring_id, vanaf))
    years = rules.jaren_coordinator if soort in _COORDINATOR else rules.jaren_bestuur
    held = list(
        Functie.objects.filter(
            kring_id=kring_id, soort=soort, gebruiker_id=gebruiker_id, vanaf__lt=vanaf
        ).order_by("-vanaf")
    )
    on_end, begin = 0, vanaf
    for row in held:
        if row.einde + timedelta(days=1) != begin:
            break
        on_end, begin = on_end + 1, row.vanaf
    found = appointment(start=vanaf, jaren=years or 1, eerdere_termijnen=on_end or len(held))
    objection = ""
    if on_end >= MAXIMUM:
        objection = (
            "Herbenoemen kan één keer (modelreglement art. 4.1), en deze persoon had al twee "
            "termijnen achter elkaar. Draag een ander voor."
        )
    return Termijn(found, on_end + 1, objection)


def candidates(kring_id: int) -> dict[int, tuple[Gebruiker, Deelnemer]]:
    """Return who takes part, by id, each with the practice: offices are held from their midst.

    Who speaks for a practice and serves for another counts for the first. Two queries.
    """
    found: dict[int, tuple[Gebruiker, Deelnemer]] = {}
    speaks = Lidmaatschap.objects.active().filter(
        kring_id=kring_id, rol=Rol.VERTEGENWOORDIGER, deelnemer__actief=True
    )
    for lid in speaks.select_related("gebruiker", "deelnemer"):
        if lid.deelnemer:
            found.setdefault(lid.gebruiker_id, (lid.gebruiker, lid.deelnemer))
    serves = Tandarts.objects.filter(
        kring_id=kring_id, actief=True, gebruiker__is_active=True, deelnemer__actief=True
    )
    for tandarts in serves.select_related("gebruiker", "deelnemer"):
        if tandarts.gebruiker:
            found.setdefault(tandarts.gebruiker.pk, (tandarts.gebruiker, tandarts.deelnemer))
    return found
