"""What helps to write a report: text blocks, a table of tariff codes, the heading of the letter.

The amounts and words are made up; a kring takes over the table of the NZa. The small kring
has none of them, and shows what that means.
"""

from kern.actor import Actor
from kring.models import Kring
from spoeddienst.demo.gegevens import foto
from verslag.actions import save_briefhoofd
from verslag.actions.tarief import import_tariefcodes
from verslag.actions.tekstblok import save_tekstblok
from verslag.models import Tekstblok

TARIEVEN = """code;omschrijving;tarief;geldig_vanaf;geldig_tot
A10;Verdoving;16,10;2020-01-01;2025-12-31
A10;Verdoving;16,90;2026-01-01;
C002;Gericht consult;26,20;2020-01-01;2025-12-31
C002;Gericht consult;27,50;2026-01-01;
C022;Spoedconsult in avond of weekend;52,00;2020-01-01;2025-12-31
C022;Spoedconsult in avond of weekend;54,60;2026-01-01;
E31;Noodbehandeling wortelkanaal;61,30;2020-01-01;
H11;Element verwijderen;49,80;2020-01-01;
H26;Wond hechten;41,20;2020-01-01;
H60;Abces openen;58,40;2020-01-01;
R50;Element terugzetten of spalken;88,00;2020-01-01;
V40;Noodvulling;22,70;2020-01-01;
V92;Composietvulling, twee vlakken;63,90;2020-01-01;
X10;Kleine röntgenfoto;19,80;2020-01-01;
"""
BLOKKEN = (
    (
        "behandeling",
        "Na extractie",
        "Advies: een half uur dichtbijten op het gaasje, vandaag niet spoelen, niet roken. "
        "Bij aanhoudend bloeden bellen.",
    ),
    (
        "behandeling",
        "Pijnstilling volwassene",
        "Advies: paracetamol 1000 mg, hoogstens vier keer per dag, op vaste tijden.",
    ),
    (
        "behandeling",
        "Na tandletsel",
        "Advies: twee weken zacht eten, zacht poetsen, twee keer per dag spoelen.",
    ),
    ("bevindingen", "Geen zwelling", "Geen zwelling, geen koorts, mond gaat normaal open."),
    ("diagnose", "Nog geen diagnose", "Nog geen zekere diagnose; werkdiagnose:"),
    ("vervolg", "Controle wond", "Controle van de wond door de eigen tandarts."),
    ("overig", "Medicijnen", "Medicijnen volgens de patiënt:"),
)
BOVEN = "Tandheelkundige spoeddienst Vechtstreek"
ONDER = "Kring Vechtstreek, Maarssen\nAlleen voor spoed: 0346-000000\nwww.vechtstreek.example"
ZONDER = ("rijnmond-zuid",)


def fill(kring: Kring) -> None:
    if kring.slug in ZONDER:
        return
    by = Actor.system(kring.pk, "demogegevens")
    import_tariefcodes(kring_id=kring.pk, bestand=TARIEVEN.encode(), by=by)
    for veld, naam, tekst in BLOKKEN:
        save_tekstblok(Tekstblok(kring=kring), veld=veld, naam=naam, tekst=tekst, by=by)
    save_briefhoofd(kring_id=kring.pk, naam=BOVEN, tekst=ONDER, logo=foto.logo(), by=by)
