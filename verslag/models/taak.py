"""What only a person can do about a handover: nothing stays behind in a queue unseen (§4.2)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from kern.models import Zending
from kern.tenancy import KringModel
from kern.versleuteld import VersleuteldeRegel
from kring.models import EigenTandarts, Gebruiker
from triage.models import Patient
from verslag.models.overdracht import Overdracht
from verslag.models.verslag import Verslag
from verslag.querysets import TaakQuerySet


class Taak(KringModel):
    """Something about a handover or a message that a person has to do.

    `sleutel` names the cause: the same cause gives one task, also after that one was closed, so
    whoever may recur puts what makes it new into the key. `uitleg` is a sentence of ours without
    anything of a patient: the coordinator reads it, and may not read the report.
    """

    class Soort(models.TextChoices):
        NIET_BEZORGD = "niet_bezorgd", _("bericht niet bezorgd")
        ADRES_FOUT = "adres_fout", _("adres klopt niet")
        ONGELEZEN = "ongelezen", _("verslag niet opgehaald")
        GEEN_KANAAL = "geen_kanaal", _("geen veilige weg naar de ontvanger")
        CODE = "code", _("ontvanger komt niet binnen")
        ANTWOORD = "antwoord", _("antwoord van de eigen tandarts")
        VERSTUREN = "versturen", _("verslag kan nu naar de eigen tandarts")
        BIJLAGE = "bijlage", _("bijlage ging niet mee")
        VERBETEREN = "verbeteren", _("patiënt vraagt verbetering van het verslag")

    class Oplossing(models.TextChoices):
        VANZELF = "vanzelf", _("vanzelf opgelost")
        OPNIEUW = "opnieuw", _("opnieuw verstuurd")
        GEBELD = "gebeld", _("gebeld met de ontvanger")
        PAPIER = "papier", _("op papier gegeven of verstuurd")
        ADRES = "adres", _("adres verbeterd")
        GELEZEN = "gelezen", _("gelezen")
        ANDERS = "anders", _("anders")

    soort = models.CharField(_("soort"), max_length=12, choices=Soort)
    sleutel = models.CharField(max_length=200)
    uitleg = models.CharField(_("uitleg"), max_length=400, blank=True)
    overdracht = models.ForeignKey(
        Overdracht, null=True, on_delete=models.CASCADE, related_name="taken"
    )
    zending = models.ForeignKey(Zending, null=True, on_delete=models.CASCADE, related_name="taken")
    ontvanger = models.ForeignKey(
        EigenTandarts, null=True, on_delete=models.PROTECT, related_name="taken"
    )
    patient = models.ForeignKey(Patient, null=True, on_delete=models.CASCADE, related_name="taken")
    # When there is no handover to hang it on.
    verslag = models.ForeignKey(Verslag, null=True, on_delete=models.CASCADE, related_name="taken")
    geopend_op = models.DateTimeField(_("geopend op"), db_default=Now())
    # When people were told of it by mail or text message; many at once are one alert.
    gemeld_op = models.DateTimeField(null=True)
    gesloten_op = models.DateTimeField(_("gesloten op"), null=True)
    gesloten_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    oplossing = models.CharField(_("hoe opgelost"), max_length=8, choices=Oplossing, blank=True)
    toelichting = VersleuteldeRegel(_("toelichting"), max_length=400, blank=True)

    objects = TaakQuerySet.as_manager()

    class Meta:
        verbose_name = _("taak")
        verbose_name_plural = _("taken")
        constraints = [
            models.UniqueConstraint(fields=["kring", "sleutel"], name="taak_sleutel_uniek"),
            models.CheckConstraint(
                condition=Q(gesloten_op__isnull=True, oplossing="")
                | Q(gesloten_op__isnull=False) & ~Q(oplossing=""),
                name="taak_gesloten_met_oplossing",
            ),
        ]
        indexes = [
            models.Index(
                fields=["kring", "geopend_op"],
                condition=Q(gesloten_op__isnull=True),
                name="taak_open",
            ),
        ]

    def __str__(self):
        return f"{self.soort} {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.gesloten_op is None

    @property
    def auteur(self) -> Gebruiker | None:
        """Return the person who signed the report that this is about, when they can log in."""
        report = self.over_verslag
        return report.auteur.gebruiker if report else None

    @property
    def over_verslag(self) -> Verslag | None:
        """Return the report that this is about, if it is about one."""
        return self.overdracht.versie.verslag if self.overdracht else self.verslag
