"""Many attempts."""

from django.db import models
from django.db.models import Avg, Count, Max


class OefenpogingQuerySet(models.QuerySet):
    """Attempts of the kring; row-level security keeps the others out."""

    def done(self):
        """Attempts that were handed in."""
        return self.filter(ingeleverd_op__isnull=False)

    def per_table(self):
        """Return (gebruiker_id, gebruiker__naam, tabel, aantal, gemiddeld, laatst) a row each."""
        return (
            self.done()
            .values("gebruiker_id", "gebruiker__naam", "tabel")
            .annotate(
                aantal=Count("pk"),
                gemiddeld=Avg("punten"),
                laatst=Max("ingeleverd_op"),
            )
            .order_by("gebruiker__naam", "gebruiker_id", "tabel")
        )
