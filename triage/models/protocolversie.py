"""A kring's own version of the protocol: rule set, settings, local rules, and who agreed."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from kern.tenancy import KringModel
from kern.velden import VrijeTekstField
from triage.querysets import ProtocolversieQuerySet


def _person(verbose_name, **kwargs):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=verbose_name,
        **kwargs,
    )


class Protocolversie(KringModel):
    """One version of the protocol of a kring; without any, the shipped standard holds.

    Made as a concept by a coordinator, offered, approved by a dentist who had no hand in it, and
    put in force from a moment. From the approval on the contents never change, and once in force
    nothing does: a trigger holds that, also against SQL of the web role. "In force" is no status
    but a question of time, see `Protocolversie.objects.in_force_at`.
    """

    class Status(models.TextChoices):
        CONCEPT = "concept", _("concept")
        AANGEBODEN = "aangeboden", _("wacht op akkoord")
        GOEDGEKEURD = "goedgekeurd", _("goedgekeurd")

    nummer = models.PositiveIntegerField(_("nummer"))
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.CONCEPT)
    # The id of a shipped rule set (`protocol.REGELSETS`); the contents: settings and local rules.
    regelset = models.CharField(_("regelset"), max_length=80)
    instellingen = models.JSONField(_("instellingen"), default=dict)
    lokale_regels = models.JSONField(_("lokale regels"), default=list)
    toelichting = VrijeTekstField(_("waarom deze versie"))
    # None: made from the shipped standard.
    gemaakt_van = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    gemaakt_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    gemaakt_op = models.DateTimeField(_("gemaakt op"), db_default=Now())
    # Everybody who had a hand in the contents: none of them may approve.
    makers = ArrayField(models.BigIntegerField(), default=list)
    aangeboden_door = _person(_("aangeboden door"))
    aangeboden_op = models.DateTimeField(_("aangeboden op"), null=True, blank=True)
    teruggestuurd_door = _person(_("teruggestuurd door"))
    teruggestuurd_op = models.DateTimeField(_("teruggestuurd op"), null=True, blank=True)
    teruggestuurd_reden = VrijeTekstField(_("reden van terugsturen"))
    goedgekeurd_door = _person(_("goedgekeurd door"))
    goedgekeurd_op = models.DateTimeField(_("goedgekeurd op"), null=True, blank=True)
    van_kracht_vanaf = models.DateTimeField(_("van kracht vanaf"), null=True, blank=True)
    van_kracht_door = _person(_("van kracht gezet door"))
    # Raised by every change: a second window gets a notice, never a silent overwrite.
    wijziging = models.PositiveIntegerField(default=1)

    objects = ProtocolversieQuerySet.as_manager()

    class Meta:
        verbose_name = _("protocolversie")
        verbose_name_plural = _("protocolversies")
        ordering = ["-nummer"]
        constraints = [
            models.UniqueConstraint(fields=["kring", "nummer"], name="protocolversie_nummer"),
            models.UniqueConstraint(
                fields=["kring", "van_kracht_vanaf"],
                name="protocolversie_een_per_moment",
                violation_error_message=_(
                    "Op dit moment gaat al een andere versie gelden. Kies een ander tijdstip."
                ),
            ),
            models.CheckConstraint(
                condition=Q(status="goedgekeurd", goedgekeurd_door__isnull=False)
                & Q(goedgekeurd_op__isnull=False)
                | ~Q(status="goedgekeurd")
                & Q(goedgekeurd_door__isnull=True, goedgekeurd_op__isnull=True),
                name="protocolversie_goedgekeurd_door",
            ),
            models.CheckConstraint(
                condition=Q(goedgekeurd_door__isnull=True) | ~Q(goedgekeurd_door=F("gemaakt_door")),
                name="protocolversie_vier_ogen",
            ),
            models.CheckConstraint(
                condition=Q(van_kracht_vanaf__isnull=True, van_kracht_door__isnull=True)
                | Q(van_kracht_vanaf__isnull=False, van_kracht_door__isnull=False)
                & Q(status="goedgekeurd"),
                name="protocolversie_van_kracht_na_akkoord",
            ),
        ]

    def __str__(self):
        return f"protocolversie {self.nummer}"

    @property
    def is_concept(self) -> bool:
        return self.status == self.Status.CONCEPT

    def has_begun(self, nu) -> bool:
        """Whether the version is, or has been, in force."""
        return self.van_kracht_vanaf is not None and self.van_kracht_vanaf <= nu
