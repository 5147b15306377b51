"""The address book of the handover: own dentists, what we know of them, and its history."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from kern.tenancy import KringModel
from kern.velden import AgbCodeField, TelefoonField
from kring.models.kring import Gebruiker
from kring.querysets import EigenTandartsQuerySet


class EigenTandarts(KringModel):
    """The patient's own dentist, outside or inside the kring: the address book of the handover.

    Mailbox and number may both be unknown: then a report goes by hand or on paper. `controle` is
    about this very address: whoever changes where a report goes to drops the check with it.
    """

    class Controle(models.TextChoices):
        NIET = "niet", _("niet gecontroleerd")
        JA = "ja", _("gecontroleerd")
        FOUT = "fout", _("klopt niet")

    naam = models.CharField(_("naam"), max_length=120)
    praktijk = models.CharField(_("praktijk"), max_length=120)
    plaats = models.CharField(_("plaats"), max_length=80, blank=True)
    email = models.EmailField(_("e-mailadres"), blank=True)
    # The second factor of the pick-up travels over this number, never over the mailbox.
    telefoon = TelefoonField(_("nummer voor de code"), blank=True)
    agb_code = AgbCodeField(_("AGB-code"), blank=True)
    controle = models.CharField(
        _("controle"), max_length=4, choices=Controle, default=Controle.NIET
    )
    gecontroleerd_op = models.DateTimeField(_("gecontroleerd op"), null=True)
    gecontroleerd_door = models.ForeignKey(
        Gebruiker,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("gecontroleerd door"),
    )
    # Of FOUT: what is wrong with it, as told by a person or by the mail server.
    fout_reden = models.CharField(_("wat klopt er niet"), max_length=200, blank=True)

    objects = EigenTandartsQuerySet.as_manager()

    class Meta:
        verbose_name = _("eigen tandarts")
        verbose_name_plural = _("eigen tandartsen")
        constraints = [
            models.UniqueConstraint(
                fields=["kring", "email"],
                condition=~Q(email=""),
                name="eigentandarts_email_uniek",
                violation_error_message=_("Er is al een eigen tandarts met dit e-mailadres."),
            ),
            # A check without a moment is no check.
            models.CheckConstraint(
                condition=~Q(controle="ja") | Q(gecontroleerd_op__isnull=False),
                name="eigentandarts_controle_met_moment",
            ),
        ]

    def __str__(self):
        return f"{self.naam}, {self.praktijk}"


class Adreswijziging(KringModel):
    """One step in the history of an address: who did what, and what stood there before."""

    append_only = True

    class Wat(models.TextChoices):
        TOEGEVOEGD = "toegevoegd", _("toegevoegd")
        GEWIJZIGD = "gewijzigd", _("gewijzigd")
        GECONTROLEERD = "gecontroleerd", _("gecontroleerd")
        FOUT_GEMELD = "fout_gemeld", _("fout gemeld")

    eigen_tandarts = models.ForeignKey(
        EigenTandarts, on_delete=models.PROTECT, related_name="wijzigingen"
    )
    wat = models.CharField(_("wat"), max_length=13, choices=Wat)
    # Of a change: the fields that differ, as they were and as they became.
    voor = models.JSONField(default=dict)
    na = models.JSONField(default=dict)
    toelichting = models.CharField(_("toelichting"), max_length=200, blank=True)
    gedaan_op = models.DateTimeField(_("gedaan op"), db_default=Now())
    # As the person was called then; the house itself has a name too.
    gedaan_door = models.CharField(_("gedaan door"), max_length=200)

    class Meta:
        verbose_name = _("wijziging van een adres")
        verbose_name_plural = _("wijzigingen van adressen")
        ordering = ["-gedaan_op"]

    def __str__(self):
        return f"{self.wat} {self.eigen_tandarts_id}"

    @property
    def regels(self) -> list[dict[str, str]]:
        """Return what changed, field by field, in the words of the form."""
        field = EigenTandarts._meta.get_field
        return [
            {"veld": str(field(naam).verbose_name), "voor": self.voor[naam], "na": self.na[naam]}
            for naam in self.voor
        ]
