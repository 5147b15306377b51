"""The recurring duties of a kring, and what was said to be done of them (MR 4.2, CO-2)."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kern.tenancy import KringModel
from reglement.jaarwiel import regels


class Verplichting(KringModel):
    """How this kring does one duty: how long before, how often, who; without a row the defaults.

    Of each kind that MR 4.2 names there is one; what a kring adds (4.2g) is `EXTRA`.
    """

    class Soort(models.TextChoices):
        ROOSTER = regels.ROOSTER, _("rooster klaar en goedgekeurd")
        RONDZENDEN = regels.RONDZENDEN, _("rooster naar alle deelnemers")
        TELEFOON = regels.TELEFOON, _("spoednummer naar media en zorg")
        VERGADERING = regels.VERGADERING, _("jaarlijkse vergadering")
        KLACHTEN = regels.KLACHTEN, _("klachten over de dienst")
        BEMIDDELEN = regels.BEMIDDELEN, _("bemiddelen tussen deelnemers")
        TERMIJN = regels.TERMIJN, _("einde van een benoeming")
        EXTRA = regels.EXTRA, _("eigen taak")

    class Ritme(models.TextChoices):
        WEEK = regels.WEEK, _("elke week")
        MAAND = regels.MAAND, _("elke maand")
        KWARTAAL = regels.KWARTAAL, _("elk kwartaal")
        HALFJAAR = regels.HALFJAAR, _("elk half jaar")
        JAAR = regels.JAAR, _("elk jaar")

    soort = models.CharField(_("taak"), max_length=12, choices=Soort)
    # Only of what a kring added itself.
    titel = models.CharField(_("naam van de taak"), max_length=120, blank=True)
    ritme = models.CharField(_("hoe vaak"), max_length=8, choices=Ritme, blank=True)
    eerste_dag = models.DateField(_("eerste keer uiterlijk"), null=True, blank=True)
    # What "in time" is: so many days before what it is for.
    dagen_vooraf = models.PositiveSmallIntegerField(
        _("zoveel dagen vooraf klaar"), default=0, validators=[MaxValueValidator(365)]
    )
    herinner_dagen = models.PositiveSmallIntegerField(
        _("zoveel dagen daarvoor herinneren"), default=30, validators=[MaxValueValidator(365)]
    )
    # Who does it; the coördinator stays responsible.
    gedelegeerd_aan = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("wie doet het"),
    )
    actief = models.BooleanField(_("staat in het jaarwiel"), default=True)

    class Meta:
        verbose_name = _("verplichting")
        verbose_name_plural = _("verplichtingen")
        ordering = ["soort", "titel"]
        constraints = [
            models.UniqueConstraint(
                fields=["kring", "soort"],
                condition=~Q(soort="extra"),
                name="verplichting_een_per_soort",
                violation_error_message=_("Een collega sloeg dit net ook op. Laad opnieuw."),
            ),
            models.UniqueConstraint(
                fields=["kring", "titel"],
                condition=Q(soort="extra"),
                name="verplichting_titel",
                violation_error_message=_("Er is al een taak met deze naam."),
            ),
            models.CheckConstraint(
                condition=~Q(soort="extra")
                | (~Q(titel="") & ~Q(ritme="") & Q(eerste_dag__isnull=False)),
                name="verplichting_extra_is_heel",
            ),
        ]

    def __str__(self):
        return self.titel or self.get_soort_display()


class Wielmelding(KringModel):
    """A person says that one turn of a duty is done, with the proof; or takes that back."""

    append_only = True

    # Of the turn (`reglement.jaarwiel.regels.Beurt.sleutel`).
    sleutel = models.CharField(max_length=80)
    titel = models.CharField(_("taak"), max_length=200)
    gedaan = models.BooleanField(_("gedaan"), default=True)
    gedaan_op = models.DateField(_("gedaan op"))
    bewijs = models.CharField(_("waaruit blijkt dat"), max_length=500)
    genoteerd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    genoteerd_op = models.DateTimeField(_("genoteerd op"))

    class Meta:
        verbose_name = _("melding in het jaarwiel")
        verbose_name_plural = _("meldingen in het jaarwiel")
        ordering = ["genoteerd_op"]
        indexes = [models.Index(fields=["kring", "sleutel"], name="wielmelding_sleutel")]

    def __str__(self):
        return f"{self.titel}: {self.gedaan}"
