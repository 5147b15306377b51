"""The places where the guideline contradicts itself or is silent, and how we read them.

Own words; § numbers as far as they help to look it up.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from triage.protocol.instellingen import INSTELLINGEN


@dataclass(frozen=True, slots=True)
class Spanning:
    """One tension: what is unclear, how it is read unless a kring chooses otherwise, and why.

    ``instellingen`` are the settings that resolve it; empty = there is nothing to choose.
    """

    id: str
    titel: str
    uitleg: str
    keuze: str
    paragraaf: str

    @property
    def instellingen(self) -> tuple[str, ...]:
        return tuple(naam for naam, item in INSTELLINGEN.items() if item.spanning == self.id)


_ALLE: Final = (
    Spanning(
        "T-01",
        "Hoe snel zien bij een nabloeding, en vanaf wanneer telt de klok",
        "De hoofdtekst noemt 60 minuten, de samenvatting 30 tot 60. Eerst een halfuur telefonisch "
        "instrueren mag ook. Wanneer de klok begint staat er niet, en ook niet of de tandarts "
        "instrueert of de triagemedewerker.",
        "60 minuten, te tellen vanaf de eerste melding. Het halve uur bijten telt mee. Bij een "
        "lichte bloeding geeft de triagemedewerker de instructie.",
        "§2.2.1; kader h2; Bijlage 1 §2.3.2",
    ),
    Spanning(
        "T-02",
        "Wanneer moet pijn binnen 24 uur worden gezien",
        "De hoofdtekst vraagt twee dingen tegelijk: pijnstilling helpt niet én de eigen tandarts "
        "kan niet binnen 24 uur. De samenvatting leest als: één van beide is genoeg. Het schema "
        "verwijst juist naar na het weekend.",
        "Beide tegelijk. Kan alleen de eigen tandarts niet, dan is overleg aanbevolen. Anders zou "
        "op vrijdagavond elke pijnklacht gezien moeten worden.",
        "§2.2.3; kader h2; Bijlage 1 §2.3.2 rij 2",
    ),
    Spanning(
        "T-03",
        "Wat doet het pijncijfer",
        "Het cijfer moet worden gevraagd, maar geen rij van het schema gebruikt het. Ernstige pijn "
        "heet wel spoed.",
        "Vanaf cijfer 7 is overleg aanbevolen. Leeg laten kan ook: dan telt het cijfer alleen bij "
        "een jong kind.",
        "§2.1; Bijlage 1 §2.3.1",
    ),
    Spanning(
        "T-04",
        "Voor welk kind is overleg nodig",
        "Op de ene plaats gaat het om elk kind met elke klacht, elders om jonge kinderen met pijn, "
        "en dan weer om hevige én plotselinge of hevige óf plotselinge pijn.",
        "De veiligste lezing: elk kind met pijn, en hevig of plotseling is genoeg om te zien.",
        "§2.1; §2.2.3; kader h2; Bijlage 1 §2.3.1",
    ),
    Spanning(
        "T-05",
        "Hoe oud is jong, en wat is hevig",
        "Geen van beide woorden heeft een grens. Leeftijd staat niet eens in de lijst met gegevens "
        "die gevraagd moeten worden. Bij peuters zegt een pijncijfer weinig.",
        "Jong is onder de 12. Hevig is cijfer 7 of hoger, of de indruk van de triagemedewerker. "
        "Onder de 12 hoeft het cijfer niet gevraagd te worden.",
        "§2.2.3; Bijlage 1 §2.3.1",
    ),
    Spanning(
        "T-06",
        "Een dikke wang of slikklachten zonder koorts",
        "Het schema noemt alleen de combinatie met koorts, en de zin kan zo gelezen worden dat "
        "koorts alleen bij slikklachten hoort.",
        "Overleg is verplicht: een gat in het schema is een twijfel.",
        "Bijlage 1 §2.3.2 rij 3",
    ),
    Spanning(
        "T-07",
        "Wat als een antwoord niet bekend is",
        "Bij twijfel moet de tandarts altijd geraadpleegd worden. Maar niet elk onbekend antwoord "
        "is twijfel over de spoed.",
        "Onbekend telt als twijfel bij de vragen die de uitkomst bepalen, en alleen daar.",
        "§3.2.1; Bijlage 1 §2.3",
    ),
    Spanning(
        "T-08",
        "De klok bij een tand uit de mond",
        "Idealiter binnen 30 tot 60 minuten: medisch telt dat vanaf het ongeval, organisatorisch "
        "vanaf de melding.",
        "De norm telt vanaf de melding. De tijd sinds het ongeval staat ernaast. Wie laat belt, "
        "wordt niet lager ingeschat.",
        "§2.2.2; Bijlage 1 §2.3.2 rij 6",
    ),
    Spanning(
        "T-09",
        "Een stukje tand af: ongemak of letsel",
        "Het staat als voorbeeld bij ongemak, maar het kan ook tandletsel zijn.",
        "Vraag of het door een val of klap kwam. Zo ja, dan is het letsel.",
        "Bijlage 1 §2.3.2 rij 1 en 5; §2.2.2",
    ),
    Spanning(
        "T-10",
        "Een melktand terugzetten",
        "Het advies om een tand terug te zetten kent geen uitzondering voor melktanden, terwijl de "
        "Dental Trauma Guide dat afraadt.",
        "Niet terugzetten bij een melktand of onder de 6 jaar. Van 6 tot en met 11 jaar wacht "
        "terugzetten op de tandarts, tenzij zeker is dat het een blijvende tand is.",
        "§2.2.2; Bijlage 1 §2.3.2 rij 6",
    ),
    Spanning(
        "T-11",
        "Agressie en de plicht om te helpen",
        "Wie agressief blijft, krijgt volgens de bijlage geen zorg en de verbinding gaat dicht. De "
        "wet vraagt goede zorg, en de hoofdtekst vraagt alleen te melden.",
        "Het programma weigert nooit. Het legt de stappen vast en meldt altijd aan de tandarts.",
        "§3.2.1; §5.5; Bijlage 1 §3.1",
    ),
    Spanning(
        "T-12",
        "Nog geen uur geleden een pijnstiller genomen",
        "Het schema kent alleen: nog niets genomen, of genomen zonder verbetering.",
        "De rest van het uur afwachten, zonder tweede pijnstiller.",
        "Bijlage 1 §2.3.2 rij 2",
    ),
    Spanning(
        "T-13",
        "Hoeveel schakels tussen patiënt en tandarts",
        "De hoofdtekst beveelt één schakel aan bij automatisch doorschakelen en twee bij "
        "handmatig. De samenvatting noemt voor beide twee.",
        "Eén en twee, volgens de hoofdtekst. Meer geeft een waarschuwing, geen fout.",
        "§3.1.2; kader h3",
    ),
    Spanning(
        "T-14",
        "Verslag als de tandarts de patiënt alleen heeft gesproken",
        "De hoofdtekst vraagt een verslag voor wie gesproken, gezien of behandeld is. De "
        "samenvatting noemt gesproken niet.",
        "Ook als alleen is gesproken komt er een verslag.",
        "§4.1; kader h4",
    ),
    Spanning(
        "T-15",
        "Het BSN bij de triage",
        "Bij de triage staat er 'zo mogelijk', in de bijlage en bij het verslag zonder dat woord. "
        "Of een callcenter het mag vastleggen hangt af van de afspraken.",
        "Bij de triage mag het leeg blijven. In het verslag staat het BSN of de reden waarom niet. "
        "Per organisatie kan het vastleggen uit.",
        "§3.2.1; §4.1; Bijlage 1 §2.1",
    ),
    Spanning(
        "T-16",
        "Wie beslist",
        "De bijlage laat de triagemedewerker bepalen of iemand zonder meer gezien moet worden. De "
        "hoofdtekst legt elk oordeel bij de tandarts.",
        "De uitkomst is een voorstel. Een verplicht overleg kan alleen de tandarts afzwakken, met "
        "een vastgelegd besluit.",
        "§2.1; §3.2.1; Bijlage 1 §2.3",
    ),
    Spanning(
        "T-17",
        "Welk tandletsel, en hoe snel",
        "Het schema vraagt bij elk letsel overleg. De hoofdtekst spreekt van ernstig letsel en van "
        "24 uur als het nodig is.",
        "Altijd overleg. De 24 uur zijn een maximum dat de tandarts kan verkorten.",
        "§2.2.2; Bijlage 1 §2.3.2 rij 5",
    ),
    Spanning(
        "T-18",
        "Hoe snel is zo snel mogelijk",
        "Er staat geen getal bij. Een voetnoot gaat ervan uit dat een spoedvraag binnen 60 minuten "
        "gezien moet kunnen worden.",
        "60 minuten.",
        "§2.2.1; §2.2.3; §3.1.2",
    ),
    Spanning(
        "T-19",
        "Mag de naam van de tandarts genoemd worden",
        "Het nummer van de dienstdoende tandarts moet bekend zijn, maar de toelichting bij het "
        "modelreglement wil de tandarts onbekend houden tot er een afspraak is.",
        "De triagemedewerker ziet de naam, met erbij dat die nog niet genoemd wordt tot er een "
        "afspraak is.",
        "§3.1.1; Bijlage 2 art. 6",
    ),
    Spanning(
        "T-20",
        "Als de patiënt niet terugbelt",
        "Terugbellen is aan de patiënt. Wat er gebeurt als dat uitblijft staat er niet.",
        "Na afloop van de tijd komt de oproep in de lijst 'terugbellen door de dienst'. Dat is een "
        "eigen aanvulling.",
        "Bijlage 1 §2.3.2",
    ),
    Spanning(
        "T-21",
        "Levensgevaar en 112",
        "De richtlijn vraagt nergens naar ademnood of bewusteloosheid. Andere triagesystemen "
        "beginnen ermee.",
        "Lokale regel L-01, niet uit de richtlijn. Staat uit tot een kring hem aanzet.",
        "niet uit de richtlijn",
    ),
    Spanning(
        "T-22",
        "Welke uitgave van de richtlijn",
        "Op het titelblad staat herziening 2022, het modelreglement noemt 2021 en een voetnoot "
        "spreekt over juli 2025.",
        "De naam van een regelset bevat de herziening, de datum van de tekst en onze eigen versie.",
        "titelblad; voetnoot 2; Bijlage 2 art. 3",
    ),
    Spanning(
        "T-23",
        "Verwijzingen die niet kloppen",
        "Twee paragrafen verwijzen naar §3.1.1 waar §3.2.1 is bedoeld.",
        "Wij noemen de paragraaf waar de tekst werkelijk staat.",
        "§1.3.2; §5.5",
    ),
    Spanning(
        "T-24",
        "Vakantie",
        "Een patiënt op vakantie hoort bij de spoeddienst. De opvang tijdens de vakantie van een "
        "praktijk niet.",
        "Alleen een opmerking op het scherm. De beoordeling verandert er niet door.",
        "§1.3.2",
    ),
)
SPANNINGEN: Final[Mapping[str, Spanning]] = {item.id: item for item in _ALLE}
