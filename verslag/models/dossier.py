"""The one file of a patient in a kring (§4.1)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kern.tenancy import KringModel
from triage.models import Patient
from verslag.querysets import DossierQuerySet


class Passantendossier(KringModel):
    """The one file of a patient in a kring (§4.1)."""

    patient = models.OneToOneField(Patient, on_delete=models.PROTECT, related_name="dossier")

    objects = DossierQuerySet.as_manager()

    class Meta:
        verbose_name = _("passantendossier")
        verbose_name_plural = _("passantendossiers")

    def __str__(self):
        return f"passantendossier {self.pk}"
