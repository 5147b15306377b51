"""The versions of the protocol: one in force for two weeks, and a concept that goes further.

Calls from before the first version were judged by the standard, so that some of them show what
today's version would say. The other kring never made a version.
"""

from datetime import datetime

from kern.actor import Actor
from kern.toegang import Rol
from kring.models import Lidmaatschap
from spoeddienst.demo.gegevens import klachten
from spoeddienst.demo.gegevens.klachten import Klacht
from spoeddienst.demo.gegevens.toneel import Toneel
from triage.actions import versies
from triage.models import Protocolversie

DAG = 24 * 60


def _person(toneel: Toneel, rol: Rol) -> Actor:
    lid = Lidmaatschap.objects.active().filter(kring=toneel.rows.kring, rol=rol).first()
    return toneel.actor(lid.gebruiker, rol)


def _concept(toneel: Toneel, van: Protocolversie | None, toelichting: str, **keuzes):
    by = _person(toneel, Rol.COORDINATOR)
    lokaal = keuzes.pop("lokale_regels", [])
    versie = versies.make_concept(kring_id=toneel.rows.kring.pk, van=van, by=by)
    toneel.klok.verder(minutes=20)
    return versies.save_concept(
        versie,
        instellingen={**versie.instellingen, **keuzes},
        lokale_regels=lokaal,
        toelichting=toelichting,
        by=by,
    )


def first_version(toneel: Toneel, moment: datetime, _klacht: Klacht) -> None:
    """Made, approved and put in force in one afternoon."""
    toneel.klok.zet(moment)
    versie = _concept(
        toneel,
        None,
        "Tandletsel zien we voortaan binnen 12 uur: wachten tot de volgende avond is te lang.",
        letsel_zien_binnen_min=720,
    )
    coordinator = _person(toneel, Rol.COORDINATOR)
    versies.offer_concept(versie, by=coordinator)
    toneel.klok.verder(minutes=45)
    versies.approve(versie, by=_person(toneel, Rol.TANDARTS))
    toneel.klok.verder(minutes=10)
    versies.put_in_force(versie, by=coordinator)


def second_concept(toneel: Toneel, moment: datetime, _klacht: Klacht) -> None:
    """Not offered yet: it asks about danger to life, and consults less about a lower pain score."""
    toneel.klok.zet(moment)
    _concept(
        toneel,
        Protocolversie.objects.get(kring=toneel.rows.kring, nummer=1),
        "Eerst naar levensgevaar vragen, zoals de huisartsenpost doet. Overleg over alleen een "
        "pijncijfer pas vanaf 8.",
        nrs_overleg_aanbevolen_vanaf=8,
        lokale_regels=["L-01"],
    )


# Minutes ago, as in `verhalen.NU`; the complaint plays no part.
AFSPRAKEN = (
    (first_version, klachten.PIJN_ADVIES, (14 * DAG,)),
    (second_concept, klachten.PIJN_ADVIES, (2 * DAG,)),
)
