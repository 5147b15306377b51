"""Meetings of the deelnemers: what is on the agenda, who was called, who was there (MR 10.3)."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kern.tenancy import KringModel
from kern.tijd import to_local
from kring.models import Deelnemer
from reglement.models.versie import Reglementversie


class Vergadering(KringModel):
    """One meeting; a second one has the first as `eerste` and the same agenda (BV-5)."""

    class Zitting(models.TextChoices):
        EERSTE = "eerste", _("eerste vergadering")
        TWEEDE = "tweede", _("tweede vergadering")
        ZONDER_QUORUM = "zonder_quorum", _("vergadering zonder quorum (art. 9.2k)")

    class Status(models.TextChoices):
        CONCEPT = "concept", _("in voorbereiding")
        OPGEROEPEN = "opgeroepen", _("opgeroepen")
        OPEN = "open", _("aan de gang")
        GESLOTEN = "gesloten", _("gesloten")
        AFGELAST = "afgelast", _("afgelast")

    titel = models.CharField(_("titel"), max_length=120)
    zitting = models.CharField(
        _("soort vergadering"), max_length=13, choices=Zitting, default=Zitting.EERSTE
    )
    eerste = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="tweede"
    )
    begint_op = models.DateTimeField(_("begint op"))
    # How long it is expected to last; only the calendar of the deelnemers asks for it.
    duur_minuten = models.PositiveSmallIntegerField(_("duur in minuten"), default=120)
    plaats = models.CharField(_("plaats"), max_length=120)
    # Only when the convocation says so may somebody take part from elsewhere.
    op_afstand = models.BooleanField(_("meedoen op afstand mag"), default=False)
    versie = models.ForeignKey(
        Reglementversie,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("reglement dat geldt"),
    )
    voorzitter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("voorzitter"),
    )
    status = models.CharField(_("stand"), max_length=10, choices=Status, default=Status.CONCEPT)
    opgeroepen_op = models.DateTimeField(_("opgeroepen op"), null=True)
    geopend_op = models.DateTimeField(_("geopend op"), null=True)
    gesloten_op = models.DateTimeField(_("gesloten op"), null=True)
    afgelast_reden = models.CharField(_("waarom afgelast"), max_length=300, blank=True)
    # The number of the last `Vergaderstap`: what a page of somebody at work here saw.
    stap = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("vergadering")
        verbose_name_plural = _("vergaderingen")
        ordering = ["-begint_op"]
        constraints = [
            models.UniqueConstraint(
                fields=["eerste"],
                condition=~Q(status="afgelast"),
                name="vergadering_een_tweede",
                violation_error_message=_("Er is al een tweede vergadering belegd."),
            ),
            models.CheckConstraint(
                condition=Q(zitting="tweede", eerste__isnull=False)
                | ~Q(zitting="tweede") & Q(eerste__isnull=True),
                name="vergadering_tweede_heeft_eerste",
            ),
            models.CheckConstraint(
                condition=~Q(status="opgeroepen") | Q(opgeroepen_op__isnull=False),
                name="vergadering_opgeroepen_op",
            ),
            models.CheckConstraint(
                condition=Q(duur_minuten__range=(15, 720)),
                name="vergadering_duur",
                violation_error_message=_("Kies een duur van 15 minuten tot 12 uur."),
            ),
        ]

    def __str__(self):
        return self.titel

    @property
    def eindigt_op(self) -> datetime:
        """Return when it ended, or is expected to."""
        return self.gesloten_op or self.begint_op + timedelta(minutes=self.duur_minuten)

    @property
    def dag(self) -> date:
        """Return the day on the wall: notice and register are judged by it."""
        return to_local(self.begint_op).date()


class Agendapunt(KringModel):
    """One point; with a `besluitsoort` (`reglement.besluitvorming`) it may be put to a vote."""

    vergadering = models.ForeignKey(
        Vergadering, on_delete=models.CASCADE, related_name="agendapunten"
    )
    volgorde = models.PositiveSmallIntegerField(_("volgorde"))
    titel = models.CharField(_("onderwerp"), max_length=200)
    toelichting = models.TextField(_("toelichting"), max_length=4000, blank=True)
    besluitsoort = models.CharField(_("soort besluit"), max_length=30, blank=True)
    aan_de_orde_op = models.DateTimeField(_("aan de orde gesteld op"), null=True)
    afgehandeld_op = models.DateTimeField(_("afgehandeld op"), null=True)
    # What is decided about; each subject processes its own decision.
    reglementversie = models.ForeignKey(
        Reglementversie,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="agendapunten",
    )
    royement = models.ForeignKey(
        "reglement.Royement",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="agendapunten",
    )
    voordracht = models.ForeignKey(
        "reglement.Voordracht",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="agendapunten",
    )
    toelating = models.ForeignKey(
        "reglement.Toelating",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="agendapunten",
    )
    gebiedswijziging = models.ForeignKey(
        "reglement.Gebiedswijziging",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="agendapunten",
    )
    # What was said, as the minutes will have it.
    aantekening = models.TextField(_("aantekening"), max_length=4000, blank=True)
    # The point of the first meeting that a second one puts on the table again.
    herhaalt = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="herhaald_als"
    )

    class Meta:
        verbose_name = _("agendapunt")
        verbose_name_plural = _("agendapunten")
        ordering = ["vergadering", "volgorde"]
        constraints = [
            models.UniqueConstraint(
                fields=["vergadering", "volgorde"],
                name="agendapunt_volgorde",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(
                fields=["vergadering"],
                condition=Q(aan_de_orde_op__isnull=False, afgehandeld_op__isnull=True),
                name="agendapunt_een_aan_de_orde",
                violation_error_message=_("Er is al een ander punt aan de orde."),
            ),
        ]

    def __str__(self):
        return f"{self.volgorde}. {self.titel}"


class Uitnodiging(KringModel):
    """The convocation of one deelnemer and what its vertegenwoordiger answered."""

    class Antwoord(models.TextChoices):
        KOMT = "komt", _("komt")
        OP_AFSTAND = "op_afstand", _("doet mee op afstand")
        KOMT_NIET = "komt_niet", _("komt niet")

    vergadering = models.ForeignKey(
        Vergadering, on_delete=models.CASCADE, related_name="uitnodigingen"
    )
    deelnemer = models.ForeignKey(Deelnemer, on_delete=models.PROTECT, related_name="+")
    gebruiker = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    verzonden_op = models.DateTimeField(_("verzonden op"), null=True)
    antwoord = models.CharField(_("antwoord"), max_length=10, choices=Antwoord, blank=True)
    geantwoord_op = models.DateTimeField(_("geantwoord op"), null=True)

    class Meta:
        verbose_name = _("uitnodiging")
        verbose_name_plural = _("uitnodigingen")
        constraints = [
            models.UniqueConstraint(fields=["vergadering", "deelnemer"], name="uitnodiging_eenmaal")
        ]

    def __str__(self):
        return f"{self.deelnemer_id}: {self.antwoord or '?'}"


class Aanwezigheid(KringModel):
    """Somebody came in or left: who is present is the last line of each, at any moment (A-7)."""

    append_only = True

    class Soort(models.TextChoices):
        BINNEN = "binnen", _("gekomen")
        WEG = "weg", _("weggegaan")

    vergadering = models.ForeignKey(
        Vergadering, on_delete=models.PROTECT, related_name="aanwezigheid"
    )
    deelnemer = models.ForeignKey(Deelnemer, on_delete=models.PROTECT, related_name="+")
    gebruiker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    soort = models.CharField(_("wat"), max_length=6, choices=Soort)
    op_afstand = models.BooleanField(_("op afstand"), default=False)
    op = models.DateTimeField(_("wanneer"))
    genoteerd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("aanwezigheid")
        verbose_name_plural = _("aanwezigheid")
        ordering = ["op"]

    def __str__(self):
        return f"{self.deelnemer_id} {self.soort}"


class Vergaderstap(KringModel):
    """What somebody did to the meeting, in order: the minutes are drafted from it.

    Who acts on a page that shows an older step is told what happened since (two chairs).
    """

    append_only = True

    class Soort(models.TextChoices):
        OPGEROEPEN = "opgeroepen", _("de oproep verstuurd")
        AFGELAST = "afgelast", _("de vergadering afgelast")
        GEOPEND = "geopend", _("de vergadering geopend")
        VOORZITTER = "voorzitter", _("een andere voorzitter aangewezen")
        PUNT_OPEN = "punt_open", _("dit punt aan de orde gesteld")
        PUNT_KLAAR = "punt_klaar", _("dit punt afgesloten")
        STEMMING_OPEN = "stemming_open", _("de stemming geopend")
        STEMMING_DICHT = "stemming_dicht", _("de stemming gesloten")
        STEMMING_IN = "stemming_in", _("de stemming ingetrokken")
        GESLOTEN = "gesloten", _("de vergadering gesloten")

    vergadering = models.ForeignKey(Vergadering, on_delete=models.PROTECT, related_name="stappen")
    nummer = models.PositiveIntegerField(_("nummer"))
    soort = models.CharField(_("wat"), max_length=14, choices=Soort)
    agendapunt = models.ForeignKey(
        Agendapunt, null=True, on_delete=models.PROTECT, related_name="stappen"
    )
    toelichting = models.CharField(_("toelichting"), max_length=300, blank=True)
    op = models.DateTimeField(_("wanneer"))
    door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("stap van een vergadering")
        verbose_name_plural = _("stappen van een vergadering")
        ordering = ["vergadering", "nummer"]
        constraints = [
            models.UniqueConstraint(fields=["vergadering", "nummer"], name="vergaderstap_nummer")
        ]

    def __str__(self):
        return f"{self.nummer}. {self.soort}"
