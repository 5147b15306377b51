"""The tariff codes of a kring, each with the days on which it holds (§4.1)."""

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kern.tenancy import KringModel
from rooster.models.bereik import GELDIG
from verslag.tarief import Tarief


class TariefcodeQuerySet(models.QuerySet):
    def holding_on(self, dag: date):
        """The codes that hold on this day."""
        return self.filter(geldig_vanaf__lte=dag).filter(
            Q(geldig_tot__isnull=True) | Q(geldig_tot__gte=dag)
        )

    def table_on(self, kring_id: int, dag: date) -> dict[str, Tarief]:
        """Return the codes of a kring that hold on this day, by code."""
        rows = self.filter(kring_id=kring_id).holding_on(dag).order_by("code")
        return {row.code: Tarief(row.code, row.omschrijving, row.tarief_cent) for row in rows}


class Tariefcode(KringModel):
    """One line of the table of the NZa, imported by the kring; the last day is included."""

    code = models.CharField(_("code"), max_length=6)
    omschrijving = models.CharField(_("omschrijving"), max_length=200)
    tarief_cent = models.PositiveIntegerField(_("tarief in centen"))
    geldig_vanaf = models.DateField(_("geldig vanaf"))
    geldig_tot = models.DateField(_("geldig tot en met"), null=True, blank=True)

    objects = TariefcodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("tariefcode")
        verbose_name_plural = _("tariefcodes")
        ordering = ["code", "geldig_vanaf"]
        constraints = [
            models.CheckConstraint(
                condition=Q(geldig_tot__isnull=True) | Q(geldig_tot__gte=models.F("geldig_vanaf")),
                name="tariefcode_dagen",
                violation_error_message=_("De laatste dag ligt voor de eerste."),
            ),
            ExclusionConstraint(
                name="tariefcode_eenmaal",
                expressions=[
                    (GELDIG, RangeOperators.OVERLAPS),
                    ("code", RangeOperators.EQUAL),
                    ("kring", RangeOperators.EQUAL),
                ],
                violation_error_message=_("Deze code staat al in de tabel voor deze dagen."),
            ),
        ]

    @property
    def tarief(self) -> str:
        """The amount as it is written: `27,01`."""
        return f"{self.tarief_cent // 100},{self.tarief_cent % 100:02}"

    def __str__(self):
        return f"{self.code} {self.omschrijving}"
