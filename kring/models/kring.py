"""Who: the kring, its deelnemers, tandartsen, and users with roles."""

import uuid

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.sessions.base_session import AbstractBaseSession
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from kern.tenancy import KringModel
from kern.toegang import Rol
from kern.velden import AgbCodeField, BigNummerField, PostcodeField, TelefoonField
from kring.querysets import LidmaatschapQuerySet, SessieQuerySet


class Kring(models.Model):
    """Practices that share their emergency duty: the tenant (§5.1).

    Name, place and the duty number are public by nature (§3.1.1: they stand on the door of every
    practice); a row of this table is therefore readable without a kring context.
    """

    slug = models.SlugField(_("korte naam in het adres"), unique=True)
    naam = models.CharField(_("naam"), max_length=120)
    spoednummer = TelefoonField(_("spoednummer"))
    plaats = models.CharField(_("plaats"), max_length=80)
    # For the night on which the roster has a hole: a red bar without a number helps nobody.
    telefoon_coordinator = TelefoonField(
        _("telefoon als niemand dienst heeft (coördinator)"), blank=True
    )

    # Where the triage desk wants to hear that a deadline has passed; empty: only on its screens.
    meldmail_triage = models.EmailField(_("e-mail voor verstreken termijnen (triage)"), blank=True)
    meldtelefoon_triage = TelefoonField(_("sms voor verstreken termijnen (triage)"), blank=True)

    # S30 says 14; a kring whose own dentists are slow may take up to 30.
    ophaal_dagen = models.PositiveSmallIntegerField(
        _("dagen dat een verslag klaarstaat om op te halen"),
        default=14,
        validators=[MinValueValidator(7), MaxValueValidator(30)],
        help_text=_("Van 7 tot en met 30 dagen. Daarna wordt de klaargezette kopie vernietigd."),
    )

    class Meta:
        verbose_name = _("kring")
        verbose_name_plural = _("kringen")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ophaal_dagen__range=(7, 30)),
                name="kring_ophaal_dagen",
                violation_error_message=_("Kies 7 tot en met 30 dagen."),
            ),
        ]

    def __str__(self):
        return self.naam


class GebruikerManager(BaseUserManager):
    def create_user(self, email, naam, password=None):
        gebruiker = self.model(email=self.normalize_email(email).lower(), naam=naam)
        gebruiker.set_password(password)
        gebruiker.save()
        return gebruiker

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


class Gebruiker(AbstractBaseUser, PermissionsMixin):
    """A person who logs in; what they may do follows from the lidmaatschappen only.

    `is_superuser` is never set: beheerders get their rights in the admin from the access table.
    """

    email = models.EmailField(_("e-mailadres"), unique=True)
    naam = models.CharField(_("naam"), max_length=120)
    is_active = models.BooleanField(_("actief"), default=True)
    # WCAG 2.1.4: who dictates or has a tremor switches the single keys off, on every device.
    sneltoetsen_uit = models.BooleanField(_("sneltoetsen uit"), default=False)
    aangemaakt_op = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["naam"]
    objects = GebruikerManager()

    class Meta:
        verbose_name = _("gebruiker")
        verbose_name_plural = _("gebruikers")

    def __str__(self):
        return self.naam


class Sessie(AbstractBaseSession):
    """A browser that talks to us, logged in or not; written by kring.sessies only.

    Belongs to a person and not to a kring: one login opens all kringen of that person.
    """

    # What pages call it: the session key opens the account and never leaves the cookie.
    nummer = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    gebruiker = models.ForeignKey(
        Gebruiker, null=True, on_delete=models.CASCADE, related_name="sessies"
    )
    begonnen_op = models.DateTimeField(_("begonnen op"))
    gezien_op = models.DateTimeField(_("laatst gebruikt op"))
    apparaat = models.CharField(_("apparaat"), max_length=60, blank=True)

    objects = SessieQuerySet.as_manager()

    class Meta(AbstractBaseSession.Meta):
        verbose_name = _("sessie")
        verbose_name_plural = _("sessies")

    @classmethod
    def get_session_store_class(cls):
        from kring.sessies import SessionStore

        return SessionStore


class Deelnemer(KringModel):
    """A practice that takes part in the kring (Begrippenlijst)."""

    naam = models.CharField(_("naam van de praktijk"), max_length=120)
    adres = models.CharField(_("adres"), max_length=120)
    postcode = PostcodeField(_("postcode"))
    plaats = models.CharField(_("plaats"), max_length=80)
    telefoon = TelefoonField(_("telefoon"))
    email = models.EmailField(_("e-mailadres"))
    agb_code = AgbCodeField(_("AGB-code"), blank=True)
    actief = models.BooleanField(_("doet mee"), default=True)

    class Meta:
        verbose_name = _("deelnemer")
        verbose_name_plural = _("deelnemers")
        constraints = [
            models.UniqueConstraint(
                fields=["kring", "naam"],
                name="deelnemer_naam_uniek",
                violation_error_message=_("Er is al een praktijk met deze naam in de kring."),
            )
        ]

    def __str__(self):
        return self.naam


class Tandarts(KringModel):
    """A dentist of a deelnemer; may serve as dienstdoende or achterwacht."""

    deelnemer = models.ForeignKey(
        Deelnemer, on_delete=models.PROTECT, related_name="tandartsen", verbose_name=_("praktijk")
    )
    naam = models.CharField(_("naam"), max_length=120)
    big_nummer = BigNummerField(_("BIG-nummer"))
    # §3.1.1: the number at which the dentist can be reached during a duty.
    telefoon = TelefoonField(_("telefoon tijdens dienst"))
    gebruiker = models.ForeignKey(
        Gebruiker,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="tandartsen",
        verbose_name=_("gebruiker"),
    )
    actief = models.BooleanField(_("actief"), default=True)

    class Meta:
        verbose_name = _("tandarts")
        verbose_name_plural = _("tandartsen")
        constraints = [
            models.UniqueConstraint(
                fields=["kring", "big_nummer"],
                name="tandarts_big_uniek",
                violation_error_message=_("Er is al een tandarts met dit BIG-nummer in de kring."),
            ),
            models.UniqueConstraint(
                fields=["kring", "gebruiker"],
                name="tandarts_gebruiker_uniek",
                violation_error_message=_("Deze gebruiker hoort al bij een andere tandarts."),
            ),
        ]

    def __str__(self):
        return self.naam


class Lidmaatschap(KringModel):
    """One role of one person in one kring; a person with two roles has two rows."""

    class Status(models.TextChoices):
        UITGENODIGD = "uitgenodigd", _("uitgenodigd")
        ACTIEF = "actief", _("actief")
        BEEINDIGD = "beeindigd", _("beëindigd")

    GIVEN = [(rol.value, rol.label) for rol in Rol if rol is not Rol.OPHALER]

    gebruiker = models.ForeignKey(
        Gebruiker,
        on_delete=models.PROTECT,
        related_name="lidmaatschappen",
        verbose_name=_("gebruiker"),
    )
    rol = models.CharField(_("rol"), max_length=20, choices=GIVEN)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.ACTIEF)
    deelnemer = models.ForeignKey(
        Deelnemer,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="vertegenwoordigers",
        verbose_name=_("praktijk (alleen voor een vertegenwoordiger)"),
    )

    objects = LidmaatschapQuerySet.as_manager()

    class Meta:
        verbose_name = _("lidmaatschap")
        verbose_name_plural = _("lidmaatschappen")
        constraints = [
            models.UniqueConstraint(
                fields=["kring", "gebruiker", "rol"],
                name="lidmaatschap_uniek",
                violation_error_message=_("Deze gebruiker heeft deze rol al in de kring."),
            ),
            models.UniqueConstraint(
                fields=["kring", "deelnemer"],
                # An invited one counts too: two could otherwise become active at the same time.
                condition=models.Q(rol="vertegenwoordiger") & ~models.Q(status="beeindigd"),
                name="vertegenwoordiger_uniek",
                violation_error_message=_("Deze praktijk heeft al een vertegenwoordiger."),
            ),
            models.CheckConstraint(
                condition=models.Q(rol="vertegenwoordiger", deelnemer__isnull=False)
                | ~models.Q(rol="vertegenwoordiger"),
                name="vertegenwoordiger_heeft_praktijk",
                violation_error_message=_("Kies de praktijk die deze persoon vertegenwoordigt."),
            ),
        ]

    def __str__(self):
        return f"{self.gebruiker} ({self.get_rol_display()})"


class Factorherstel(KringModel):
    """A request to wipe the second factor of somebody who lost it; a second person decides."""

    class Status(models.TextChoices):
        OPEN = "open", _("open")
        GEDAAN = "gedaan", _("gewist")
        AFGEWEZEN = "afgewezen", _("afgewezen")
        VERLOPEN = "verlopen", _("verlopen")

    gebruiker = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, related_name="+")
    reden = models.CharField(_("hoe je weet dat deze persoon het zelf vraagt"), max_length=200)
    status = models.CharField(_("status"), max_length=9, choices=Status, default=Status.OPEN)
    gevraagd_door = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, related_name="+")
    gevraagd_op = models.DateTimeField(_("gevraagd op"))
    beslist_door = models.ForeignKey(
        Gebruiker, null=True, on_delete=models.PROTECT, related_name="+"
    )
    beslist_op = models.DateTimeField(_("beslist op"), null=True)

    class Meta:
        verbose_name = _("verzoek om een tweede stap te wissen")
        verbose_name_plural = _("verzoeken om een tweede stap te wissen")
        constraints = [
            models.UniqueConstraint(
                fields=["kring", "gebruiker"],
                condition=models.Q(status="open"),
                name="factorherstel_een_open",
                violation_error_message=_("Dit is al gevraagd. Een collega moet het nog bekijken."),
            ),
            # Whatever the code forgets: never by one person, never about oneself.
            models.CheckConstraint(
                condition=~models.Q(status="gedaan")
                | models.Q(beslist_door__isnull=False)
                & ~models.Q(beslist_door=models.F("gevraagd_door")),
                name="factorherstel_twee_mensen",
            ),
            models.CheckConstraint(
                condition=~models.Q(gebruiker=models.F("gevraagd_door"))
                & (
                    models.Q(beslist_door__isnull=True)
                    | ~models.Q(gebruiker=models.F("beslist_door"))
                ),
                name="factorherstel_niet_over_jezelf",
            ),
        ]

    def __str__(self):
        return f"{self.gebruiker}: {self.get_status_display()}"
