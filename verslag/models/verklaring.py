"""What a patient says about the file, in their own words (BW 7:454 lid 2, AVG 16)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kern.tenancy import KringModel
from kern.versleuteld import VersleuteldTekst
from triage.models import Patient
from verslag.models.verslag import Verslag


class Verklaring(KringModel):
    """A statement of the patient that stays with the file, whoever is right.

    It is about one report, or with `verslag` None about the whole file; the next version that is
    signed has it. `verzoek_nummer` is the request for correction that it came with.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="verklaringen")
    verslag = models.ForeignKey(
        Verslag, null=True, on_delete=models.PROTECT, related_name="verklaringen"
    )
    tekst = VersleuteldTekst(_("verklaring van de patiënt"), max_length=4000)
    gegeven_op = models.DateField(_("gegeven op"))
    verzoek_nummer = models.PositiveIntegerField(_("bij verzoek"), null=True)
    genoteerd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("verklaring van de patiënt")
        verbose_name_plural = _("verklaringen van patiënten")
        ordering = ["gegeven_op", "aangemaakt_op"]

    def __str__(self):
        return f"verklaring {self.pk}"
