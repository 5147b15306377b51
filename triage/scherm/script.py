"""The sentences of this moment of the conversation, filled in from the answers."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from triage import gespreksteksten as teksten
from triage import intake
from triage.lezing import reading_of
from triage.models import Oproep
from triage.protocol import Feiten

_NU_METEEN = frozenset({"zo_snel_mogelijk", "binnen_60_min"})
_VOLWASSEN = 18


@dataclass(frozen=True)
class Script:
    """What to say now; `kop` names the part of the conversation."""

    kop: str
    zinnen: list[str]


def script(oproep: Oproep, *, is_open: bool) -> Script:
    """Return the sentences for the opening, the questions, or the summary (Bijlage 1 §2.1-2.4).

    `is_open`: a question can still change the outcome.
    """
    feiten = intake.facts_of(oproep)
    if not feiten.klachten:
        opening = [_(teksten.OPENING)]
        if reading_of(oproep).instellingen.opname_gesprekken:
            opening.append(_(teksten.OPNAME))
        return Script(_("Begin"), [" ".join(opening), _(teksten.OPEN_VRAAG)])
    if oproep.urgentie in _NU_METEEN and not oproep.behandelaar_id:
        return Script(_("Nu meteen"), [_(teksten.SPOED)])
    if is_open:
        return Script(_("Uitvragen"), [_(teksten.BEGRIP), _(teksten.ZORGEN)])
    return Script(_("Samenvatten"), [summary(feiten)])


def summary(feiten: Feiten) -> str:
    """Return "Heb ik goed begrepen dat…" with what was answered; empty without a complaint."""
    wat = _and([_(teksten.KLACHT_IN_ZIN[key]) for key in feiten.klachten])
    if not wat:
        return ""
    hoe = [
        _(words)
        for (name, answer), words in teksten.ANTWOORD_IN_ZIN.items()
        # 0 == False, and a number is no yes or no.
        if getattr(feiten, name) == answer and type(getattr(feiten, name)) is type(answer)
    ]
    for name, words in teksten.GETAL_IN_ZIN.items():
        number = getattr(feiten, name)
        if number is None or (name == "leeftijd_jaren" and number >= _VOLWASSEN):
            continue
        hoe.append(_(words) % {"getal": number})
    if not hoe:
        return _(teksten.SAMENVATTING) % {"wat": wat}
    return _(teksten.SAMENVATTING_MET) % {"wat": wat, "hoe": ", ".join(hoe)}


def _and(parts: list[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return _("%(rest)s en %(laatste)s") % {"rest": ", ".join(parts[:-1]), "laatste": parts[-1]}
