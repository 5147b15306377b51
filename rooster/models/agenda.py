"""Secret links to a calendar feed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kern.tenancy import KringModel
from kring.models import Deelnemer, Gebruiker, Tandarts


class Agendalink(KringModel):
    """A link with which a calendar program reads duties; whoever has it can read them.

    Only a hash of the secret is kept. The link lives as long as its owner may see the duties.
    """

    class Soort(models.TextChoices):
        TANDARTS = "tandarts", _("mijn diensten")
        PRAKTIJK = "praktijk", _("de diensten van een praktijk")
        KRING = "kring", _("alle diensten van de kring")

    gebruiker = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, related_name="+")
    soort = models.CharField(_("welke diensten"), max_length=8, choices=Soort)
    tandarts = models.ForeignKey(
        Tandarts, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    deelnemer = models.ForeignKey(
        Deelnemer, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    geheim_hash = models.CharField(max_length=64, unique=True)
    # Users complain of feeds that mark them busy all night: their choice.
    bezet = models.BooleanField(_("toon me als bezet tijdens mijn dienst"), default=False)
    ingetrokken_op = models.DateTimeField(_("ingetrokken op"), null=True, blank=True)

    class Meta:
        verbose_name = _("agendalink")
        verbose_name_plural = _("agendalinks")
        ordering = ["aangemaakt_op"]
        constraints = [
            models.CheckConstraint(
                condition=Q(soort="tandarts", tandarts__isnull=False, deelnemer__isnull=True)
                | Q(soort="praktijk", tandarts__isnull=True, deelnemer__isnull=False)
                | Q(soort="kring", tandarts__isnull=True, deelnemer__isnull=True),
                name="agendalink_van_wie",
            )
        ]

    def __str__(self):
        return f"{self.get_soort_display()} ({self.gebruiker})"
