"""The attempts to reach a dentist."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from kern.tenancy import KringModel
from kring.models import Tandarts
from rooster.models import Dienstplaats
from triage.models.oproep import Oproep


class Contactpoging(KringModel):
    """One attempt to reach the dentist on duty (§3.2.1)."""

    class Resultaat(models.TextChoices):
        GESPROKEN = "gesproken", _("gesproken")
        NIET_BEREIKT = "niet_bereikt", _("niet bereikt")
        VOICEMAIL = "voicemail", _("voicemail")

    oproep = models.ForeignKey(Oproep, on_delete=models.CASCADE, related_name="contactpogingen")
    tandarts = models.ForeignKey(Tandarts, on_delete=models.PROTECT, related_name="+")
    rol = models.CharField(_("rol"), max_length=12, choices=Dienstplaats.Rol)
    resultaat = models.CharField(_("resultaat"), max_length=14, choices=Resultaat)
    moment = models.DateTimeField(_("moment"), db_default=Now())
    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("contactpoging")
        verbose_name_plural = _("contactpogingen")
        ordering = ["moment"]

    def __str__(self):
        return f"{self.rol}: {self.resultaat}"
