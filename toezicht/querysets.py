"""Many signalen: what still asks for a decision, and what waits too long."""

from datetime import datetime, timedelta

from django.apps import apps
from django.db import models
from django.db.models import OuterRef, Q, Subquery

TERMIJN = timedelta(days=7)
"""Longer than this without a decision: the alarm (S18)."""


class SignaalQuerySet(models.QuerySet):
    def with_judgement(self):
        """Signalen with the last judgement (`laatste`), None when there is none."""
        model = apps.get_model("toezicht", "Beoordeling")
        last = model.objects.filter(signaal=OuterRef("pk")).order_by("-moment", "-aangemaakt_op")
        return self.annotate(laatste=Subquery(last.values("oordeel")[:1]))

    def open(self):
        """Signalen without a decision; "verder onderzoek" is none."""
        return self.with_judgement().filter(Q(laatste__isnull=True) | Q(laatste="onderzoek"))

    def overdue_at(self, moment: datetime):
        return self.open().filter(aangemaakt_op__lt=moment - TERMIJN)
