"""The review queue of the functionaris gegevensbescherming: findings, and what was decided."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from kern.tenancy import KringModel
from kern.velden import VrijeTekstField
from toezicht import regels
from toezicht.querysets import SignaalQuerySet


class Signaal(KringModel):
    """One finding, as it was when it was found; no names of patients, no content.

    No foreign keys to person and patient: a finding outlives both, like the lines it is about.
    `regels` are the numbers of those lines in the log; a finding without a new line is an old one.
    `sleutel` holds the first of its new lines, so that two searches never write the same.
    """

    append_only = True

    class Regel(models.TextChoices):
        GEEN_RELATIE = regels.GEEN_RELATIE, _("geen behandelrelatie")
        ACHTERNAAM = regels.ACHTERNAAM, _("zelfde achternaam")
        POSTCODE = regels.POSTCODE, _("zelfde postcode")
        COLLEGA = regels.COLLEGA, _("collega als patiënt")
        VEEL = regels.VEEL, _("veel patiënten in een uur")
        BUITEN_DIENST = regels.BUITEN_DIENST, _("buiten eigen dienst")

    regel = models.CharField(_("signaal"), max_length=16, choices=Regel)
    versie = models.CharField(_("versie van de regels"), max_length=10)
    gebruiker_id = models.BigIntegerField()
    gebruiker_naam = models.CharField(_("medewerker"), max_length=200)
    patient_id = models.UUIDField(null=True)
    dag = models.DateField(_("dag"))
    regels = models.JSONField(default=list)
    reden = models.CharField(_("reden"), max_length=300)
    sleutel = models.CharField(max_length=120)

    objects = SignaalQuerySet.as_manager()

    class Meta:
        verbose_name = _("signaal")
        verbose_name_plural = _("signalen")
        constraints = [
            models.UniqueConstraint(fields=["kring", "sleutel"], name="signaal_uniek"),
        ]

    def __str__(self):
        return f"{self.regel} {self.dag}"


class Beoordeling(KringModel):
    """What a functionaris decided about a signaal; the last one counts, none is ever changed."""

    append_only = True

    class Oordeel(models.TextChoices):
        TERECHT = "terecht", _("de inzage was terecht")
        NIET_TERECHT = "niet_terecht", _("de inzage was niet terecht")
        ONDERZOEK = "onderzoek", _("verder onderzoek")

    signaal = models.ForeignKey(Signaal, on_delete=models.PROTECT, related_name="beoordelingen")
    oordeel = models.CharField(_("oordeel"), max_length=14, choices=Oordeel)
    toelichting = VrijeTekstField(_("toelichting"))
    door_id = models.BigIntegerField()
    door_naam = models.CharField(max_length=200)
    moment = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("beoordeling")
        verbose_name_plural = _("beoordelingen")
        ordering = ["moment"]

    def __str__(self):
        return f"{self.oordeel} {self.moment}"
