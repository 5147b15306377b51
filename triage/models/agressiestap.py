"""The steps taken with a caller who misbehaves."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from kern.tenancy import KringModel
from triage.models.oproep import Oproep


class Agressiestap(KringModel):
    """One step of the ladder, with its moment (§3.2.1, §5.5, R-81).

    The software never refuses a caller (T-11): a step notes what was done, the dentist reads it.
    """

    class Stap(models.TextChoices):
        KALMEREN = "kalmeren", _("gekalmeerd")
        BENOEMEN = "benoemen", _("gedrag benoemd")
        KEUZE = "keuze", _("voor de keuze gesteld")
        VERBREKEN = "verbreken", _("verbinding verbroken")
        POLITIE = "politie", _("politie gebeld")

    oproep = models.ForeignKey(Oproep, on_delete=models.CASCADE, related_name="agressiestappen")
    stap = models.CharField(_("stap"), max_length=10, choices=Stap)
    moment = models.DateTimeField(_("moment"), db_default=Now())
    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("stap bij agressie")
        verbose_name_plural = _("stappen bij agressie")
        ordering = ["moment"]

    def __str__(self):
        return self.get_stap_display()
