"""Wishes of a dentist for one period: days blocked, rather not, gladly."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kern.tenancy import KringModel
from kring.models import Gebruiker, Tandarts
from rooster.models.kader import Roosterperiode


class Wens(KringModel):
    """One wish about one day."""

    class Soort(models.TextChoices):
        GEBLOKKEERD = "geblokkeerd", _("kan niet")
        LIEVER_NIET = "liever_niet", _("liever niet")
        GRAAG = "graag", _("graag")

    periode = models.ForeignKey(Roosterperiode, on_delete=models.CASCADE, related_name="wensen")
    tandarts = models.ForeignKey(Tandarts, on_delete=models.PROTECT, related_name="wensen")
    dag = models.DateField(_("dag"))
    soort = models.CharField(_("wens"), max_length=12, choices=Soort)
    # Points from the budget of the period; a blocked day weighs nothing, it is a limit.
    gewicht = models.PositiveSmallIntegerField(_("gewicht"), default=1)

    class Meta:
        verbose_name = _("wens")
        verbose_name_plural = _("wensen")
        ordering = ["dag"]
        constraints = [
            models.UniqueConstraint(fields=["periode", "tandarts", "dag"], name="wens_eenmaal"),
            models.CheckConstraint(
                condition=Q(gewicht__gte=1) & Q(gewicht__lte=5), name="wens_gewicht"
            ),
        ]

    def __str__(self):
        return f"{self.dag} {self.soort}"


class Wensenlijst(KringModel):
    """Whether a dentist (or the practice's representative) has answered, and was reminded."""

    periode = models.ForeignKey(
        Roosterperiode, on_delete=models.CASCADE, related_name="wensenlijsten"
    )
    tandarts = models.ForeignKey(Tandarts, on_delete=models.PROTECT, related_name="+")
    ingediend_op = models.DateTimeField(_("ingediend op"), null=True, blank=True)
    ingediend_door = models.ForeignKey(
        Gebruiker, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    herinnerd_op = models.DateTimeField(_("herinnerd op"), null=True, blank=True)

    class Meta:
        verbose_name = _("wensenlijst")
        verbose_name_plural = _("wensenlijsten")
        constraints = [
            models.UniqueConstraint(fields=["periode", "tandarts"], name="wensenlijst_eenmaal")
        ]

    def __str__(self):
        return f"{self.tandarts}, {self.periode}"
