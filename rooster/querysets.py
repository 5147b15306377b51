"""Many duties: who is on duty at a moment, what comes next, what lies in a period."""

from datetime import datetime

from django.apps import apps
from django.db import models


class DienstQuerySet(models.QuerySet):
    def on_duty_at(self, moment: datetime):
        """Duties that cover the moment: begin included, end not."""
        return self.filter(begin__lte=moment, einde__gt=moment)

    def not_over_at(self, moment: datetime):
        """Duties that run at the moment or come after it, the first one first."""
        return self.filter(einde__gt=moment).order_by("begin")

    def overlapping(self, begin: datetime, einde: datetime):
        """Duties that share any time with [begin, einde)."""
        return self.filter(begin__lt=einde, einde__gt=begin)

    def with_places(self):
        """Duties with places, dentists and practices, in one query more."""
        places = apps.get_model("rooster", "Dienstplaats").objects
        return self.prefetch_related(
            models.Prefetch("plaatsen", places.select_related("tandarts__deelnemer"))
        )
