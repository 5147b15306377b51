"""The rows of the board written out, with an empty place for each running clock.

A hundred rows of eight cells are most of the work of the page (docs/prestaties.md). So whatever
is the same in each row is made once, by `format_html`, and the rows are f-strings: every text
that came out of the database goes through `escape` by name (`test_nothing_typed_becomes_html`).
"""

from collections.abc import Iterable
from datetime import datetime
from html import escape

from django.urls import reverse
from django.utils.html import format_html
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
        # One reverse for each kring; a hundred of them cost as much as the queries.
        self.urls = {
            kring_id: reverse("triage:bord", kwargs={"kring": slug})
            for kring_id, (slug, _naam) in kringen.items()
        }
        # Each word once for the board: looked up two hundred times they cost as much as a query.
        self.namen = {soort: escape(naam) for soort, naam in KLOKNAMEN.items()}
        self.oproep = escape(_("oproep"))
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
        self.kringcellen = {
            kring_id: format_html("<td{}>{}</td>", self.koppen["kring"], naam) if met_kring else ""
            for kring_id, (_slug, naam) in kringen.items()
        }
        self.ongeval = escape(_("ongeval"))
        self.momenten: dict[int, str] = {}

    def rows(self, rijen: Iterable[Rij]) -> SafeString:
        # Each text in it was escaped where the row was written.
        return SafeString("\n".join(map(self._row, rijen)))  # nosemgrep: onveilige-html

    def wall_rows(self, rijen: Iterable[Rij]) -> SafeString:
        return SafeString("\n".join(map(self._wall_row, rijen)))  # nosemgrep: onveilige-html

    def _row(self, rij: Rij) -> str:
        k = self.koppen
        patient = escape(rij.patient) if rij.patient else self.onbekend
        return (
            f'<tr data-rij><th scope="row"><a id="o-{rij.id}" '
            f'href="{self.urls[rij.kring_id]}{rij.id}/"{self._key(rij)}>{rij.nummer}</a>'
            f"{self.tweede if rij.is_tweede else ''}</th>{self.kringcellen[rij.kring_id]}"
            f"<td{k['gebeld']}>{escape(rij.tijd)}{self.papier if rij.is_nagevoerd else ''}</td>"
            f"<td{k['patient']}>{patient}</td><td{k['klacht']}>{escape(rij.klacht or '–')}</td>"
            f"<td{k['uitkomst']}><span>{self.pillen[rij.contact]} "
            f'<span class="bord__urgentie">{escape(rij.urgentie)}</span></span></td>'
            f"<td{k['tijd']}>{self._clocks(rij)}</td>"
            f"<td{k['tandarts']}>{escape(rij.bereik or '–')}</td>"
            f"<td{k['doen']}><span><strong>{escape(rij.stap)}</strong>{self._ring_back(rij)}"
            "</span></td></tr>"
        )

    def _wall_row(self, rij: Rij) -> str:
        """A row that anyone in the room may read: whose call it is stands on no wall."""
        k = self.koppen
        return (
            f'<tr data-rij><th scope="row">{rij.nummer}{self.tweede if rij.is_tweede else ""}</th>'
            f"{self.kringcellen[rij.kring_id]}<td{k['klacht']}>{escape(rij.klacht or '–')}</td>"
            f"<td{k['uitkomst']}>{self.pillen[rij.contact]}</td>"
            f"<td{k['tijd']}>{self._clocks(rij)}</td><td{k['doen']}>{escape(rij.stap)}</td></tr>"
        )

    def _key(self, rij: Rij) -> str:
        """Return the key of the first call that waits: those of the service were written first."""
        if not rij.wachtrij or self.has_key:
            return ""
        self.has_key = True
        return self.terugbeltoets

    def _ring_back(self, rij: Rij) -> str:
        if rij.wachtrij != "dienst" or not rij.telefoon:
            return ""
        return format_html(" {}", telefoon_link(rij.telefoon))

    def _clocks(self, rij: Rij) -> str:
        """Return the clocks of a row: the first to run out large, the others below it."""
        if not rij.klokken:
            return "–"
        parts = [self._clock(rij, klok) for klok in rij.klokken]
        if rij.ongeval_om:
            parts.append(self._since(rij.ongeval_om))
        inner = '</span><span class="bord__klok">'.join(parts)
        return f'<span><span class="bord__klok">{inner}</span></span>'

    def _clock(self, rij: Rij, klok: Klok) -> str:
        iso, naam, seconds = klok.om.isoformat(), self.namen[klok.soort], klok.om.timestamp()
        self.klokken.append((klok.soort, seconds))
        return (
            f'<span class="zacht">{naam}</span> <time datetime="{iso}" data-deadline="{iso}" '
            f'data-soort="{klok.soort}" data-naam="{self.oproep} {rij.nummer}, {naam}" '
            f'title="{self._moment(klok.om, seconds)}"{GAT}'
        )

    def _since(self, moment: datetime) -> str:
        iso, seconds = moment.isoformat(), moment.timestamp()
        self.klokken.append((SINDS, seconds))
        return (
            f'<span class="zacht">{self.ongeval}</span> <time datetime="{iso}" '
            f'data-sinds="{iso}" title="{self._moment(moment, seconds)}"{GAT}'
        )

    def _moment(self, moment: datetime, seconds: float) -> str:
        """Return the words of a moment; many clocks run out in the same minute."""
        minute = int(seconds // 60)
        found = self.momenten.get(minute)
        if found is None:
            found = self.momenten[minute] = escape(format_moment(moment, nu=self.nu))
        return found
