"""Training: one attempt at one case. Nothing here touches a call, a patient or a message (U13)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from kern.tenancy import KringModel
from oefening.querysets import OefenpogingQuerySet

MAX_PUNTEN = 10


class Oefenpoging(KringModel):
    """One person, one case: what was asked, what was decided, and what came of it.

    `feiten` is the whole case as the caller knows it (`Feiten.as_record`), copied at the start: a
    later edition of the tables changes no attempt. `klachten` and `gevraagd` are what the trainee
    found out; `keuze` what they decided; `uitslag` how that compares with the protocol.
    """

    gebruiker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    casus = models.CharField(_("casus"), max_length=80)
    tabel = models.CharField(_("tabel"), max_length=20)
    feiten = models.JSONField(default=dict)
    klachten = models.JSONField(default=list)
    gevraagd = models.JSONField(default=list)
    keuze = models.JSONField(default=dict)
    uitslag = models.JSONField(default=dict)
    punten = models.PositiveSmallIntegerField(_("punten"), null=True, blank=True)
    begonnen_op = models.DateTimeField(_("begonnen op"), db_default=Now())
    ingeleverd_op = models.DateTimeField(_("ingeleverd op"), null=True, blank=True)

    objects = OefenpogingQuerySet.as_manager()

    class Meta:
        verbose_name = _("oefenpoging")
        verbose_name_plural = _("oefenpogingen")
        constraints = [
            models.CheckConstraint(
                condition=Q(ingeleverd_op__isnull=True, punten__isnull=True)
                | Q(ingeleverd_op__isnull=False, punten__isnull=False, punten__lte=MAX_PUNTEN),
                name="oefenpoging_ingeleverd_heeft_punten",
            ),
            models.UniqueConstraint(
                fields=["kring", "gebruiker"],
                condition=Q(ingeleverd_op__isnull=True),
                name="oefenpoging_een_lopende",
                violation_error_message=_("Je bent al met een oefening bezig."),
            ),
        ]
        indexes = [
            models.Index(fields=["kring", "gebruiker", "-ingeleverd_op"], name="oefenpoging_wie")
        ]

    def __str__(self):
        return f"{self.casus}: {self.punten if self.punten is not None else 'loopt'}"
