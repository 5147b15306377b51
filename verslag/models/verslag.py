"""The report, its immutable signed versions, and their letter (§4.1)."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from kern.tenancy import KringModel
from kern.versleuteld import VersleuteldeRegel, VersleuteldJson, VersleuteldTekst
from kring.models import Tandarts
from triage.models import Oproep
from verslag.models.dossier import Passantendossier
from verslag.querysets import VerslagQuerySet


class Verslag(KringModel):
    """The report of one call, as the dentist is writing it; signing makes a Verslagversie."""

    class Verwijzing(models.TextChoices):
        GEEN = "", _("geen verwijzing")
        COLLEGA = "collega", _("collega-tandarts")
        TANDARTSSPECIALIST = "tandartsspecialist", _("tandarts-specialist")
        HUISARTS = "huisarts", _("huisarts")
        MEDISCH_SPECIALIST = "medisch_specialist", _("medisch specialist")

    dossier = models.ForeignKey(
        Passantendossier, on_delete=models.PROTECT, related_name="verslagen"
    )
    oproep = models.OneToOneField(Oproep, on_delete=models.PROTECT, related_name="verslag")
    auteur = models.ForeignKey(Tandarts, on_delete=models.PROTECT, related_name="verslagen")
    geen_bsn_reden = VersleuteldeRegel(_("reden dat het BSN ontbreekt"), max_length=200, blank=True)
    gezien = models.BooleanField(_("patiënt is gezien"), default=True)
    spoedklacht = VersleuteldTekst(_("spoedklacht"))
    bevindingen = VersleuteldTekst(_("bevindingen"))
    diagnose = VersleuteldTekst(_("diagnose"))
    behandeling = VersleuteldTekst(_("uitgevoerde behandeling of gegeven advies"))
    verwijzing = models.CharField(
        _("verwezen naar"), max_length=20, choices=Verwijzing, blank=True, default=""
    )
    verwijzing_reden = VersleuteldeRegel(_("reden van de verwijzing"), max_length=400, blank=True)
    vervolg = VersleuteldTekst(_("vervolgbehandeling"))
    vervolg_termijn = VersleuteldeRegel(_("termijn van het vervolg"), max_length=100, blank=True)
    overig = VersleuteldTekst(_("overige gegevens"))
    # Preferred by §4.1, never required: an empty field gives a hint.
    tariefcodes = VersleuteldeRegel(_("tariefcodes"), max_length=200, blank=True)
    # The lines of `tariefcodes` with what the table of the kring said on the day of the visit.
    tarieven = VersleuteldJson(default=list)
    # Per tooth what was found and done: `verslag.gebit.normalise`.
    gebit = VersleuteldJson(_("gebit"), default=list)
    rontgen_gemaakt = models.BooleanField(_("röntgenopname gemaakt"), default=False)
    # Urgent, and apart from the complaint (§2.2.4 note 9).
    nevenbevinding = VersleuteldTekst(_("andere dringende bevinding"))
    nevenbevinding_gemeld = models.BooleanField(
        _("andere bevinding verteld aan de patiënt, met advies"), default=False
    )
    # A young child in severe pain is put off only for weighty grounds (§2.2.3).
    uitgesteld = models.BooleanField(_("behandeling geweigerd of uitgesteld"), default=False)
    uitstel_grond = VersleuteldTekst(_("grond om te weigeren of uit te stellen"))
    advies_eigen_tandarts = models.BooleanField(
        _("patiënt dringend geadviseerd een eigen tandarts te zoeken"), default=False
    )
    # Raised by every change: a second tab gets a notice, never a silent overwrite.
    versie = models.PositiveIntegerField(default=1)
    # The window that wrote last: its own next save is no conflict, it may not know the answer yet.
    venster = models.CharField(max_length=32, blank=True)
    # The patient row as that window left it. Others write there too, and it has no `versie`.
    patient_stand = models.DateTimeField(null=True)
    # The `versie` that was signed last; another value means that there is unsigned text.
    getekend_bij = models.PositiveIntegerField(null=True)

    objects = VerslagQuerySet.as_manager()

    class Meta:
        verbose_name = _("verslag")
        verbose_name_plural = _("verslagen")

    def __str__(self):
        return f"verslag {self.pk}"

    @property
    def is_concept(self) -> bool:
        """Whether there is text that nobody signed yet."""
        return self.getekend_bij != self.versie


class Verslagversie(KringModel):
    """A signed report: never changed again, a correction is a new version with its reason.

    `inhoud` holds the whole text with the identity of the patient as it was at signing.
    """

    append_only = True

    verslag = models.ForeignKey(Verslag, on_delete=models.PROTECT, related_name="versies")
    nummer = models.PositiveSmallIntegerField(_("versie"))
    inhoud = VersleuteldJson()
    sha256 = models.CharField(max_length=64)
    getekend_op = models.DateTimeField(_("getekend op"), db_default=Now())
    getekend_door = models.ForeignKey(Tandarts, on_delete=models.PROTECT, related_name="+")
    reden = VersleuteldeRegel(_("reden van de correctie"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("verslagversie")
        verbose_name_plural = _("verslagversies")
        ordering = ["nummer"]
        constraints = [
            models.UniqueConstraint(fields=["verslag", "nummer"], name="verslagversie_uniek"),
        ]

    def __str__(self):
        return f"versie {self.nummer} van verslag {self.verslag_id}"


class VerslagPdf(KringModel):
    """The letter of a signed version, sealed; made by a worker, or on demand when it is missing."""

    versie = models.OneToOneField(Verslagversie, on_delete=models.PROTECT, related_name="pdf")
    inhoud = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("pdf van een verslag")
        verbose_name_plural = _("pdf's van verslagen")

    def __str__(self):
        return f"pdf van {self.versie_id}"
