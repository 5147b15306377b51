"""The pick-up: a sealed package behind a link and a code, and what its reader wrote back."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kern.models import Zending
from kern.tenancy import KringModel
from kern.velden import TelefoonField
from kern.versleuteld import VersleuteldTekst
from verslag.models.overdracht import Overdracht
from verslag.models.verslag import Verslagversie
from verslag.querysets import PakketQuerySet


class Pakket(KringModel):
    """One link to one signed version for one reader (NTA 7516, S30).

    The content (`Pakketdeel`) opens with the token of the link only (`verslag.zegel`); the code
    goes over another channel than the link, five wrong ones lock it, and a GET consumes nothing.
    Ready before the notice leaves (`gevuld_op`). Closing (`gesloten_op`, `einde`) destroys the
    content. A new link is a new package: a lost one is made anew from the record.
    """

    class Voor(models.TextChoices):
        COLLEGA = "collega", _("eigen tandarts")
        PATIENT = "patient", _("patiënt (afschrift)")

    class Einde(models.TextChoices):
        INGETROKKEN = "ingetrokken", _("ingetrokken door de afzender")
        VERVANGEN = "vervangen", _("vervangen door een nieuwe link")
        VERLOPEN = "verlopen", _("verlopen")
        ONTVANGER = "ontvanger", _("verwijderd door de ontvanger")

    versie = models.ForeignKey(Verslagversie, on_delete=models.PROTECT, related_name="pakketten")
    # Empty for a copy for the patient.
    overdracht = models.ForeignKey(
        Overdracht, on_delete=models.PROTECT, null=True, related_name="pakketten"
    )
    voor = models.CharField(max_length=8, choices=Voor, default=Voor.COLLEGA)
    naam = models.CharField(_("ontvanger"), max_length=240)
    email = models.EmailField(_("e-mailadres"))
    telefoon = TelefoonField(_("nummer voor de code"))
    token_hash = models.CharField(max_length=64)
    verloopt_op = models.DateTimeField(_("verloopt op"))
    bericht = models.OneToOneField(Zending, on_delete=models.PROTECT, related_name="pakket")
    gevuld_op = models.DateTimeField(null=True)
    code_hash = models.CharField(max_length=64, blank=True)
    code_verloopt_op = models.DateTimeField(null=True)
    code_pogingen = models.PositiveSmallIntegerField(default=0)
    # At most three codes in 24 hours, counted from the first of them.
    codes_verstuurd = models.PositiveSmallIntegerField(default=0)
    codes_sinds = models.DateTimeField(null=True)
    opgehaald_op = models.DateTimeField(_("opgehaald op"), null=True)
    gelezen_op = models.DateTimeField(_("voor het laatst geopend op"), null=True)
    gedownload_op = models.DateTimeField(_("gedownload op"), null=True)
    gesloten_op = models.DateTimeField(_("gesloten op"), null=True)
    einde = models.CharField(max_length=12, choices=Einde, blank=True)

    objects = PakketQuerySet.as_manager()

    class Meta:
        verbose_name = _("ophaalpakket")
        verbose_name_plural = _("ophaalpakketten")
        constraints = [
            models.UniqueConstraint(fields=["token_hash"], name="pakket_token_uniek"),
            models.UniqueConstraint(
                fields=["overdracht"],
                condition=Q(gesloten_op__isnull=True),
                name="pakket_een_levende_link",
            ),
            models.CheckConstraint(
                condition=Q(gesloten_op__isnull=True, einde="")
                | Q(gesloten_op__isnull=False) & ~Q(einde=""),
                name="pakket_einde_heeft_reden",
            ),
        ]
        indexes = [
            models.Index(
                fields=["verloopt_op"],
                condition=Q(gesloten_op__isnull=True),
                name="pakket_te_sluiten",
            ),
        ]

    def __str__(self):
        return f"pakket {self.pk}"


class Pakketdeel(KringModel):
    """One part of a package, sealed under its link; part 0 is the text with the list of the rest.

    No key of the server opens it, so it is not in `kern.verzegeld` and is never resealed.
    """

    pakket = models.ForeignKey(Pakket, on_delete=models.CASCADE, related_name="delen")
    nummer = models.PositiveSmallIntegerField()
    inhoud = models.BinaryField()

    class Meta:
        verbose_name = _("deel van een ophaalpakket")
        verbose_name_plural = _("delen van ophaalpakketten")
        constraints = [
            models.UniqueConstraint(fields=["pakket", "nummer"], name="pakketdeel_uniek"),
        ]

    def __str__(self):
        return f"deel {self.nummer} van {self.pakket_id}"


class Antwoord(KringModel):
    """What the own dentist wrote back on the pick-up page; read on the page of the report."""

    overdracht = models.ForeignKey(Overdracht, on_delete=models.PROTECT, related_name="antwoorden")
    pakket = models.ForeignKey(Pakket, on_delete=models.PROTECT, related_name="antwoorden")
    tekst = VersleuteldTekst(_("antwoord"))
    gelezen_op = models.DateTimeField(_("gelezen op"), null=True)

    class Meta:
        verbose_name = _("antwoord van de eigen tandarts")
        verbose_name_plural = _("antwoorden van eigen tandartsen")
        ordering = ["aangemaakt_op"]

    def __str__(self):
        return f"antwoord op {self.overdracht_id}"
