"""The review queue, as an FG leaves it: most signalen judged, a few waiting.

The demo plays eight weeks in a minute, so the log holds them as work of one minute. Whatever the
search makes of that is judged here, and says so; one signaal of each kind stays to try it on.
"""

from datetime import timedelta

from kern.actor import Actor
from kern.tenancy import kring_context
from kern.tijd import db_now
from kern.toegang import Doel, Rol
from kring.models import Kring, Lidmaatschap
from toezicht import actions
from toezicht.models import Beoordeling, Signaal

TOELICHTING = "Hoort bij het laden van de demo: alle avonden zijn in één minuut nagespeeld."


def judge_own_noise(kring: Kring) -> None:
    """Search this day and judge all findings but the first of each kind."""
    with kring_context(kring.pk):
        fg = _fg_of(kring)
        nu = db_now()
        actions.search(kring_id=kring.pk, begin=nu - timedelta(days=1), einde=nu, by=fg)
        kept: set[str] = set()
        for signaal in Signaal.objects.order_by("sleutel"):
            if signaal.regel not in kept:
                kept.add(signaal.regel)
                continue
            actions.judge(
                signaal, oordeel=Beoordeling.Oordeel.TERECHT, toelichting=TOELICHTING, by=fg
            )


def _fg_of(kring: Kring) -> Actor:
    gebruiker = Lidmaatschap.objects.active().get(kring=kring, rol=Rol.FG).gebruiker
    return Actor(
        naam=gebruiker.naam,
        gebruiker_id=gebruiker.pk,
        kring_id=kring.pk,
        rollen=frozenset({Rol.FG.value}),
        doel=Doel.CONTROLE,
        toegangspunt="192.0.2.10",  # an address for examples
    )
