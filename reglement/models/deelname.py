"""Who takes part, as what, from when until when (MR 3, 8, 9)."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kern.tenancy import KringModel
from kring.models import Deelnemer
from reglement.models.besluit import Besluit
from rooster.models.bereik import DateRange


class Deelname(KringModel):
    """The status of a practice over a stretch of days; without any it is what `actief` says."""

    class Status(models.TextChoices):
        LID = "lid", _("deelnemer")
        VOORWAARDELIJK = "voorwaardelijk", _("voorwaardelijk geroyeerd")
        EENZIJDIG = "eenzijdig", _("eenzijdig toegelaten (art. 9.2l)")
        GEROYEERD = "geroyeerd", _("geroyeerd")
        GEEINDIGD = "geeindigd", _("geëindigd")

    deelnemer = models.ForeignKey(Deelnemer, on_delete=models.PROTECT, related_name="deelnamen")
    status = models.CharField(_("status"), max_length=14, choices=Status)
    vanaf = models.DateField(_("vanaf"))
    # The last day; None as long as it lasts.
    tot = models.DateField(_("tot en met"), null=True, blank=True)
    grond = models.CharField(_("grond"), max_length=200, blank=True)
    besluit = models.ForeignKey(
        Besluit, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("deelname")
        verbose_name_plural = _("deelnamen")
        ordering = ["deelnemer", "vanaf"]
        constraints = [
            models.CheckConstraint(
                condition=Q(tot__isnull=True) | Q(tot__gte=F("vanaf")), name="deelname_dagen"
            ),
            ExclusionConstraint(
                name="deelname_een_tegelijk",
                expressions=[
                    ("deelnemer", RangeOperators.EQUAL),
                    (
                        DateRange("vanaf", "tot", RangeBoundary(inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    def __str__(self):
        return f"{self.deelnemer_id} {self.status} {self.vanaf}"
