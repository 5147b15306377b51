"""Many calls and patients."""

from django.db import models


class PatientQuerySet(models.QuerySet):
    """Patients of the kring; row-level security keeps the others out."""


class OproepQuerySet(models.QuerySet):
    def open(self):
        """Calls that still ask for something."""
        return self.exclude(status="afgerond")
