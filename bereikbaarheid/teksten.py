"""What a practice tells its patients about emergencies: on the machine, the door, the website.

§3.1.1 and MR art. 6.2 say that and where the number must be told; the words are our own.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bereikbaarheid.models import Sluiting
from kern.weergave import format_telefoon
from kring.models import Deelnemer, Kring

OPENINGSTIJDEN = gettext_lazy("maandag tot en met vrijdag van 8.00 tot 17.00 uur")
MAANDEN = (
    *("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus"),
    *("september", "oktober", "november", "december"),
)


@dataclass(frozen=True)
class Teksten:
    """The three announcements of one practice, plain text."""

    antwoordapparaat: str
    deur: str
    website: str


def make_teksten(
    kring: Kring, deelnemer: Deelnemer, openingstijden: str, sluitingen: list[Sluiting]
) -> Teksten:
    """Return the announcements; `sluitingen` are those that are not over."""
    nummer = format_telefoon(kring.spoednummer)
    values = {
        "praktijk": deelnemer.naam,
        "plaats": deelnemer.plaats,
        "telefoon": format_telefoon(deelnemer.telefoon),
        "open": openingstijden,
        "nummer": nummer,
        "gesproken": spoken(nummer),
        "kring": kring.naam,
        "dicht": "; ".join(closed(row) for row in sluitingen),
    }
    return Teksten(
        antwoordapparaat=_join(
            _("Goedendag. U belt met %(praktijk)s in %(plaats)s. De praktijk is nu gesloten."),
            _("We zijn open op %(open)s."),
            _("Extra gesloten: %(dicht)s.") if sluitingen else "",
            _(
                "Hebt u een klacht die niet kan wachten tot we weer open zijn? Bel dan de "
                "spoeddienst: %(gesproken)s. Ik herhaal: %(gesproken)s."
            ),
            _("Bel altijd eerst, ga niet zomaar langs."),
            _("Is er direct levensgevaar, bel dan 1 1 2. Een fijne dag."),
            values=values,
            sep=" ",
        ),
        deur=_join(
            _("Praktijk gesloten?"),
            _("Spoed aan uw gebit? Bel eerst:"),
            _("%(nummer)s"),
            _("Spoedgevallendienst tandartsen, %(kring)s"),
            _("Wij zijn open op %(open)s."),
            _("Extra gesloten: %(dicht)s.") if sluitingen else "",
            values=values,
        ),
        website=_join(
            _("Spoed buiten onze openingstijden"),
            _(
                "Hebt u een klacht die niet kan wachten tot we weer open zijn? Bel de "
                "spoedgevallendienst: %(nummer)s."
            ),
            _(
                "U krijgt iemand aan de lijn die vragen stelt over uw klacht en met u bespreekt "
                "wat er moet gebeuren. Bel altijd eerst; zonder afspraak kan de tandarts u niet "
                "helpen. Houd uw BSN bij de hand, en een lijst van uw medicijnen."
            ),
            _("Bij direct levensgevaar belt u 112."),
            _("%(praktijk)s is open op %(open)s. Dan belt u ons gewoon: %(telefoon)s."),
            _("Extra gesloten: %(dicht)s.") if sluitingen else "",
            values=values,
        ),
    )


def _join(*sentences: str, values: dict[str, str], sep: str = "\n\n") -> str:
    return sep.join(sentence % values for sentence in sentences if sentence)


def spoken(nummer: str) -> str:
    """Return a number digit by digit, in short groups, for whoever records it or reads along.

    `030-2345678` becomes `0 3 0, 2 3 4, 5 6 7 8`.
    """
    area, _dash, rest = nummer.partition("-")
    groups = [area, *_groups(rest)]
    return ", ".join(" ".join(group) for group in groups if group)


def _groups(digits: str) -> list[str]:
    digits = "".join(sign for sign in digits if sign.isdigit())
    head = len(digits) % 2
    if len(digits) <= 4:
        return [digits]
    first = 3 if head else 2
    return [digits[:first], *(digits[i : i + 2] for i in range(first, len(digits), 2))]


def closed(sluiting: Sluiting) -> str:
    """Return the days of a closing: "24 december 2026 tot en met 1 januari 2027 (vakantie)"."""
    text = _long(sluiting.van)
    if sluiting.tot != sluiting.van:
        text = _("%(van)s tot en met %(tot)s") % {"van": text, "tot": _long(sluiting.tot)}
    return f"{text} ({sluiting.reden})" if sluiting.reden else text


def _long(day: date) -> str:
    return f"{day.day} {MAANDEN[day.month - 1]} {day.year}"
