"""Access rows of the rules: everybody who takes part reads, the coordinator writes, who speaks
for a practice signs."""

from kern.toegang import Regel, Rol, regel
from reglement.toegang.rollen import LEZERS

_TEKENAARS = frozenset({Rol.COORDINATOR, Rol.VERTEGENWOORDIGER})


def _write(route: str) -> Regel:
    return regel(
        f"reglement:{route}", Rol.COORDINATOR, methoden="GET POST", object="reglementversie"
    )


REGELS = [
    regel("reglement:regels", LEZERS, object="reglement van de kring"),
    regel("reglement:versie", LEZERS, object="reglementversie"),
    regel("reglement:verschil", LEZERS, object="reglementversie"),
    regel("reglement:versie_pdf", LEZERS, object="reglementversie"),
    *(
        _write(route)
        for route in (
            *("concept_nieuw", "artikel", "lezingen", "bijwerken", "weggooien", "voorleggen"),
            *("terughalen", "versie_intrekken", "verwerken", "versie_papier", "verzenden"),
            *("herinneren", "papieren_handtekening"),
        )
    ),
    regel("reglement:ondertekeningen", _TEKENAARS, object="handtekeningen van de kring"),
    # A signature is worth what the login is worth: a fresh second factor (RG-8).
    regel(
        "reglement:ondertekenen",
        Rol.VERTEGENWOORDIGER,
        methoden="GET POST",
        object="handtekening van de eigen praktijk",
        vers=True,
    ),
]
