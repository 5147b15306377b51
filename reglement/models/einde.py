"""The end of taking part (MR 8), and what a one-sided practice owes (MR 9.2l)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kern.tenancy import KringModel
from kring.models import Deelnemer, Gebruiker
from reglement.models.versie import Reglementversie


class Einde(KringModel):
    """That a practice stops, by which ground, on which day and why that day."""

    class Grond(models.TextChoices):
        OPZEGGING = "opzegging", _("opzegging")
        STAKEN = "staken", _("praktijk gestaakt (eenmanszaak)")
        OVERLIJDEN = "overlijden", _("vertegenwoordiger overleden (eenmanszaak)")

    deelnemer = models.ForeignKey(Deelnemer, on_delete=models.PROTECT, related_name="eindes")
    grond = models.CharField(_("grond"), max_length=10, choices=Grond)
    # Of a resignation the day it was received in writing, else the day it happened.
    gemeld_op = models.DateField(_("gemeld op"))
    maanden = models.PositiveSmallIntegerField(_("opzegtermijn in maanden"), null=True)
    gevraagd = models.DateField(_("gevraagde laatste dag"), null=True)
    # What the rules make of it; `laatste_dag` differs when it was deviated from, with a reason.
    volgens_regel = models.DateField(_("laatste dag volgens het reglement"))
    laatste_dag = models.DateField(_("laatste dag"))
    waarom = models.CharField(_("waarom deze dag"), max_length=500)
    afwijking = models.TextField(_("bijzondere omstandigheden"), max_length=1000, blank=True)
    afgeweken_door = models.ForeignKey(
        Gebruiker, null=True, on_delete=models.PROTECT, related_name="+"
    )
    versie = models.ForeignKey(
        Reglementversie, null=True, on_delete=models.PROTECT, related_name="+"
    )
    vastgelegd_door = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, related_name="+")
    ingetrokken_op = models.DateField(_("ingetrokken op"), null=True)
    ingetrokken_reden = models.CharField(_("waarom ingetrokken"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("einde van deelname")
        verbose_name_plural = _("eindes van deelname")
        ordering = ["-laatste_dag"]
        constraints = [
            # Earlier than the rules say only with a reason (MR 8).
            models.CheckConstraint(
                condition=Q(laatste_dag__gte=F("volgens_regel")) | ~Q(afwijking=""),
                name="einde_afwijking_met_reden",
                violation_error_message=_(
                    "Eerder stoppen kan alleen om bijzondere omstandigheden. Schrijf de reden op."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(grond="opzegging") | Q(maanden__isnull=False),
                name="einde_opzegging_met_termijn",
            ),
        ]

    def __str__(self):
        return f"{self.grond} {self.laatste_dag}"


class Vergoeding(KringModel):
    """The fee of a one-sided practice over a year, with the calculation; never changed."""

    append_only = True

    deelnemer = models.ForeignKey(Deelnemer, on_delete=models.PROTECT, related_name="vergoedingen")
    jaar = models.PositiveSmallIntegerField(_("jaar"))
    vanaf = models.DateField(_("geteld vanaf"))
    bedrag_centen = models.PositiveIntegerField(_("bedrag per dienst in centen"))
    diensten = models.PositiveSmallIntegerField(_("diensten"))
    totaal_centen = models.PositiveIntegerField(_("vergoeding in centen"))
    # The shares by category, over which days, of how many duties: enough to do it again.
    berekening = models.JSONField(default=dict)
    # The roster of the year was not complete yet: a later line takes its place.
    voorlopig = models.BooleanField(_("voorlopig"))
    waarom = models.CharField(_("hoe berekend"), max_length=500)
    versie = models.ForeignKey(
        Reglementversie, null=True, on_delete=models.PROTECT, related_name="+"
    )
    vastgesteld_op = models.DateTimeField(_("vastgesteld op"))
    vastgesteld_door = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("vergoeding")
        verbose_name_plural = _("vergoedingen")
        ordering = ["-jaar", "-vastgesteld_op"]
        constraints = [
            models.CheckConstraint(
                condition=Q(totaal_centen=F("bedrag_centen") * F("diensten")),
                name="vergoeding_klopt",
            ),
        ]

    def __str__(self):
        return f"vergoeding {self.jaar}"
