"""A vote in a running meeting of the demo, played through the real actions."""

from kern.actor import Actor
from kern.toegang import Rol
from reglement.aanwezig import present_at
from reglement.actions import stemmen as acties
from reglement.kiesregister import members_on
from reglement.models import Agendapunt, Keuze, Stemming

LETTERS = {"v": Keuze.VOOR, "t": Keuze.TEGEN, "b": Keuze.BLANCO}


def hold(
    punt: Agendapunt,
    *,
    vraag: str,
    voorstel: str,
    keuzes: str,
    geheim: bool = False,
    sluit: bool = True,
    by: Actor,
) -> Stemming:
    """Open a vote, let everybody who is there vote in turn, and close it.

    `keuzes` has a letter (v, t, b) for each present practice in the order of their names, from
    the beginning again when it is too short; a dot does not vote.
    """
    stemming = acties.open_stemming(punt, vraag=vraag, voorstel=voorstel, geheim=geheim, by=by)
    vergadering = punt.vergadering
    there = {row.deelnemer_id for row in present_at(vergadering)}
    voters = [
        lid for lid in members_on(punt.kring_id, vergadering.dag) if lid.deelnemer.pk in there
    ]
    for n, lid in enumerate(voters):
        letter = keuzes[n % len(keuzes)]
        if letter in LETTERS and lid.vertegenwoordiger:
            acties.cast_stem(
                stemming,
                deelnemer_id=lid.deelnemer.pk,
                keuze=LETTERS[letter],
                by=Actor(
                    naam=lid.vertegenwoordiger.naam,
                    gebruiker_id=lid.vertegenwoordiger.pk,
                    kring_id=punt.kring_id,
                    rollen=frozenset({Rol.VERTEGENWOORDIGER.value}),
                    doel="organisatie",
                    toegangspunt=by.toegangspunt,
                ),
            )
    return acties.close_stemming(stemming, by=by) if sluit else stemming
