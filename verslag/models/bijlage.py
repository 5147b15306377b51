"""What is attached to a report, and to which signed version."""

import hashlib

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kern.tenancy import KringModel
from kern.versleuteld import VersleuteldBinair, VersleuteldeRegel
from verslag.models.verslag import Verslag, Verslagversie
from verslag.querysets import BijlageManager


class Bijlage(KringModel):
    """A photo, an X-ray or a PDF at a report; what it is never changes after it came in.

    `sha256` is of the plain bytes and stands in every version that was signed with it. A trigger
    refuses to change the facts; only the sealing may be renewed and the verdict of the scanner may
    come in. `weggelaten`: signed before, but left out of the next version.
    """

    class Scan(models.TextChoices):
        GEEN = "geen", _("niet gescand: er is geen virusscanner")
        WACHT = "wacht", _("wacht op de virusscanner")
        SCHOON = "schoon", _("geen virus gevonden")
        BESMET = "besmet", _("er zit een virus in")

    class Soort(models.TextChoices):
        RONTGEN = "rontgen", _("röntgenfoto")
        LICHTFOTO = "lichtfoto", _("foto")
        DOCUMENT = "document", _("document")

    # In quarantine nobody reads it, its author neither.
    LEESBAAR = (Scan.GEEN, Scan.SCHOON)

    verslag = models.ForeignKey(Verslag, on_delete=models.PROTECT, related_name="bijlagen")
    nummer = models.PositiveSmallIntegerField(_("nummer"))
    naam = VersleuteldeRegel(_("naam van het bestand"), max_length=100)
    omschrijving = VersleuteldeRegel(_("wat is te zien"), max_length=200)
    # What is to be seen on it; empty: what the kind of file says (`aard`).
    soort = models.CharField(_("soort"), max_length=9, choices=Soort, blank=True)
    mimetype = models.CharField(max_length=20)
    grootte = models.PositiveIntegerField(_("grootte in bytes"))
    sha256 = models.CharField(max_length=64)
    scan = models.CharField(_("virusscan"), max_length=6, choices=Scan)
    weggelaten = models.BooleanField(_("weggelaten"), default=False)
    inhoud = VersleuteldBinair()
    miniatuur = VersleuteldBinair()

    objects = BijlageManager()

    class Meta:
        verbose_name = _("bijlage")
        verbose_name_plural = _("bijlagen")
        ordering = ["nummer"]
        constraints = [
            models.UniqueConstraint(fields=["verslag", "nummer"], name="bijlage_nummer_uniek"),
        ]
        indexes = [
            models.Index(fields=["kring", "aangemaakt_op"], name="bijlage_per_dag"),
            models.Index(
                fields=["aangemaakt_op"], condition=Q(scan="wacht"), name="bijlage_te_scannen"
            ),
        ]

    def __str__(self):
        return f"bijlage {self.nummer} van verslag {self.verslag_id}"

    @property
    def is_leesbaar(self) -> bool:
        """Whether it may be shown and sent."""
        return self.scan in self.LEESBAAR

    @property
    def aard(self) -> str:
        """Return what is to be seen: what somebody chose, else what the kind of file says."""
        return self.soort or kind_by_file(self.mimetype)

    @property
    def soortnaam(self) -> str:
        return self.Soort(self.aard).label

    @property
    def is_beeld(self) -> bool:
        return self.mimetype != "application/pdf"

    def checked_content(self, versie: Verslagversie | None = None) -> bytes:
        """Return the plain bytes; `BijlageVervangen` when they are not those that were signed.

        Sealing already binds them to this row; this binds the row to the signature.
        """
        content = self.inhoud
        signed = [self.sha256]
        if versie is not None:
            rows = versie.inhoud["bijlagen"]
            signed += [row["sha256"] for row in rows if row["id"] == str(self.pk)] or [""]
        if {hashlib.sha256(content).hexdigest()} != set(signed):
            raise BijlageVervangen(self.pk)
        return content


def kind_by_file(mimetype: str) -> str:
    """Return what a file most probably shows; a sensor writes DICOM, a letter is a PDF."""
    return {
        "application/dicom": Bijlage.Soort.RONTGEN.value,
        "application/pdf": Bijlage.Soort.DOCUMENT.value,
    }.get(mimetype, Bijlage.Soort.LICHTFOTO.value)


class BijlageVervangen(Exception):
    """The bytes of an attachment are not those that came in; nothing of them is shown."""


class Versiebijlage(KringModel):
    """This version was signed with this attachment; holds the attachment in the database."""

    append_only = True

    versie = models.ForeignKey(Verslagversie, on_delete=models.PROTECT, related_name="met_bijlagen")
    bijlage = models.ForeignKey(Bijlage, on_delete=models.PROTECT, related_name="in_versies")

    class Meta:
        verbose_name = _("bijlage van een versie")
        verbose_name_plural = _("bijlagen van versies")
        constraints = [
            models.UniqueConstraint(fields=["versie", "bijlage"], name="versiebijlage_uniek"),
        ]

    def __str__(self):
        return f"{self.bijlage_id} in {self.versie_id}"
