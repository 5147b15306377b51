"""Judging one contact: every matching rule fires, the strictest contribution wins."""

from collections.abc import Collection, Sequence
from datetime import date
from functools import lru_cache

from triage.protocol.combineren import Som, heaviest
from triage.protocol.feiten import Feiten, clean
from triage.protocol.instellingen import INSTELLINGEN, STANDAARD, Instellingen
from triage.protocol.regelset import Regel, Regelset
from triage.protocol.regelsets import STANDAARD_REGELSET
from triage.protocol.situatie import Situatie
from triage.protocol.uitkomst import (
    Contact,
    GebruikteInstelling,
    GevuurdeRegel,
    MoetGezien,
    Uitkomst,
    Urgentie,
)
from triage.protocol.zichtbaarheid import drop_hidden


def evaluate(
    feiten: Feiten,
    instellingen: Instellingen = STANDAARD,
    feestdagen: Collection[date] = frozenset(),
    *,
    regelset: Regelset = STANDAARD_REGELSET,
    lokale_regels: Collection[str] = frozenset(),
) -> Uitkomst:
    """Judge one contact (§2.1-2.2, Bijlage 1 §2.3) by one edition of the protocol.

    Never raises on invalid answers: they count as not filled in, and answers to hidden questions
    do not count at all.  ``feestdagen`` are the days the own practice is closed besides weekends;
    ``lokale_regels`` the ids of the optional rules that are switched on.
    At least one complaint rule fires as soon as a complaint is chosen; without a complaint
    ``Uitkomst.is_judged`` is False unless the assistant reports doubt.
    """
    facts = drop_hidden(clean(feiten), instellingen, lokale_regels)
    sit = Situatie(facts, instellingen, frozenset(feestdagen))
    total = sit.tot_nu_toe
    fired: list[Regel] = []
    for phase in _phases(regelset, frozenset(lokale_regels), frozenset(facts.klachten)):
        matching = [regel for regel in phase if regel.past(sit)]
        _add(matching, sit, total)
        fired += matching
    _add([regel for regel in regelset.herinneringen if regel.past(sit)], sit, total)
    return _conclude(total, fired, instellingen, regelset)


def _add(regels: Sequence[Regel], sit: Situatie, total: Som) -> None:
    for effect in [effect for regel in regels for effect in regel.geeft(sit)]:
        total.add(effect)


@lru_cache(maxsize=1024)
def _phases(
    regelset: Regelset, lokale_regels: frozenset[str], klachten: frozenset[str]
) -> tuple[tuple[Regel, ...], ...]:
    """The rules that these complaints can fire, per phase."""
    active = [
        regel
        for regel in regelset.active_rules(lokale_regels)
        if regel.klachten is None or regel.klachten & klachten
    ]
    phases = sorted({regel.fase for regel in active})
    return tuple(tuple(regel for regel in active if regel.fase == fase) for fase in phases)


def _conclude(
    total: Som, fired: Sequence[Regel], instellingen: Instellingen, regelset: Regelset
) -> Uitkomst:
    is_verplicht = total.contact is Contact.VERPLICHT
    timers = () if is_verplicht else tuple(sorted(total.timers))
    adviezen = total.adviezen - total.zonder_adviezen
    urgentie, moet_gezien = total.urgentie, total.moet_gezien
    if is_verplicht:
        adviezen -= regelset.vervalt_bij_verplicht
        urgentie = heaviest(urgentie, Urgentie.OVERLEG)
        moet_gezien = heaviest(moet_gezien, MoetGezien.TANDARTS_BEPAALT)
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
        protocolversie=regelset.id,
    )


def _as_fired(regel: Regel) -> GevuurdeRegel:
    return GevuurdeRegel(regel.id, regel.paragraaf, regel.zekerheid, regel.tabel)


def _used_settings(
    fired: Sequence[Regel], instellingen: Instellingen
) -> tuple[GebruikteInstelling, ...]:
    names = sorted({name for regel in fired for name in regel.instellingen})
    return tuple(
        GebruikteInstelling(name, getattr(instellingen, name), INSTELLINGEN[name].spanning)
        for name in names
    )
