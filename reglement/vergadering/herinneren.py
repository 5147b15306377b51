"""Daily work: who was called and said nothing is asked once more, shortly before the meeting."""

from datetime import timedelta

from kern.dagwerk import Beurt
from kern.models import Zending
from reglement.models import Uitnodiging, Vergadering
from reglement.vergadering import post

VOORAF = timedelta(days=5)


def remind(beurt: Beurt) -> None:
    """Ask every practice without an answer, once, in the days before the meeting.

    A day that was missed is made up for: the key of the message says that it left.
    """
    if beurt.kring_id is None:
        return
    rows = Vergadering.objects.filter(
        kring_id=beurt.kring_id,
        status=Vergadering.Status.OPGEROEPEN,
        begint_op__date__gt=beurt.dag,
        begint_op__date__lte=beurt.dag + VOORAF,
        # Who was called a day ago needs no reminder.
        opgeroepen_op__date__lt=beurt.dag,
    )
    for vergadering in rows.select_related("kring"):
        sent = set(
            Zending.objects.filter(
                kring_id=beurt.kring_id, sleutel__startswith=post.key_of(vergadering, post.NOG_EENS)
            ).values_list("sleutel", flat=True)
        )
        silent = Uitnodiging.objects.filter(vergadering=vergadering, antwoord="")
        post.write_reminder(
            vergadering,
            [
                (item.deelnemer, item.gebruiker)
                for item in silent.select_related("deelnemer", "gebruiker")
                if post.key_of(vergadering, post.NOG_EENS, item.deelnemer_id) not in sent
            ],
        )
