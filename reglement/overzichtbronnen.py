"""The lines that the duties of the coördinator put on the first page of the app."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from kern.toegang import Rol
from kern.weergave import format_datum
from reglement.besluiten import standing_decisions
from reglement.geschilgang import GESLOTEN
from reglement.geschillen import visible
from reglement.jaarwiel.instellingen import tasks_of
from reglement.jaarwiel.regels import BEMIDDELEN, ROOSTER, Stand
from reglement.jaarwiel.rijen import turns_near
from reglement.models import Agendapunt, Besluit, Vergadering, Voordracht
from reglement.overzicht import Regel
from rooster.models import Akkoord, Roosterversie


def wheel(request, dag: date) -> Iterator[Regel]:
    """What the wheel asks of the coördinator, or of whom it was given to.

    The roster and the disputes have lines of their own.
    """
    tasks = tasks_of(request.kring.pk)
    coordinator = Rol.COORDINATOR in request.actor.rollen
    mine = {str(task.pk) for task in tasks.alle if task.gedelegeerd_aan_id == request.user.pk}
    if not coordinator and not mine:
        return
    for beurt in turns_near(request.kring, dag, tasks):
        task = tasks.of(beurt.sleutel)
        own = task is not None and str(task.pk) in mine
        given = task is not None and task.gedelegeerd_aan_id is not None
        stand = beurt.stand(dag)
        late = stand is Stand.TE_LAAT
        if stand not in (Stand.NU, Stand.TE_LAAT) or beurt.soort in (BEMIDDELEN, ROOSTER):
            continue
        if own or (coordinator and (not given or late)):
            yield Regel(
                beurt.titel,
                f"{_url(request, 'jaarwiel')}?jaar={beurt.uiterlijk.year}",
                uiterlijk=beurt.uiterlijk,
                waarom=beurt.bezig or beurt.waarom,
            )


def rosters(request, dag: date) -> Iterator[Regel]:
    """The approval round of a roster: to answer, to adopt, or to wait for (4.2, A-18)."""
    rows = list(
        Roosterversie.objects.filter(kring=request.kring, status=Roosterversie.Status.VOORGELEGD)
        .defer("inhoud")
        .select_related("periode")
    )
    own = _practices(request)
    answered = set(
        Akkoord.objects.filter(versie__in=rows, deelnemer_id__in=own).values_list(
            "versie_id", "deelnemer_id"
        )
    )
    for versie in rows:
        words = {"periode": versie.periode.naam, "tot": format_datum(versie.reageren_tot)}
        url = reverse(
            "rooster:versie", kwargs={"kring": request.kring.slug, "roosterversie": versie.pk}
        )
        if any((versie.pk, pk) not in answered for pk in own) and dag <= versie.reageren_tot:
            yield Regel(
                _("Zeg of het rooster akkoord is: %(periode)s") % words,
                url,
                uiterlijk=versie.reageren_tot,
                waarom=_("wie niets laat weten, gaat akkoord (art. 4.2)"),
            )
        if Rol.COORDINATOR in request.actor.rollen:
            closed = dag > versie.reageren_tot
            yield Regel(
                _("Stel het rooster vast: %(periode)s") % words
                if closed
                else _("Het rooster ligt bij de deelnemers: %(periode)s") % words,
                url,
                uiterlijk=None if closed else versie.reageren_tot,
                waarom=_("reageren kon tot en met %(tot)s") % words
                if closed
                else _("goedkeuringsronde (art. 4.2)"),
                volgt=not closed,
            )


def disputes(request, _dag: date) -> Iterator[Regel]:
    """An open dispute that this person may know of; nothing about whom it is with."""
    if not request.actor.rollen & {Rol.COORDINATOR, Rol.VERTEGENWOORDIGER}:
        return
    rows = visible(
        request.kring.pk, rollen=request.actor.rollen, deelnemers=_practices(request)
    ).exclude(stand__in=GESLOTEN)
    coordinator = Rol.COORDINATOR in request.actor.rollen
    for geschil in rows.order_by("nummer"):
        yield Regel(
            _("Doe de volgende stap in geschil %s") % geschil.nummer
            if coordinator
            else _("Geschil %s loopt") % geschil.nummer,
            _url(request, "geschil", geschil=geschil.pk),
            waarom=geschil.get_stand_display(),
            volgt=not coordinator,
        )


def nominations(request, _dag: date) -> Iterator[Regel]:
    """What the meeting decided about a nomination has to be processed; or it needs an agenda."""
    if Rol.COORDINATOR not in request.actor.rollen:
        return
    rows = list(
        Voordracht.objects.filter(
            kring=request.kring, status=Voordracht.Status.OPEN
        ).select_related("gebruiker")
    )
    points = Agendapunt.objects.filter(voordracht__in=rows).exclude(
        vergadering__status=Vergadering.Status.AFGELAST
    )
    newest = {p.voordracht_id: p for p in points.order_by("vergadering__begint_op")}
    decided = standing_decisions(newest.values())
    for row in rows:
        words = {"naam": row.gebruiker.naam, "functie": row.get_soort_display()}
        point = newest.get(row.pk)
        besluit = decided.get(point.pk) if point else None
        invalid = besluit and besluit.uitkomst == Besluit.Uitkomst.GEEN_GELDIGE_STEMMING
        if besluit and not invalid:
            wat = _("Verwerk het besluit over %(naam)s als %(functie)s") % words
        elif point is None or invalid:
            wat = _("Zet de voordracht van %(naam)s als %(functie)s op een agenda") % words
        else:
            continue
        yield Regel(wat, _url(request, "functies"), waarom=_("art. 4.1, 10.1"))


def _practices(request) -> set:
    return {
        row.deelnemer_id
        for row in request.lidmaatschappen
        if row.rol == Rol.VERTEGENWOORDIGER
        and row.deelnemer_id
        and row.kring_id == request.kring.pk
    }


def _url(request, route: str, **kwargs) -> str:
    return reverse(f"reglement:{route}", kwargs={"kring": request.kring.slug, **kwargs})


BRONNEN = (wheel, rosters, disputes, nominations)
