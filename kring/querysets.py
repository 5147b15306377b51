"""Many rows of the kring."""

from django.db import models


class LidmaatschapQuerySet(models.QuerySet):
    def active(self):
        """Memberships that count now: invited and ended ones open no door."""
        return self.filter(status="actief", gebruiker__is_active=True)
