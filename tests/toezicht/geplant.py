"""Misuse, planted among honest lines: five of each kind."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from kern.tijd import to_local
from toezicht import regels
from toezicht.regels import Inzage, Oproep, Patient

PER_SOORT = 5


@dataclass(frozen=True)
class Geval:
    """What was done, and the finding that must come of it (rule, user, patient)."""

    sleutel: tuple[str, int, UUID | None]
    inzagen: list[Inzage]
    patienten: dict[UUID, Patient]


def plant(rng, medewerkers, patienten, triagisten, nu) -> list[Geval]:
    """Return the cases; the patients are made up, so that nothing honest is about them."""
    nummer = iter(range(10_000_000, 20_000_000))
    # In the middle of the period, each case on a day of its own.
    moments = iter(nu - timedelta(days=day, hours=2) for day in range(1, 60))

    def look(gebruiker, patient, moment, rollen="triagemedewerker"):
        dag = to_local(moment).date()
        return Inzage(
            next(nummer), moment, dag, gebruiker, patient, "oproep.getoond", frozenset({rollen})
        )

    def running(moment):
        return (Oproep(moment - timedelta(hours=1), None),)

    cases = []
    for _ in range(PER_SOORT):
        for regel, patient_of in {
            regels.GEEN_RELATIE: lambda m, moment: Patient("Niemand Kent-Deze", "0000 AA", ()),
            regels.ACHTERNAAM: lambda m, moment: Patient(
                "Zus " + m.naam.split()[-1], "", running(moment)
            ),
            regels.COLLEGA: lambda m, moment: Patient(
                rng.choice(list(medewerkers.values())).naam, "", running(moment)
            ),
        }.items():
            moment, gebruiker = next(moments), rng.choice(triagisten)
            pk = uuid4()
            patient = patient_of(medewerkers[gebruiker], moment)
            cases.append(
                Geval((regel, gebruiker, pk), [look(gebruiker, pk, moment)], {pk: patient})
            )
        dentist = rng.choice([m for m in medewerkers.values() if m.postcodes and m.diensten])
        moment, pk = next(moments), uuid4()
        postcode = rng.choice(sorted(dentist.postcodes))
        cases.append(
            Geval(
                (regels.POSTCODE, dentist.gebruiker_id, pk),
                [look(dentist.gebruiker_id, pk, moment)],
                {pk: Patient("Buur Vrouw", postcode, running(moment))},
            )
        )
        after = max(einde for _begin, einde in dentist.diensten) + timedelta(days=30)
        pk = uuid4()
        own = Oproep(after - timedelta(days=20), None, frozenset({dentist.gebruiker_id}))
        cases.append(
            Geval(
                (regels.BUITEN_DIENST, dentist.gebruiker_id, pk),
                [look(dentist.gebruiker_id, pk, after, "tandarts")],
                {pk: Patient("Oude Bekende", "", (own,))},
            )
        )
    gebruiker, moment = rng.choice(triagisten), next(moments)
    many = {uuid4(): Patient("Druk Druk", "", running(moment)) for _ in range(21)}
    rows = [look(gebruiker, pk, moment + timedelta(minutes=n)) for n, pk in enumerate(many)]
    return [*cases, Geval((regels.VEEL, gebruiker, None), rows, many)]
