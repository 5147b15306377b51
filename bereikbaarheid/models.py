"""Being reachable: the check of a duty, forwarding, announcements, the weekly notice."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bereikbaarheid import regels
from kern.models import Zending
from kern.tenancy import KringModel
from kring.models import Deelnemer, Gebruiker, Tandarts
from rooster.models import Dienst

WEEKDAGEN = [
    (0, _("maandag")),
    (1, _("dinsdag")),
    (2, _("woensdag")),
    (3, _("donderdag")),
    (4, _("vrijdag")),
    (5, _("zaterdag")),
    (6, _("zondag")),
]


def _minutes(label: str, default: int, least: int) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(
        label, default=default, validators=[MinValueValidator(least), MaxValueValidator(240)]
    )


class Instelling(KringModel):
    """When a kring is reminded, and when its notice leaves; without a row the defaults hold."""

    herinner_voor = _minutes(_("herinneren, minuten vóór het begin"), 30, 5)
    herinner_na = _minutes(_("nog eens herinneren, minuten na het begin"), 5, 0)
    escaleer_na = _minutes(_("coördinator waarschuwen, minuten na het begin"), 15, 1)
    bericht_aan = models.BooleanField(_("elke week een bericht versturen"), default=True)
    bericht_dag = models.PositiveSmallIntegerField(
        _("dag van het weekbericht"), choices=WEEKDAGEN, default=3
    )
    antwoordadres = models.EmailField(_("e-mailadres voor vragen over het bericht"), blank=True)
    noem_praktijk = models.BooleanField(_("de dienstdoende praktijk noemen"), default=False)

    class Meta:
        verbose_name = _("instelling van de bereikbaarheid")
        verbose_name_plural = _("instellingen van de bereikbaarheid")
        constraints = [
            models.UniqueConstraint(
                fields=["kring"],
                name="bereikbaarheid_een_instelling",
                violation_error_message=_(
                    "Een collega sloeg dit net ook op. Laad de pagina opnieuw en kijk het na."
                ),
            ),
            models.CheckConstraint(
                condition=Q(escaleer_na__gte=F("herinner_na")),
                name="escaleren_na_herinneren",
                violation_error_message=_(
                    "Waarschuw de coördinator niet eerder dan de tandarts zelf."
                ),
            ),
        ]

    def __str__(self):
        return f"bereikbaarheid van {self.kring_id}"

    @classmethod
    def of(cls, kring_id: int) -> "Instelling":
        """Return the settings of a kring, unsaved ones with the defaults when it has none."""
        return cls.objects.filter(kring_id=kring_id).first() or cls(kring_id=kring_id)

    @property
    def termijnen(self) -> regels.Termijnen:
        return regels.Termijnen(self.herinner_voor, self.herinner_na, self.escaleer_na)


class Controlepunt(KringModel):
    """One point of the start-of-duty check that a dentist ticked (§3.1.1, MR art. 6.3).

    Bound to the dentist and not to the place: whoever takes a duty over checks for themselves.
    """

    class Punt(models.TextChoices):
        ANTWOORDAPPARAAT = regels.ANTWOORDAPPARAAT, _("antwoordapparaat")
        NUMMER = regels.NUMMER, _("nummer")
        LIJN = regels.LIJN, _("proefoproep")
        TELEFOON = regels.TELEFOON, _("eigen telefoon")

    dienst = models.ForeignKey(Dienst, on_delete=models.CASCADE, related_name="controlepunten")
    tandarts = models.ForeignKey(Tandarts, on_delete=models.PROTECT, related_name="+")
    punt = models.CharField(_("punt"), max_length=20, choices=Punt)
    afgevinkt_op = models.DateTimeField(_("afgevinkt op"))
    # The dentist, or the coordinator who had them on the phone.
    afgevinkt_door = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("controlepunt")
        verbose_name_plural = _("controlepunten")
        constraints = [
            models.UniqueConstraint(
                fields=["dienst", "tandarts", "punt"], name="controlepunt_uniek"
            ),
        ]

    def __str__(self):
        return f"{self.punt} {self.dienst_id}"


class Herinnering(KringModel):
    """That somebody was told of a coming duty or an unfinished check: once each.

    `begin` is that of the duty at the time: a duty that is moved gets its reminders again.
    """

    class Soort(models.TextChoices):
        WEEK = "week", _("een week voor de dienst")
        DAG = "dag", _("een dag voor de dienst")
        VOOR = regels.VOOR, _("herinnering vóór de dienst")
        NA = regels.NA, _("herinnering na het begin")
        ESCALATIE = regels.ESCALATIE, _("coördinator gewaarschuwd")

    dienst = models.ForeignKey(Dienst, on_delete=models.CASCADE, related_name="herinneringen")
    tandarts = models.ForeignKey(Tandarts, on_delete=models.PROTECT, related_name="+")
    soort = models.CharField(_("soort"), max_length=10, choices=Soort)
    begin = models.DateTimeField()
    gemaakt_op = models.DateTimeField(_("gemaakt op"))

    class Meta:
        verbose_name = _("herinnering")
        verbose_name_plural = _("herinneringen")
        ordering = ["gemaakt_op"]
        constraints = [
            models.UniqueConstraint(
                fields=["dienst", "tandarts", "soort", "begin"], name="herinnering_uniek"
            ),
        ]

    def __str__(self):
        return f"{self.soort} {self.dienst_id}"


class Doorschakeling(KringModel):
    """How a call travels from the patient to the dentist (§3.1.2).

    Of a practice that forwards its phone, or (without practice) of the emergency number itself.
    """

    class Soort(models.TextChoices):
        AUTOMATISCH = regels.AUTOMATISCH, _("automatisch")
        HANDMATIG = regels.HANDMATIG, _("met de hand")

    deelnemer = models.ForeignKey(
        Deelnemer, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    soort = models.CharField(_("doorschakelen gaat"), max_length=12, choices=Soort)
    # One link a line, in the order in which a call passes them.
    schakels = models.TextField(_("tussenschakels"), max_length=600, blank=True)

    class Meta:
        verbose_name = _("doorschakeling")
        verbose_name_plural = _("doorschakelingen")
        constraints = [
            models.UniqueConstraint(
                fields=["kring", "deelnemer"],
                nulls_distinct=False,
                name="doorschakeling_uniek",
                violation_error_message=_("Hiervan is de doorschakeling al ingevuld."),
            ),
        ]

    def __str__(self):
        return f"{self.soort}, {len(self.tussenschakels)}"

    @property
    def tussenschakels(self) -> list[str]:
        return [line.strip() for line in self.schakels.splitlines() if line.strip()]

    @property
    def oordeel(self) -> regels.Schakeloordeel:
        return regels.judge_links(self.soort, len(self.tussenschakels))


class Aankondiging(KringModel):
    """What a practice adds to its announcements: its own opening hours (§3.1.1)."""

    deelnemer = models.OneToOneField(Deelnemer, on_delete=models.PROTECT, related_name="+")
    openingstijden = models.CharField(_("openingstijden"), max_length=200)

    class Meta:
        verbose_name = _("aankondiging")
        verbose_name_plural = _("aankondigingen")

    def __str__(self):
        return f"aankondiging van {self.deelnemer_id}"


class Sluiting(KringModel):
    """Days on which a practice is closed though its hours say otherwise."""

    deelnemer = models.ForeignKey(Deelnemer, on_delete=models.PROTECT, related_name="sluitingen")
    van = models.DateField(_("van"))
    tot = models.DateField(_("tot en met"))
    reden = models.CharField(_("reden"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("sluiting")
        verbose_name_plural = _("sluitingen")
        ordering = ["van"]
        constraints = [
            models.CheckConstraint(
                condition=Q(van__lte=F("tot")),
                name="sluiting_van_voor_tot",
                violation_error_message=_("De laatste dag ligt vóór de eerste. Draai ze om."),
            ),
        ]

    def __str__(self):
        return f"{self.van} – {self.tot}"


class Ontvanger(KringModel):
    """Who gets the weekly notice (MR art. 4.2)."""

    class Soort(models.TextChoices):
        MEDIA = "media", _("nieuwsmedium")
        HUISARTS = "huisarts", _("huisarts of huisartsenpost")
        ZIEKENHUIS = "ziekenhuis", _("ziekenhuis")
        POLITIE = "politie", _("politie")
        ANDERS = "anders", _("anders")

    soort = models.CharField(_("soort"), max_length=12, choices=Soort)
    naam = models.CharField(_("naam"), max_length=120)
    email = models.EmailField(_("e-mailadres"))
    actief = models.BooleanField(_("krijgt het weekbericht"), default=True)

    class Meta:
        verbose_name = _("ontvanger van het weekbericht")
        verbose_name_plural = _("ontvangers van het weekbericht")
        ordering = ["soort", "naam"]
        constraints = [
            models.UniqueConstraint(
                fields=["kring", "email"],
                name="ontvanger_email_uniek",
                violation_error_message=_("Er is al een ontvanger met dit e-mailadres."),
            ),
        ]

    def __str__(self):
        return self.naam


class Weekbericht(KringModel):
    """One notice about one week, word for word as it left; a changed roster makes a new version."""

    append_only = True

    # The Monday of the week that it is about.
    week = models.DateField(_("week"))
    versie = models.PositiveSmallIntegerField(_("versie"), default=1)
    onderwerp = models.CharField(_("onderwerp"), max_length=200)
    tekst = models.TextField(_("tekst"))
    met_gat = models.BooleanField(_("met een gat in het rooster"), default=False)
    gemaakt_op = models.DateTimeField(_("verstuurd op"))
    # Empty: by itself, on the day of the notice.
    gemaakt_door = models.ForeignKey(
        Gebruiker, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("weekbericht")
        verbose_name_plural = _("weekberichten")
        ordering = ["-week", "-versie"]
        constraints = [
            models.UniqueConstraint(fields=["kring", "week", "versie"], name="weekbericht_uniek"),
        ]

    def __str__(self):
        return f"week van {self.week}, versie {self.versie}"


class Weekbezorging(KringModel):
    """One notice to one recipient; the state of its delivery is that of the zending."""

    weekbericht = models.ForeignKey(
        Weekbericht, on_delete=models.PROTECT, related_name="bezorgingen"
    )
    # The list may change later; what was sent where stays.
    ontvanger = models.ForeignKey(
        Ontvanger, null=True, on_delete=models.SET_NULL, related_name="bezorgingen"
    )
    naam = models.CharField(_("ontvanger"), max_length=120)
    email = models.EmailField(_("e-mailadres"))
    zending = models.OneToOneField(Zending, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("bezorging van een weekbericht")
        verbose_name_plural = _("bezorgingen van weekberichten")
        ordering = ["naam", "aangemaakt_op"]

    def __str__(self):
        return f"{self.weekbericht_id} aan {self.naam}"
