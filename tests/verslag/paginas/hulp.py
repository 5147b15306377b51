"""What the tests of the pages ask for and post."""

from django.urls import reverse

from tests.verslag.conftest import TEKST


def url(name, kring, **kwargs):
    return reverse(f"verslag:{name}", kwargs={"kring": kring.slug, **kwargs})


def form_data(verslag, **changes) -> dict:
    """Return what the form posts for this draft."""
    patient = verslag.dossier.patient
    data = {
        "versie": verslag.versie,
        "venster": "a1",
        "naam": patient.naam,
        "geboortedatum": "1984-05-17",
        "adres": patient.adres,
        "postcode": patient.postcode,
        "woonplaats": patient.woonplaats,
        "telefoon": patient.telefoon,
        "bsn": patient.bsn,
        "heeft_eigen_tandarts": patient.heeft_eigen_tandarts,
        "eigen_tandarts": patient.eigen_tandarts_id or "",
        **{key: value for key, value in TEKST.items() if key != "gezien"},
        "gezien": "on",
    }
    return data | changes
