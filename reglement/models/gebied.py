"""A change of the area that the group decides on (§5.1, MR 10.1c)."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kern.tenancy import KringModel
from kring.models import Gebruiker
from reglement.models.besluit import Besluit
from reglement.models.versie import Reglementversie


class Gebiedswijziging(KringModel):
    """Another area as proposed: postcodes for the reckoning, municipalities for the rules."""

    class Status(models.TextChoices):
        VOORSTEL = "voorstel", _("voorstel")
        VERWERKT = "verwerkt", _("aangenomen en verwerkt")
        VERWORPEN = "verworpen", _("verworpen")
        INGETROKKEN = "ingetrokken", _("ingetrokken")

    postcodes = ArrayField(models.CharField(max_length=4), verbose_name=_("postcodes"))
    grens = models.PositiveSmallIntegerField(
        _("minuten"), default=45, validators=[MinValueValidator(30), MaxValueValidator(60)]
    )
    gemeenten = ArrayField(
        models.CharField(max_length=80), verbose_name=_("gemeenten, wijken of plaatsen")
    )
    toelichting = models.TextField(_("waarom"), max_length=2000, blank=True)
    status = models.CharField(_("stand"), max_length=11, choices=Status, default=Status.VOORSTEL)
    ingediend_door = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, related_name="+")
    besluit = models.OneToOneField(
        Besluit, null=True, on_delete=models.PROTECT, related_name="gebiedswijziging"
    )
    # RG-9: the area stands in art. 2, so a new version of the rules comes of it.
    versie = models.ForeignKey(
        Reglementversie, null=True, on_delete=models.PROTECT, related_name="+"
    )
    afgerond_op = models.DateField(_("afgerond op"), null=True)

    class Meta:
        verbose_name = _("wijziging van het gebied")
        verbose_name_plural = _("wijzigingen van het gebied")
        ordering = ["-aangemaakt_op"]
        constraints = [
            models.UniqueConstraint(
                fields=["kring"],
                condition=Q(status="voorstel"),
                name="gebiedswijziging_een_open",
                violation_error_message=_("Er ligt al een voorstel. Rond dat eerst af."),
            ),
            models.CheckConstraint(
                condition=Q(grens__gte=30) & Q(grens__lte=60),
                name="gebiedswijziging_grens",
                violation_error_message=_("Kies een grens van 30 tot en met 60 minuten."),
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["verwerkt", "verworpen"]) | Q(besluit__isnull=False),
                name="gebiedswijziging_met_besluit",
            ),
        ]

    def __str__(self):
        return f"gebied van {len(self.postcodes)} postcodes"
