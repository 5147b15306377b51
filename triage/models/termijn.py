"""The clocks of a call."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kern.tenancy import KringModel
from triage.models.oproep import Oproep
from triage.protocol.termijnen import Sluitreden as Reden
from triage.querysets import TermijnQuerySet


class Termijn(KringModel):
    """One deadline or call-back of a call, judged by the database clock (U6, U7).

    The row is the clock: it runs until `gesloten_op`, and from `vervalt_op` on it is overdue,
    whether or not anybody was told (`gemeld_op`). Which clocks a call has follows from the call
    (`triage.protocol.termijnen`); `triage.termijnen.sync` alone opens and closes them. Closed
    rows stay, for the figures.
    """

    class Soort(models.TextChoices):
        CONTACT_TANDARTS = "contact_tandarts", _("tandarts bellen")
        ZIEN = "zien", _("gezien vóór")
        STREEF = "streef", _("liefst gezien vóór")
        TERUGBELLEN = "terugbellen", _("terugbellen")
        BLOEDING = "bloeding", _("bloedt nog: gezien vóór")

    class Sluitreden(models.TextChoices):
        GEHAALD = Reden.GEHAALD.value, _("gehaald")
        VERVANGEN = Reden.VERVANGEN.value, _("vervangen")
        VERVALLEN = Reden.VERVALLEN.value, _("vervallen")

    oproep = models.ForeignKey(Oproep, on_delete=models.CASCADE, related_name="termijnen")
    soort = models.CharField(_("soort"), max_length=16, choices=Soort)
    begint_op = models.DateTimeField(_("begint op"))
    vervalt_op = models.DateTimeField(_("vervalt op"))
    gesloten_op = models.DateTimeField(_("gesloten op"), null=True, blank=True)
    sluitreden = models.CharField(_("sluitreden"), max_length=10, choices=Sluitreden, blank=True)
    gemeld_op = models.DateTimeField(_("gemeld op"), null=True, blank=True)

    objects = TermijnQuerySet.as_manager()

    class Meta:
        verbose_name = _("termijn")
        verbose_name_plural = _("termijnen")
        ordering = ["vervalt_op"]
        constraints = [
            models.UniqueConstraint(
                fields=["oproep", "soort"],
                condition=Q(gesloten_op__isnull=True),
                name="termijn_een_open_per_soort",
            ),
            models.CheckConstraint(
                condition=Q(gesloten_op__isnull=True, sluitreden="")
                | Q(gesloten_op__isnull=False) & ~Q(sluitreden=""),
                name="termijn_gesloten_met_reden",
            ),
            models.CheckConstraint(
                condition=Q(vervalt_op__gte=F("begint_op")), name="termijn_begint_voor_verval"
            ),
        ]
        indexes = [
            models.Index(
                fields=["kring", "vervalt_op"],
                condition=Q(gesloten_op__isnull=True),
                name="termijn_open",
            ),
        ]

    def __str__(self):
        return f"{self.soort} van oproep {self.oproep_id}"
