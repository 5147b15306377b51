"""The matrix: who gets what at which door, asked of the running house and of the table itself."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.http import SimpleCookie
from django.urls import reverse

from kern import toegang
from tests.huis.objecten import declared_routes, names_object, parameters, route_kwargs
from tests.huis.personen import ROLLEN, STATES, Persoon

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
HERE, THERE = "vecht", "maas"
"""The slugs of the own and of the other kring."""

OBJECTS = {"eigen": (HERE, HERE), "ander": (HERE, THERE), "daar": (THERE, THERE)}
"""Kring in the address, kring of the object: the own object, the object of the other kring below
the own address (the sharpest question), and that object below its own address."""

# Its condition asks something of the object (the call still runs) or of the practice (it takes
# part, or was called to the meeting), and here that is so.
OPEN_TO_ITS_ROLES = {
    "triage:bsn_tonen",
    *("reglement:stuk", "reglement:notulen", "reglement:notulen_pdf"),
    *("reglement:zaal", "reglement:zaal_stand"),
    *("reglement:stemming", "reglement:belang", "reglement:doorslag"),
}
# The state of the object decides too: a draft that nobody was shown, a period that is not
# published. What the page says in each state is tested with the page (tests/rooster).
BY_STATE = {
    *("rooster:concept_eerlijk", "rooster:conceptplaats_waarom"),
    *("rooster:concept_overnemen", "rooster:herstellen"),
    *("reglement:jaarwiel_gedaan", "reglement:jaarwiel_terug", "reglement:jaarwiel_taak"),
    "reglement:zaal",
}
# The author of the object has no more here than a colleague: who opens and closes a vote is the
# chair of the meeting, and an incident is written up by the coordinator.
NOT_OF_THE_AUTHOR = {
    *("reglement:stemming_openen", "reglement:stemming_sluiten"),
    *("reglement:stemming_intrekken", "reglement:stemming_opnieuw", "reglement:incident"),
}
# The own object only, but for this role every object of the kring.
OWN_OR = dict.fromkeys(
    (
        *("rooster:ruil_nieuw", "rooster:ruilverzoek", "rooster:waarnemer_zetten", "rooster:ziek"),
        *("rooster:openingstijd", "rooster:inzet_wijzigen"),
        *("rooster:wensenlijst", "rooster:wensenreeks", "rooster:wensen_indienen"),
        *("rooster:versie_antwoord", "rooster:agenda_intrekken"),
        *("verslag:samenvoegen", "verslag:samenvoeging"),
        *("verslag:taak", "verslag:taak_opnieuw"),
        *("reglement:deelname", "reglement:opzeggen", "reglement:vergadering_antwoord"),
        *("reglement:geschil", "reglement:geschil_stap", "reglement:geschil_intrekken"),
        *("reglement:leiden", "reglement:leiden_stand"),
        *("reglement:notulen_antwoord", "reglement:notulen_schrijven"),
        *("reglement:notulen_voorleggen", "reglement:notulen_terug"),
        *("reglement:royement", "reglement:royementstuk", "reglement:royement_stuk_nieuw"),
        *("reglement:royement_brief", "reglement:incident"),
        *("reglement:veiligheidsblad", "reglement:veiligheidsblad_wijzigen"),
        *("reglement:stemming_openen", "reglement:stemming_sluiten"),
        *("reglement:stemming_intrekken", "reglement:stemming_opnieuw"),
    ),
    frozenset({"coordinator"}),
) | {
    **dict.fromkeys(
        ("rechten:nieuw", "rechten:verzoek", "rechten:stap", "rechten:bestand"),
        frozenset({"coordinator", "fg"}),
    ),
    "reglement:stemmen": frozenset({"vertegenwoordiger"}),
}
STATUS = {401: "aanmelden", 403: "nee", 404: "weg", 405: "geen"}
HANDLED = {"ja", "door", "bestand"}


@dataclass(frozen=True)
class Cell:
    route: str
    method: str
    whose: str
    persoon: Persoon
    outcome: str

    def __str__(self):
        return f"{self.route} {self.method} {self.whose} {self.persoon.naam}={self.outcome}"


def outcome_of(response) -> str:
    """Return the mark of an answer; the legend stands in the head of the golden file."""
    if response.status_code in STATUS:
        return STATUS[response.status_code]
    assert response.status_code < 500, response
    if "attachment" in response.headers.get("Content-Disposition", ""):
        return "bestand"
    if response.status_code in (301, 302):
        login = response.headers["Location"].startswith("/aanmelden/")
        return "aanmelden" if login else "door"
    return "ja"


def ask(client, method: str, url: str) -> str:
    """Ask inside a savepoint that is undone, so that no cell sees the effect of another."""
    before = {name: morsel.value for name, morsel in client.cookies.items()}
    with transaction.atomic():
        response = client.generic(method, url)
        transaction.set_rollback(True)
    if response.cookies:  # the logout takes them away
        client.cookies = SimpleCookie(before)
    return outcome_of(response)


def places(route: str) -> list[str]:
    """Return the objects that make a difference for this route."""
    has_kring = "kring" in parameters()[route]
    if not names_object(route):
        return ["eigen", "daar"] if has_kring else ["eigen"]
    return ["eigen", "ander", "daar"] if has_kring else ["eigen", "ander"]


def _comes(persoon: Persoon, row: toegang.Regel, whose: str, mag: toegang.Mag | None) -> bool:
    """Whether this person makes a difference here.

    A method that is not declared is refused before anyone looks at the person. Who has no active
    role in a kring is a stranger there; a stranger comes as far as the role would open this door
    if somebody forgot to look at the state. The admin has one row for all its pages, so there the
    other states come as beheerder only.
    """
    if mag is None or persoon.groep in ("actief", "zonder2e", "niemand"):
        return persoon.groep in ("actief", "zonder2e", "niemand")
    if persoon.groep not in STATES:
        return True
    if row.prefix and persoon.code != "BE":
        return False
    if persoon.groep == "elders" and whose == "daar":
        return True
    would_open = not mag.rollen or ROLLEN[persoon.code] in mag.rollen
    return would_open and (persoon.groep == "elders" or whose != "daar")


def cells(clients: list[tuple[Persoon, object]], objects: dict) -> Iterator[Cell]:
    """Ask every door; `objects` are those of each kring, by its slug."""
    for route in declared_routes():
        row = toegang.find(route)
        declared = row.methoden
        for whose in places(route):
            kring, owner = OBJECTS[whose]
            kwargs = route_kwargs(route, objects[owner])
            if "kring" in kwargs:
                kwargs["kring"] = kring
            url = reverse(route, kwargs=kwargs)
            for method in METHODS if whose == "eigen" else declared:
                for persoon, client in clients:
                    if not _comes(persoon, row, whose, declared.get(method)):
                        continue
                    yield Cell(route, method, whose, persoon, ask(client, method, url))


def allowed(cell: Cell) -> set[str]:
    """Return what the access table allows, apart from the middleware and the golden file."""
    row = toegang.find(cell.route)
    mag = row.methoden.get(cell.method)
    if mag is None:
        return {"geen"}
    if mag.openbaar:
        return _allowed_in_public(cell)
    enters = cell.persoon.tweede_factor or row.zonder_tweede_factor
    if cell.persoon.gebruiker is None or not enters:
        return {"aanmelden"}
    in_kring = "kring" in parameters()[cell.route]
    found = _allowed_in_kring(cell, mag) if in_kring else _allowed_anywhere(cell, mag)
    if not (mag.vers and cell.persoon.tweede_factor == "oud") or found == {"nee"}:
        return found
    # Asked again before the view looks for the object; whoever may not at all is not asked.
    return {"aanmelden"} | (found & {"weg"})


def _allowed_in_public(cell: Cell) -> set[str]:
    """A link of the other kring does not exist here; the login pages lead to one another."""
    if cell.whose == "ander":
        return {"weg"}
    return HANDLED if "kring" in parameters()[cell.route] else HANDLED | {"aanmelden"}


def _allowed_in_kring(cell: Cell, mag) -> set[str]:
    kring, owner = OBJECTS[cell.whose]
    rollen = cell.persoon.actief.get(kring, frozenset())
    if not rollen:
        return {"weg"}
    if not mag.rollen & rollen:
        return {"nee"}
    own_only = mag.voorwaarde and cell.route not in OPEN_TO_ITS_ROLES
    own_only = own_only and not rollen & OWN_OR.get(cell.route, frozenset())
    is_own = cell.persoon.is_auteur and cell.route not in NOT_OF_THE_AUTHOR
    if kring != owner or (own_only and not is_own):
        return {"weg"}
    return HANDLED | {"weg"} if cell.route in BY_STATE else HANDLED


def _allowed_anywhere(cell: Cell, mag) -> set[str]:
    """A page above the kringen: the own account, or the admin with the objects of its kringen."""
    if not mag.rollen:
        return HANDLED | {"aanmelden", "weg"}
    owner = OBJECTS[cell.whose][1]
    beheert = {slug for slug, rollen in cell.persoon.actief.items() if mag.rollen & rollen}
    if not beheert:
        return {"nee"}
    if names_object(cell.route) and owner not in beheert:
        return {"weg", "nee"}
    # The admin refuses by itself what no beheerder may do: deleting, adding a user.
    return HANDLED | {"nee", "geen", "aanmelden"}


HEAD = f"""\
# Wie krijgt wat, aan elke deur van het huis. Geschreven door test_matrix.py; lees de diff.
#
# Regel: methode(n), van wie het object is, en per uitkomst de personen.
#   eigen  eigen kring, onder het eigen adres
#   ander  object van de andere kring onder het adres van de eigen kring
#   daar   de andere kring onder haar eigen adres
# Uitkomst: ja (pagina), door (omleiding in het huis), bestand, nee (403), weg (404),
#   aanmelden (eerst inloggen of de tweede factor), geen (405: methode niet in de toegangstabel)
# Personen: {", ".join(f"{code} {rol}" for code, rol in ROLLEN.items())}
#   alleen de code: actief in de eigen kring; elders: alleen lid van de andere kring;
#   uitgenodigd, beeindigd: in de eigen kring; * is elke rol
#   collega: tandarts die deze patiënt niet behandelt; overal: VE hier, elke rol in de andere kring
#   zonder2e: elke rol hier, zonder tweede factor; oud2e: de tweede factor van een uur geleden
#   ophaler: gaf de code bij ophalen; niemand
"""


def golden(found: list[Cell]) -> str:
    """Return the text of the golden file: a block a route, persons with one outcome together."""
    blocks: dict[str, dict[str, list[str]]] = {}
    grouped: dict[tuple[str, str, str], dict[str, list[Persoon]]] = {}
    for cell in found:
        marks = grouped.setdefault((cell.route, cell.whose, cell.method), {})
        marks.setdefault(cell.outcome, []).append(cell.persoon)
    for (route, whose, method), marks in grouped.items():
        text = " | ".join(
            f"{mark}: {_people(people) if len(marks) > 1 else 'iedereen'}"
            for mark, people in marks.items()
        )
        blocks.setdefault(route, {}).setdefault(f"{whose:5}  {text}", []).append(method)
    return HEAD + "".join(
        f"\n{route}\n" + "".join(f"  {' '.join(m):15} {text}\n" for text, m in lines.items())
        for route, lines in blocks.items()
    )


def _people(people: list[Persoon]) -> str:
    by_group: dict[str, list[str]] = {}
    for persoon in people:
        by_group.setdefault(persoon.groep, []).append(persoon.code)
    words = []
    for groep, codes in by_group.items():
        if codes == [""]:
            words.append(groep)
        elif groep == "actief":
            words.append(" ".join(codes))
        else:
            words.append(f"{groep}({'*' if len(codes) == len(ROLLEN) else ' '.join(codes)})")
    return " ".join(words)
