"""What happened between the telephone and the dentist: a ledger, only ever added to."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from kern.tenancy import KringModel
from kring.models import Tandarts
from triage.models.oproep import Oproep
from triage.querysets import ContactpogingQuerySet


class Contactpoging(KringModel):
    """One attempt to reach the dentist on duty, or one answer of that dentist (§3.2.1).

    The triagemedewerker notes the first three results, the dentist's own page the last three.
    Whoever made a mistake adds a `Vergissing`; nothing is changed or removed.
    """

    append_only = True

    class Rol(models.TextChoices):
        """Whose turn it was; the coordinator finds a dentist when neither answers."""

        DIENSTDOENDE = "dienstdoende", _("dienstdoende")
        ACHTERWACHT = "achterwacht", _("achterwacht")
        COORDINATOR = "coordinator", _("coördinator")

    class Resultaat(models.TextChoices):
        GESPROKEN = "gesproken", _("gesproken")
        NIET_BEREIKT = "niet_bereikt", _("niet bereikt")
        VOICEMAIL = "voicemail", _("voicemail")
        # The coordinator is no dentist on duty: being told is not being consulted.
        INGELICHT = "ingelicht", _("ingelicht")
        BEVESTIGD = "bevestigd", _("bevestigd")
        DOORGEGEVEN = "doorgegeven", _("doorgegeven")
        ZELF_BESLIST = "zelf_beslist", _("zelf beslist")

    oproep = models.ForeignKey(Oproep, on_delete=models.PROTECT, related_name="contactpogingen")
    tandarts = models.ForeignKey(Tandarts, null=True, on_delete=models.PROTECT, related_name="+")
    rol = models.CharField(_("rol"), max_length=12, choices=Rol)
    resultaat = models.CharField(_("resultaat"), max_length=14, choices=Resultaat)
    # Who takes over after "doorgegeven".
    naar_rol = models.CharField(_("doorgegeven aan"), max_length=12, choices=Rol, blank=True)
    aanwezig_om = models.DateTimeField(_("aanwezig om"), null=True, blank=True)
    moment = models.DateTimeField(_("moment"), db_default=Now())
    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # The form that was sent: a second click on the same form is the same attempt.
    formulier = models.CharField(max_length=32, blank=True)

    objects = ContactpogingQuerySet.as_manager()

    class Meta:
        verbose_name = _("contactpoging")
        verbose_name_plural = _("contactpogingen")
        ordering = ["moment"]
        constraints = [
            models.UniqueConstraint(
                fields=["oproep", "formulier"],
                condition=~Q(formulier=""),
                name="contactpoging_formulier_uniek",
            ),
            models.CheckConstraint(
                condition=Q(tandarts__isnull=False)
                | Q(rol="coordinator", resultaat__in=["ingelicht", "niet_bereikt", "voicemail"]),
                name="contactpoging_heeft_tandarts",
            ),
            models.CheckConstraint(
                condition=Q(resultaat="doorgegeven") & ~Q(naar_rol="")
                | ~Q(resultaat="doorgegeven") & Q(naar_rol=""),
                name="contactpoging_doorgegeven_aan",
            ),
        ]

    def __str__(self):
        return f"{self.rol}: {self.resultaat}"

    @property
    def is_van_triage(self) -> bool:
        """Whether the triagemedewerker noted it; only that may be taken back."""
        Resultaat = self.Resultaat  # noqa: N806 (a class)
        mine = (Resultaat.BEVESTIGD, Resultaat.DOORGEGEVEN, Resultaat.ZELF_BESLIST)
        return self.resultaat not in mine

    @property
    def is_vergissing(self) -> bool:
        """Whether it was taken back; free of queries after `select_related("vergissing")`."""
        return hasattr(self, "vergissing")


class Vergissing(KringModel):
    """An attempt was noted wrongly: it stays, with this beside it, and no longer counts."""

    append_only = True

    poging = models.OneToOneField(
        Contactpoging, on_delete=models.PROTECT, related_name="vergissing"
    )
    reden = models.CharField(_("wat ging er mis?"), max_length=200)
    moment = models.DateTimeField(_("moment"), db_default=Now())
    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("vergissing")
        verbose_name_plural = _("vergissingen")
        constraints = [
            models.CheckConstraint(condition=~Q(reden=""), name="vergissing_heeft_reden"),
        ]

    def __str__(self):
        return f"vergissing bij {self.poging_id}"
