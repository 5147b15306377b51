"""Many duties: who is on duty at a moment, what comes next, what lies in a period."""

from datetime import datetime

from django.apps import apps
from django.db import models
from django.db.models.functions import Coalesce

from rooster.versie.rijen import Plek, Roosterrij

_PRAKTIJK = "plaatsen__deelnemer", "plaatsen__tandarts__deelnemer"


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
            models.Prefetch("plaatsen", places.select_related("tandarts__deelnemer", "deelnemer"))
        )

    def as_rows(self) -> list[Roosterrij]:
        """Return the duties as plain values, in order; one query for any number of them."""
        practice_id, practice = (
            Coalesce(*(f"{path}{tail}" for path in _PRAKTIJK)) for tail in ("_id", "__naam")
        )
        values = self.order_by("begin").values_list(
            *("pk", "begin", "einde", "categorie", "soort__naam", "soort_id", "opmerking"),
            *("plaatsen__rol", "plaatsen__tandarts_id", "plaatsen__tandarts__naam"),
            *(practice_id, practice),
        )
        found: dict = {}
        for pk, *duty, rol, tandarts, naam, deelnemer, praktijk in values:
            _duty, places = found.setdefault(pk, (duty, {}))
            if rol:
                places[rol] = Plek(str(tandarts), naam, str(deelnemer), praktijk)
        return [
            Roosterrij(
                begin=begin,
                einde=einde,
                categorie=categorie,
                plekken=places,
                soort=soort or "",
                soort_id=soort_id and str(soort_id),
                nummer=str(pk),
                opmerking=opmerking,
            )
            for pk, ((begin, einde, categorie, soort, soort_id, opmerking), places) in found.items()
        ]
