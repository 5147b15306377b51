"""How a kring does each duty of 4.2: its own settings, or the ones it begins with."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from reglement.jaarwiel import regels
from reglement.models import Verplichting

# Days before what it is for, days of reminding before that, rhythm.
_BEGIN: dict[str, tuple[int, int, str]] = {
    regels.ROOSTER: (42, 30, ""),
    regels.RONDZENDEN: (28, 14, ""),
    regels.TELEFOON: (1, 0, regels.WEEK),
    regels.VERGADERING: (0, 60, regels.JAAR),
    regels.KLACHTEN: (0, 14, regels.KWARTAAL),
    regels.BEMIDDELEN: (14, 7, ""),
    regels.TERMIJN: (30, 120, ""),
}

UITLEG = {
    regels.ROOSTER: _("Zoveel dagen voor het begin van een roosterperiode is het rooster klaar."),
    regels.RONDZENDEN: _("Zoveel dagen voor het begin heeft iedereen het rooster."),
    regels.TELEFOON: _("Zoveel dagen voor de maandag van een week is het bericht verstuurd."),
    regels.VERGADERING: _(
        "Minstens één keer per jaar. De oproeptermijn staat in het reglement (art. 4.2)."
    ),
    regels.KLACHTEN: _("Wat patiënten meldden over de dienst, is gelezen en beantwoord."),
    regels.BEMIDDELEN: _("Binnen zoveel dagen na de laatste stap in een geschil gebeurt er iets."),
    regels.TERMIJN: _("Zoveel dagen voor het einde van een termijn is de opvolging geregeld."),
}
ARTIKEL = {
    regels.ROOSTER: "4.2",
    regels.RONDZENDEN: "4.2",
    regels.TELEFOON: "4.2",
    regels.VERGADERING: "4.2",
    regels.KLACHTEN: "4.2",
    regels.BEMIDDELEN: "4.2, 11.1",
    regels.TERMIJN: "4.1",
    regels.EXTRA: "4.2",
}


@dataclass(frozen=True)
class Taken:
    """The duties of a kring: one of each kind of 4.2, and what it added itself."""

    vast: dict[str, Verplichting]
    eigen: list[Verplichting]

    @property
    def alle(self) -> list[Verplichting]:
        return [*self.vast.values(), *self.eigen]

    def of(self, sleutel: str) -> Verplichting | None:
        """Return the duty that a turn belongs to, by the key of that turn."""
        soort, _sep, rest = sleutel.partition("|")
        if soort != regels.EXTRA:
            return self.vast.get(soort)
        pk = rest.partition("|")[0]
        return next((row for row in self.eigen if str(row.pk) == pk), None)


def tasks_of(kring_id: int) -> Taken:
    """Return them all, unsaved ones with the defaults where the kring set nothing. One query."""
    rows = list(Verplichting.objects.filter(kring_id=kring_id).select_related("gedelegeerd_aan"))
    saved = {row.soort: row for row in rows if row.soort != regels.EXTRA}
    return Taken(
        {soort: saved.get(soort) or default_of(kring_id, soort) for soort in _BEGIN},
        [row for row in rows if row.soort == regels.EXTRA],
    )


def default_of(kring_id: int, soort: str) -> Verplichting:
    """Return how a kring begins with this duty; not saved."""
    before, remind, rhythm = _BEGIN[soort]
    return Verplichting(
        kring_id=kring_id,
        soort=soort,
        dagen_vooraf=before,
        herinner_dagen=remind,
        ritme=rhythm,
        eerste_dag=date(2000, 3, 31) if rhythm == regels.KWARTAAL else None,
    )
