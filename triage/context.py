"""What the frame of every page needs from triage: where the strip with the clocks comes from."""

from django.urls import reverse

from kern import scherm
from kern.toegang import Rol


def termijnstrook(request) -> dict:
    """Give who does triage, on whatever page, the strip with what is overdue or nearly so (U6)."""
    rows = getattr(request, "lidmaatschappen", [])
    own = {row.kring_id for row in rows if row.rol == Rol.TRIAGE}
    if not own or scherm.address_of(request):
        return {}
    return {"termijnstrook": reverse("meldkamer:strook"), "meldkamer": len(own) > 1}
