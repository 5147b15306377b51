"""The eleven articles in our own words, with what the kring filled in (RG-3). Pure.

The sentences of the model reglement are copyrighted and not in here: structure and meaning are
the same, the words are ours, and a kring may paste its own text for an article. What an adopted
version says is kept with it, so these words may improve without changing any rules in force.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from reglement.inhoud import royement
from reglement.inhoud.tekst import Artikel, fill_in, own_members
from reglement.inhoud.variabelen import II, A, B, I

Waarden = Mapping[str, Any]
Leden = Iterator[tuple[str, str]]


def build(waarden: Waarden, teksten: Mapping[str, str]) -> list[Artikel]:
    """Return the eleven articles; `teksten` are the own texts by article number."""
    return [
        Artikel(nummer, titel, own_members(teksten[nummer]), is_eigen=True)
        if teksten.get(nummer, "").strip()
        else Artikel(
            nummer, titel, tuple(fill_in(lid, text, waarden) for lid, text in members(waarden))
        )
        for nummer, titel, members in ARTIKELEN
    ]


def _leader(waarden: Waarden) -> str:
    return "Het bestuur" if waarden.get("4.optie") == A else "De coördinator"


def _doel(waarden: Waarden) -> Leden:
    yield (
        "1.1",
        "Wij zorgen er samen voor dat patiënten van onze praktijken ook buiten de openingstijden "
        "hulp krijgen als zij een spoedklacht aan tanden of mond hebben.",
    )
    yield (
        "1.2",
        "Zo nodig helpen wij ook wie tijdelijk in ons gebied is en elders een tandarts heeft, en "
        "wie geen tandarts heeft.",
    )


def _begrippen(waarden: Waarden) -> Leden:
    yield "", "Deelnemer: een tandartspraktijk die bij de dienst is aangesloten."
    yield "", "Kring: alle deelnemers samen."
    if waarden.get("4.optie") == A:
        yield (
            "",
            "Bestuur: de personen die de kring heeft gekozen om haar te leiden en om voor haar op "
            "te treden.",
        )
    yield (
        "",
        "Vertegenwoordiger: de persoon die voor een deelnemer spreekt. Deze persoon tekent dit "
        "reglement, stemt en beslist voor de praktijk. Elke deelnemer heeft er één.",
    )
    yield (
        "",
        "Royement: het besluit van de kring dat een deelnemer niet langer meedoet. Dat kan ook "
        "onder voorwaarden.",
    )
    yield "", "Verzorgingsgebied: het gebied van onze dienst. Dat is {2.gebied}."


def _deelnemers(waarden: Waarden) -> Leden:
    yield (
        "3.1",
        "Iedere deelnemer kent dit reglement en de praktijkrichtlijn van de KNMT over spoedzorg "
        "buiten reguliere openingstijden ({3.richtlijn_jaar}), en is het met beide eens.",
    )
    yield (
        "3.2",
        "De vertegenwoordiger laat dat zien door te tekenen. De coördinator of de plaatsvervanger "
        "bewaart van elke deelnemer één getekend exemplaar.",
    )


def _bestuur(waarden: Waarden) -> Leden:
    if waarden.get("4.optie") == A:
        yield (
            "4.1",
            "De deelnemers kiezen uit hun midden een voorzitter, een secretaris en een "
            "penningmeester. Zij zijn samen het bestuur, leiden de kring en treden voor haar op. "
            "Er kunnen bestuursleden met een eigen taak bij komen.",
        )
        yield (
            "",
            "Een bestuurslid blijft {4.jaren_bestuur} in functie en kan één keer worden "
            "herbenoemd, voor net zo lang.",
        )
        if waarden.get("4.variant") == I:
            yield (
                "",
                "Het bestuur wijst uit zijn midden een coördinator en een plaatsvervanger aan.",
            )
        elif waarden.get("4.variant") == II:
            yield "", "De deelnemers kiezen de coördinator en een plaatsvervanger, uit eigen kring."
        else:
            yield "", "De coördinator en de plaatsvervanger: {4.variant}."
    else:
        yield "4.1", "De deelnemers kiezen de coördinator en een plaatsvervanger, uit eigen kring."
    yield (
        "",
        "Coördinator en plaatsvervanger blijven {4.jaren_coordinator} in functie en kunnen één "
        "keer worden herbenoemd, voor net zo lang.",
    )
    yield from _taken(waarden)


def _taken(waarden: Waarden) -> Leden:
    yield "4.2", "De coördinator, of de plaatsvervanger, zorgt voor het volgende."
    tasks = [
        "Het rooster van de volgende periode is op tijd klaar en door de deelnemers goedgekeurd.",
        "Het vastgestelde rooster is op tijd bij alle deelnemers.",
        "Het telefoonnummer van de dienst is voor elke periode, week of weekend op tijd "
        "schriftelijk of per e-mail bekend bij de media. Zo nodig ook bij huisartsen, "
        "ziekenhuizen, politie en anderen die het nodig hebben.",
        "De deelnemers vergaderen ten minste één keer per jaar. Elke vertegenwoordiger krijgt de "
        "uitnodiging minstens {4.weken_oproep} van tevoren.",
        "Klachten van patiënten over hoe de dienst werkt, worden aangenomen en afgehandeld.",
        "Zijn tandartsen het oneens over de spoedopvang, dan is er iemand die bemiddelt.",
        # What a kring typed is text, never a place.
        *(re.sub("[{}]", "", text) for text in waarden.get("4.extra_taken") or ()),
    ]
    for letter, task in zip("abcdefghijklmnopqrstuvwxyz", tasks, strict=False):
        yield f"4.2{letter}", task
    yield (
        "",
        "Een taak mag aan een andere deelnemer worden overgelaten. De coördinator blijft er "
        "verantwoordelijk voor.",
    )


def _rooster(waarden: Waarden) -> Leden:
    yield "5.1", "Buiten de openingstijden geldt een rooster. Dit zijn de diensttijden:"
    for naam in ("avond", "nacht", "weekend"):
        value = waarden.get(f"5.{naam}")
        if value and value.get("geen"):
            yield "", f"Een aparte {naam}dienst is er niet."
        else:
            yield "", f"De {naam}dienst {{5.{naam}}}."
    yield (
        "5.2",
        "Op algemeen erkende feestdagen houdt het rooster rekening met de Algemene termijnenwet.",
    )
    for letter in "abc":
        if waarden.get(f"5.{letter}"):
            yield f"5.{letter}", f"{{5.{letter}}}"


def _bereikbaarheid(waarden: Waarden) -> Leden:
    yield (
        "6.1",
        "Wie dienst heeft, is de hele dienst zelf bereikbaar. Deze tandarts bepaalt met de "
        "richtlijn in de hand of een patiënt gezien moet worden en of de zorg spoed heeft. Dat is "
        "een eigen, professionele afweging.",
    )
    yield (
        "6.2",
        "Elke deelnemer vertelt patiënten duidelijk hoe spoedzorg buiten openingstijden is "
        "geregeld. Het nummer dat zij bellen, staat op het antwoordapparaat, goed zichtbaar bij "
        "de praktijk en op de website.",
    )
    yield (
        "6.3",
        "Wie dienst krijgt, controleert vooraf of het antwoordapparaat aan staat en werkt, of het "
        "juiste nummer wordt genoemd, en of dat nummer bereikbaar is.",
    )


def _vervanging(waarden: Waarden) -> Leden:
    yield (
        "7",
        "Kan iemand een dienst niet doen, dan zorgt de praktijk van deze tandarts voor vervanging. "
        "Dat geldt ook als de eigenaar geen tandarts is: elke zorgaanbieder moet de zorg laten "
        "doorgaan (Wkkgz).",
    )
    yield "7.1", "Een andere deelnemer mag invallen, als de coördinator het op tijd weet."
    yield (
        "7.2",
        "Zo nodig mag ook een tandarts van buiten de kring invallen, als de coördinator het op "
        "tijd weet.",
    )
    yield (
        "7.3",
        "Wie invalt, kent de afspraken van dit reglement. De tandarts die vervangen wordt, geeft "
        "daarvoor een exemplaar mee.",
    )


def _einde(waarden: Waarden) -> Leden:
    yield "8", "Een deelnemer doet niet meer mee:"
    yield "", "als een eenmanszaak stopt;"
    yield "", "als de vertegenwoordiger van een eenmanszaak overlijdt;"
    yield (
        "",
        "als de deelnemer schriftelijk opzegt, minstens {8.opzegmaanden} van tevoren. Door "
        "bijzondere omstandigheden kan een andere termijn redelijk zijn;",
    )
    yield "", "door royement, ook voorwaardelijk, volgens artikel 9."


def _besluitvorming(waarden: Waarden) -> Leden:
    yield "10.1", "De kring besluit over:"
    matters = (
        "het vaststellen van dit reglement;",
        "het wijzigen van dit reglement;",
        "het wijzigen van het verzorgingsgebied;",
        "het benoemen van een bestuur;",
        "het benoemen van de coördinator en de plaatsvervanger;",
        "royement van een deelnemer, ook voorwaardelijk;",
        "het weer toelaten van een praktijk die geroyeerd is.",
    )
    for letter, matter in zip("abcdefg", matters, strict=True):
        yield f"10.1{letter}", matter
    yield "10.2", "Dat gaat zoals hieronder staat, tenzij dit reglement ergens iets anders zegt."
    yield (
        "10.3",
        "Besluiten kan alleen als minstens twee derde van de deelnemers er is. Zijn dat er te "
        "weinig, dan volgt een tweede vergadering, minstens een week van tevoren aangekondigd. "
        "Daar is de helft plus één van de deelnemers genoeg.",
    )
    yield "10.4", "Een gewone meerderheid van de stemmen (de helft plus één) beslist."
    if waarden.get("10.optie") == B:
        yield "", "Twee derde van de stemmen is nodig voor {10.lijst}."
    casting = (
        "het bestuur, bij monde van de voorzitter,"
        if waarden.get("4.optie") == A
        else ("de coördinator")
    )
    yield "10.5", f"Staken de stemmen, dan geeft {casting} de doorslag."
    yield (
        "10.6",
        "De deelnemers krijgen een verslag van de vergadering met de besluiten, uiterlijk "
        "{10.dagen_verslag} erna.",
    )
    yield (
        "10.7",
        "Een wijziging of aanvulling van dit reglement wordt zo snel mogelijk verwerkt, uiterlijk "
        "een week na het besluit. Binnen een week daarna krijgen alle deelnemers de nieuwe tekst.",
    )


def _slot(waarden: Waarden) -> Leden:
    yield (
        "11.1",
        f"Een geschil over dit reglement gaat eerst naar {_leader(waarden).lower()}"
        f"{' of de coördinator' if waarden.get('4.optie') == A else ' of de plaatsvervanger'}.",
    )
    yield (
        "11.2",
        "Lost dat het niet op, dan kan er een bemiddelaar bij komen. In het uiterste geval beslist "
        "de gewone rechter.",
    )
    yield "11.3", "Er is een geschil zodra een vertegenwoordiger zegt dat het er is."
    yield (
        "11.4",
        "Wetten en andere officiële regels voor een deelnemer of een vertegenwoordiger gaan boven "
        "dit reglement.",
    )
    yield (
        "11.5",
        "Wat dit reglement niet regelt, beslissen de deelnemers samen in een vergadering die "
        "minstens {11.weken} van tevoren is aangekondigd, met een gewone meerderheid van de "
        "stemmen (de helft plus één).",
    )


def _royement(waarden: Waarden) -> Leden:
    return royement.members(waarden, _leader(waarden))


ARTIKELEN: tuple[tuple[str, str, Callable[[Waarden], Leden]], ...] = (
    ("1", "Doel", _doel),
    ("2", "Begrippen", _begrippen),
    ("3", "Deelnemers", _deelnemers),
    ("4", "Bestuur en coördinator", _bestuur),
    ("5", "Rooster", _rooster),
    ("6", "Bereikbaarheid en bekendmaking", _bereikbaarheid),
    ("7", "Vervanging", _vervanging),
    ("8", "Einde van de deelname", _einde),
    ("9", "Royement", _royement),
    ("10", "Besluitvorming", _besluitvorming),
    ("11", "Slotbepalingen", _slot),
)
TITELS = {nummer: titel for nummer, titel, _members in ARTIKELEN}
