"""What stands in the way of calling a meeting about a royement (RY-4, RY-15), and who hears of one.

A practice that was expelled is no deelnemer and gets no invitation to the meeting of 9.2k about it;
that this is open to it too (explanatory note to 9), a mail of its own sees to.
"""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from reglement.models import Royement, Uitnodiging, Vergadering
from reglement.royement import gang, post


def objections(vergadering: Vergadering, *about: Royement) -> list[str]:
    """Return why this convocation may not leave, in sentences; empty when it may.

    Without `about`: every royement on the agenda. The term of 9.2c is counted with the others, by
    `reglement.termijnen`; here are the documents, and the practice itself among the invited once
    there are invitations.
    """
    found: Iterable[Royement] = about or [
        row.royement for row in gang.proposals_on(vergadering) if row.royement
    ]
    rows = list(found)
    if not rows:
        return []
    invited = set(
        Uitnodiging.objects.filter(vergadering=vergadering).values_list("deelnemer_id", flat=True)
    )
    return [zin for row in rows for zin in _about(row, invited)]


def _about(royement: Royement, invited: set) -> Iterable[str]:
    if not royement.stukken.exists():
        yield (
            _(
                "Bij royement, dossier %s, zitten nog geen stukken. Voeg ze toe: alles waarop het "
                "voorstel rust gaat mee met de oproep (9.2b)."
            )
            % royement.nummer
        )
    if invited and royement.deelnemer_id not in invited:
        yield (
            _(
                "De praktijk van dossier %s staat niet bij de uitnodigingen. Ook zij wordt "
                "uitgenodigd (9.2b)."
            )
            % royement.nummer
        )


def tell_former(vergadering: Vergadering) -> None:
    """Tell each practice that is decided about, and was not invited, when that is."""
    for royement in _without_invitation(vergadering):
        post.tell_meeting(royement, vergadering)


def tell_former_off(vergadering: Vergadering) -> None:
    """Tell them that the meeting is off."""
    for royement in _without_invitation(vergadering):
        post.tell_meeting_off(royement, vergadering)


def _without_invitation(vergadering: Vergadering) -> Iterable[Royement]:
    invited = Uitnodiging.objects.filter(vergadering=vergadering).values("deelnemer")
    rows = Royement.objects.filter(agendapunten__vergadering=vergadering)
    return rows.exclude(deelnemer__in=invited).select_related("kring").distinct()
