"""Sentences that a kring writes once and its dentists put into a report."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kern.tenancy import KringModel


class Tekstblok(KringModel):
    """One block for one field; holds no patient data, the coordinator writes it."""

    class Veld(models.TextChoices):
        BEVINDINGEN = "bevindingen", _("Bevindingen")
        DIAGNOSE = "diagnose", _("Diagnose")
        BEHANDELING = "behandeling", _("Behandeling en advies")
        VERVOLG = "vervolg", _("Vervolg")
        OVERIG = "overig", _("Overige gegevens")

    veld = models.CharField(_("voor het veld"), max_length=12, choices=Veld)
    naam = models.CharField(_("naam in de lijst"), max_length=60)
    tekst = models.TextField(_("tekst"), max_length=1000)

    class Meta:
        verbose_name = _("tekstblok")
        verbose_name_plural = _("tekstblokken")
        ordering = ["veld", "naam"]
        constraints = [
            models.UniqueConstraint(
                fields=["kring", "veld", "naam"],
                name="tekstblok_naam_uniek",
                violation_error_message=_("Bij dit veld is er al een tekstblok met deze naam."),
            ),
        ]

    def __str__(self):
        return self.naam
