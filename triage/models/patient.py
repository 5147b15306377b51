"""The person with the complaint."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kern.tenancy import KringModel
from kern.velden import BsnField, PostcodeOveralField, TelefoonField
from kern.versleuteld import BlindeIndex
from kring.models import EigenTandarts
from triage.models.zoekwoord import Zoekwoord
from triage.querysets import PatientQuerySet


class JaNeeOnbekend(models.TextChoices):
    JA = "ja", _("ja")
    NEE = "nee", _("nee")
    ONBEKEND = "onbekend", _("onbekend")


class Patient(KringModel):
    """The person with the complaint, as known in this kring (§3.2.1)."""

    # Empty while the call is running: what was typed first must not wait for the name (U5).
    naam = models.CharField(_("naam"), max_length=120, blank=True)
    zoek_achternaam = Zoekwoord(van="naam", woord="surname")
    zoek_achternaam_om = Zoekwoord(van="naam", woord="reversed_surname")
    zoek_dubbel = Zoekwoord(van="naam", woord="double_name")
    zoek_voornaam = Zoekwoord(van="naam", woord="first_name")
    geboortedatum = models.DateField(_("geboortedatum"), null=True, blank=True)
    adres = models.CharField(_("adres"), max_length=120, blank=True)
    postcode = PostcodeOveralField(_("postcode"), blank=True)
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

    # The same person was in the kring twice: the calls and reports are at that other row now.
    opgegaan_in = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="samengevoegd",
        verbose_name=_("opgegaan in"),
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
            models.Index(fields=["kring", "geboortedatum"], name="patient_geboortedatum"),
            models.Index(
                fields=["kring", "zoek_achternaam", "zoek_voornaam"], name="patient_achternaam"
            ),
            models.Index(fields=["kring", "zoek_achternaam_om"], name="patient_achternaam_om"),
            models.Index(
                fields=["kring", "zoek_dubbel"],
                condition=~Q(zoek_dubbel=""),
                name="patient_dubbele_naam",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(opgegaan_in=None) | ~Q(opgegaan_in=F("id")),
                name="patient_opgegaan_in_een_ander",
            )
        ]

    def __str__(self):
        return self.naam or "patiënt zonder naam"

    @property
    def levend(self) -> "Patient":
        """Return the row that stands for this person now."""
        return self.opgegaan_in or self

    def save(self, *args, update_fields=None, **kwargs):
        """What follows from a field goes along with it, also when only some fields are saved."""
        if update_fields is not None:
            follows = {f.name for f in self._meta.fields if getattr(f, "van", "") in update_fields}
            update_fields = {*update_fields, *follows}
        super().save(*args, update_fields=update_fields, **kwargs)
