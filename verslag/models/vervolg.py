"""What still has to happen to a patient without own dentist, and who sees to it (§2.2.4)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kern.tenancy import KringModel
from kern.versleuteld import VersleuteldeRegel, VersleuteldTekst
from kring.models import Tandarts
from verslag.models.verslag import Verslag, Verslagversie


class Vervolgactie(KringModel):
    """A follow-up that cannot wait for an own dentist: on the list of `tandarts` until it ends.

    Made from "vervolg" and "termijn" of a signed report. `uiterlijk` is None when the term could
    not be read as a day. `tandarts` changes when a colleague takes over (`overgenomen_van`).
    """

    class Afloop(models.TextChoices):
        GEDAAN = "gedaan", _("gedaan")
        EIGEN_TANDARTS = "eigen_tandarts", _("overgedragen aan de eigen tandarts")
        VERVALLEN = "vervallen", _("niet meer nodig")

    versie = models.ForeignKey(
        Verslagversie, on_delete=models.PROTECT, related_name="vervolgacties"
    )
    verslag = models.ForeignKey(Verslag, on_delete=models.PROTECT, related_name="vervolgacties")
    tandarts = models.ForeignKey(
        Tandarts,
        on_delete=models.PROTECT,
        related_name="vervolgacties",
        verbose_name=_("wie zorgt ervoor"),
    )
    wat = VersleuteldTekst(_("wat moet er gebeuren"))
    termijn = VersleuteldeRegel(_("termijn"), max_length=100, blank=True)
    uiterlijk = models.DateField(_("uiterlijk op"), null=True, blank=True)
    overgenomen_van = models.ForeignKey(
        Tandarts, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    overgedragen_op = models.DateTimeField(null=True)
    # The last word about it: of whoever handed it over, or of whoever ended it.
    toelichting = VersleuteldeRegel(_("toelichting"), max_length=400, blank=True)
    afloop = models.CharField(_("afloop"), max_length=14, choices=Afloop, blank=True)
    gesloten_op = models.DateTimeField(_("gesloten op"), null=True)
    gesloten_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("vervolgactie")
        verbose_name_plural = _("vervolgacties")
        constraints = [
            models.UniqueConstraint(
                fields=["verslag"],
                condition=Q(gesloten_op__isnull=True),
                name="vervolgactie_een_open",
            ),
            models.CheckConstraint(
                condition=Q(gesloten_op__isnull=True, afloop="")
                | Q(gesloten_op__isnull=False) & ~Q(afloop=""),
                name="vervolgactie_gesloten_met_afloop",
            ),
        ]
        indexes = [
            models.Index(
                fields=["tandarts"],
                condition=Q(gesloten_op__isnull=True),
                name="vervolgactie_open",
            )
        ]

    def __str__(self):
        return f"vervolgactie {self.pk}"
