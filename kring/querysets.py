"""Many rows of the kring."""

from django.db import models
from django.db.models.functions import Now


class LidmaatschapQuerySet(models.QuerySet):
    def active(self):
        """Memberships that count now: invited and ended ones open no door."""
        return self.filter(status="actief", gebruiker__is_active=True)


class SessieQuerySet(models.QuerySet):
    def living(self):
        """Sessions that still open something."""
        return self.filter(expire_date__gt=Now())

    def ended(self):
        return self.filter(expire_date__lte=Now())


class EigenTandartsQuerySet(models.QuerySet):
    def search(self, zoek: str):
        """Every word must be found in name, practice, place or mailbox; accents do not matter."""
        rows = self
        for word in zoek.split():
            found = models.Q()
            for field in ("naam", "praktijk", "plaats", "email"):
                found |= models.Q(**{f"{field}__unaccent__icontains": word})
            rows = rows.filter(found)
        return rows
