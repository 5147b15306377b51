"""Duties: who is on duty when, as dienstdoende and as achterwacht (§3.1.1, §5.4)."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kern.tenancy import KringModel
from kern.weergave import format_moment
from kring.models import Deelnemer, Tandarts
from rooster.models.bereik import PERIODE
from rooster.models.kader import Categorie, Dienstsoort, Roosterperiode
from rooster.querysets import DienstQuerySet
from rooster.regels import Periode


class Dienst(KringModel):
    """A stretch of time for which the kring has someone on duty."""

    begin = models.DateTimeField(_("begin"))
    einde = models.DateTimeField(_("einde"))
    opmerking = models.CharField(_("opmerking"), max_length=200, blank=True)
    # For the counting (RO-10): fixed when the duty is put on the roster, because kinds and
    # holidays of the kring change over the years.
    categorie = models.CharField(
        _("categorie"),
        max_length=12,
        choices=Categorie,
        default=Categorie.DOORDEWEEKS,
        # Also for a row that came in around Django.
        db_default=Categorie.DOORDEWEEKS,
    )
    soort = models.ForeignKey(
        Dienstsoort, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Empty: planned by hand, outside a period.
    roosterperiode = models.ForeignKey(
        Roosterperiode, null=True, blank=True, on_delete=models.PROTECT, related_name="diensten"
    )

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
    def plaats_dienstdoende(self) -> "Dienstplaats | None":
        return self._place(Dienstplaats.Rol.DIENSTDOENDE)

    @property
    def plaats_achterwacht(self) -> "Dienstplaats | None":
        return self._place(Dienstplaats.Rol.ACHTERWACHT)

    @property
    def dienstdoende(self) -> Tandarts | None:
        return self.plaats_dienstdoende and self.plaats_dienstdoende.tandarts

    @property
    def achterwacht(self) -> Tandarts | None:
        return self.plaats_achterwacht and self.plaats_achterwacht.tandarts

    def _place(self, rol: str) -> "Dienstplaats | None":
        """Return a place, `None` when it is open; free of queries after `with_places`."""
        return next((plaats for plaats in self.plaatsen.all() if plaats.rol == rol), None)


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
    # The practice whose turn it is; empty: the dentist's own (RO-4, RO-8: an outside dentist, or
    # one who works at several practices, serves for one of them).
    deelnemer = models.ForeignKey(
        Deelnemer,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("voor praktijk"),
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

    @property
    def praktijk(self) -> Deelnemer:
        """The practice that answers for this place (§5.3)."""
        return self.deelnemer or self.tandarts.deelnemer
