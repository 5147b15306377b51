"""Many duties: who is on duty at a moment."""

from datetime import datetime

from django.db import models


class DienstQuerySet(models.QuerySet):
    def on_duty_at(self, moment: datetime):
        """Duties that cover the moment: begin included, end not."""
        return self.filter(begin__lte=moment, einde__gt=moment)

    def with_places(self):
        """Duties with places, dentists and practices, in a fixed number of queries."""
        return self.prefetch_related("plaatsen__tandarts__deelnemer")
