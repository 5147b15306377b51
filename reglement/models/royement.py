"""A royement as a row of steps that are never altered; the pure law says where it stands (MR 9)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kern.tenancy import KringModel
from kern.versleuteld import VersleuteldBinair, VersleuteldeRegel, VersleuteldTekst
from kring.models import Deelnemer
from reglement.models.besluit import Besluit
from reglement.models.vergadering import Vergadering
from reglement.models.versie import Reglementversie


class Royement(KringModel):
    """One procedure about one practice; it stands where its steps say (`reglement.royement.gang`).

    `versie` are the rules that held on the day it began: they hold until its end.
    """

    class Grond(models.TextChoices):
        VOORWAARDEN = "voorwaarden", _("voldoet niet meer aan de voorwaarden van § 5.2.1")
        AFSPRAKEN = "afspraken", _("houdt zich niet aan de afspraken in het reglement")
        SLUITING = "sluiting", _("de inspectie (IGJ) heeft bevolen de praktijk te sluiten")
        MAATREGEL = "maatregel", _("eenmanszaak: de tuchtrechter beperkt de vertegenwoordiger")
        ANDERS = "anders", _("anders, namelijk")

    nummer = models.PositiveIntegerField(_("nummer"))
    deelnemer = models.ForeignKey(
        Deelnemer, on_delete=models.PROTECT, related_name="royementen", verbose_name=_("praktijk")
    )
    grond = models.CharField(_("grond (9.1.1)"), max_length=11, choices=Grond)
    versie = models.ForeignKey(
        Reglementversie, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("royement")
        verbose_name_plural = _("royementen")
        ordering = ["-nummer"]
        constraints = [models.UniqueConstraint(fields=["kring", "nummer"], name="royement_nummer")]

    def __str__(self):
        return f"royement {self.nummer}"


class Royementstap(KringModel):
    """One thing that happened, as the law counts it: what, on which day, and the facts of it.

    `gegevens` are numbers, days and choices; what people wrote stands sealed in `tekst` and, of a
    conditional decision, in `voorwaarden` (a line for each).
    """

    append_only = True

    class Soort(models.TextChoices):
        VASTSTELLEN = "vaststellen", _("feiten vastgesteld")
        VOORSTELLEN = "voorstellen", _("voorstel gedaan")
        AANKONDIGEN = "aankondigen", _("vergadering aangekondigd")
        HOREN = "horen", _("gehoord")
        STEMMEN = "stemmen", _("in stemming gebracht")
        UITSLAG = "uitslag", _("uitslag meegedeeld")
        BESLUITEN = "besluiten", _("besluit genomen")
        AANTONEN = "aantonen", _("gelegenheid om aan te tonen")
        BESLISSEN = "beslissen", _("vergadering van vier weken heeft beslist")
        HERTOELATING = "hertoelating", _("hertoelating gevraagd")
        EENZIJDIG = "eenzijdig", _("eenzijdig toegelaten")
        VERVALLEN = "vervallen", _("vervallen")
        # These change nothing in where it stands.
        ZIENSWIJZE = "zienswijze", _("zienswijze van de praktijk")
        OPGEHAALD = "opgehaald", _("brief opgehaald")

    royement = models.ForeignKey(Royement, on_delete=models.PROTECT, related_name="stappen")
    volgnummer = models.PositiveSmallIntegerField(_("volgnummer"))
    soort = models.CharField(_("wat"), max_length=12, choices=Soort)
    op = models.DateField(_("dag"))
    gegevens = models.JSONField(default=dict)
    tekst = VersleuteldTekst(_("tekst"), max_length=8000, blank=True)
    voorwaarden = VersleuteldTekst(_("voorwaarden"), max_length=8000, blank=True)
    vergadering = models.ForeignKey(
        Vergadering, null=True, on_delete=models.PROTECT, related_name="+"
    )
    besluit = models.ForeignKey(Besluit, null=True, on_delete=models.PROTECT, related_name="+")
    # None: the house itself.
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("stap van een royement")
        verbose_name_plural = _("stappen van een royement")
        ordering = ["royement", "volgnummer"]
        constraints = [
            models.UniqueConstraint(
                fields=["royement", "volgnummer"], name="royementstap_volgnummer"
            )
        ]

    def __str__(self):
        return f"{self.volgnummer}. {self.get_soort_display()}"


class Royementstuk(KringModel):
    """A document of the file: whoever is invited may read it here, it never goes by mail (9.2b).

    What a proposal rests on does not change under the readers: nothing is ever taken away.
    """

    append_only = True

    royement = models.ForeignKey(Royement, on_delete=models.PROTECT, related_name="stukken")
    nummer = models.PositiveSmallIntegerField(_("nummer"))
    naam = VersleuteldeRegel(_("naam van het bestand"), max_length=100)
    omschrijving = VersleuteldeRegel(_("wat is het"), max_length=200)
    grootte = models.PositiveIntegerField(_("grootte in bytes"))
    sha256 = models.CharField(max_length=64)
    inhoud = VersleuteldBinair()
    # A document of the practice itself, for the hearing.
    van_betrokkene = models.BooleanField(_("van de praktijk zelf"), default=False)
    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("stuk bij een royement")
        verbose_name_plural = _("stukken bij een royement")
        ordering = ["nummer"]
        constraints = [
            models.UniqueConstraint(fields=["royement", "nummer"], name="royementstuk_nummer"),
            models.UniqueConstraint(
                fields=["royement", "sha256"],
                name="royementstuk_eenmaal",
                violation_error_message=_("Dit stuk zit al in het dossier."),
            ),
        ]

    def __str__(self):
        return f"stuk {self.nummer}"
