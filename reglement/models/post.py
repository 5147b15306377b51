"""Mail of the coördinator to all who take part: word for word, with every delivery."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kern.models import Zending
from kern.tenancy import KringModel
from kring.models import Deelnemer


class Rondschrijven(KringModel):
    """One letter to everybody, as it left."""

    append_only = True

    class Aan(models.TextChoices):
        VERTEGENWOORDIGERS = "stemmend", _("alle vertegenwoordigers")
        IEDEREEN = "iedereen", _("alle vertegenwoordigers en alle tandartsen")

    aan = models.CharField(_("aan"), max_length=8, choices=Aan)
    onderwerp = models.CharField(_("onderwerp"), max_length=150)
    tekst = models.TextField(_("bericht"), max_length=8000)
    verzonden_op = models.DateTimeField(_("verstuurd op"))
    verzonden_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("rondschrijven")
        verbose_name_plural = _("rondschrijvens")
        ordering = ["-verzonden_op"]

    def __str__(self):
        return self.onderwerp


class Rondbezorging(KringModel):
    """One letter to one address; how far it came is the state of the zending."""

    append_only = True

    rondschrijven = models.ForeignKey(
        Rondschrijven, on_delete=models.PROTECT, related_name="bezorgingen"
    )
    # None of a dentist: a dentist gets it in person, not for a practice.
    deelnemer = models.ForeignKey(Deelnemer, null=True, on_delete=models.PROTECT, related_name="+")
    naam = models.CharField(_("naam"), max_length=120)
    email = models.EmailField(_("e-mailadres"))
    zending = models.OneToOneField(Zending, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("bezorging van een rondschrijven")
        verbose_name_plural = _("bezorgingen van rondschrijvens")
        ordering = ["naam"]

    def __str__(self):
        return f"{self.rondschrijven_id} aan {self.naam}"
