"""The hit policy: every matching rule fires, the strictest contribution wins."""

from collections.abc import Collection, Sequence
from datetime import date
from enum import StrEnum
from functools import reduce
from typing import Final, TypeVar

from triage.protocol.feiten import Feiten, clean
from triage.protocol.instellingen import SPANNING, STANDAARD, Instellingen
from triage.protocol.regels import REGELS
from triage.protocol.regels.basis import (
    TERMIJN_IDEALITER,
    TERMIJN_INSTELLING,
    TERMIJN_LETTERLIJK,
    TERMIJN_ZO_NODIG,
    Effect,
    Regel,
    Situatie,
)
from triage.protocol.regels.randvoorwaarden import registration_reminder
from triage.protocol.uitkomst import (
    Contact,
    GebruikteInstelling,
    GevuurdeRegel,
    MoetGezien,
    Uitkomst,
    Urgentie,
)
from triage.protocol.zichtbaarheid import drop_hidden

E = TypeVar("E", bound=StrEnum)

# Once the dentist is involved, waiting and referring are the dentist's to decide; first aid stays.
VERVALT_BIJ_VERPLICHT: Final = frozenset(
    {
        "pijnstiller_innemen",
        "opnieuw_bellen_bij_geen_verbetering",
        "eigen_tandarts_volgende_dag",
        "eigen_tandarts_na_weekend_of_feestdag",
    }
)
_TERMIJN_STERKTE: Final = (
    TERMIJN_LETTERLIJK,
    TERMIJN_IDEALITER,
    TERMIJN_INSTELLING,
    TERMIJN_ZO_NODIG,
)
# The outcome enums list their members heaviest first.
_ZWAARTE: Final[dict[StrEnum, int]] = {
    member: rank for scale in (Contact, Urgentie, MoetGezien) for rank, member in enumerate(scale)
}
_FASEN: Final = tuple(sorted({regel.fase for regel in REGELS}))
_REGELS_PER_FASE: Final = {
    fase: tuple(regel for regel in REGELS if regel.fase == fase) for fase in _FASEN
}


def evaluate(
    feiten: Feiten,
    instellingen: Instellingen = STANDAARD,
    feestdagen: Collection[date] = frozenset(),
) -> Uitkomst:
    """Judge one contact (§2.1-2.2, Bijlage 1 §2.3).

    Never raises on invalid answers: they count as not filled in, and answers to hidden questions
    do not count at all.  ``feestdagen`` are the days the own practice is closed besides weekends.
    At least one complaint rule fires as soon as a complaint is chosen; without a complaint
    ``Uitkomst.is_judged`` is False unless the assistant reports doubt.
    """
    sit = Situatie(drop_hidden(clean(feiten), instellingen), instellingen, frozenset(feestdagen))
    fired: list[Regel] = []
    total = registration_reminder(sit)
    for fase in _FASEN:
        sit = Situatie(sit.f, sit.s, sit.feestdagen, total)
        matching = [regel for regel in _REGELS_PER_FASE[fase] if regel.conditie(sit)]
        total = reduce(_combine, (regel.effect(sit) for regel in matching), total)
        fired += matching
    return _conclude(total, fired, instellingen)


def _combine(a: Effect, b: Effect) -> Effect:
    zien_binnen, zekerheid = _stricter_term(a, b)
    return Effect(
        contact=_heaviest(a.contact, b.contact),
        urgentie=_heaviest(a.urgentie, b.urgentie),
        moet_gezien=_heaviest(a.moet_gezien, b.moet_gezien),
        zien_binnen=zien_binnen,
        streef=_smallest(a.streef, b.streef),
        termijn_zekerheid=zekerheid,
        timers=a.timers + b.timers,
        adviezen=a.adviezen | b.adviezen,
        zonder_adviezen=a.zonder_adviezen | b.zonder_adviezen,
        vlaggen=a.vlaggen | b.vlaggen,
        melden_agressie=a.melden_agressie or b.melden_agressie,
    )


def _heaviest(a: E, b: E) -> E:
    return a if _ZWAARTE[a] <= _ZWAARTE[b] else b


def _smallest(a: int | None, b: int | None) -> int | None:
    known = [value for value in (a, b) if value is not None]
    return min(known, default=None)


def _stricter_term(a: Effect, b: Effect) -> tuple[int | None, str | None]:
    """The smallest deadline; at a tie the one that the text carries most firmly."""
    terms = [
        (effect.zien_binnen, effect.termijn_zekerheid)
        for effect in (a, b)
        if effect.zien_binnen is not None and effect.termijn_zekerheid is not None
    ]
    return min(
        terms,
        key=lambda term: (term[0], _TERMIJN_STERKTE.index(term[1])),
        default=(None, None),
    )


def _conclude(total: Effect, fired: Sequence[Regel], instellingen: Instellingen) -> Uitkomst:
    is_verplicht = total.contact is Contact.VERPLICHT
    timers = () if is_verplicht else tuple(sorted(set(total.timers)))
    adviezen = total.adviezen - total.zonder_adviezen
    urgentie, moet_gezien = total.urgentie, total.moet_gezien
    if is_verplicht:
        adviezen -= VERVALT_BIJ_VERPLICHT
        urgentie = _heaviest(urgentie, Urgentie.OVERLEG)
        moet_gezien = _heaviest(moet_gezien, MoetGezien.TANDARTS_BEPAALT)
    return Uitkomst(
        contact_tandarts=total.contact,
        contact_verplicht=is_verplicht,
        urgentie=urgentie,
        moet_gezien=moet_gezien,
        zien_binnen_min=total.zien_binnen,
        streef_zien_binnen_min=total.streef,
        termijn_zekerheid=total.termijn_zekerheid,
        terugbel_minuten=min(timers, default=None),
        terugbel_timers=timers,
        adviezen=tuple(sorted(adviezen)),
        melden_agressie=total.melden_agressie,
        vlaggen=tuple(sorted(total.vlaggen)),
        regels=tuple(_as_fired(regel) for regel in sorted(fired, key=lambda regel: regel.id)),
        instellingen=_used_settings(fired, instellingen),
    )


def _as_fired(regel: Regel) -> GevuurdeRegel:
    return GevuurdeRegel(regel.id, regel.paragraaf, regel.zekerheid, regel.tabel)


def _used_settings(
    fired: Sequence[Regel], instellingen: Instellingen
) -> tuple[GebruikteInstelling, ...]:
    names = sorted({name for regel in fired for name in regel.instellingen})
    return tuple(
        GebruikteInstelling(name, getattr(instellingen, name), SPANNING.get(name)) for name in names
    )
