"""The rows of the board written out, with an empty place for each running clock.

Put together by `format_html` and not by a template: a hundred rows of eight cells are most of the
work of the page (docs/prestaties.md), and this takes fewer steps and escapes just as much.
"""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kern.templatetags.componenten import pil, telefoon_link
from kern.weergave import format_moment
from triage.bord.rijen import KLOKNAMEN, Bord, Klok, Rij

GAT = "\0"
"""Where a clock still has to be filled in; no text from the database can hold one."""

# A clock is sorted by its deadline and says how long it takes; this one says how long it has been.
SINDS = "sinds"


class Schrijver:
    """Writes the rows of one board, and keeps the clocks in the order of their places."""

    def __init__(self, bord: Bord, kringen: dict[int, tuple[str, str]], *, met_kring: bool) -> None:
        """`kringen` gives slug and name of each; `met_kring` names the kring in each row."""
        self.nu = bord.nu
        self.klokken: list[tuple[str, float]] = []
        self.met_kring = met_kring
        self.kringen = kringen
        # One reverse for each kring; a hundred of them cost as much as the queries.
        self.urls = {
            kring_id: reverse("triage:bord", kwargs={"kring": slug})
            for kring_id, (slug, _naam) in kringen.items()
        }
        # Each word once for the board: looked up two hundred times they cost as much as a query.
        self.namen = {soort: str(naam) for soort, naam in KLOKNAMEN.items()}
        self.oproep = _("oproep")
        self.pillen = {
            "": "–",
            **{soort: pil(soort) for soort in ("verplicht", "aanbevolen", "niet_nodig")},
        }
        self.tweede = format_html(" {}", pil("alarm", _("2e oproep")))
        self.terugbeltoets = format_html(
            ' data-toets="t" data-toets-uitleg="{}"', _("Open wie het eerst terugbelt")
        )
        self.has_key = False
        self.papier = format_html(" {}", pil("blauw", _("van papier")))
        self.onbekend = format_html('<span class="zacht">{}</span>', _("nog onbekend"))
        self.koppen = {
            naam: format_html(' data-label="{}"', tekst)
            for naam, tekst in (
                ("kring", _("Kring")),
                ("gebeld", _("Gebeld")),
                ("patient", _("Patiënt")),
                ("klacht", _("Klacht")),
                ("uitkomst", _("Uitkomst")),
                ("tijd", _("Tijd")),
                ("tandarts", _("Tandarts")),
                ("doen", _("Nu doen")),
            )
        }

    def rows(self, rijen: Iterable[Rij]) -> SafeString:
        return format_html_join("\n", "{}", ((self._row(rij),) for rij in rijen))

    def _gebeld(self, rij: Rij) -> str:
        return format_html("{}{}", rij.tijd, self.papier) if rij.is_nagevoerd else rij.tijd

    def wall_rows(self, rijen: Iterable[Rij]) -> SafeString:
        return format_html_join("\n", "{}", ((self._wall_row(rij),) for rij in rijen))

    def _row(self, rij: Rij) -> SafeString:
        k = self.koppen
        return format_html(
            '<tr data-rij><th scope="row"><a id="o-{}" href="{}{}/"{}>{}</a>{}</th>{}'
            "<td{}>{}</td><td{}>{}</td><td{}>{}</td>"
            '<td{}><span>{} <span class="bord__urgentie">{}</span></span></td>'
            "<td{}>{}</td><td{}>{}</td><td{}><span><strong>{}</strong>{}</span></td></tr>",
            *(rij.id, self.urls[rij.kring_id], rij.id, self._key(rij), rij.nummer),
            self.tweede if rij.is_tweede else "",
            self._kring(rij),
            *(k["gebeld"], self._gebeld(rij), k["patient"], rij.patient or self.onbekend),
            *(k["klacht"], rij.klacht or "–"),
            *(k["uitkomst"], self.pillen[rij.contact], rij.urgentie),
            *(k["tijd"], self._clocks(rij), k["tandarts"], rij.bereik or "–"),
            *(k["doen"], rij.stap, self._ring_back(rij)),
        )

    def _wall_row(self, rij: Rij) -> SafeString:
        """A row that anyone in the room may read: whose call it is stands on no wall."""
        k = self.koppen
        return format_html(
            '<tr data-rij><th scope="row">{}{}</th>{}<td{}>{}</td><td{}>{}</td>'
            "<td{}>{}</td><td{}>{}</td></tr>",
            *(rij.nummer, self.tweede if rij.is_tweede else "", self._kring(rij)),
            *(k["klacht"], rij.klacht or "–", k["uitkomst"], self.pillen[rij.contact]),
            *(k["tijd"], self._clocks(rij), k["doen"], rij.stap),
        )

    def _kring(self, rij: Rij) -> SafeString | str:
        if not self.met_kring:
            return ""
        return format_html("<td{}>{}</td>", self.koppen["kring"], self.kringen[rij.kring_id][1])

    def _key(self, rij: Rij) -> SafeString | str:
        """Return the key of the first call that waits: those of the service were written first."""
        if not rij.wachtrij or self.has_key:
            return ""
        self.has_key = True
        return self.terugbeltoets

    def _ring_back(self, rij: Rij) -> SafeString | str:
        if rij.wachtrij != "dienst" or not rij.telefoon:
            return ""
        return format_html(" {}", telefoon_link(rij.telefoon))

    def _clocks(self, rij: Rij) -> SafeString | str:
        """Return the clocks of a row: the first to run out large, the others below it."""
        if not rij.klokken:
            return "–"
        parts = [self._clock(rij, klok) for klok in rij.klokken]
        if rij.ongeval_om:
            parts.append(self._since(rij.ongeval_om))
        return format_html(
            "<span>{}</span>",
            format_html_join("", '<span class="bord__klok">{}</span>', ((p,) for p in parts)),
        )

    def _clock(self, rij: Rij, klok: Klok) -> SafeString:
        iso, naam = klok.om.isoformat(), self.namen[klok.soort]
        self.klokken.append((klok.soort, klok.om.timestamp()))
        return format_html(
            '<span class="zacht">{}</span> <time datetime="{}" data-deadline="{}" data-soort="{}" '
            'data-naam="{} {}, {}" title="{}"{}',
            *(naam, iso, iso, klok.soort, self.oproep, rij.nummer, naam),
            *(format_moment(klok.om, nu=self.nu), GAT),
        )

    def _since(self, moment: datetime) -> SafeString:
        self.klokken.append((SINDS, moment.timestamp()))
        iso = moment.isoformat()
        return format_html(
            '<span class="zacht">{}</span> <time datetime="{}" data-sinds="{}" title="{}"{}',
            *(_("ongeval"), iso, iso, format_moment(moment, nu=self.nu), GAT),
        )
