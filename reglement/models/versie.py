"""Versions of the rules and who signed them (MR 3, 10.1, 10.7)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kern.tenancy import KringModel
from kring.models import Deelnemer


class Reglementversie(KringModel):
    """The rules as typed variables, readings and texts; a draft until the group decides (RG-11).

    A draft has no number. Once adopted nothing of its content ever changes.
    """

    class Status(models.TextChoices):
        CONCEPT = "concept", _("concept")
        VOORGELEGD = "voorgelegd", _("voorgelegd aan de vergadering")
        VASTGESTELD = "vastgesteld", _("vastgesteld")
        VERWORPEN = "verworpen", _("verworpen")
        INGETROKKEN = "ingetrokken", _("ingetrokken")

    nummer = models.PositiveSmallIntegerField(_("versie"), null=True)
    status = models.CharField(_("stand"), max_length=12, choices=Status, default=Status.CONCEPT)
    vorige = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="volgende"
    )
    # What is filled in, per key of `reglement.inhoud.variabelen`.
    variabelen = models.JSONField(_("invulling"), default=dict)
    # How the kring reads the unclear places (`reglement.lezing`); a missing key is the default.
    lezing = models.JSONField(_("lezingen"), default=dict)
    # The kring's own text per article; an article that is not in here has our own words.
    teksten = models.JSONField(_("eigen tekst"), default=dict)
    # Why the kring would want this; the agenda says it.
    toelichting = models.TextField(_("waarom deze wijziging"), max_length=4000, blank=True)
    # Who is about to overwrite what a colleague just saved (optimistic locking).
    wijziging = models.PositiveIntegerField(default=0)
    voorgelegd_op = models.DateTimeField(_("voorgelegd op"), null=True)
    # The text as it was adopted: `reglement.inhoud` may find better words, this stays.
    inhoud = models.JSONField(_("tekst"), default=dict)
    sha256 = models.CharField(max_length=64, blank=True)
    # Adopted outside this system: on which paper, and why it is entered now.
    reden = models.CharField(_("hoe vastgesteld"), max_length=300, blank=True)
    besluit = models.ForeignKey(
        "reglement.Besluit", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    besloten_op = models.DateField(_("besloten op"), null=True)
    geldig_vanaf = models.DateField(_("geldt vanaf"), null=True)
    # The two clocks of 10.7.
    verwerkt_op = models.DateField(_("verwerkt op"), null=True)
    verzonden_op = models.DateTimeField(_("verzonden op"), null=True)
    gemaakt_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("reglementversie")
        verbose_name_plural = _("reglementversies")
        constraints = [
            models.UniqueConstraint(fields=["kring", "nummer"], name="reglementversie_nummer"),
            models.CheckConstraint(
                condition=~Q(status="vastgesteld")
                | Q(
                    nummer__isnull=False,
                    besloten_op__isnull=False,
                    geldig_vanaf__isnull=False,
                    geldig_vanaf__gte=models.F("besloten_op"),
                )
                & ~Q(sha256=""),
                name="reglementversie_vastgesteld_is_heel",
            ),
            models.CheckConstraint(
                condition=~Q(status="vastgesteld") | Q(besluit__isnull=False) | ~Q(reden=""),
                name="reglementversie_heeft_een_grond",
            ),
            # Two proposals beside each other would each undo the other.
            models.UniqueConstraint(
                fields=["kring"],
                condition=Q(status="voorgelegd"),
                name="reglementversie_een_voorstel",
                violation_error_message=_(
                    "Er ligt al een voorstel bij de vergadering. Wacht op het besluit, of haal dat "
                    "voorstel terug."
                ),
            ),
        ]

    def __str__(self):
        return f"reglement, versie {self.nummer or '–'}"


class Ondertekening(KringModel):
    """That a vertegenwoordiger knows and agrees with one version and the guideline (MR 3)."""

    append_only = True

    class Wijze(models.TextChoices):
        ZELF = "zelf", _("hier, met een verse tweede factor")
        PAPIER = "papier", _("op papier")

    versie = models.ForeignKey(
        Reglementversie, on_delete=models.PROTECT, related_name="ondertekeningen"
    )
    deelnemer = models.ForeignKey(Deelnemer, on_delete=models.PROTECT, related_name="+")
    gebruiker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    # As it was then: names change, what was signed does not.
    praktijk = models.CharField(_("praktijk"), max_length=120)
    naam = models.CharField(_("vertegenwoordiger"), max_length=120)
    sha256 = models.CharField(max_length=64)
    wijze = models.CharField(_("hoe"), max_length=6, choices=Wijze, default=Wijze.ZELF)
    getekend_op = models.DateTimeField(_("getekend op"))
    # Who put a paper signature in the register; empty for one's own.
    genoteerd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("ondertekening")
        verbose_name_plural = _("ondertekeningen")
        constraints = [
            models.UniqueConstraint(
                fields=["versie", "deelnemer"],
                name="ondertekening_eenmaal",
                violation_error_message=_("Deze praktijk heeft deze versie al ondertekend."),
            ),
            models.CheckConstraint(
                condition=Q(wijze="zelf", genoteerd_door__isnull=True)
                | Q(wijze="papier", genoteerd_door__isnull=False),
                name="ondertekening_papier_is_genoteerd",
            ),
        ]

    def __str__(self):
        return f"{self.praktijk}: {self.naam}"
