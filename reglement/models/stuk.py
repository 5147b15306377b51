"""Documents of a meeting: PDF, sealed, read behind the login only (MR 9.2b)."""

import hashlib

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kern.tenancy import KringModel
from kern.versleuteld import VersleuteldBinair, VersleuteldeRegel
from reglement.models.vergadering import Agendapunt, Vergadering


class StukManager(models.Manager):
    """Documents without their bytes: a list must not carry them."""

    def get_queryset(self):
        return super().get_queryset().defer("inhoud")


class Stuk(KringModel):
    """A document that goes with a meeting or with one of its points; what it is never changes.

    `nagekomen`: it came after the convocation, and everybody was told.
    """

    vergadering = models.ForeignKey(Vergadering, on_delete=models.PROTECT, related_name="stukken")
    agendapunt = models.ForeignKey(
        Agendapunt,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="stukken",
        verbose_name=_("bij punt"),
    )
    nummer = models.PositiveSmallIntegerField(_("nummer"))
    naam = VersleuteldeRegel(_("naam van het bestand"), max_length=100)
    omschrijving = VersleuteldeRegel(_("omschrijving"), max_length=200)
    grootte = models.PositiveIntegerField(_("grootte in bytes"))
    sha256 = models.CharField(max_length=64)
    nagekomen = models.BooleanField(_("nagekomen"), default=False)
    toegevoegd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    inhoud = VersleuteldBinair()

    objects = StukManager()

    class Meta:
        verbose_name = _("stuk")
        verbose_name_plural = _("stukken")
        ordering = ["nummer"]
        constraints = [
            models.UniqueConstraint(fields=["vergadering", "nummer"], name="stuk_nummer"),
        ]

    def __str__(self):
        return f"stuk {self.nummer} van vergadering {self.vergadering_id}"

    def checked_content(self) -> bytes:
        """Return the plain bytes; ValueError when they are not those that came in."""
        content = self.inhoud
        if hashlib.sha256(content).hexdigest() != self.sha256:
            raise ValueError(f"the bytes of {self} are others than came in")
        return content
