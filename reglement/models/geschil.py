"""Disputes between those who take part: declared, talked over, mediated, to court (MR 11)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kern.tenancy import KringModel
from kern.versleuteld import VersleuteldeRegel, VersleuteldTekst
from kring.models import Deelnemer
from reglement import geschilgang


class Geschil(KringModel):
    """There is a dispute as soon as one vertegenwoordiger says so; only those concerned read it."""

    class Stand(models.TextChoices):
        GEMELD = geschilgang.GEMELD, _("gemeld")
        OVERLEG = geschilgang.IN_OVERLEG, _("bij de coördinator of het bestuur")
        MEDIATION = geschilgang.BIJ_MEDIATOR, _("bij een mediator")
        MEDIATION_KLAAR = geschilgang.MEDIATION_GEEINDIGD, _("mediation zonder oplossing")
        RECHTER = geschilgang.BIJ_RECHTER, _("bij de rechter")
        OPGELOST = geschilgang.OPGELOST, _("opgelost")
        INGETROKKEN = geschilgang.INGETROKKEN, _("ingetrokken")

    nummer = models.PositiveIntegerField(_("nummer"))
    onderwerp = VersleuteldeRegel(_("onderwerp"), max_length=120)
    omschrijving = VersleuteldTekst(_("wat is er aan de hand"), max_length=4000)
    gemeld_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    namens = models.ForeignKey(Deelnemer, on_delete=models.PROTECT, related_name="+")
    gemeld_op = models.DateTimeField(_("gemeld op"))
    # Who hears both sides first: the coördinator or somebody of the bestuur, no party to it.
    behandelaar = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("wie hoort beide kanten"),
    )
    stand = models.CharField(_("stand"), max_length=15, choices=Stand, default=Stand.GEMELD)
    laatste_stap_op = models.DateField(_("laatste stap op"))

    class Meta:
        verbose_name = _("geschil")
        verbose_name_plural = _("geschillen")
        ordering = ["-nummer"]
        constraints = [
            models.UniqueConstraint(fields=["kring", "nummer"], name="geschil_nummer"),
        ]

    def __str__(self):
        return f"geschil {self.nummer}"

    @property
    def is_open(self) -> bool:
        return self.stand not in geschilgang.GESLOTEN


class Geschilpartij(KringModel):
    """A practice on the other side; of the kring as a whole there is none."""

    geschil = models.ForeignKey(Geschil, on_delete=models.CASCADE, related_name="partijen")
    deelnemer = models.ForeignKey(Deelnemer, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("partij bij een geschil")
        verbose_name_plural = _("partijen bij geschillen")
        constraints = [
            models.UniqueConstraint(fields=["geschil", "deelnemer"], name="geschilpartij_eenmaal")
        ]

    def __str__(self):
        return f"{self.geschil_id}: {self.deelnemer_id}"


class Geschilstap(KringModel):
    """What was done about it, in the order in which it was written down."""

    append_only = True

    class Soort(models.TextChoices):
        OVERLEG = geschilgang.OVERLEG, _("gesprek met beide kanten")
        MEDIATION = geschilgang.MEDIATION, _("mediator gevraagd")
        MEDIATION_KLAAR = geschilgang.MEDIATION_KLAAR, _("mediation geëindigd zonder oplossing")
        RECHTER = geschilgang.RECHTER, _("naar de rechter")
        OPLOSSEN = geschilgang.OPLOSSEN, _("opgelost")
        INTREKKEN = geschilgang.INTREKKEN, _("ingetrokken")

    geschil = models.ForeignKey(Geschil, on_delete=models.PROTECT, related_name="stappen")
    soort = models.CharField(_("wat"), max_length=15, choices=Soort)
    gedaan_op = models.DateField(_("op welke dag"))
    tekst = VersleuteldTekst(_("wat is er gezegd of afgesproken"), max_length=4000, blank=True)
    genoteerd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    genoteerd_op = models.DateTimeField(_("genoteerd op"))

    class Meta:
        verbose_name = _("stap in een geschil")
        verbose_name_plural = _("stappen in geschillen")
        ordering = ["genoteerd_op"]

    def __str__(self):
        return f"{self.soort} {self.gedaan_op}"
