"""The figures as they are shown: rows with words, and bars; small numbers withheld.

One picture for the page, the file and the paper, so that they never say something else.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from django.utils.translation import gettext as _

from statistiek import grafiek, maten, privacy
from statistiek.grafiek import Diagram, Waarde
from statistiek.lezen import Aandeel, Cijfers, Duur
from statistiek.periode import MAANDEN, Periode
from triage import protocol_teksten
from triage.models import Oproep, Termijn

DAGEN = ("ma", "di", "wo", "do", "vr", "za", "zo")
_UREN = (*range(8, 24), *range(8))
"""From the morning on, so that one night stands together."""

_TE_KLEIN = f"< {privacy.DREMPEL}"


@dataclass(frozen=True, slots=True)
class Regel:
    """One row: what, how much, over how many, the target, and whether it was met (None: none)."""

    naam: str
    waarde: str
    aantal: str
    doel: str = ""
    gehaald: bool | None = None
    definitie: str = ""
    bron: str = ""
    toelichting: str = ""


@dataclass(frozen=True, slots=True)
class Blok:
    """A table of the page; `kolom` names the value."""

    titel: str
    kolom: str
    regels: list[Regel]
    uitleg: str = ""


@dataclass(frozen=True, slots=True)
class Beeld:
    """Everything that is shown of a period."""

    periode: Periode
    aantal: str
    nog_open: str
    is_leeg: bool
    alles_te_zien: bool
    tijden: Blok
    normen: Blok
    overig: list[Blok] = field(default_factory=list)
    grafieken: list[Diagram] = field(default_factory=list)


def picture(cijfers: Cijfers, periode: Periode, *, precies: bool) -> Beeld:
    """Return what to show; `precies` only on the screen of who sees the calls anyway."""
    toon = _Toon(precies)
    return Beeld(
        periode=periode,
        aantal=toon.count(cijfers.aantal),
        nog_open=toon.count(cijfers.nog_open),
        is_leeg=cijfers.aantal == 0,
        alles_te_zien=precies,
        tijden=Blok(
            _("Tijden"),
            _("De helft binnen, en 9 van de 10 binnen"),
            [toon.duration(maat, cijfers.duren[maat.sleutel]) for maat in maten.DUREN],
        ),
        normen=Blok(
            _("Normen en beoordeling"),
            _("Aandeel"),
            [
                toon.share(maat, cijfers.aandelen[maat.sleutel])
                for maat in (*maten.AANDELEN, maten.INTAKEMAAT)
            ],
        ),
        overig=_other_blocks(cijfers, toon),
        grafieken=_charts(cijfers, periode, toon),
    )


class _Toon:
    """Writes numbers for one audience."""

    def __init__(self, precies: bool):
        self.precies = precies

    def cells(self, cells: Mapping, *, adds_up: bool = True) -> dict:
        return dict(cells) if self.precies else privacy.withhold(cells, adds_up=adds_up)

    def is_hidden(self, aantal: int) -> bool:
        return not self.precies and privacy.is_too_few(aantal)

    def count(self, aantal: int | None) -> str:
        if aantal is None or self.is_hidden(aantal):
            return _TE_KLEIN
        return str(aantal)

    def duration(self, maat: maten.Duurmaat, duur: Duur) -> Regel:
        words = {
            "naam": str(maat.titel),
            "aantal": self.count(duur.aantal),
            "doel": _("9 van de 10 binnen %s") % seconds(timedelta(seconds=maat.doel)),
            "definitie": str(maat.definitie),
            "bron": maat.bron,
        }
        if not duur.aantal or self.is_hidden(duur.aantal):
            return Regel(waarde=self._nothing(duur.aantal), **words)
        return Regel(
            waarde=f"{seconds(duur.mediaan)} · {seconds(duur.p90)}",
            gehaald=duur.p90 <= timedelta(seconds=maat.doel),
            **words,
        )

    def share(self, maat: maten.Aandeelmaat, aandeel: Aandeel) -> Regel:
        return Regel(
            naam=str(maat.titel),
            waarde=self.percentage(aandeel),
            aantal=self.of(aandeel),
            doel=_("%s %% of meer") % maat.doel if maat.doel else "",
            gehaald=self._met(aandeel, maat.doel),
            definitie=str(maat.definitie),
            bron=maat.bron,
            toelichting=str(maat.toelichting),
        )

    def percentage(self, aandeel: Aandeel) -> str:
        if not aandeel.noemer or self.is_hidden(aandeel.noemer):
            return self._nothing(aandeel.noemer)
        if self.is_hidden(aandeel.teller):
            ceiling = Aandeel(min(privacy.DREMPEL, aandeel.noemer), aandeel.noemer)
            return f"< {percent(ceiling)} %"
        return f"{percent(aandeel)} %"

    def of(self, aandeel: Aandeel) -> str:
        if self.is_hidden(aandeel.noemer):
            return _TE_KLEIN
        return _("%(teller)s van %(noemer)s") % {
            "teller": self.count(aandeel.teller),
            "noemer": aandeel.noemer,
        }

    def _met(self, aandeel: Aandeel, doel: int | None) -> bool | None:
        if doel is None or not aandeel.noemer or self.is_hidden(aandeel.noemer):
            return None
        # Not the rounded figure: 94.6 % is not 95 %.
        return 100 * aandeel.teller >= doel * aandeel.noemer

    def _nothing(self, aantal: int) -> str:
        return _("te weinig") if aantal else "–"


def seconds(duur: timedelta) -> str:
    """Return a time to the second, as `2:05 min` or `1:04:10 u`."""
    heel = int(duur.total_seconds())
    minuten, rest = divmod(heel, 60)
    if minuten < 60:
        return f"{minuten}:{rest:02d} min"
    return f"{minuten // 60}:{minuten % 60:02d}:{rest:02d} u"


def percent(aandeel: Aandeel) -> int:
    """Return whole percents, rounded down: 99.6 % is not everything."""
    return 100 * aandeel.teller // aandeel.noemer


def _other_blocks(cijfers: Cijfers, toon: _Toon) -> list[Blok]:
    clocks = [
        Regel(str(Termijn.Soort(soort).label), toon.percentage(share), toon.of(share))
        for soort, share in cijfers.timers.items()
    ]
    reasons = {**dict(Oproep.RedenGeenContact.choices), "": _("in eigen woorden, of geen reden")}
    return [
        Blok(
            _("Klokken die afliepen"),
            _("Binnen 5 minuten opgelost"),
            clocks,
            _("Een klok die niet afliep omdat er niets meer te doen was, telt niet mee."),
        ),
        _breakdown(_("Tandarts bellen"), cijfers.contact, dict(Oproep.Contact.choices), toon),
        _breakdown(
            _("Niet ingevuld bij de intake"),
            cijfers.intake_mist,
            {key: titel for key, titel, _mist in maten.INTAKE},
            toon,
            uitleg=_("Van de afgeronde oproepen; bij één oproep kan meer ontbreken."),
            adds_up=False,
        ),
        _breakdown(
            _("Overleg aanbevolen en overgeslagen"),
            cijfers.overgeslagen,
            reasons,
            toon,
            uitleg=_("De reden die de medewerker koos."),
        ),
        _breakdown(
            _("Opgehoogd, met reden"), cijfers.opgehoogd, dict(Oproep.Ophoogreden.choices), toon
        ),
        _breakdown(
            _("Afgebroken gesprekken"), cijfers.afgebroken, dict(Oproep.Afbreekreden.choices), toon
        ),
    ]


def _breakdown(
    titel: str,
    cells: Mapping[str, int],
    names: Mapping,
    toon: _Toon,
    *,
    uitleg: str = "",
    adds_up: bool = True,
) -> Blok:
    shown = toon.cells(cells, adds_up=adds_up)
    rows = [Regel(str(names[key]), toon.count(shown[key]), "") for key in cells]
    return Blok(titel, _("Aantal"), rows, uitleg)


def _charts(cijfers: Cijfers, periode: Periode, toon: _Toon) -> list[Diagram]:
    hours, days = toon.cells(cijfers.uur), toon.cells(cijfers.weekdag)
    complaints = toon.cells(cijfers.klacht)
    steps = toon.cells({number: punt.aantal for number, punt in enumerate(cijfers.verloop)})
    labels = [_step_label(punt.begin, per_week=periode.per_week) for punt in cijfers.verloop]
    return [
        grafiek.upright(
            [_bar(label, steps[number], toon) for number, label in enumerate(labels)],
            sleutel="verloop",
            titel=_("Oproepen per week") if periode.per_week else _("Oproepen per maand"),
            beschrijving=_("Een staaf per week of maand; het aantal staat erboven."),
            kolom=_("Begin van de week") if periode.per_week else _("Maand"),
        ),
        grafiek.upright(
            [
                _share_bar(label, punt.gesproken, toon)
                for label, punt in zip(labels, cijfers.verloop, strict=True)
            ],
            sleutel="gesproken",
            titel=_("Tandarts gesproken binnen 5 minuten, in procenten"),
            beschrijving=_("Een staaf per week of maand; de stippellijn is het doel van 95 %."),
            kolom=_("Begin van de week") if periode.per_week else _("Maand"),
            top=100,
            doel=95,
            doel_tekst=_("doel 95 %"),
        ),
        grafiek.upright(
            [_bar(f"{hour:02d}", hours[hour], toon) for hour in _UREN],
            sleutel="uur",
            titel=_("Oproepen per uur van de dag"),
            beschrijving=_("Een staaf per uur, van 8 uur 's ochtends tot de volgende ochtend."),
            kolom=_("Uur"),
        ),
        grafiek.upright(
            [_bar(DAGEN[day - 1], days[day], toon) for day in range(1, 8)],
            sleutel="weekdag",
            titel=_("Oproepen per weekdag"),
            beschrijving=_("Een staaf per dag van de week, van maandag tot en met zondag."),
            kolom=_("Dag"),
        ),
        grafiek.lying(
            [
                _bar(_(protocol_teksten.KLACHTEN[klacht]), complaints[klacht], toon)
                for klacht in cijfers.klacht
            ],
            sleutel="klacht",
            titel=_("Oproepen per klacht"),
            beschrijving=_("Een staaf per klacht. Een oproep met twee klachten telt bij beide."),
            kolom=_("Klacht"),
        ),
    ]


def _bar(label: str, aantal: int | None, toon: _Toon) -> Waarde:
    return Waarde(label, aantal, toon.count(aantal))


def _share_bar(label: str, aandeel: Aandeel, toon: _Toon) -> Waarde:
    if toon.is_hidden(aandeel.noemer):
        return Waarde(label, None, "?")
    if not aandeel.noemer:
        return Waarde(label, 0, "–")
    if toon.is_hidden(aandeel.teller):
        return Waarde(label, None, toon.percentage(aandeel))
    return Waarde(label, percent(aandeel), str(percent(aandeel)))


def _step_label(begin, *, per_week: bool) -> str:
    if per_week:
        return f"{begin.day}-{begin.month}"
    return f"{MAANDEN[begin.month - 1][:3]} {begin.year % 100:02d}"
