"""The area that a kring serves (§5.1, RO-11)."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kern.tenancy import KringModel


class Gebied(KringModel):
    """The postcodes of a kring, and within how many minutes a patient must reach the dentist."""

    # Four digits each, in order.
    postcodes = ArrayField(models.CharField(max_length=4), verbose_name=_("postcodes"))
    grens = models.PositiveSmallIntegerField(
        _("minuten"), default=45, validators=[MinValueValidator(30), MaxValueValidator(60)]
    )

    class Meta:
        verbose_name = _("gebied")
        verbose_name_plural = _("gebieden")
        constraints = [
            models.UniqueConstraint(fields=["kring"], name="gebied_een"),
            models.CheckConstraint(
                condition=Q(grens__gte=30) & Q(grens__lte=60),
                name="gebied_grens",
                violation_error_message=_("Kies een grens van 30 tot en met 60 minuten."),
            ),
        ]

    def __str__(self):
        return f"{len(self.postcodes)} postcodes, {self.grens} min"
