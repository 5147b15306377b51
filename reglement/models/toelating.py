"""A practice that wants to take part, and what is asked of it (§5.2.1, MR 3, 11.5)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kern.tenancy import KringModel
from kern.velden import AgbCodeField, BigNummerField, PostcodeField, TelefoonField
from kring.models import Deelnemer, Gebruiker
from reglement.models.besluit import Besluit
from rooster.models import Bigcontrole


class Toelating(KringModel):
    """An application: who asks, what was declared, the advice, and what came of it."""

    class Status(models.TextChoices):
        AANGEVRAAGD = "aangevraagd", _("aangevraagd")
        TOEGELATEN = "toegelaten", _("toegelaten")
        AFGEWEZEN = "afgewezen", _("afgewezen")
        INGETROKKEN = "ingetrokken", _("ingetrokken")

    class Advies(models.TextChoices):
        TOELATEN = "toelaten", _("toelaten")
        NIET_TOELATEN = "niet_toelaten", _("niet toelaten")

    naam = models.CharField(_("naam van de praktijk"), max_length=120)
    adres = models.CharField(_("adres"), max_length=120)
    postcode = PostcodeField(_("postcode"))
    plaats = models.CharField(_("plaats"), max_length=80)
    telefoon = TelefoonField(_("telefoon"))
    email = models.EmailField(_("e-mailadres"))
    agb_code = AgbCodeField(_("AGB-code"), blank=True)
    vertegenwoordiger = models.CharField(_("wie de praktijk vertegenwoordigt"), max_length=120)
    aangevraagd_op = models.DateField(_("aangevraagd op"))
    gewenst_op = models.DateField(_("wil meedoen vanaf"))
    # What the practice declared; None is not asked yet.
    tweede_dienst = models.BooleanField(
        _("doet mee aan een andere dienst in dit gebied"), null=True
    )
    standaard = models.BooleanField(_("professionele standaard en communicatie"), null=True)
    kent_reglement = models.BooleanField(_("kent reglement en richtlijn"), null=True)
    advies = models.CharField(_("advies"), max_length=13, choices=Advies, blank=True)
    advies_reden = models.TextField(_("toelichting op het advies"), max_length=1000, blank=True)
    advies_door = models.ForeignKey(
        Gebruiker, null=True, on_delete=models.PROTECT, related_name="+"
    )
    advies_op = models.DateTimeField(_("geadviseerd op"), null=True)
    status = models.CharField(_("stand"), max_length=11, choices=Status, default=Status.AANGEVRAAGD)
    # A practice that took part before comes back as itself, with its history.
    deelnemer = models.ForeignKey(
        Deelnemer, null=True, blank=True, on_delete=models.PROTECT, related_name="toelatingen"
    )
    # None when it was admitted by right.
    besluit = models.OneToOneField(
        Besluit, null=True, on_delete=models.PROTECT, related_name="toelating"
    )
    afgerond_op = models.DateField(_("afgerond op"), null=True)
    slot = models.CharField(_("hoe het afliep"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("toelating")
        verbose_name_plural = _("toelatingen")
        ordering = ["-aangevraagd_op", "naam"]
        constraints = [
            models.UniqueConstraint(
                fields=["kring", "naam"],
                condition=Q(status="aangevraagd"),
                name="toelating_een_open",
                violation_error_message=_("Er loopt al een aanvraag van deze praktijk."),
            ),
            models.CheckConstraint(
                condition=~Q(status="toegelaten") | Q(deelnemer__isnull=False),
                name="toelating_met_deelnemer",
            ),
            models.CheckConstraint(
                condition=Q(status="aangevraagd") | Q(afgerond_op__isnull=False),
                name="toelating_afgerond_op",
            ),
        ]

    def __str__(self):
        return f"toelating van {self.naam}"

    @property
    def open(self) -> bool:
        return self.status == self.Status.AANGEVRAAGD


class Toelatingstandarts(KringModel):
    """A dentist of a practice that applies, with what the BIG register said last."""

    toelating = models.ForeignKey(Toelating, on_delete=models.CASCADE, related_name="tandartsen")
    naam = models.CharField(_("naam"), max_length=120)
    big_nummer = BigNummerField(_("BIG-nummer"))
    telefoon = TelefoonField(_("telefoon tijdens dienst"))
    uitkomst = models.CharField(
        _("wat het register zegt"), max_length=12, choices=Bigcontrole.Uitkomst, blank=True
    )
    bron = models.CharField(max_length=12, blank=True)
    gecontroleerd_op = models.DateTimeField(_("nagekeken op"), null=True)
    gecontroleerd_door = models.ForeignKey(
        Gebruiker, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("tandarts bij een toelating")
        verbose_name_plural = _("tandartsen bij een toelating")
        ordering = ["naam"]
        constraints = [
            models.UniqueConstraint(
                fields=["toelating", "big_nummer"],
                name="toelatingstandarts_eenmaal",
                violation_error_message=_("Deze tandarts staat al bij deze aanvraag."),
            ),
            models.CheckConstraint(
                condition=Q(uitkomst="") | Q(gecontroleerd_op__isnull=False),
                name="toelatingstandarts_met_moment",
            ),
        ]

    def __str__(self):
        return self.naam
