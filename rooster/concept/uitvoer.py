"""A period as the planner's instance (rooster-instantie/1), and a draft as its plan.

Ids: a practice is its primary key; a dentist is `<tandarts>/<deelnemer>`, because who works at two
practices is two rows to the planner, with the same `persoon`.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import Model

from kern.tijd import to_local
from kring.models import Deelnemer, Tandarts
from rooster.concept.afwezig import Dagen, Rooster, days_of
from rooster.kader.aandelen import Inzetregel
from rooster.kader.rijen import calendar_of, inzet_between, shares_of
from rooster.kader.zinnen import objections
from rooster.models import (
    Concept,
    Conceptdienst,
    Conceptplaats,
    Dienstsoort,
    Roosterperiode,
)
from rooster.planner.instantie import FORMAAT, FORMAAT_PLAN, ROLLEN

GEWICHTEN = {"onbezet": 1000, "buiten_band_praktijk": 200, "buiten_band_tandarts": 20}
AFWIJKINGEN = ("rustdagen", "geen_aaneengesloten_weekenden")
"""The rules that a what-if may have otherwise."""


def dentist_id(tandarts_id: object, deelnemer_id: object) -> str:
    return f"{tandarts_id}/{deelnemer_id}"


def instance_of(concept: Concept, *, namen: bool = False) -> dict:
    """Return the instance of a draft as it stands: its duties, its pins, its own rules."""
    diensten = list(Conceptdienst.objects.filter(concept=concept))
    return build_instance(
        concept.periode, diensten, vast=_pins(concept), afwijking=concept.afwijking, namen=namen
    )


def assignment_of(concept: Concept) -> dict[str, dict[str, str | None]]:
    """Return the places of a draft as the planner's assignment."""
    uit: dict[str, dict[str, str | None]] = {}
    for code, rol, tandarts, deelnemer in Conceptplaats.objects.filter(
        dienst__concept=concept
    ).values_list("dienst__code", "rol", "tandarts_id", "deelnemer_id"):
        plaatsen = uit.setdefault(code, dict.fromkeys(ROLLEN))
        plaatsen[rol] = dentist_id(tandarts, deelnemer) if tandarts else None
    return uit


def _pins(concept: Concept) -> dict[str, dict[str, str]]:
    vast: dict[str, dict[str, str]] = {}
    for code, rol, tandarts, deelnemer in Conceptplaats.objects.filter(
        dienst__concept=concept, vast=True, tandarts__isnull=False
    ).values_list("dienst__code", "rol", "tandarts_id", "deelnemer_id"):
        vast.setdefault(code, {})[rol] = dentist_id(tandarts, deelnemer)
    return vast


def plan_of(concept: Concept) -> dict:
    """Return the draft as rooster-plan/1, with the bound when the last run proved one."""
    return {
        "formaat": FORMAAT_PLAN,
        "naam": str(concept.periode_id),
        "toewijzing": assignment_of(concept),
        **({"bewijs": concept.bewijs["bewijs"]} if concept.bewijs else {}),
    }


def build_instance(
    periode: Roosterperiode,
    diensten: Iterable[Conceptdienst],
    *,
    vast: Mapping[str, Mapping[str, str]] | None = None,
    afwijking: Mapping[str, object] | None = None,
    namen: bool = False,
) -> dict:
    """Return the instance of these duties in this period; names only when asked for.

    Absent are: who is wholly exempt, who blocked the day, and who must rest from a duty of the
    roster before or after this one.
    """
    regels = {naam: getattr(periode, naam) for naam in AFWIJKINGEN} | {
        k: v for k, v in (afwijking or {}).items() if k in AFWIJKINGEN
    }
    uitval = (afwijking or {}).get("uitval", ())
    rooster = Rooster(periode, sorted(diensten, key=lambda d: d.begin), regels, uitval)
    uit = {
        "formaat": FORMAAT,
        "naam": str(periode.pk),
        "eerste_dag": periode.eerste_dag.isoformat(),
        "dagen": (periode.laatste_dag - periode.eerste_dag).days + 1,
        "regels": {
            **regels,
            "plaatsen_per_dienst": len(ROLLEN),
            "plaatsen_uit_verschillende_praktijken": True,
        },
        "gewichten": GEWICHTEN,
        "diensten": [_duty(dienst, rooster.week(dienst.eerste_dag)) for dienst in rooster.diensten],
        **_people(rooster, namen=namen),
    }
    if vast:
        uit["vast"] = {code: dict(rollen) for code, rollen in vast.items()}
    return uit


def _duty(dienst: Conceptdienst, week: int) -> dict:
    return {
        "id": dienst.code,
        "eerste_dag": dienst.eerste_dag.isoformat(),
        "laatste_dag": dienst.laatste_dag.isoformat(),
        "begin": f"{to_local(dienst.begin):%Y-%m-%dT%H:%M}",
        "eind": f"{to_local(dienst.einde):%Y-%m-%dT%H:%M}",
        "categorie": dienst.categorie,
        "week": week,
    }


def _people(rooster: Rooster, *, namen: bool) -> dict[str, list[dict]]:
    """Return practices and dentists with what they owe; in the order of the names."""
    periode = rooster.periode
    delen = shares_of(periode, [dienst.categorie for dienst in rooster.diensten])
    inzet: dict[tuple[object, object], list[Inzetregel]] = {}
    for regel in inzet_between(periode.kring_id, periode.eerste_dag, periode.laatste_dag):
        if regel.doet_dienst:
            inzet.setdefault((regel.tandarts, regel.praktijk), []).append(regel)
    praktijken = _names(Deelnemer, delen.streef)
    tandartsen = _names(Tandarts, {tandarts for tandarts, _praktijk in inzet})
    dagen = days_of(rooster)

    def named(naam: str) -> dict[str, str]:
        return {"naam": naam} if namen else {}

    rijen = sorted(inzet, key=lambda wie: (praktijken[wie[1]], tandartsen[wie[0]], str(wie)))
    return {
        "praktijken": [
            {"id": str(pk), **named(naam), "streef": delen.streef[pk]}
            for pk, naam in praktijken.items()
        ],
        "tandartsen": [
            {
                "id": dentist_id(*wie),
                "persoon": str(wie[0]),
                **named(tandartsen[wie[0]]),
                "praktijk": str(wie[1]),
                "fte": float(max(regel.fte for regel in inzet[wie])),
                "streef": delen.per_tandarts.get(wie, 0.0),
                "vrijgesteld": None,
                **_absence(dagen[wie[0]], _not_there(rooster, inzet[wie])),
            }
            for wie in rijen
        ],
    }


def _names(model: type[Model], ids: Iterable[object]) -> dict[object, str]:
    """Return the names of these rows, in order of the name."""
    rijen = model.objects.filter(pk__in=list(ids)).order_by("naam", "pk")
    return dict(rijen.values_list("pk", "naam"))


def _not_there(rooster: Rooster, inzet: list[Inzetregel]) -> set[date]:
    """Return the days on which somebody does not work at this practice yet, or no more."""
    if any(r.vanaf <= rooster.eerste and (r.tot or date.max) >= rooster.laatste for r in inzet):
        return set()
    er = {d for r in inzet for d in rooster.days(r.vanaf, r.tot or rooster.laatste)}
    return set(rooster.days(rooster.eerste, rooster.laatste)) - er


def _absence(dagen: Dagen, niet_er: set[date]) -> dict:
    reden = dict.fromkeys(niet_er, "geen_inzet") | dagen.reden
    return {
        "afwezig": [dag.isoformat() for dag in sorted(reden)],
        "reden": {dag.isoformat(): reden[dag] for dag in sorted(reden)},
        "liever_niet": {d.isoformat(): n for d, n in sorted(dagen.liever_niet.items())},
        "graag": {d.isoformat(): n for d, n in sorted(dagen.graag.items())},
    }


def duties_of(periode: Roosterperiode) -> list[Conceptdienst]:
    """Return the duties of a period by its frame, as rows that are not saved yet.

    Raises ValidationError, a sentence per objection, when the frame does not tile the week.
    """
    kalender = calendar_of(periode)
    if kalender.bezwaren:
        namen = dict(
            Dienstsoort.objects.filter(kring_id=periode.kring_id).values_list("pk", "naam")
        )
        raise ValidationError(objections(kalender.bezwaren, namen))
    return [
        Conceptdienst(
            code=f"D{nummer:04}",
            begin=dienst.begin,
            einde=dienst.einde,
            eerste_dag=dienst.eerste_dag,
            laatste_dag=dienst.laatste_dag,
            categorie=dienst.categorie,
            soort_id=dienst.soort,
        )
        for nummer, dienst in enumerate(kalender.diensten)
    ]
