"""Putting a text block or a tariff code into the report, without JavaScript: a list and a button.

The button `invoegen` names the field; the list `keuze_<field>` holds what was chosen.
"""

from uuid import UUID

from django.http import QueryDict

from verslag.models import Tekstblok

TARIEFCODES = "tariefcodes"


def insert_chosen(data: QueryDict, *, kring_id: int) -> QueryDict:
    """Return the data with what was chosen added to its field; the same data for anything else."""
    veld = data.get("invoegen", "")
    chosen = data.get(f"keuze_{veld}", "")
    if not (veld and chosen):
        return data
    if veld == TARIEFCODES:
        return _added(data, veld, chosen, ", ")
    block = Tekstblok.objects.filter(kring_id=kring_id, veld=veld, pk=_uuid(chosen)).first()
    return _added(data, veld, block.tekst, "\n") if block else data


def _added(data: QueryDict, veld: str, text: str, between: str) -> QueryDict:
    data = data.copy()
    data[veld] = between.join(filter(None, [data.get(veld, "").rstrip(" ,\n"), text]))
    return data


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
