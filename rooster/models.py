"""Duties: who is on duty when, as dienstdoende and as achterwacht (§3.1.1, §5.4)."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from kern.tenancy import KringModel
from kern.weergave import format_moment
from kring.models import Tandarts
from rooster.querysets import DienstQuerySet
from rooster.regels import Periode


class TsTzRange(Func):
    """The half-open period [begin, einde): one duty ends at 08:00, the next begins then."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


PERIODE = TsTzRange("begin", "einde", RangeBoundary())


class Dienst(KringModel):
    """A stretch of time for which the kring has someone on duty."""

    begin = models.DateTimeField(_("begin"))
    einde = models.DateTimeField(_("einde"))
    opmerking = models.CharField(_("opmerking"), max_length=200, blank=True)

    objects = DienstQuerySet.as_manager()

    class Meta:
        verbose_name = _("dienst")
        verbose_name_plural = _("diensten")
        ordering = ["begin"]
        constraints = [
            models.CheckConstraint(
                condition=Q(begin__lt=F("einde")),
                name="dienst_begin_voor_einde",
                violation_error_message=_("Een dienst moet na het begin eindigen."),
            ),
            ExclusionConstraint(
                name="dienst_geen_overlap",
                expressions=[(PERIODE, RangeOperators.OVERLAPS), ("kring", RangeOperators.EQUAL)],
                violation_error_message=_("In deze periode is er al een dienst."),
            ),
        ]

    def __str__(self):
        return f"dienst {format_moment(self.begin)}"

    @property
    def periode(self) -> Periode:
        return Periode(self.begin, self.einde)

    @property
    def dienstdoende(self) -> Tandarts | None:
        return self._holder(Dienstplaats.Rol.DIENSTDOENDE)

    @property
    def achterwacht(self) -> Tandarts | None:
        return self._holder(Dienstplaats.Rol.ACHTERWACHT)

    def _holder(self, rol: str) -> Tandarts | None:
        """Return who holds a place; free of queries after `with_places`."""
        return next((plaats.tandarts for plaats in self.plaatsen.all() if plaats.rol == rol), None)


class Dienstplaats(KringModel):
    """One of the two places of a duty, held by one dentist.

    Begin and end repeat those of the duty, so that PostgreSQL itself can refuse a dentist who is
    in two places at once; a foreign key on all three columns keeps them equal (see the migration).
    """

    class Rol(models.TextChoices):
        DIENSTDOENDE = "dienstdoende", _("dienstdoende")
        ACHTERWACHT = "achterwacht", _("achterwacht")

    dienst = models.ForeignKey(Dienst, on_delete=models.CASCADE, related_name="plaatsen")
    rol = models.CharField(_("rol"), max_length=12, choices=Rol)
    tandarts = models.ForeignKey(
        Tandarts,
        on_delete=models.PROTECT,
        related_name="dienstplaatsen",
        verbose_name=_("tandarts"),
    )
    begin = models.DateTimeField()
    einde = models.DateTimeField()

    class Meta:
        verbose_name = _("dienstplaats")
        verbose_name_plural = _("dienstplaatsen")
        constraints = [
            models.UniqueConstraint(fields=["dienst", "rol"], name="dienstplaats_uniek"),
            ExclusionConstraint(
                name="tandarts_niet_dubbel",
                expressions=[
                    (PERIODE, RangeOperators.OVERLAPS),
                    ("tandarts", RangeOperators.EQUAL),
                ],
                violation_error_message=_("Deze tandarts heeft in deze periode al dienst."),
            ),
        ]

    def __str__(self):
        return f"{self.rol} {self.dienst_id}"
