"""What helps to write a report: tooth chart, text blocks, tariff codes, a reminder."""

from collections import defaultdict

from verslag import gebit, meldcode
from verslag.forms import VerslagForm
from verslag.forms.gebit import editor_of
from verslag.models import Tariefcode, Tekstblok, Verslag
from verslag.momentopname import day_of_visit


def aids_of(verslag: Verslag, form: VerslagForm) -> dict:
    """Return the context of the form beside its fields."""
    tabel = Tariefcode.objects.table_on(verslag.kring_id, day_of_visit(verslag.oproep))
    return {
        "gebit": editor_of(form["gebit"], age_of(verslag)),
        "tekstblokken": _blocks(verslag.kring_id),
        "tarieven": tabel,
        "meldcode": is_meldcode_due(verslag),
    }


def age_of(verslag: Verslag) -> int | None:
    """Return the age of the patient at the visit; None when it is not known."""
    geboren = verslag.dossier.patient.geboortedatum
    return meldcode.age_on(geboren, day_of_visit(verslag.oproep))


def is_meldcode_due(verslag: Verslag) -> bool:
    """Whether the pages of the author call the reporting code to mind (§5.5)."""
    return meldcode.is_due(
        age_of(verslag),
        klachten=verslag.oproep.antwoorden.get("klachten") or (),
        teksten=(verslag.spoedklacht, verslag.bevindingen, verslag.diagnose),
        letsel=gebit.is_injured(verslag.gebit),
    )


def _blocks(kring_id: int) -> dict[str, list[Tekstblok]]:
    found = defaultdict(list)
    for block in Tekstblok.objects.filter(kring_id=kring_id):
        found[block.veld].append(block)
    # A template asks a defaultdict for its methods by name, and would get a list.
    return dict(found)
