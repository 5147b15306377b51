"""Who holds which office, until when, and who is put forward for one (MR 4.1, 10.1d-e, CO-1)."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Least
from django.utils.translation import gettext_lazy as _

from kern.tenancy import KringModel
from kring.models import Deelnemer
from reglement.models.besluit import Besluit
from rooster.models.bereik import DateRange


class Functie(KringModel):
    """An office with its term: the day before the anniversary is its last (MR 4.1, CO-1)."""

    class Soort(models.TextChoices):
        VOORZITTER = "voorzitter", _("voorzitter")
        SECRETARIS = "secretaris", _("secretaris")
        PENNINGMEESTER = "penningmeester", _("penningmeester")
        BESTUURSLID = "bestuurslid", _("bestuurslid")
        COORDINATOR = "coordinator", _("coördinator")
        PLV_COORDINATOR = "plv_coordinator", _("plaatsvervangend coördinator")

    class Wijze(models.TextChoices):
        BESLUIT = "besluit", _("door de vergadering")
        BESTUUR = "bestuur", _("door het bestuur (art. 4.1, variant I)")
        EERDER = "eerder", _("voordat de kring hiermee werkte")

    soort = models.CharField(_("functie"), max_length=15, choices=Soort)
    gebruiker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    deelnemer = models.ForeignKey(
        Deelnemer, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    vanaf = models.DateField(_("vanaf"))
    laatste_dag = models.DateField(_("laatste dag"))
    termijn = models.PositiveSmallIntegerField(_("termijn"), default=1)
    wijze = models.CharField(_("hoe benoemd"), max_length=10, choices=Wijze, default=Wijze.BESLUIT)
    besluit = models.ForeignKey(
        Besluit, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Where an earlier decision can be read, or why it took another road.
    toelichting = models.CharField(_("toelichting"), max_length=300, blank=True)
    # Stopped before the term was over.
    beeindigd_op = models.DateField(_("eerder gestopt op"), null=True, blank=True)

    class Meta:
        verbose_name = _("functie")
        verbose_name_plural = _("functies")
        ordering = ["soort", "vanaf"]
        constraints = [
            models.CheckConstraint(condition=Q(laatste_dag__gte=F("vanaf")), name="functie_dagen"),
            models.CheckConstraint(
                condition=Q(beeindigd_op__isnull=True)
                | Q(beeindigd_op__gte=F("vanaf"), beeindigd_op__lte=F("laatste_dag")),
                name="functie_eerder_gestopt",
                violation_error_message=_("Deze dag ligt niet in de termijn."),
            ),
            # Of ordinary members of the bestuur there may be several.
            ExclusionConstraint(
                name="functie_een_tegelijk",
                condition=~Q(soort="bestuurslid"),
                expressions=[
                    ("kring", RangeOperators.EQUAL),
                    ("soort", RangeOperators.EQUAL),
                    (
                        DateRange(
                            "vanaf",
                            Least("laatste_dag", "beeindigd_op"),
                            RangeBoundary(inclusive_upper=True),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=_(
                    "In deze tijd heeft iemand deze functie al. Begin later, of laat die stoppen."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.get_soort_display()} {self.vanaf}"

    @property
    def einde(self):
        """The last day that it is, or was, really held."""
        return self.beeindigd_op or self.laatste_dag


class Voordracht(KringModel):
    """Somebody is put forward for an office; the meeting decides (MR 10.1d-e)."""

    class Status(models.TextChoices):
        OPEN = "open", _("voorgedragen")
        BENOEMD = "benoemd", _("benoemd")
        AFGEWEZEN = "afgewezen", _("niet benoemd")
        INGETROKKEN = "ingetrokken", _("ingetrokken")

    soort = models.CharField(_("functie"), max_length=15, choices=Functie.Soort)
    gebruiker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    deelnemer = models.ForeignKey(
        Deelnemer, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    vanaf = models.DateField(_("vanaf"))
    toelichting = models.CharField(_("toelichting"), max_length=300, blank=True)
    status = models.CharField(_("stand"), max_length=11, choices=Status, default=Status.OPEN)
    functie = models.OneToOneField(
        Functie, null=True, blank=True, on_delete=models.PROTECT, related_name="voordracht"
    )

    class Meta:
        verbose_name = _("voordracht")
        verbose_name_plural = _("voordrachten")
        ordering = ["vanaf"]
        constraints = [
            models.UniqueConstraint(
                fields=["kring", "soort", "gebruiker"],
                condition=Q(status="open"),
                name="voordracht_eenmaal",
                violation_error_message=_("Deze persoon is al voorgedragen voor deze functie."),
            ),
            models.CheckConstraint(
                condition=~Q(status="benoemd") | Q(functie__isnull=False),
                name="voordracht_benoemd_heeft_functie",
            ),
        ]

    def __str__(self):
        return f"voordracht {self.get_soort_display()} {self.vanaf}"
