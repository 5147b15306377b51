"""How votes are kept: by name, or so that nobody can tell whose they were (docs/besluiten/0043)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kern.tenancy import KringModel
from kern.versleuteld import VersleuteldeRegel
from kring.models import Deelnemer
from reglement.models.besluit import Stemming


class Keuze(models.TextChoices):
    """The values are those of `besluitvorming.Stem`; a machine takes no invalid vote."""

    VOOR = "voor", _("voor")
    TEGEN = "tegen", _("tegen")
    BLANCO = "blanco", _("blanco")


class Hoofdelijkestem(KringModel):
    """One vote by name: who, what, when. Given once and never altered."""

    append_only = True

    stemming = models.ForeignKey(Stemming, on_delete=models.PROTECT, related_name="stemmen")
    deelnemer = models.ForeignKey(Deelnemer, on_delete=models.PROTECT, related_name="+")
    gebruiker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    keuze = models.CharField(_("stem"), max_length=6, choices=Keuze)
    op = models.DateTimeField(_("wanneer"))

    class Meta:
        verbose_name = _("hoofdelijke stem")
        verbose_name_plural = _("hoofdelijke stemmen")
        ordering = ["op"]
        constraints = [
            models.UniqueConstraint(
                fields=["stemming", "deelnemer"],
                name="hoofdelijkestem_eenmaal",
                violation_error_message=_("Je praktijk heeft al gestemd. Die stem telt."),
            )
        ]

    def __str__(self):
        return f"{self.deelnemer_id}: {self.keuze}"


class Stemopkomst(KringModel):
    """That a practice took part in a secret vote: no moment, and nothing about what it chose."""

    append_only = True

    aangemaakt_op = None
    gewijzigd_op = None
    stemming = models.ForeignKey(Stemming, on_delete=models.PROTECT, related_name="opkomst")
    deelnemer = models.ForeignKey(Deelnemer, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("opkomst")
        verbose_name_plural = _("opkomst")
        constraints = [
            models.UniqueConstraint(
                fields=["stemming", "deelnemer"],
                name="stemopkomst_eenmaal",
                violation_error_message=_("Je praktijk heeft al gestemd. Die stem telt."),
            )
        ]

    def __str__(self):
        return f"{self.deelnemer_id}"


class Stembus(KringModel):
    """The running counts of a secret vote: one sealed row for all ballots, gone at the close.

    There is no row for a ballot at all. `inhoud` is always as long and sealed anew at each vote,
    so that neither this row nor an old copy of it tells the database what the last one was.
    """

    aangemaakt_op = None
    gewijzigd_op = None
    stemming = models.OneToOneField(Stemming, on_delete=models.PROTECT, related_name="stembus")
    inhoud = VersleuteldeRegel(max_length=12)

    class Meta:
        verbose_name = _("stembus")
        verbose_name_plural = _("stembussen")

    def __str__(self):
        return f"stembus {self.stemming_id}"

    def read(self) -> dict[str, int]:
        """Return the counts per choice."""
        return {keuze: int(self.inhoud[4 * i : 4 * i + 4]) for i, keuze in enumerate(Keuze.values)}

    def add(self, keuze: str) -> None:
        """Count one vote; the caller holds the row."""
        counts = self.read() | {keuze: self.read()[keuze] + 1}
        self.inhoud = self.written(counts)

    @staticmethod
    def written(counts: dict[str, int]) -> str:
        """Return counts as text of a fixed length."""
        return "".join(f"{counts.get(keuze, 0):04d}" for keuze in Keuze.values)


class Belangverklaring(KringModel):
    """Somebody says to have an interest of his own in what is voted on (10.5, A-6)."""

    append_only = True

    stemming = models.ForeignKey(Stemming, on_delete=models.PROTECT, related_name="belangen")
    gebruiker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    toelichting = models.CharField(_("welk belang"), max_length=200)
    op = models.DateTimeField(_("wanneer"))

    class Meta:
        verbose_name = _("verklaring van eigen belang")
        verbose_name_plural = _("verklaringen van eigen belang")
        ordering = ["op"]
        constraints = [
            models.UniqueConstraint(
                fields=["stemming", "gebruiker"],
                name="belangverklaring_eenmaal",
                violation_error_message=_("Je hebt bij deze stemming al een belang gemeld."),
            )
        ]

    def __str__(self):
        return f"{self.gebruiker_id}"


class Doorslagstem(KringModel):
    """The casting vote after a tie, always by name (BV-7)."""

    append_only = True

    stemming = models.OneToOneField(Stemming, on_delete=models.PROTECT, related_name="doorslag")
    gebruiker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    functie = models.CharField(_("functie"), max_length=15)
    eigen_belang = models.BooleanField(_("houder heeft eigen belang"), default=False)
    plaatsvervanger = models.BooleanField(_("door de plaatsvervanger"), default=False)
    keuze = models.CharField(_("stem"), max_length=6, choices=Keuze)
    op = models.DateTimeField(_("wanneer"))

    class Meta:
        verbose_name = _("doorslaggevende stem")
        verbose_name_plural = _("doorslaggevende stemmen")
        constraints = [
            models.CheckConstraint(condition=~Q(keuze="blanco"), name="doorslagstem_kiest"),
        ]

    def __str__(self):
        return f"{self.functie}: {self.keuze}"
