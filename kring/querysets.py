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
