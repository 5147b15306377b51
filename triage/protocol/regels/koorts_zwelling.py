"""Table 3, fever and swelling: row 3 of the scheme and the gaps beside it."""

from triage.protocol.regels.basis import (
    CONTACT_AANBEVOLEN,
    CONTACT_VERPLICHT,
    Effect,
    Regel,
    Situatie,
    always,
)
from triage.protocol.uitkomst import Tabel, Zekerheid

_RIJ_3_KLACHTEN = ("pijn", "dikke_wang", "slikklachten")


def _is_row_3(sit: Situatie) -> bool:
    return sit.f.koorts == "ja" and sit.heeft(*_RIJ_3_KLACHTEN)


def _is_swelling_without_fever(sit: Situatie) -> bool:
    return sit.geen_koorts and sit.heeft("dikke_wang", "slikklachten")


def _swelling_effect(sit: Situatie) -> Effect:
    """T-06: the scheme has no row for this, and a gap is a doubt."""
    return CONTACT_VERPLICHT if sit.s.zwelling_zonder_koorts == "contact" else CONTACT_AANBEVOLEN


def _is_fever_with_other_complaint(sit: Situatie) -> bool:
    return sit.f.koorts == "ja" and bool(sit.f.klachten) and not sit.heeft(*_RIJ_3_KLACHTEN)


REGELS = (
    Regel(
        id="R-30",
        tabel=Tabel.KOORTS_ZWELLING,
        paragraaf="Bijlage 1 §2.3.2 rij 3",
        zekerheid=Zekerheid.LETTERLIJK,
        conditie=_is_row_3,
        effect=always(CONTACT_VERPLICHT),
    ),
    Regel(
        id="R-31",
        tabel=Tabel.KOORTS_ZWELLING,
        paragraaf="Bijlage 1 §2.3 (twijfel); §2.3.2 rij 3",
        zekerheid=Zekerheid.INTERPRETATIE,
        conditie=_is_swelling_without_fever,
        effect=_swelling_effect,
        instellingen=("zwelling_zonder_koorts",),
    ),
    Regel(
        id="R-32",
        tabel=Tabel.KOORTS_ZWELLING,
        paragraaf="Bijlage 1 §2.3 (twijfel)",
        zekerheid=Zekerheid.INTERPRETATIE,
        conditie=_is_fever_with_other_complaint,
        effect=always(CONTACT_VERPLICHT),
    ),
)
