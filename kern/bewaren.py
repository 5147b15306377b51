"""Messages do not stay for ever: what left, or never will, is emptied after 30 days (S38).

Hash, Message-ID, moments and attempts stay: they prove what was sent, and say nothing.
"""

from datetime import timedelta

from django.db.models import F
from django.db.models.functions import Coalesce, Now

from kern.dagwerk import Beurt
from kern.models import Zending

BERICHT = timedelta(days=30)
"""Raw messages, counted from their acceptance, or from when they were given up or withdrawn."""


def empty_old_messages(beurt: Beurt) -> None:
    """Empty the old messages of one kring; daily work.

    One that was given up is withdrawn with it: nobody may send an empty message.
    """
    over = Zending.objects.exclude(status=Zending.Status.KLAAR).exclude(inhoud=b"")
    old = over.alias(op=Coalesce(F("verzonden_op"), F("gewijzigd_op"))).filter(
        kring_id=beurt.kring_id, op__lte=Now() - BERICHT
    )
    given_up = old.filter(status=Zending.Status.MISLUKT)
    given_up.update(status=Zending.Status.INGETROKKEN, inhoud=b"", gewijzigd_op=Now())
    old.update(inhoud=b"", gewijzigd_op=Now())
