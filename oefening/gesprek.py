"""The conversation of a case: what the caller tells, what is known so far, what can be asked.

Pure: facts in, sentences and facts out. The questions are those of the protocol itself.
"""

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Final

from oefening import teksten
from triage.protocol import (
    PATIENTVRAGEN,
    STANDAARD_LEZING,
    Feiten,
    Lezing,
    Uitkomst,
    Vraag,
    plan_questions,
    visible_questions,
)
from triage.protocol.feiten import DEFAULTS

_KIND_TOT: Final = 18
# Asked like any other question, though the call screen has them in another pane.
_OVER_DE_PATIENT: Final = ("leeftijd_jaren", "eigen_tandarts", "ingeschreven_bij_deelnemer")
PATIENTVELDEN: Final = tuple(v for v in PATIENTVRAGEN if v.veld in _OVER_DE_PATIENT)

# What an assistant hears or sees without asking.
_VERTELD: Final = (
    "beller",
    "patient_kan_zelf_spreken",
    "reden_patient_niet_zelf",
    "opname_gemeld",
    "passant",
    "mondhygienist_patient",
    "twijfel",
    "agressie",
    "begeleiding_nodig",
    "herhaalcontact",
    "minuten_sinds_eerste_contact",
    "eerdere_uitkomst",
)
# Answers of which the effect may differ; `plan_questions` tries the other questions itself.
_PROEF: Final = {"leeftijd_jaren": (3, 8, 15, 40), "eigen_tandarts": ("ja", "geen")}


def story(feiten: Feiten, sleutel: str) -> list[str]:
    """Return what the caller says at the start, sentence by sentence."""
    said = [_opening(klacht, sleutel) for klacht in feiten.klachten]
    if "anders" in feiten.klachten and feiten.omschrijving:
        said.append(feiten.omschrijving[0].upper() + feiten.omschrijving[1:].rstrip(".") + ".")
    if feiten.beller == "ander":
        age = feiten.leeftijd_jaren
        is_child = age is not None and age < _KIND_TOT
        said.insert(0, teksten.VOOR_KIND if is_child else teksten.VOOR_ANDER)
        if not feiten.patient_kan_zelf_spreken:
            said.append(teksten.NIET_ZELF)
    if feiten.mondhygienist_patient:
        said.append(teksten.MONDHYGIENIST)
    if feiten.passant:
        said.append(teksten.PASSANT)
    if feiten.begeleiding_nodig:
        said.append(teksten.BEGELEIDING)
    return said


def noticed(feiten: Feiten) -> list[str]:
    """Return what the assistant sees or feels: the earlier call, the tone, doubt."""
    seen = []
    if feiten.herhaalcontact:
        text = teksten.HERHAALD.get(feiten.eerdere_uitkomst, teksten.HERHAALD[None])
        seen.append(text.format(minuten=feiten.minuten_sinds_eerste_contact))
    if feiten.agressie in teksten.AGRESSIE:
        seen.append(teksten.AGRESSIE[feiten.agressie])
    if feiten.twijfel:
        seen.append(teksten.TWIJFEL)
    return seen


def reply(feiten: Feiten, veld: str) -> str:
    """Return what the caller answers to the question about `veld`."""
    waarde = getattr(feiten, veld)
    if waarde is None or waarde == "":
        is_text = veld not in teksten.ANTWOORDEN and veld not in teksten.GETALLEN
        return teksten.GEEN_IDEE_TEKST if is_text else teksten.WEET_NIET
    if veld in teksten.GETALLEN:
        return teksten.GETALLEN[veld].format(waarde=waarde)
    if veld in teksten.ANTWOORDEN:
        return teksten.ANTWOORDEN[veld].get(waarde, teksten.WEET_NIET)
    return str(waarde)


def known(feiten: Feiten, klachten: Collection[str], gevraagd: Collection[str]) -> Feiten:
    """Return the facts as far as the trainee knows them: told, chosen or asked."""
    names = {*_VERTELD, *(veld for veld in gevraagd if veld in DEFAULTS)}
    values = {name: getattr(feiten, name) for name in names}
    return Feiten(tijdstip=feiten.tijdstip, **{**values, "klachten": tuple(klachten)})


def askable(bekend: Feiten, lezing: Lezing = STANDAARD_LEZING) -> list[Vraag]:
    """Return the questions on the screen, in asking order; none before a complaint is chosen."""
    if not bekend.klachten:
        return []
    asked = visible_questions(bekend.klachten, bekend, lezing)
    return [*asked, *PATIENTVELDEN]


def skipped(
    feiten: Feiten, gevraagd: Collection[str], lezing: Lezing = STANDAARD_LEZING
) -> tuple[list[Vraag], list[Vraag]]:
    """Return the questions that were not asked although an answer could have changed something.

    First those that come before an outcome, then those that could still refine it. Judged for the
    complaints of the case: who took another one missed its questions too.
    """
    bekend = known(feiten, feiten.klachten, gevraagd)
    plan = plan_questions(feiten.klachten, bekend, lezing)
    first = [vraag for vraag in plan.beslissend if vraag.veld not in gevraagd]
    later = [vraag for vraag in plan.verfijnend if vraag.veld not in gevraagd]
    for vraag in PATIENTVELDEN:
        if vraag.veld in gevraagd:
            continue
        if len(_trials(feiten, vraag.veld, lezing, _without_advice)) > 1:
            first.append(vraag)
        elif len(_trials(feiten, vraag.veld, lezing, _whole)) > 1:
            later.append(vraag)
    return first, later


def _trials(
    feiten: Feiten, veld: str, lezing: Lezing, look: Callable[[Uitkomst], tuple]
) -> set[tuple]:
    """Return the different outcomes of other answers to one question, the rest as it is."""
    answers = (replace(feiten, **{veld: waarde}) for waarde in _PROEF.get(veld, ()))
    return {look(lezing.evaluate(other)) for other in answers}


def _without_advice(uitkomst: Uitkomst) -> tuple:
    return (
        uitkomst.contact_tandarts,
        uitkomst.urgentie,
        uitkomst.moet_gezien,
        uitkomst.zien_binnen_min,
        uitkomst.terugbel_minuten,
    )


def _whole(uitkomst: Uitkomst) -> tuple:
    return (*_without_advice(uitkomst), uitkomst.adviezen)


def _opening(klacht: str, sleutel: str) -> str:
    variants = teksten.OPENING[klacht]
    return variants[sum(map(ord, sleutel)) % len(variants)]
