"""Two rows of one person, joined by a person, and apart again when that was a mistake."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kern.tenancy import KringModel
from kern.versleuteld import VersleuteldeRegel, VersleuteldJson
from triage.models import Patient


class Samenvoeging(KringModel):
    """`vervallen` turned out to be `blijft`: everything of it hangs below `blijft` since.

    `verplaatst` names every row that moved, per column (`{"triage.Oproep.patient": [id, …]}`),
    `voor` and `na` the details of `blijft` that were taken over: undoing puts exactly that back.
    """

    blijft = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="samenvoegingen")
    vervallen = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    reden = VersleuteldeRegel(_("reden"), max_length=400)
    verplaatst = models.JSONField(default=dict)
    voor = VersleuteldJson(default=dict)
    na = VersleuteldJson(default=dict)
    # `blijft` had no dossier yet; one that nothing hangs below goes again at undoing.
    maakte_dossier = models.BooleanField(default=False)
    gedaan_op = models.DateTimeField(_("samengevoegd op"))
    gedaan_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    ongedaan_op = models.DateTimeField(_("ongedaan gemaakt op"), null=True)
    ongedaan_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    ongedaan_reden = VersleuteldeRegel(_("reden van ongedaan maken"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("samenvoeging")
        verbose_name_plural = _("samenvoegingen")
        ordering = ["-gedaan_op"]
        constraints = [
            models.UniqueConstraint(
                fields=["vervallen"],
                condition=Q(ongedaan_op__isnull=True),
                name="samenvoeging_een_tegelijk",
            ),
            models.CheckConstraint(
                condition=~Q(blijft=F("vervallen")), name="samenvoeging_van_twee"
            ),
        ]

    def __str__(self):
        return f"samenvoeging {self.pk}"
