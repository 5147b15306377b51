"""Minutes of a meeting: drafted from its events, approved by those present, fixed (MR 10.6)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kern.tenancy import KringModel
from kring.models import Deelnemer
from reglement.models.vergadering import Vergadering


class Notulen(KringModel):
    """The minutes; a trigger lets nobody change them once they were adopted.

    `ronde` rises each time they are laid before those present; an answer counts for its round.
    """

    class Status(models.TextChoices):
        CONCEPT = "concept", _("concept")
        VOORGELEGD = "voorgelegd", _("voorgelegd aan wie erbij was")
        VASTGESTELD = "vastgesteld", _("vastgesteld")

    vergadering = models.OneToOneField(
        Vergadering, on_delete=models.PROTECT, related_name="notulen"
    )
    status = models.CharField(_("stand"), max_length=11, choices=Status, default=Status.CONCEPT)
    tekst = models.TextField(_("tekst"), max_length=40_000)
    # Two people who write at once: the number of the text that a window holds.
    versie = models.PositiveIntegerField(default=1)
    ronde = models.PositiveSmallIntegerField(default=0)
    voorgelegd_op = models.DateTimeField(_("voorgelegd op"), null=True)
    reageren_tot = models.DateField(_("reageren tot en met"), null=True)
    vastgesteld_op = models.DateTimeField(_("vastgesteld op"), null=True)
    vastgesteld_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    # Of an adoption over an objection: why.
    reden = models.CharField(_("reden"), max_length=300, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("notulen")
        verbose_name_plural = _("notulen")
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="vastgesteld")
                | Q(vastgesteld_op__isnull=False) & ~Q(sha256=""),
                name="notulen_vastgesteld_is_heel",
            ),
            models.CheckConstraint(
                condition=Q(status="concept") | Q(reageren_tot__isnull=False, ronde__gte=1),
                name="notulen_voorgelegd_is_heel",
            ),
        ]

    def __str__(self):
        return f"notulen van {self.vergadering_id}"


class Notulenakkoord(KringModel):
    """What a deelnemer who was there says of the minutes; the newest line of a round counts."""

    append_only = True

    notulen = models.ForeignKey(Notulen, on_delete=models.PROTECT, related_name="akkoorden")
    ronde = models.PositiveSmallIntegerField()
    deelnemer = models.ForeignKey(Deelnemer, on_delete=models.PROTECT, related_name="+")
    gebruiker = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    akkoord = models.BooleanField(_("akkoord"))
    opmerking = models.CharField(_("opmerking"), max_length=500, blank=True)
    op = models.DateTimeField(_("wanneer"))

    class Meta:
        verbose_name = _("akkoord met de notulen")
        verbose_name_plural = _("akkoorden met de notulen")
        ordering = ["op"]

    def __str__(self):
        return f"{self.deelnemer_id}: {'akkoord' if self.akkoord else 'niet akkoord'}"
