"""The weekly notice in words: the number, and when a dentist is on duty (MR art. 4.2).

No dentist is named (T-19: not before an appointment exists); the practice only where the kring
chose so. No patient is near this text.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from django.utils.translation import gettext as _

from bereikbaarheid.models import Instelling
from kern.tijd import AMSTERDAM
from kern.weergave import format_datum, format_moment, format_telefoon
from kring.models import Kring
from rooster.kader.feestdagen import free_days
from rooster.models import Dienst
from rooster.regels import Periode, gaps


@dataclass(frozen=True)
class Opzet:
    """A notice before it is sent; `gaten` are the hours nobody has, from the moment on."""

    week: date
    onderwerp: str
    tekst: str
    gaten: tuple[Periode, ...]


def week_period(week: date) -> Periode:
    """Return the Amsterdam week from this Monday: 167 or 169 hours at a clock change."""
    return Periode(_midnight(week), _midnight(week + timedelta(days=7)))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=AMSTERDAM).astimezone(UTC)


def compose(kring: Kring, week: date, moment: datetime) -> Opzet:
    """Return the notice about a week as the roster stands, seen from this moment.

    What is over is left out: a notice that is late tells the rest of the week.
    """
    instelling = Instelling.of(kring.pk)
    heel = week_period(week)
    bereik = Periode(min(max(heel.begin, moment), heel.einde), heel.einde)
    diensten = list(
        Dienst.objects.filter(kring=kring).overlapping(*bereik).with_places().order_by("begin")
    )
    vrij = free_days(bereik, kring_id=kring.pk)
    gaten = tuple(gaps([dienst.periode for dienst in diensten], bereik, feestdagen=vrij))
    values = {
        "kring": kring.naam,
        "plaats": kring.plaats,
        "nummer": format_telefoon(kring.spoednummer),
        "week": week.isocalendar().week,
        "van": format_datum(week),
        "tot": format_datum(week + timedelta(days=6)),
    }
    parts = [
        _(
            "Geachte lezer,\n\n"
            "Voor een spoedklacht aan gebit of kaak buiten de praktijkuren bellen mensen in en "
            "rond %(plaats)s:\n\n    %(nummer)s\n\n"
            "Dit geldt van %(van)s tot en met %(tot)s. Altijd eerst bellen: zonder afspraak kan "
            "niemand terecht."
        ),
        _("Een tandarts heeft dienst op deze tijden:\n\n%(tijden)s")
        if diensten
        else _("Het rooster van deze week volgt nog."),
        _("Over deze tijden krijgt u nog bericht:\n\n%(gaten)s") if gaten and diensten else "",
        _("Op werkdagen overdag bellen mensen hun eigen tandarts."),
        _("Vragen, of wilt u dit bericht niet meer? Mail %(antwoord)s.")
        if instelling.antwoordadres
        else "",
        _("Met vriendelijke groet,\nSpoedgevallendienst tandartsen, %(kring)s\n"),
    ]
    values |= {
        "tijden": "\n".join(_lines(diensten, instelling.noem_praktijk)),
        "gaten": "\n".join(_span(gat) for gat in gaten),
        "antwoord": instelling.antwoordadres,
    }
    tekst = "\n\n".join(part for part in parts if part) % values
    # Short: a long subject is folded, and some newsrooms see the fold.
    onderwerp = _("Spoednummer tandartsen %(plaats)s, week %(week)s: %(nummer)s") % values
    return Opzet(week, onderwerp, tekst, gaten)


def _lines(diensten: list[Dienst], noem_praktijk: bool) -> list[str]:
    """One line a duty with its practice, or one line a stretch: who changes when is for nobody."""
    if not noem_praktijk:
        return [_span(periode) for periode in merge([dienst.periode for dienst in diensten])]
    return [
        f"{_span(dienst.periode)}: {plaats.praktijk}, {plaats.praktijk.plaats}"
        if (plaats := dienst.plaats_dienstdoende)
        else _span(dienst.periode)
        for dienst in diensten
    ]


def merge(perioden: list[Periode]) -> list[Periode]:
    """Return these periods (in order, without overlap) with those that touch made one."""
    starts = perioden[:1] + [b for a, b in pairwise(perioden) if a.einde != b.begin]
    ends = [a for a, b in pairwise(perioden) if a.einde != b.begin] + perioden[-1:]
    return [Periode(a.begin, b.einde) for a, b in zip(starts, ends, strict=True)]


def _span(periode: Periode) -> str:
    # The year stands above; without it the lines read like those in a newspaper.
    begin, einde = (format_moment(moment, nu=moment) for moment in periode)
    return f"  {begin} – {einde}"
