"""The parts of the wheel: for each duty of 4.1 and 4.2 its turns, as far as the house saw them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from kern.tijd import to_local
from kern.weergave import format_datum, format_moment
from kring.bekendmaking import announced
from kring.models import Kring
from reglement.geldend import variabelen_on
from reglement.geschilgang import GESLOTEN
from reglement.jaarwiel import regels
from reglement.jaarwiel.instellingen import Taken
from reglement.jaarwiel.regels import Beurt, Feit, opens, turns
from reglement.models import Functie, Geschil, Vergadering, Verplichting, Voordracht
from rooster.models import Roosterperiode, Roosterversie

JAAR = timedelta(days=365)


@dataclass(frozen=True)
class Vraag:
    """What every part needs: which kring and days, its settings, and the day it is."""

    kring: Kring
    van: date
    tot: date
    dag: date
    taken: Taken

    def url(self, route: str, **kwargs) -> str:
        return reverse(route, kwargs={"kring": self.kring.slug, **kwargs})


def _task(vraag: Vraag, soort: str) -> Verplichting | None:
    task = vraag.taken.vast[soort]
    return task if task.actief else None


def _turn(task: Verplichting, rest: str, titel: str, uiterlijk: date, **anders) -> Beurt:
    return Beurt(
        sleutel=f"{task.soort}|{rest}",
        soort=task.soort,
        titel=titel,
        opent=anders.pop("opent", None) or opens(uiterlijk, task.herinner_dagen),
        uiterlijk=uiterlijk,
        **anders,
    )


def _rosters(vraag: Vraag) -> Iterator[Beurt]:
    """4.2 a and b: a roster is approved and with everybody so many days before it begins."""
    make, send = _task(vraag, regels.ROOSTER), _task(vraag, regels.RONDZENDEN)
    periods = Roosterperiode.objects.filter(
        kring=vraag.kring,
        # The number of days before it is a year at most.
        eerste_dag__range=(vraag.van, vraag.tot + JAAR),
    )
    versions: dict = {}
    rows = Roosterversie.objects.filter(kring=vraag.kring, periode__in=periods).defer("inhoud")
    for versie in rows.order_by("nummer"):
        versions.setdefault(versie.periode_id, []).append(versie)
    for periode in periods:
        feit, bezig = _adopted(vraag, versions.get(periode.pk, []))
        words = {"periode": periode.naam, "dag": format_datum(periode.eerste_dag)}
        if make:
            yield _turn(
                make,
                str(periode.pk),
                _("%(periode)s: rooster goedgekeurd") % words,
                periode.eerste_dag - timedelta(days=make.dagen_vooraf),
                waarom=_("%(dagen)s dagen voordat het begint, op %(dag)s (art. 4.2)")
                % (words | {"dagen": make.dagen_vooraf}),
                feit=feit,
                bezig=bezig,
                url=vraag.url("rooster:versies"),
            )
        if send:
            yield _turn(
                send,
                str(periode.pk),
                _("%(periode)s: rooster bij alle deelnemers") % words,
                periode.eerste_dag - timedelta(days=send.dagen_vooraf),
                waarom=_("%(dagen)s dagen voordat het begint, op %(dag)s (art. 4.2)")
                % (words | {"dagen": send.dagen_vooraf}),
                feit=replace(feit, bewijs=_("Gemaild aan iedereen bij het vaststellen"))
                if feit
                else None,
                url=vraag.url("rooster:versies"),
            )


def _adopted(vraag: Vraag, versies: list[Roosterversie]) -> tuple[Feit | None, str]:
    """Return when the roster of a period was first adopted, or how far it is."""
    done = [versie for versie in versies if versie.vastgesteld_op]
    if done:
        first = done[0]
        return (
            Feit(
                to_local(first.vastgesteld_op).date(),
                _("Vastgesteld na de goedkeuringsronde"),
                vraag.url("rooster:versie", roosterversie=first.pk),
            ),
            "",
        )
    open_ = [versie for versie in versies if versie.status == Roosterversie.Status.VOORGELEGD]
    if not open_:
        return None, ""
    return None, _("ligt bij de deelnemers, reageren tot en met %s") % format_datum(
        open_[-1].reageren_tot
    )


def _notices(vraag: Vraag) -> Iterator[Beurt]:
    """4.2 c: the number went to the news media, for each week."""
    task = _task(vraag, regels.TELEFOON)
    if not task:
        return
    before = timedelta(days=task.dagen_vooraf)
    first, last = regels.monday_of(vraag.van + before), vraag.tot + before
    sent = announced(vraag.kring.pk, vraag.kring.slug, first, last)
    for monday in turns(regels.WEEK, first, first, last):
        told = sent.get(monday)
        yield _turn(
            task,
            monday.isoformat(),
            _("Spoednummer naar de media, week van %s") % format_datum(monday, met_jaar=False),
            monday - before,
            waarom=_("vóór de week begint (art. 4.2)"),
            vervalt=monday + timedelta(days=6),
            feit=Feit(
                told.op,
                _("Weekbericht, bezorgd bij %(bezorgd)s van %(aantal)s ontvangers")
                % {"aantal": told.ontvangers, "bezorgd": told.bezorgd},
                told.url,
            )
            if told
            else None,
            url=vraag.url("bereikbaarheid:weekbericht"),
        )


def _meeting(vraag: Vraag) -> Iterator[Beurt]:
    """4.2 d: once a year at least, called so many weeks before."""
    task = _task(vraag, regels.VERGADERING)
    if not task:
        return
    years = range(vraag.van.year, vraag.tot.year + 1)
    rows = list(
        Vergadering.objects.filter(
            kring=vraag.kring,
            begint_op__date__range=(date(years[0], 1, 1), date(years[-1], 12, 31)),
        )
        .exclude(status=Vergadering.Status.AFGELAST)
        .order_by("begint_op")
    )
    weeks = variabelen_on(vraag.kring.pk, vraag.dag).weken_oproep
    for year in years:
        meetings = [row for row in rows if to_local(row.begint_op).year == year]
        yield _meeting_of(vraag, task, meetings, year, weeks)


def _meeting_of(
    vraag: Vraag, task: Verplichting, meetings: list[Vergadering], jaar: int, weken: int
) -> Beurt:
    """Return the turn of one year: to be called in time, and once called to be held."""
    call_by = regels.last_day_to_call(jaar, weken)
    held = [
        row
        for row in meetings
        if row.status in (Vergadering.Status.OPEN, Vergadering.Status.GESLOTEN)
    ]
    called = [row for row in meetings if row.status == Vergadering.Status.OPGEROEPEN]
    bezig = ""
    if called:
        bezig = _("opgeroepen voor %s") % format_moment(called[0].begint_op)
    elif meetings:
        bezig = _("in voorbereiding voor %s") % format_moment(meetings[0].begint_op)
    return _turn(
        task,
        str(jaar),
        _("Vergadering in %s") % jaar,
        date(jaar, 12, 31) if held or called else call_by,
        opent=opens(call_by, task.herinner_dagen),
        waarom=_(
            "minstens één per jaar; wie %(weken)s weken vooraf oproept, doet dat uiterlijk "
            "%(dag)s (art. 4.2)"
        )
        % {"weken": weken, "dag": format_datum(call_by)},
        feit=Feit(to_local(held[0].begint_op).date(), held[0].titel) if held else None,
        bezig=bezig,
        url=vraag.url("reglement:vergaderingen"),
    )


def _complaints(vraag: Vraag) -> Iterator[Beurt]:
    """4.2 e: what patients said of the duty was read and answered."""
    task = _task(vraag, regels.KLACHTEN)
    if not task or not task.ritme:
        return
    first = task.eerste_dag or date(2000, 3, 31)
    for dag in turns(task.ritme, first, vraag.van, vraag.tot):
        yield _turn(
            task,
            dag.isoformat(),
            _("Klachten over de dienst doorgenomen"),
            dag,
            waarom=_("opvangen en behandelen (art. 4.2)"),
        )


def _disputes(vraag: Vraag) -> Iterator[Beurt]:
    """4.2 f and 11.1: in an open dispute something happens within so many days."""
    task = _task(vraag, regels.BEMIDDELEN)
    if not task:
        return
    for geschil in Geschil.objects.filter(kring=vraag.kring).exclude(stand__in=GESLOTEN):
        yield _turn(
            task,
            f"{geschil.pk}|{geschil.laatste_stap_op}",
            _("Volgende stap in geschil %s") % geschil.nummer,
            geschil.laatste_stap_op + timedelta(days=task.dagen_vooraf),
            waarom=_("%s dagen na de vorige stap (art. 4.2, 11.1)") % task.dagen_vooraf,
            bezig=geschil.get_stand_display(),
            url=vraag.url("reglement:geschil", geschil=geschil.pk),
            vertrouwelijk=True,
        )


def _terms(vraag: Vraag) -> Iterator[Beurt]:
    """4.1 (CO-1): who follows is settled so many days before a term ends."""
    task = _task(vraag, regels.TERMIJN)
    if not task:
        return
    rows = list(
        Functie.objects.filter(kring=vraag.kring).select_related("gebruiker").order_by("vanaf")
    )
    put_forward = list(
        Voordracht.objects.filter(kring=vraag.kring, status=Voordracht.Status.OPEN).select_related(
            "gebruiker"
        )
    )
    for row in rows:
        if row.beeindigd_op:
            continue
        next_ = next((r for r in rows if r.soort == row.soort and r.vanaf > row.laatste_dag), None)
        names = [v.gebruiker.naam for v in put_forward if v.soort == row.soort]
        yield _turn(
            task,
            str(row.pk),
            _("Opvolging van %(naam)s als %(functie)s")
            % {"naam": row.gebruiker.naam, "functie": row.get_soort_display()},
            row.laatste_dag - timedelta(days=task.dagen_vooraf),
            waarom=_("de termijn eindigt op %s (art. 4.1)") % format_datum(row.laatste_dag),
            feit=Feit(
                to_local(next_.aangemaakt_op).date(),
                _("%(naam)s is benoemd vanaf %(dag)s")
                % {"naam": next_.gebruiker.naam, "dag": format_datum(next_.vanaf)},
            )
            if next_
            else None,
            bezig=_("voorgedragen: %s") % ", ".join(names) if names else "",
            url=vraag.url("reglement:functies"),
        )


def _own(vraag: Vraag) -> Iterator[Beurt]:
    """4.2 g: what the kring added itself."""
    for task in vraag.taken.eigen:
        if not task.actief or not task.eerste_dag:
            continue
        for dag in turns(task.ritme, task.eerste_dag, vraag.van, vraag.tot):
            yield _turn(
                task,
                f"{task.pk}|{dag}",
                task.titel,
                dag,
                waarom=_("%s (eigen taak, art. 4.2)") % task.get_ritme_display(),
                # Of a week the next one takes its place.
                vervalt=dag + timedelta(days=6) if task.ritme == regels.WEEK else None,
            )


PARTS: tuple[Callable[[Vraag], Iterator[Beurt]], ...] = (
    _rosters,
    _notices,
    _meeting,
    _complaints,
    _disputes,
    _terms,
    _own,
)
