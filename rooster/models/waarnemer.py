"""Dentists from outside the kring who serve for a practice, and what they must show (RO-8)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kern.tenancy import KringModel
from kring.models import Gebruiker, Tandarts


class Waarnemer(KringModel):
    """A dentist of no deelnemer who serves for one of them; never planned, only put on a place."""

    tandarts = models.OneToOneField(Tandarts, on_delete=models.PROTECT, related_name="waarnemer")

    class Meta:
        verbose_name = _("waarnemer")
        verbose_name_plural = _("waarnemers")

    def __str__(self):
        return f"waarnemer {self.tandarts_id}"


class Bigcontrole(KringModel):
    """That somebody, or the register's own service, looked a waarnemer up; never changed."""

    append_only = True

    class Uitkomst(models.TextChoices):
        INGESCHREVEN = "ingeschreven", _("ingeschreven, zonder beperking")
        BEPERKT = "beperkt", _("ingeschreven, met een beperking of maatregel")
        NIET = "niet", _("niet gevonden als tandarts")

    waarnemer = models.ForeignKey(Waarnemer, on_delete=models.PROTECT, related_name="bigcontroles")
    uitkomst = models.CharField(_("wat het register zegt"), max_length=12, choices=Uitkomst)
    bron = models.CharField(max_length=12)
    gedaan_op = models.DateTimeField(_("gecontroleerd op"))
    gedaan_door = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("BIG-controle")
        verbose_name_plural = _("BIG-controles")
        ordering = ["-gedaan_op"]

    def __str__(self):
        return f"{self.uitkomst} {self.waarnemer_id}"


class Reglementtekst(KringModel):
    """The rules of the kring as a dated version; a receipt is bound to one of them."""

    append_only = True

    nummer = models.PositiveSmallIntegerField(_("versie"))
    tekst = models.TextField(_("tekst"), max_length=40000)
    vastgelegd_op = models.DateTimeField(_("vastgelegd op"))
    vastgelegd_door = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("reglementtekst")
        verbose_name_plural = _("reglementteksten")
        ordering = ["-nummer"]
        constraints = [
            models.UniqueConstraint(
                fields=["kring", "nummer"],
                name="reglementtekst_nummer",
                violation_error_message=_(
                    "Een collega legde net ook een versie vast. Laad de pagina opnieuw."
                ),
            )
        ]

    def __str__(self):
        return f"reglement, versie {self.nummer}"


class Reglementontvangst(KringModel):
    """That a waarnemer got and read one version of the rules."""

    append_only = True

    class Wijze(models.TextChoices):
        ZELF = "zelf", _("zelf bevestigd")
        PAPIER = "papier", _("getekend op papier")

    waarnemer = models.ForeignKey(
        Waarnemer, on_delete=models.PROTECT, related_name="reglementontvangsten"
    )
    reglement = models.ForeignKey(
        Reglementtekst, on_delete=models.PROTECT, related_name="ontvangsten"
    )
    wijze = models.CharField(_("hoe"), max_length=6, choices=Wijze)
    ontvangen_op = models.DateTimeField(_("bevestigd op"))
    genoteerd_door = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("ontvangst van het reglement")
        verbose_name_plural = _("ontvangsten van het reglement")
        constraints = [
            models.UniqueConstraint(
                fields=["waarnemer", "reglement"],
                name="reglementontvangst_eenmaal",
                violation_error_message=_("Deze ontvangst is al genoteerd."),
            )
        ]

    def __str__(self):
        return f"{self.waarnemer_id} {self.reglement_id}"
