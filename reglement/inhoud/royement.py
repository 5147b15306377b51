"""Article 9 in our own words: the longest one (RY-1 … RY-15). Pure."""

from collections.abc import Iterator, Mapping
from typing import Any


def members(waarden: Mapping[str, Any], wie: str) -> Iterator[tuple[str, str]]:
    """Give the members of article 9; `wie` is who leads the kring, as a sentence begins."""
    yield "9.1.1", "Een deelnemer kan worden geroyeerd als daar ernstige redenen voor zijn, zoals:"
    yield "", "de praktijk voldoet niet meer aan de voorwaarden van § 5.2.1 van de richtlijn;"
    yield "", "de praktijk houdt zich niet aan dit reglement;"
    yield "", "de Inspectie Gezondheidszorg en Jeugd heeft bevolen de praktijk te sluiten;"
    yield (
        "",
        "de tuchtrechter heeft de vertegenwoordiger van een eenmanszaak een maatregel opgelegd "
        "die het werk beperkt.",
    )
    yield "9.1.2", "Royement kan ook voorwaardelijk."
    yield "9.2", "Dat gaat zo:"
    yield "9.2a", f"{wie} stelt op grond van feiten vast dat er misschien zo'n reden is."
    yield (
        "9.2b",
        f"{wie} nodigt alle deelnemers uit voor een vergadering over het voorstel, ook de "
        "vertegenwoordiger van de praktijk waar het om gaat, en voegt alle stukken erbij. Het "
        "voorstel kan ook een voorwaardelijk royement zijn.",
    )
    yield "9.2c", "De vergadering wordt minstens drie weken van tevoren aangekondigd."
    yield "9.2d", f"{wie} hoort beide kanten voordat er wordt gestemd."
    yield (
        "9.2e",
        "Stemmen kan alleen als minstens twee derde van de deelnemers er is. Zijn dat er te "
        "weinig, dan volgt een tweede vergadering, minstens een week van tevoren aangekondigd. "
        "Daar is de helft plus één van de deelnemers genoeg.",
    )
    yield (
        "9.2f",
        "Het voorstel is aangenomen als minstens twee derde van de deelnemers die er zijn, voor "
        "stemt.",
    )
    yield (
        "9.2g",
        f"{wie} vertelt de aanwezigen de uitslag, neemt daarna het besluit, en laat het de "
        "praktijk schriftelijk weten, met de redenen.",
    )
    yield (
        "9.2h",
        "Bij een voorwaardelijk royement staan de voorwaarden in het besluit, met een termijn van "
        "minstens {9.min_weken} en hoogstens {9.max_maanden} om eraan te voldoen.",
    )
    yield "9.2i", "Na een royement mag de praktijk vragen om weer mee te doen."
    yield (
        "9.2j",
        "Na de termijn van 9.2h krijgt de praktijk de gelegenheid om te laten zien dat zij aan de "
        "voorwaarden voldoet. Zij mag dat ook eerder zelf melden.",
    )
    yield (
        "9.2k",
        f"Over 9.2i en 9.2j wordt binnen vier weken vergaderd; {wie.lower()} roept daarvoor op. "
        "Daar geldt geen quorum; een gewone meerderheid van de stemmen (de helft plus één) is "
        "genoeg.",
    )
    yield (
        "9.2l",
        "Kan een geroyeerde praktijk op geen andere manier aan een spoeddienst meedoen, met een "
        "eigen dienst of bij een andere, dan wordt zij eenzijdig toegelaten. Haar patiënten "
        "krijgen hulp van de kring; zelf doet zij geen dienst. Zij betaalt {9.bedrag} voor elke "
        "dienst die zij dat jaar had gedaan.",
    )
