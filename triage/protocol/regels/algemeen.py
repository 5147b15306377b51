"""Table 1, general: doubt, gaps, children, and a complaint that gets worse."""

from triage.protocol.regels.basis import (
    CONTACT_AANBEVOLEN,
    CONTACT_VERPLICHT,
    Regel,
    Situatie,
    always,
)
from triage.protocol.regels.pijnstilling import Stand, painkiller_state
from triage.protocol.uitkomst import Contact, Tabel, Zekerheid
from triage.protocol.zichtbaarheid import PER_KLACHT


def _has_doubt(sit: Situatie) -> bool:
    return sit.f.twijfel


def _lacks_deciding_answer(sit: Situatie) -> bool:
    """T-07: fever decides for row 3, the painkiller for row 2, an accident between row 1 and 5.

    Bleeding has its own rule for this, with a deadline: R-46.
    """
    if not sit.s.onbekend_is_twijfel:
        return False
    if sit.heeft("ongemak") and sit.f.oorzaak_ongeval is None:
        return True
    if sit.koorts_onbekend and sit.heeft("pijn", "dikke_wang", "slikklachten"):
        return True
    return sit.geen_koorts and painkiller_state(sit) is Stand.ONBEKEND


def _fits_no_row(sit: Situatie) -> bool:
    return any(klacht not in PER_KLACHT for klacht in sit.f.klachten)


def _is_child_without_pain(sit: Situatie) -> bool:
    return (
        sit.s.kind_regel == "ruim"
        and sit.is_kind
        and bool(sit.f.klachten)
        and not sit.heeft("pijn")
        and sit.tot_nu_toe.contact is not Contact.VERPLICHT
    )


def _got_worse(sit: Situatie) -> bool:
    return sit.f.herhaalcontact and sit.f.verbetering_sinds_advies == "erger"


REGELS = (
    Regel(
        id="R-01",
        tabel=Tabel.ALGEMEEN,
        paragraaf="§3.2.1; Bijlage 1 §1.1; Bijlage 1 §2.3",
        zekerheid=Zekerheid.LETTERLIJK,
        conditie=_has_doubt,
        effect=always(CONTACT_VERPLICHT),
    ),
    Regel(
        id="R-02",
        tabel=Tabel.ALGEMEEN,
        paragraaf="§3.2.1; Bijlage 1 §2.3",
        zekerheid=Zekerheid.INTERPRETATIE,
        conditie=_lacks_deciding_answer,
        effect=always(CONTACT_VERPLICHT),
        instellingen=("onbekend_is_twijfel",),
    ),
    Regel(
        id="R-03",
        tabel=Tabel.ALGEMEEN,
        paragraaf="§3.2.1; Bijlage 1 §2.3",
        zekerheid=Zekerheid.INTERPRETATIE,
        conditie=_fits_no_row,
        effect=always(CONTACT_VERPLICHT),
    ),
    Regel(
        id="R-12",
        tabel=Tabel.ALGEMEEN,
        paragraaf="§2.1 aandachtspunt 2",
        zekerheid=Zekerheid.INTERPRETATIE,
        conditie=_is_child_without_pain,
        effect=always(CONTACT_AANBEVOLEN),
        instellingen=("kind_regel", "kind_tot_leeftijd"),
        fase=2,
    ),
    Regel(
        id="R-70",
        tabel=Tabel.ALGEMEEN,
        paragraaf="Bijlage 1 §1.1; Bijlage 1 §2.2",
        zekerheid=Zekerheid.INTERPRETATIE,
        conditie=_got_worse,
        effect=always(CONTACT_VERPLICHT),
    ),
)
