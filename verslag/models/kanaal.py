"""What opens a channel to a recipient, and the proof of what went from hand to hand (§4.2)."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kern import nta
from kern.tenancy import KringModel
from kern.versleuteld import VersleuteldeRegel
from kring.models import EigenTandarts
from verslag.models.overdracht import Overdracht

NTA_VERS = timedelta(days=7)
"""How long an answer of the DNS still counts when no newer one came."""


class Certificaat(KringModel):
    """The public certificate for mail to a recipient; somebody asked them for its fingerprint.

    Anyone can make a certificate with somebody else's address. That question, over another way
    than the file came, is what ties it to the person.
    """

    class Nagevraagd(models.TextChoices):
        TELEFOON = "telefoon", _("door de praktijk te bellen")
        PERSOONLIJK = "persoonlijk", _("persoonlijk, van scherm of papier")

    ontvanger = models.ForeignKey(
        EigenTandarts, on_delete=models.PROTECT, related_name="certificaten"
    )
    pem = models.TextField()
    vingerafdruk = models.CharField(_("vingerafdruk (SHA-256)"), max_length=64)
    geldig_van = models.DateTimeField(_("geldig van"))
    geldig_tot = models.DateTimeField(_("geldig tot"))
    nagevraagd = models.CharField(_("vingerafdruk nagevraagd"), max_length=12, choices=Nagevraagd)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ingetrokken_op = models.DateTimeField(_("ingetrokken op"), null=True)

    class Meta:
        verbose_name = _("certificaat")
        verbose_name_plural = _("certificaten")
        constraints = [
            models.UniqueConstraint(
                fields=["ontvanger"],
                condition=Q(ingetrokken_op__isnull=True),
                name="certificaat_een_per_ontvanger",
            ),
        ]

    def __str__(self):
        return f"certificaat {self.vingerafdruk[:16]}"


class NtaDomein(KringModel):
    """What the DNS last said about a mail domain of the address book; of nobody in person."""

    domein = models.CharField(max_length=253)
    # The TXT records of NTA 7516, as they were; empty is an answer too.
    vermeldingen = models.JSONField(default=list, blank=True)
    gevraagd_op = models.DateTimeField(null=True)
    opgezocht_op = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("maildomein")
        verbose_name_plural = _("maildomeinen")
        constraints = [
            models.UniqueConstraint(fields=["kring", "domein"], name="ntadomein_uniek"),
        ]

    def __str__(self):
        return self.domein

    def is_listed(self, nu: datetime) -> bool | None:
        """Whether the domain takes NTA 7516 now; None when that is not known (any more)."""
        if self.opgezocht_op is None or self.opgezocht_op < nu - NTA_VERS:
            return None
        return nta.current(self.vermeldingen, nu=nu) is not None


class Overhandiging(KringModel):
    """The proof of a handover by a person: to whom, when, and how they knew who it was."""

    append_only = True

    class Vastgesteld(models.TextChoices):
        BEKEND = "bekend", _("Ik ken deze persoon")
        LEGITIMATIE = "legitimatie", _("Legitimatiebewijs gezien")
        PRAKTIJK = "praktijk", _("Afgegeven op het adres van de praktijk")
        AANGETEKEND = "aangetekend", _("Aangetekend verstuurd, met ontvangstbewijs")

    overdracht = models.OneToOneField(
        Overdracht, on_delete=models.PROTECT, related_name="overhandiging"
    )
    aan = VersleuteldeRegel(_("aan wie"), max_length=120)
    vastgesteld = models.CharField(_("hoe wist je wie het was"), max_length=12, choices=Vastgesteld)
    toelichting = VersleuteldeRegel(_("toelichting"), max_length=200, blank=True)
    gedaan_op = models.DateTimeField(_("wanneer"))
    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("overhandiging")
        verbose_name_plural = _("overhandigingen")

    def __str__(self):
        return f"overhandiging van {self.overdracht_id}"
