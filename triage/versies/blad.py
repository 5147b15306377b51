"""The protocol page: every rule of a version by sub-table, in words, with the reading used."""

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from triage import protocol_teksten as teksten
from triage.models import Protocolversie
from triage.protocol import INSTELLINGEN, SPANNINGEN, Lezing, Regel, Spanning
from triage.protocol.uitkomst import Tabel
from triage.versies.woorden import Woorden, concept_name, value_words

TABELLEN = {
    Tabel.ALGEMEEN: _("Algemeen"),
    Tabel.ONGEMAK_PIJN: _("Ongemak en pijn"),
    Tabel.KOORTS_ZWELLING: _("Koorts en zwelling"),
    Tabel.BLOEDING: _("Nabloeding"),
    Tabel.LETSEL_AVULSIE: _("Letsel en tand uit de mond"),
    Tabel.RANDVOORWAARDEN: _("Randvoorwaarden"),
}


@dataclass(frozen=True)
class Instellingregel:
    """One setting with what was chosen; `afwijkend`: not as shipped."""

    naam: str
    titel: str
    waarde: str
    standaard: str
    spanning: str | None
    afwijkend: bool


@dataclass(frozen=True)
class Regelblok:
    """One rule in words; `uit`: a local rule that this version leaves off."""

    id: str
    reden: str
    als: list[SafeString]
    dan: list[SafeString]
    adviezen: list[tuple[SafeString, str]]
    paragraaf: str
    zekerheid: str
    lokaal: bool
    uit: bool
    instellingen: list[Instellingregel]


@dataclass(frozen=True)
class Spanningblok:
    """One tension with the settings that resolve it."""

    spanning: Spanning
    instellingen: list[Instellingregel]


def setting_rows(lezing: Lezing, names=tuple(INSTELLINGEN)) -> list[Instellingregel]:
    """Return these settings as chosen in a reading, beside what is shipped."""
    return [_setting(lezing, name) for name in names]


def _setting(lezing: Lezing, name: str) -> Instellingregel:
    item, value = INSTELLINGEN[name], getattr(lezing.instellingen, name)
    return Instellingregel(
        name,
        item.titel,
        value_words(name, value),
        value_words(name, item.standaard),
        item.spanning,
        value != item.standaard,
    )


def protocol_page(lezing: Lezing, versie: Protocolversie | None) -> dict:
    """Return the context of the protocol page, of its print too."""
    words = Woorden(lezing)
    rules = [_rule(regel, lezing, words) for regel in _in_order(lezing)]
    settings = setting_rows(lezing)
    return {
        "versie": versie,
        "regelset": lezing.regelset,
        "tabellen": [
            (
                tabel.value,
                titel,
                [
                    r
                    for r, regel in zip(rules, _in_order(lezing), strict=True)
                    if regel.tabel is tabel
                ],
            )
            for tabel, titel in TABELLEN.items()
        ],
        "begrippen": [
            (naam, concept_name(naam), words.condition(data))
            for naam, data in lezing.regelset.begrippen.items()
        ],
        "spanningen": [
            Spanningblok(item, [row for row in settings if row.spanning == item.id])
            for item in SPANNINGEN.values()
        ],
        "normen": [row for row in settings if row.spanning is None],
        "afwijkingen": [row for row in settings if row.afwijkend],
        "lokaal_aan": sorted(lezing.lokale_regels),
    }


def _in_order(lezing: Lezing) -> tuple[Regel, ...]:
    return (*lezing.regelset.lokaal, *lezing.regelset.regels)


def _rule(regel: Regel, lezing: Lezing, words: Woorden) -> Regelblok:
    return Regelblok(
        id=regel.id,
        reden=regel.reden,
        als=words.lines(regel.conditie),
        dan=words.effects(regel.effect),
        adviezen=words.advice(regel.effect),
        paragraaf=regel.paragraaf,
        zekerheid=str(teksten.ZEKERHEID[regel.zekerheid]),
        lokaal=regel.is_lokaal,
        uit=regel.is_lokaal and regel.id not in lezing.lokale_regels,
        instellingen=setting_rows(lezing, regel.instellingen),
    )
