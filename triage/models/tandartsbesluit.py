"""What the dentist decided, each time anew: who, when, why, and how it differs from the advice."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from kern.tenancy import KringModel
from kern.velden import VrijeTekstField
from kring.models import Tandarts
from triage.models.contactpoging import Contactpoging
from triage.models.oproep import Oproep


class Tandartsbesluit(KringModel):
    """One decision of a dentist about a call (§2.1); the newest is repeated on the call itself.

    `contact`, `moet_gezien` and `zien_voor` are what the protocol asked at that moment,
    `verschil` is how the decision compares to it (T-16). `door` typed it in: with `zelf` that is
    the dentist, else the triagemedewerker who had the dentist on the telephone.
    """

    append_only = True

    class Verschil(models.TextChoices):
        GELIJK = "gelijk", _("zoals de triage")
        LAGER = "lager", _("minder dan de triage vroeg")
        HOGER = "hoger", _("meer dan de triage vroeg")

    oproep = models.ForeignKey(Oproep, on_delete=models.PROTECT, related_name="tandartsbesluiten")
    besluit = models.CharField(_("besluit"), max_length=12, choices=Oproep.Besluit)
    toelichting = VrijeTekstField(_("toelichting"))
    zwaarwegende_gronden = VrijeTekstField(_("zwaarwegende gronden"))
    reden_later = models.CharField(_("reden van later zien"), max_length=200, blank=True)
    afspraak_om = models.DateTimeField(_("afspraak om"), null=True, blank=True)
    tandarts = models.ForeignKey(Tandarts, on_delete=models.PROTECT, related_name="+")
    rol = models.CharField(_("rol"), max_length=12, choices=Contactpoging.Rol)
    zelf = models.BooleanField(_("door de tandarts zelf ingevoerd"), default=False)
    contact = models.CharField(max_length=12, choices=Oproep.Contact, blank=True)
    moet_gezien = models.CharField(max_length=20, blank=True)
    zien_voor = models.DateTimeField(null=True, blank=True)
    verschil = models.CharField(_("verschil"), max_length=6, choices=Verschil)
    moment = models.DateTimeField(_("moment"), db_default=Now())
    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("besluit van de tandarts")
        verbose_name_plural = _("besluiten van de tandarts")
        ordering = ["moment"]

    def __str__(self):
        return f"{self.besluit} ({self.verschil})"
