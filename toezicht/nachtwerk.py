"""What the review queue does each night: search, and remind whoever has to decide."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from kern import dagwerk, outbox
from kern.actor import Actor
from kern.dagwerk import Beurt
from kern.tijd import AMSTERDAM, db_now
from kern.toegang import Rol
from kring.logwerk import fg_of, heads_are_late
from kring.models import Kring
from toezicht import actions
from toezicht.models import Signaal


def register() -> None:
    dagwerk.register("signalen_zoeken", search)
    dagwerk.register("signalen_te_laat", remind, uur=8)


def search(beurt: Beurt) -> None:
    """Search since the last search, and a day more: that finding is already there then."""
    first = (beurt.vorige or beurt.dag) - timedelta(days=1)
    begin = datetime.combine(first, time.min, tzinfo=AMSTERDAM)
    by = Actor.system(beurt.kring_id, "toezicht")
    actions.search(kring_id=beurt.kring_id, begin=begin, einde=db_now(), by=by)


def remind(beurt: Beurt) -> None:
    """Mail each FG what waits longer than a week; numbers only."""
    aantal = Signaal.objects.filter(kring_id=beurt.kring_id).overdue_at(db_now()).count()
    if not aantal:
        return
    kring = Kring.objects.get(pk=beurt.kring_id)
    link = settings.ADRES + reverse("toezicht:signalen", kwargs={"kring": kring.slug})
    for rij in fg_of(kring.pk):
        outbox.enqueue_mail(
            kring_id=kring.pk,
            sleutel=f"signalen_te_laat|{beurt.dag}|{rij.gebruiker_id}",
            aan=rij.gebruiker.email,
            onderwerp=gettext("Signalen wachten langer dan een week op je oordeel"),
            tekst=ngettext(
                "Dag %(naam)s,\n\nIn %(kring)s wacht %(aantal)s signaal langer dan zeven dagen op "
                "een oordeel. Je vindt het hier:\n\n%(link)s\n",
                "Dag %(naam)s,\n\nIn %(kring)s wachten %(aantal)s signalen langer dan zeven dagen "
                "op een oordeel. Je vindt ze hier:\n\n%(link)s\n",
                aantal,
            )
            % {
                "naam": rij.gebruiker.naam,
                "kring": kring.naam,
                "aantal": aantal,
                "link": link,
            },
        )


def alarm_of(request) -> dict | None:
    """Return what the first page of an FG or beheerder has to say; None when there is nothing.

    Who reviews the reviewer: a signaal about an FG can only be judged by another one. When there
    is none, the beheerder is told that one has to be appointed; not what the signaal is about.
    """
    rollen = request.actor.rollen
    if not rollen & {Rol.FG, Rol.BEHEERDER}:
        return None
    signalen = Signaal.objects.filter(kring=request.kring)
    fg_ids = {rij.gebruiker_id for rij in fg_of(request.kring.pk)}
    own = signalen.open().filter(gebruiker_id__in=fg_ids).count() if len(fg_ids) == 1 else 0
    found = {
        "is_fg": Rol.FG in rollen,
        "te_laat": signalen.overdue_at(db_now()).count() if Rol.FG in rollen else 0,
        "zonder_tweede": own,
        "kop_te_laat": heads_are_late(),
    }
    return (
        found if any(found[name] for name in ("te_laat", "zonder_tweede", "kop_te_laat")) else None
    )
