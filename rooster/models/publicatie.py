"""Published versions of a roster, what the deelnemers said of them, and every later change."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kern.tenancy import KringModel
from kring.models import Deelnemer, Gebruiker
from rooster.models.concept import Concept
from rooster.models.kader import Roosterperiode
from rooster.versie.rijen import Roosterrij, row_of


class Roosterversie(KringModel):
    """A roster as it went to the deelnemers; the adopted one is the published version (RO-7)."""

    class Status(models.TextChoices):
        VOORGELEGD = "voorgelegd", _("voorgelegd")
        VASTGESTELD = "vastgesteld", _("vastgesteld")
        VERVANGEN = "vervangen", _("vervangen door een nieuwere")
        INGETROKKEN = "ingetrokken", _("ingetrokken")

    periode = models.ForeignKey(Roosterperiode, on_delete=models.PROTECT, related_name="versies")
    nummer = models.PositiveSmallIntegerField(_("versie"))
    status = models.CharField(_("stand"), max_length=12, choices=Status, default=Status.VOORGELEGD)
    concept = models.ForeignKey(
        Concept, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # Rows of {begin, einde, categorie, soort, dienstdoende: {tandarts, naam, deelnemer, praktijk},
    # achterwacht: {…}}: what was shown, whatever happens to people and practices later.
    inhoud = models.JSONField()
    voorgelegd_op = models.DateTimeField(_("voorgelegd op"))
    voorgelegd_door = models.ForeignKey(
        Gebruiker, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # The closing date of the period, or a week when that is nearer (a roster made anew).
    reageren_tot = models.DateField(_("reageren tot en met"))
    # Why it was adopted although somebody objected or a place is open, or why it was withdrawn.
    reden = models.CharField(_("reden"), max_length=300, blank=True)
    vastgesteld_op = models.DateTimeField(_("vastgesteld op"), null=True, blank=True)
    vastgesteld_door = models.ForeignKey(
        Gebruiker, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("roosterversie")
        verbose_name_plural = _("roosterversies")
        ordering = ["periode", "nummer"]
        constraints = [
            models.UniqueConstraint(fields=["periode", "nummer"], name="roosterversie_nummer"),
            models.UniqueConstraint(
                fields=["periode"],
                condition=models.Q(status="voorgelegd"),
                name="roosterversie_een_voorgelegd",
                violation_error_message=_("Er ligt al een voorstel bij de deelnemers."),
            ),
            models.UniqueConstraint(
                fields=["periode"],
                condition=models.Q(status="vastgesteld"),
                name="roosterversie_een_vastgesteld",
            ),
        ]

    def __str__(self):
        return f"{self.periode} versie {self.nummer}"

    @property
    def rijen(self) -> list[Roosterrij]:
        """The duties as they were shown."""
        return [row_of(record) for record in self.inhoud]


class Akkoord(KringModel):
    """What one deelnemer answered to a proposed roster (art. 4.2)."""

    versie = models.ForeignKey(Roosterversie, on_delete=models.CASCADE, related_name="akkoorden")
    deelnemer = models.ForeignKey(Deelnemer, on_delete=models.PROTECT, related_name="+")
    akkoord = models.BooleanField(_("akkoord"))
    opmerking = models.CharField(_("opmerking"), max_length=300, blank=True)
    gegeven_door = models.ForeignKey(
        Gebruiker, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    gegeven_op = models.DateTimeField(_("gegeven op"))

    class Meta:
        verbose_name = _("akkoord")
        verbose_name_plural = _("akkoorden")
        constraints = [
            models.UniqueConstraint(fields=["versie", "deelnemer"], name="akkoord_eenmaal")
        ]

    def __str__(self):
        return f"{self.deelnemer}: {self.akkoord}"


class Roosterwijziging(KringModel):
    """One change of a duty after it was put on the roster; nothing is ever taken out."""

    class Soort(models.TextChoices):
        GEPLAND = "gepland", _("gepland")
        GEWIJZIGD = "gewijzigd", _("gewijzigd")
        VERWIJDERD = "verwijderd", _("verwijderd")
        GEPUBLICEERD = "gepubliceerd", _("gepubliceerd")
        OVERGENOMEN = "overgenomen", _("overgenomen")
        GERUILD = "geruild", _("geruild")
        UITGEVALLEN = "uitgevallen", _("vervangen na uitval")
        HERSTELD = "hersteld", _("hersteld")

    # The duty's id, no foreign key: a duty may go, its history stays.
    dienst_nummer = models.UUIDField(db_index=True)
    soort = models.CharField(_("wat"), max_length=12, choices=Soort)
    reden = models.CharField(_("reden"), max_length=200, blank=True)
    # {begin, einde, dienstdoende: {tandarts, naam, praktijk}, achterwacht: {…}}
    voor = models.JSONField(null=True, blank=True)
    na = models.JSONField(null=True, blank=True)
    gedaan_door = models.ForeignKey(
        Gebruiker, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    gedaan_op = models.DateTimeField(_("gedaan op"))

    class Meta:
        verbose_name = _("roosterwijziging")
        verbose_name_plural = _("roosterwijzigingen")
        ordering = ["gedaan_op"]

    def __str__(self):
        return f"{self.soort} {self.dienst_nummer}"
