"""Which weeks the notice was sent about, for whoever asks whether the number went out (MR 4.2)."""

from datetime import date

from django.db.models import Count, Q
from django.urls import reverse

from bereikbaarheid.models import Weekbericht
from kern.models import Zending
from kern.tijd import to_local
from kring.bekendmaking import Bekendmaking


def announced(kring_id: int, slug: str, van: date, tot: date) -> list[Bekendmaking]:
    """Return the notices about the weeks in [van, tot] with how many recipients got them."""
    arrived = Q(bezorgingen__zending__status=Zending.Status.VERZONDEN)
    rows = Weekbericht.objects.filter(kring_id=kring_id, week__range=(van, tot)).annotate(
        ontvangers=Count("bezorgingen__naam", distinct=True),
        bezorgd=Count("bezorgingen__naam", distinct=True, filter=arrived),
    )
    return [
        Bekendmaking(
            row.week,
            to_local(row.gemaakt_op).date(),
            row.ontvangers,
            row.bezorgd,
            reverse("bereikbaarheid:bericht", kwargs={"kring": slug, "weekbericht": row.pk}),
        )
        for row in rows
    ]
