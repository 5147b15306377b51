"""The kring's own heading above its letters."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kern.tenancy import KringModel


class Briefhoofd(KringModel):
    """One a kring: what stands above a letter. Without it the name of the kring stands there.

    Used when a letter is made; a letter that was made keeps the heading of that day.
    """

    naam = models.CharField(_("naam boven de brief"), max_length=80, blank=True)
    tekst = models.TextField(_("regels onder de naam"), max_length=240, blank=True)
    # A JPEG or PNG as `verslag.bestand` made it anew; empty: no logo.
    logo = models.BinaryField(blank=True, default=b"")

    class Meta:
        verbose_name = _("briefhoofd")
        verbose_name_plural = _("briefhoofden")
        constraints = [models.UniqueConstraint(fields=["kring"], name="briefhoofd_een_per_kring")]

    def __str__(self):
        return f"briefhoofd van kring {self.kring_id}"
