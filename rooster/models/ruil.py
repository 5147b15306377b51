"""Requests to pass a place on, and the offers made to colleagues (RO-8, MR 7)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kern.tenancy import KringModel
from kring.models import Deelnemer, Gebruiker, Tandarts
from rooster.models.dienst import Dienst, Dienstplaats


class Ruilverzoek(KringModel):
    """Somebody wants another on this place: given away, swapped, or empty after illness.

    Duty and role name the place, not its row: that row is a new one whenever the roster changes.
    """

    class Soort(models.TextChoices):
        OVERNAME = "overname", _("weggeven")
        RUIL = "ruil", _("ruilen")
        UITVAL = "uitval", _("vervanging na uitval")

    class Status(models.TextChoices):
        OPEN = "open", _("open")
        GELUKT = "gelukt", _("gelukt")
        INGETROKKEN = "ingetrokken", _("ingetrokken")
        VERLOPEN = "verlopen", _("verlopen")
        VERVALLEN = "vervallen", _("vervallen")

    dienst = models.ForeignKey(Dienst, on_delete=models.CASCADE, related_name="ruilverzoeken")
    rol = models.CharField(_("rol"), max_length=12, choices=Dienstplaats.Rol)
    # Who held the place, and the practice that answers for it until somebody takes over (MR 7).
    tandarts = models.ForeignKey(Tandarts, on_delete=models.PROTECT, related_name="+")
    deelnemer = models.ForeignKey(Deelnemer, on_delete=models.PROTECT, related_name="+")
    soort = models.CharField(_("wat"), max_length=8, choices=Soort)
    status = models.CharField(_("stand"), max_length=11, choices=Status, default=Status.OPEN)
    toelichting = models.CharField(_("toelichting"), max_length=200, blank=True)
    gevraagd_op = models.DateTimeField(_("gevraagd op"))
    gevraagd_door = models.ForeignKey(
        Gebruiker, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    uiterlijk_op = models.DateTimeField(_("antwoord uiterlijk"))
    # When the next colleagues in order are asked; empty: everybody was.
    volgende_ronde_op = models.DateTimeField(null=True, blank=True)
    afgehandeld_op = models.DateTimeField(_("afgehandeld op"), null=True, blank=True)

    class Meta:
        verbose_name = _("ruilverzoek")
        verbose_name_plural = _("ruilverzoeken")
        ordering = ["-gevraagd_op"]
        constraints = [
            models.UniqueConstraint(
                fields=["dienst", "rol"],
                condition=Q(status="open"),
                name="ruilverzoek_een_open",
                violation_error_message=_("Voor deze dienst loopt al een verzoek."),
            ),
            models.CheckConstraint(
                condition=Q(status="open", afgehandeld_op__isnull=True)
                | ~Q(status="open") & Q(afgehandeld_op__isnull=False),
                name="ruilverzoek_afgehandeld",
            ),
        ]
        indexes = [
            models.Index(
                fields=["uiterlijk_op"], condition=Q(status="open"), name="ruilverzoek_open"
            )
        ]

    def __str__(self):
        return f"{self.get_soort_display()} {self.dienst_id}"

    @property
    def is_open(self) -> bool:
        return self.status == self.Status.OPEN


class Ruilaanbod(KringModel):
    """One way in which a request could be met: a colleague, and for a swap the place they give."""

    class Status(models.TextChoices):
        WACHT = "wacht", _("nog niet gevraagd")
        GEVRAAGD = "gevraagd", _("gevraagd")
        AANVAARD = "aanvaard", _("ja gezegd")
        AFGEWEZEN = "afgewezen", _("nee gezegd")
        VERVALLEN = "vervallen", _("niet meer nodig")

    verzoek = models.ForeignKey(Ruilverzoek, on_delete=models.CASCADE, related_name="aanbiedingen")
    tandarts = models.ForeignKey(Tandarts, on_delete=models.PROTECT, related_name="+")
    # For which practice they would serve: a dentist may work at several.
    deelnemer = models.ForeignKey(Deelnemer, on_delete=models.PROTECT, related_name="+")
    terug_dienst = models.ForeignKey(
        Dienst, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    terug_rol = models.CharField(max_length=12, choices=Dienstplaats.Rol, blank=True)
    # Furthest below the own share first; `tekort` is how far, in duties.
    volgorde = models.PositiveSmallIntegerField()
    tekort = models.DecimalField(max_digits=6, decimal_places=2)
    # Less rest than the kring's rule: only when somebody fell out and nobody else is free.
    krap = models.BooleanField(default=False)
    status = models.CharField(_("stand"), max_length=9, choices=Status, default=Status.WACHT)
    gevraagd_op = models.DateTimeField(_("gevraagd op"), null=True, blank=True)
    beantwoord_op = models.DateTimeField(_("beantwoord op"), null=True, blank=True)
    beantwoord_door = models.ForeignKey(
        Gebruiker, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("ruilaanbod")
        verbose_name_plural = _("ruilaanbiedingen")
        ordering = ["volgorde"]
        constraints = [
            models.UniqueConstraint(
                fields=["verzoek"],
                condition=Q(status="aanvaard"),
                name="ruilaanbod_een_aanvaard",
                violation_error_message=_("Een collega was je net voor."),
            ),
            models.UniqueConstraint(
                fields=["verzoek", "tandarts", "deelnemer", "terug_dienst", "terug_rol"],
                nulls_distinct=False,
                name="ruilaanbod_eenmaal",
            ),
            models.CheckConstraint(
                condition=Q(terug_dienst__isnull=True, terug_rol="")
                | Q(terug_dienst__isnull=False) & ~Q(terug_rol=""),
                name="ruilaanbod_terug_heel",
            ),
        ]

    def __str__(self):
        return f"{self.tandarts_id} {self.status}"

    @property
    def te_beantwoorden(self) -> bool:
        return self.status == self.Status.GEVRAAGD
