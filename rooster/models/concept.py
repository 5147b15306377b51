"""The draft of a period: its duties and places, with pins, and the runs of the planner."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kern.tenancy import KringModel
from kring.models import Deelnemer, Gebruiker, Tandarts
from rooster.models.bereik import PERIODE
from rooster.models.dienst import Dienstplaats
from rooster.models.kader import Categorie, Dienstsoort, Roosterperiode


class Concept(KringModel):
    """One draft roster of a period; a what-if stands beside the one that is chosen."""

    periode = models.ForeignKey(Roosterperiode, on_delete=models.CASCADE, related_name="concepten")
    naam = models.CharField(_("naam"), max_length=60)
    # The draft that goes to the deelnemers.
    gekozen = models.BooleanField(_("gekozen"), default=False)
    gemaakt_uit = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    gemaakt_door = models.ForeignKey(
        Gebruiker, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # What differs from the period in a what-if, such as {"rustdagen": 2}.
    afwijking = models.JSONField(default=dict, blank=True)
    # Of the last finished run, in the format rooster-plan/1 (without names): bound, gap, reasons.
    bewijs = models.JSONField(null=True, blank=True)

    class Meta:
        verbose_name = _("concept")
        verbose_name_plural = _("concepten")
        ordering = ["aangemaakt_op"]
        constraints = [
            models.UniqueConstraint(
                fields=["periode"], condition=Q(gekozen=True), name="concept_een_gekozen"
            )
        ]

    def __str__(self):
        return self.naam


class Conceptdienst(KringModel):
    """A duty of a draft; becomes a `Dienst` when the roster is adopted."""

    concept = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="diensten")
    # The id in an instance file, unique within the draft: D0000, D0001 …
    code = models.CharField(max_length=12)
    begin = models.DateTimeField(_("begin"))
    einde = models.DateTimeField(_("einde"))
    # The days that count for rest and wishes (the definition of the planner).
    eerste_dag = models.DateField()
    laatste_dag = models.DateField()
    categorie = models.CharField(_("categorie"), max_length=12, choices=Categorie)
    soort = models.ForeignKey(
        Dienstsoort, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("conceptdienst")
        verbose_name_plural = _("conceptdiensten")
        ordering = ["begin"]
        constraints = [
            models.UniqueConstraint(fields=["concept", "code"], name="conceptdienst_code"),
            models.CheckConstraint(
                condition=Q(begin__lt=F("einde")) & Q(eerste_dag__lte=F("laatste_dag")),
                name="conceptdienst_begin_voor_einde",
            ),
            ExclusionConstraint(
                name="conceptdienst_geen_overlap",
                expressions=[(PERIODE, RangeOperators.OVERLAPS), ("concept", RangeOperators.EQUAL)],
            ),
        ]

    def __str__(self):
        return self.code


class Conceptplaats(KringModel):
    """One place of a draft duty; without a dentist it is still open."""

    dienst = models.ForeignKey(Conceptdienst, on_delete=models.CASCADE, related_name="plaatsen")
    rol = models.CharField(_("rol"), max_length=12, choices=Dienstplaats.Rol)
    tandarts = models.ForeignKey(
        Tandarts, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # The practice whose turn it is: a dentist may work at several.
    deelnemer = models.ForeignKey(
        Deelnemer, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Pinned by the coordinator: a new run leaves it as it is.
    vast = models.BooleanField(_("vastgezet"), default=False)

    class Meta:
        verbose_name = _("conceptplaats")
        verbose_name_plural = _("conceptplaatsen")
        constraints = [
            models.UniqueConstraint(fields=["dienst", "rol"], name="conceptplaats_uniek"),
            models.CheckConstraint(
                condition=Q(tandarts__isnull=True, deelnemer__isnull=True)
                | Q(tandarts__isnull=False, deelnemer__isnull=False),
                name="conceptplaats_tandarts_met_praktijk",
            ),
        ]

    def __str__(self):
        return f"{self.rol} {self.dienst_id}"


class Plantaak(KringModel):
    """A run of the planner in a worker: how far it is, and whether somebody wants it to stop."""

    class Soort(models.TextChoices):
        PLAN = "plan", _("plannen")
        HERSTEL = "herstel", _("herstellen na uitval")

    class Status(models.TextChoices):
        WACHT = "wacht", _("wacht op een werker")
        LOOPT = "loopt", _("loopt")
        KLAAR = "klaar", _("klaar")
        GESTOPT = "gestopt", _("gestopt")
        MISLUKT = "mislukt", _("mislukt")

    BEZIG = (Status.WACHT, Status.LOOPT)

    concept = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="plantaken")
    soort = models.CharField(max_length=8, choices=Soort, default=Soort.PLAN)
    status = models.CharField(_("stand"), max_length=8, choices=Status, default=Status.WACHT)
    seconden = models.PositiveSmallIntegerField(_("rekentijd"), default=60)
    # The instance as it was when the run was asked for: the proof belongs to this and no other.
    instantie = models.JSONField()
    fase = models.CharField(max_length=40, blank=True)
    doel = models.IntegerField(null=True, blank=True)
    ondergrens = models.IntegerField(null=True, blank=True)
    # The best plan so far, rooster-plan/1: a cancelled or killed run leaves something usable.
    beste = models.JSONField(null=True, blank=True)
    stop_gevraagd = models.BooleanField(default=False)
    gevraagd_door = models.ForeignKey(
        Gebruiker, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    begonnen_op = models.DateTimeField(null=True, blank=True)
    # The worker writes this as long as it lives; an old one means that the run died.
    gezien_op = models.DateTimeField(null=True, blank=True)
    klaar_op = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("plantaak")
        verbose_name_plural = _("plantaken")
        ordering = ["-aangemaakt_op"]
        constraints = [
            models.UniqueConstraint(
                fields=["concept"],
                condition=Q(status__in=["wacht", "loopt"]),
                name="plantaak_een_tegelijk",
                violation_error_message=_("Er loopt al een berekening voor dit concept."),
            )
        ]

    def __str__(self):
        return f"{self.soort} {self.status}"
