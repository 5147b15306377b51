"""What a version says, what is still wrong with it, and what became of it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from kern.tijd import db_now, to_local
from reglement.besluiten import standing_decision
from reglement.besluitvorming import Besluitsoort, Bestuursoptie, Meerderheidsoptie, Variant
from reglement.geldend import lezing_of, variabelen_of, version_on
from reglement.inhoud.artikelen import build
from reglement.inhoud.nakijken import check_texts
from reglement.inhoud.tekst import Artikel
from reglement.inhoud.variabelen import open_variables
from reglement.inhoud.verschil import (
    Verschil,
    Waardeverschil,
    compare_articles,
    compare_values,
)
from reglement.lezing import LEESPUNTEN, Lezing
from reglement.models import Agendapunt, Besluit, Reglementversie
from reglement.samenhang import Regels, check_rules
from reglement.termijnen import Reglementtermijnen, rules_deadlines

MEESTE_TEKENS = 40_000
"""What a waarnemer's copy holds (`rooster.Reglementtekst`)."""

K = TypeVar("K", bound=StrEnum)
SAMEN = {
    "governance_option_missing": "4.optie",
    "variant_missing": "4.variant",
    "majority_option_missing": "10.optie",
    "qualified_list_empty": "10.lijst",
}
"""Findings of RG-13 that say of an open place what the list of open places says as well."""
GEBIED = {"0.gebied", "2.gebied"}
"""The variables that are the area."""


@dataclass(frozen=True)
class Bezwaar:
    """Something about a version; `pagina` is the page of the form where it is mended."""

    code: str
    pagina: str
    blokkeert: bool
    uitleg: str
    artikel: str = ""


def articles_of(versie: Reglementversie) -> list[Artikel]:
    """Return the eleven articles: as adopted, or as the draft reads now."""
    kept = versie.inhoud.get("artikelen")
    if kept:
        return [Artikel.from_record(record) for record in kept]
    return build(versie.variabelen, versie.teksten)


def objections_to(versie: Reglementversie) -> list[Bezwaar]:
    """Return everything that is open, contradicts itself or reads oddly; what blocks first."""
    found = [
        Bezwaar(
            f"unfilled:{var.sleutel}",
            "aanhef" if var.artikel == "0" else var.artikel,
            True,
            f"Nog invullen: {var.label.lower()}.",
            var.artikel,
        )
        for var in open_variables(versie.variabelen)
    ]
    open_codes = {bezwaar.code for bezwaar in found}
    found += [
        Bezwaar(
            bevinding.code,
            _page_of(bevinding.artikel),
            bevinding.blokkeert,
            bevinding.uitleg,
            bevinding.artikel,
        )
        for bevinding in check_rules(rules_of(versie), lezing_of(versie))
        # Already there as a place that is still open.
        if not (bevinding.code in SAMEN and f"unfilled:{SAMEN[bevinding.code]}" in open_codes)
    ]
    found += [
        Bezwaar("eigen_tekst", gemis.artikel, gemis.blokkeert, gemis.uitleg, gemis.artikel)
        for gemis in check_texts(versie.variabelen, versie.teksten)
    ]
    if _characters(versie) > MEESTE_TEKENS:
        found.append(
            Bezwaar("te_lang", "", True, "De hele tekst is langer dan 40.000 tekens. Kort hem in.")
        )
    return sorted(found, key=lambda bezwaar: not bezwaar.blokkeert)


def rules_of(versie: Reglementversie) -> Regels:
    """Return the choices of a version as the checks of RG-13 take them."""
    view = variabelen_of(versie)

    def choice(kind: type[K], sleutel: str) -> K | None:
        return kind(view[sleutel]) if view[sleutel] else None

    return Regels(
        bestuursoptie=choice(Bestuursoptie, "4.optie"),
        variant=choice(Variant, "4.variant"),
        meerderheidsoptie=choice(Meerderheidsoptie, "10.optie"),
        lijst=tuple(Besluitsoort(soort) for soort in view.lijst),
        oproep_weken=view["4.weken_oproep"],
        min_weken=view["9.min_weken"],
        max_maanden=view["9.max_maanden"],
        richtlijn_jaar=view["3.richtlijn_jaar"],
    )


def _page_of(artikel: str) -> str:
    """Return the page of the form for "4.1, 9.2k": the article that is named first."""
    return artikel.split(",", maxsplit=1)[0].strip().split(".")[0]


def decision_on(versie: Reglementversie) -> Besluit | None:
    """Return what the group decided about a proposal, in a first or a second meeting.

    None while there is nothing: no vote yet, no quorum, or a re-vote that is still open.
    """
    points = Agendapunt.objects.filter(reglementversie=versie)
    found = [besluit for punt in points if (besluit := standing_decision(punt))]
    valid = [row for row in found if row.uitkomst != Besluit.Uitkomst.GEEN_GELDIGE_STEMMING]
    return max(valid, key=lambda besluit: besluit.nummer, default=None)


def vote_objections(agendapunt: Agendapunt) -> list[str]:
    """Return why there can be no vote on the rules of this point (`reglement.stembeletsel`)."""
    versie = agendapunt.reglementversie
    if versie is None or versie.status == Reglementversie.Status.VOORGELEGD:
        return []
    return [
        f"Dit voorstel voor het reglement is {versie.get_status_display()} (art. 10.1): er valt "
        "niets over te stemmen."
    ]


def clocks_of(versie: Reglementversie, besluit: Besluit | None = None) -> Reglementtermijnen | None:
    """Return the two clocks of 10.7, by the reading of the version; None without a decision.

    The first version of a kring has them too: adopting is no amendment, but everybody gets it.
    """
    besloten = versie.besloten_op or (besluit.genomen_op if besluit else None)
    if besloten is None or (besluit is None and versie.besluit_id is None):
        return None
    return rules_deadlines(
        besloten=besloten,
        verwerkt=versie.verwerkt_op,
        verzonden=to_local(versie.verzonden_op).date() if versie.verzonden_op else None,
        lezing=lezing_of(versie),
    )


def differences(oud: Reglementversie, nieuw: Reglementversie) -> Verschil:
    """Return what changes from one version to another."""
    return Verschil(
        compare_values(oud.variabelen, nieuw.variabelen),
        _readings(lezing_of(oud), lezing_of(nieuw)),
        compare_articles(articles_of(oud), articles_of(nieuw)),
    )


def kind_of(versie: Reglementversie) -> str:
    """Return the kind of decision (`Besluitsoort`): adopt, amend, or change the area (RG-9)."""
    vorige = versie.vorige
    if vorige is None:
        return Besluitsoort.VASTSTELLEN.value
    changed = {
        sleutel
        for sleutel in {*versie.variabelen, *vorige.variabelen}
        if versie.variabelen.get(sleutel) != vorige.variabelen.get(sleutel)
    }
    same_words = (versie.teksten, lezing_of(versie)) == (vorige.teksten, lezing_of(vorige))
    if changed and changed <= GEBIED and same_words:
        return Besluitsoort.VERZORGINGSGEBIED.value
    return Besluitsoort.WIJZIGEN.value


def is_in_force(versie: Reglementversie) -> bool:
    """Whether this is the version that holds today."""
    return version_on(versie.kring_id, to_local(db_now()).date()) == versie


def _readings(oud: Lezing, nieuw: Lezing) -> tuple[Waardeverschil, ...]:
    return tuple(
        Waardeverschil(punt.artikel, punt.vraag, punt.choice(oud).label, punt.choice(nieuw).label)
        for punt in LEESPUNTEN
        if punt.choice(oud) != punt.choice(nieuw)
    )


def _characters(versie: Reglementversie) -> int:
    return sum(len(lid.tekst) + 20 for art in articles_of(versie) for lid in art.leden)
