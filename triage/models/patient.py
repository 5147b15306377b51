"""The person with the complaint."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kern.tenancy import KringModel
from kern.velden import BsnField, PostcodeField, TelefoonField
from kern.versleuteld import BlindeIndex
from kring.models import EigenTandarts
from triage.querysets import PatientQuerySet


class JaNeeOnbekend(models.TextChoices):
    JA = "ja", _("ja")
    NEE = "nee", _("nee")
    ONBEKEND = "onbekend", _("onbekend")


class Patient(KringModel):
    """The person with the complaint, as known in this kring (§3.2.1)."""

    # Empty while the call is running: what was typed first must not wait for the name (U5).
    naam = models.CharField(_("naam"), max_length=120, blank=True)
    geboortedatum = models.DateField(_("geboortedatum"), null=True, blank=True)
    adres = models.CharField(_("adres"), max_length=120, blank=True)
    postcode = PostcodeField(_("postcode"), blank=True)
    woonplaats = models.CharField(_("woonplaats"), max_length=80, blank=True)
    telefoon = TelefoonField(_("telefoon"), blank=True)
    # Optional at triage (T-15); the report needs it, or a reason why it is missing.
    bsn = BsnField(_("BSN"), blank=True)
    bsn_index = BlindeIndex(van="bsn")
    heeft_eigen_tandarts = models.CharField(
        _("heeft een eigen tandarts"),
        max_length=8,
        choices=JaNeeOnbekend,
        default=JaNeeOnbekend.ONBEKEND,
    )
    eigen_tandarts = models.ForeignKey(
        EigenTandarts,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="patienten",
        verbose_name=_("eigen tandarts"),
    )

    objects = PatientQuerySet.as_manager()

    class Meta:
        verbose_name = _("patiënt")
        verbose_name_plural = _("patiënten")
        indexes = [
            models.Index(fields=["kring", "telefoon"], name="patient_telefoon"),
            models.Index(
                fields=["kring", "bsn_index"],
                condition=~Q(bsn_index=""),
                name="patient_bsn",
            ),
        ]

    def __str__(self):
        return self.naam or "patiënt zonder naam"

    def save(self, *args, update_fields=None, **kwargs):
        """The index goes along with the BSN, also when only some fields are saved."""
        if update_fields is not None and "bsn" in update_fields:
            update_fields = {*update_fields, "bsn_index"}
        super().save(*args, update_fields=update_fields, **kwargs)
