"""What each practice owes: shares of dentists, exemptions, balances (RO-4, RO-5, §5.3)."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kern.tenancy import KringModel
from kern.versleuteld import VersleuteldeRegel
from kring.models import Deelnemer, Tandarts
from rooster.models.bereik import GELDIG
from rooster.models.kader import Categorie, Roosterperiode


class Inzet(KringModel):
    """How much a dentist works at one practice; one who works at two has two rows (RO-4)."""

    tandarts = models.ForeignKey(Tandarts, on_delete=models.PROTECT, related_name="inzetten")
    deelnemer = models.ForeignKey(Deelnemer, on_delete=models.PROTECT, related_name="inzetten")
    fte = models.DecimalField(
        _("fte"),
        max_digits=3,
        decimal_places=2,
        validators=[MinValueValidator(0), MaxValueValidator(2)],
    )
    # §5.3.2: the practice decides which of its dentists serve.
    doet_dienst = models.BooleanField(_("doet dienst voor deze praktijk"), default=True)
    geldig_vanaf = models.DateField(_("geldt vanaf"))
    geldig_tot = models.DateField(_("geldt tot en met"), null=True, blank=True)

    class Meta:
        verbose_name = _("inzet")
        verbose_name_plural = _("inzetten")
        ordering = ["tandarts", "geldig_vanaf"]
        constraints = [
            models.CheckConstraint(
                condition=Q(geldig_tot__isnull=True) | Q(geldig_vanaf__lte=F("geldig_tot")),
                name="inzet_geldig",
                violation_error_message=_("De laatste dag ligt voor de eerste dag."),
            ),
            models.CheckConstraint(
                condition=Q(fte__gt=0) & Q(fte__lte=2),
                name="inzet_fte",
                violation_error_message=_("Geef meer dan 0 en ten hoogste 2 fte op."),
            ),
            ExclusionConstraint(
                name="inzet_eenmaal",
                expressions=[
                    (GELDIG, RangeOperators.OVERLAPS),
                    ("tandarts", RangeOperators.EQUAL),
                    ("deelnemer", RangeOperators.EQUAL),
                ],
                violation_error_message=_(
                    "Voor deze tandarts staat in deze tijd al iets bij deze praktijk."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.tandarts}: {self.fte} fte"


class Vrijstelling(KringModel):
    """A dentist who serves less or not for a while; the ground is private (RO-5, §5.3.3)."""

    class Grond(models.TextChoices):
        LEEFTIJD = "leeftijd", _("leeftijd")
        ZWANGERSCHAP = "zwangerschap", _("zwangerschap of bevalling")
        BEHANDELING = "behandeling", _("medische behandeling")
        CHRONISCH = "chronisch", _("chronische ziekte")
        VEILIGHEID = "veiligheid", _("veiligheid")
        ANDERS = "anders", _("anders")

    class Last(models.TextChoices):
        PRAKTIJK = "praktijk", _("de collega's in de praktijk")
        KRING = "kring", _("alle praktijken samen")

    tandarts = models.ForeignKey(Tandarts, on_delete=models.PROTECT, related_name="vrijstellingen")
    # Health data: sealed, and on the coordinator's page only.
    grond = VersleuteldeRegel(_("grond"), max_length=20, choices=Grond)
    toelichting = VersleuteldeRegel(_("toelichting"), max_length=200, blank=True)
    # Percent of the share that drops out; 100 is a full exemption.
    deel = models.PositiveSmallIntegerField(
        _("vrijgesteld voor (%)"),
        default=100,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    eerste_dag = models.DateField(_("eerste dag"))
    laatste_dag = models.DateField(_("laatste dag"), null=True, blank=True)
    last = models.CharField(_("wie neemt het over"), max_length=8, choices=Last)

    class Meta:
        verbose_name = _("vrijstelling")
        verbose_name_plural = _("vrijstellingen")
        ordering = ["eerste_dag"]
        constraints = [
            models.CheckConstraint(
                condition=Q(laatste_dag__isnull=True) | Q(eerste_dag__lte=F("laatste_dag")),
                name="vrijstelling_dagen",
                violation_error_message=_("De laatste dag ligt voor de eerste dag."),
            ),
            models.CheckConstraint(
                condition=Q(deel__gte=1) & Q(deel__lte=100), name="vrijstelling_deel"
            ),
        ]

    def __str__(self):
        return f"{self.tandarts}: {self.deel} %"


class Saldo(KringModel):
    """What a practice did more (+) or less (-) than its share in a closed period, in duties."""

    deelnemer = models.ForeignKey(Deelnemer, on_delete=models.PROTECT, related_name="saldi")
    periode = models.ForeignKey(Roosterperiode, on_delete=models.PROTECT, related_name="saldi")
    categorie = models.CharField(_("categorie"), max_length=12, choices=Categorie)
    verschil = models.DecimalField(_("verschil"), max_digits=6, decimal_places=2)

    class Meta:
        verbose_name = _("saldo")
        verbose_name_plural = _("saldi")
        constraints = [
            models.UniqueConstraint(
                fields=["deelnemer", "periode", "categorie"], name="saldo_eenmaal"
            )
        ]

    def __str__(self):
        return f"{self.deelnemer} {self.categorie}: {self.verschil}"
