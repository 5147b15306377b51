"""The message to a dentist that a call waits, and what the dentist did with it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from kern.models import Zending
from kern.tenancy import KringModel
from kring.models import Tandarts
from triage.models.contactpoging import Contactpoging
from triage.models.oproep import Oproep


class Tandartsbericht(KringModel):
    """One message about one call to one dentist, by text message and mail; never patient data.

    Its id is the link: worth nothing without the login and the second factor of the dentist it
    was meant for, or of whoever is on duty. It never replaces the telephone call. That the link
    was opened stands in the access log only (opening a page changes no row).
    """

    class Doorgeefreden(models.TextChoices):
        BEZIG = "bezig", _("Ik ben met een andere patiënt bezig")
        ONDERWEG = "onderweg", _("Ik kan niet op tijd in de praktijk zijn")
        KENNIS = "kennis", _("Ik kan deze patiënt beter niet zelf behandelen")
        ANDERS = "anders", _("Iets anders")

    oproep = models.ForeignKey(Oproep, on_delete=models.PROTECT, related_name="tandartsberichten")
    tandarts = models.ForeignKey(Tandarts, on_delete=models.PROTECT, related_name="+")
    rol = models.CharField(_("rol"), max_length=12, choices=Contactpoging.Rol)
    sms = models.ForeignKey(Zending, null=True, on_delete=models.PROTECT, related_name="+")
    mail = models.ForeignKey(Zending, null=True, on_delete=models.PROTECT, related_name="+")
    verstuurd_op = models.DateTimeField(_("verstuurd op"), db_default=Now())
    verloopt_op = models.DateTimeField(_("verloopt op"))
    # Empty: it left by itself, after a missed call.
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    formulier = models.CharField(max_length=32, blank=True)
    bevestigd_op = models.DateTimeField(_("bevestigd op"), null=True, blank=True)
    aanwezig_om = models.DateTimeField(_("aanwezig om"), null=True, blank=True)
    doorgegeven_op = models.DateTimeField(_("doorgegeven op"), null=True, blank=True)
    doorgeefreden = models.CharField(
        _("reden van doorgeven"), max_length=8, choices=Doorgeefreden, blank=True
    )
    doorgeef_toelichting = models.CharField(_("toelichting"), max_length=200, blank=True)
    # A newer message to the same dentist took its place.
    vervangen_op = models.DateTimeField(_("vervangen op"), null=True, blank=True)

    class Meta:
        verbose_name = _("bericht aan de tandarts")
        verbose_name_plural = _("berichten aan de tandarts")
        ordering = ["verstuurd_op"]
        constraints = [
            models.UniqueConstraint(
                fields=["oproep", "tandarts"],
                condition=Q(vervangen_op__isnull=True),
                name="tandartsbericht_een_per_tandarts",
            ),
            models.CheckConstraint(
                condition=Q(doorgegeven_op__isnull=True) | ~Q(doorgeefreden=""),
                name="tandartsbericht_doorgeven_heeft_reden",
            ),
        ]

    def __str__(self):
        return f"bericht over oproep {self.oproep_id}"
