"""Rows of patients' rights: what somebody asked, what was decided, given and destroyed."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kern.tenancy import KringModel
from kern.versleuteld import VersleuteldeRegel, VersleuteldTekst
from rechten import regels
from triage.models import Patient

GEVOELIG = ("aanvrager_naam", "aanvrager_adres", "wens", "motivering", "verleng_reden")
"""What a request says about people: gone when the file is destroyed."""


class Patientverzoek(KringModel):
    """One request about a patient's file, with who asked it, how we knew them, and the answer.

    Of the identity check the kind of document is kept, never its number (AVG 5(1c)). A request
    outlives the file: after a destruction it keeps dates, kind and decision, and no person.
    """

    class Soort(models.TextChoices):
        AFSCHRIFT = regels.AFSCHRIFT, _("afschrift van het verslag")
        INZAGE = regels.INZAGE, _("inzage in alle gegevens")
        CORRECTIE = regels.CORRECTIE, _("verbetering van gegevens")
        VERNIETIGING = regels.VERNIETIGING, _("vernietiging van het dossier")

    class Aanvrager(models.TextChoices):
        PATIENT = regels.PATIENT, _("de patiënt zelf")
        OUDER = regels.OUDER, _("ouder met gezag of voogd")
        VERTEGENWOORDIGER = regels.VERTEGENWOORDIGER, _("curator of mentor")
        GEMACHTIGDE = regels.GEMACHTIGDE, _("gemachtigde, met een machtiging van de patiënt")
        NABESTAANDE = regels.NABESTAANDE, _("nabestaande")

    class Identiteit(models.TextChoices):
        PASPOORT = "paspoort", _("paspoort")
        IDENTITEITSKAART = "identiteitskaart", _("identiteitskaart")
        RIJBEWIJS = "rijbewijs", _("rijbewijs")
        VREEMDELING = "vreemdeling", _("vreemdelingendocument")
        BEKEND = "bekend", _("persoonlijk bekend bij wie dit noteert")

    class Status(models.TextChoices):
        OPEN = "open", _("in behandeling")
        TOEGEWEZEN = "toegewezen", _("toegewezen")
        AFGEWEZEN = "afgewezen", _("afgewezen")
        AFGEHANDELD = "afgehandeld", _("afgehandeld")
        INGETROKKEN = "ingetrokken", _("ingetrokken door de aanvrager")

    class Weigergrond(models.TextChoices):
        IDENTITEIT = "identiteit", _("wie het vraagt is niet vast te stellen (AVG 12 lid 6)")
        BUITENSPORIG = "buitensporig", _("ongegrond of buitensporig (AVG 12 lid 5)")
        ANDER = "ander", _("de persoonlijke levenssfeer van een ander (BW 7:456)")
        BELANG = "belang", _("een aanmerkelijk belang van een ander (BW 7:455 lid 2)")
        WET = "wet", _("een wettelijke plicht om te bewaren (BW 7:455 lid 2)")
        JUIST = "juist", _("de gegevens kloppen (AVG 16)")
        GEEN_GEGEVENS = "geen_gegevens", _("er zijn geen gegevens")
        NIET_BEVOEGD = "niet_bevoegd", _("de aanvrager mag dit niet vragen")

    nummer = models.PositiveIntegerField(_("nummer"))
    patient = models.ForeignKey(
        Patient, null=True, on_delete=models.PROTECT, related_name="verzoeken"
    )
    soort = models.CharField(_("waar gaat het verzoek over"), max_length=12, choices=Soort)
    ontvangen_op = models.DateField(_("ontvangen op"))
    genoteerd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    aanvrager = models.CharField(_("wie vraagt het"), max_length=18, choices=Aanvrager)
    aanvrager_naam = VersleuteldeRegel(_("naam van de aanvrager"), max_length=120)
    aanvrager_adres = VersleuteldTekst(_("adres voor de brief"), max_length=300, blank=True)
    wens = VersleuteldTekst(_("wat wordt gevraagd"), max_length=2000, blank=True)
    identiteit = models.CharField(
        _("identiteit gecontroleerd met"), max_length=18, choices=Identiteit, blank=True
    )
    identiteit_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    identiteit_op = models.DateTimeField(null=True)
    verlengd_op = models.DateTimeField(_("termijn verlengd op"), null=True)
    verleng_reden = VersleuteldTekst(_("reden van de verlenging"), max_length=1000, blank=True)
    status = models.CharField(_("stand"), max_length=12, choices=Status, default=Status.OPEN)
    besluit_op = models.DateTimeField(_("besluit op"), null=True)
    besluit_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    weigergrond = models.CharField(
        _("grond van de weigering"), max_length=14, choices=Weigergrond, blank=True
    )
    motivering = VersleuteldTekst(_("motivering"), max_length=2000, blank=True)
    # What the copy costs, fixed at the decision; zero is free.
    bedrag_cent = models.PositiveIntegerField(_("vergoeding in centen"), default=0)
    # What was made for it last, to be given: the proof tells of which bytes.
    bestand_sha256 = models.CharField(max_length=64, blank=True)
    bestand_versies = models.JSONField(default=list)
    afgehandeld_op = models.DateTimeField(_("afgehandeld op"), null=True)

    class Meta:
        verbose_name = _("verzoek van een patiënt")
        verbose_name_plural = _("verzoeken van patiënten")
        constraints = [
            models.UniqueConstraint(fields=["kring", "nummer"], name="patientverzoek_nummer"),
            models.CheckConstraint(
                condition=Q(identiteit="") | Q(identiteit_door__isnull=False),
                name="patientverzoek_identiteit_door",
            ),
            models.CheckConstraint(
                condition=~Q(status="afgewezen") | ~Q(weigergrond=""),
                name="patientverzoek_weigering_heeft_grond",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["toegewezen", "afgehandeld"]) | ~Q(identiteit=""),
                name="patientverzoek_eerst_identiteit",
            ),
        ]
        indexes = [
            models.Index(
                fields=["kring", "ontvangen_op"],
                condition=Q(status__in=["open", "toegewezen"]),
                name="patientverzoek_open",
            )
        ]

    def __str__(self):
        return f"verzoek {self.nummer}"

    @property
    def bedrag(self) -> str:
        """Return the fee in words; empty when it is free."""
        cents = f"{self.bedrag_cent / 100:.2f}".replace(".", ",")
        return f"€ {cents}" if self.bedrag_cent else ""

    @property
    def is_open(self) -> bool:
        """Whether the term is running: asked, and not yet done or refused."""
        return self.status in (self.Status.OPEN, self.Status.TOEGEWEZEN)


class Afgifte(KringModel):
    """What was given on a request, to whom, and how we knew that it was them.

    `versies` are the ids of the signed versions in it: the next copy of the same costs a fee.
    """

    class Wijze(models.TextChoices):
        HAND = "hand", _("op papier, in de hand gegeven")
        POST = "post", _("op papier, aangetekend verstuurd")
        BESTAND = "bestand", _("als bestand, in de hand gegeven")
        OPHALEN = "ophalen", _("op te halen met een link en een code")

    verzoek = models.ForeignKey(Patientverzoek, on_delete=models.PROTECT, related_name="afgiften")
    wijze = models.CharField(_("hoe gegeven"), max_length=8, choices=Wijze)
    uitgereikt_aan = VersleuteldeRegel(_("gegeven aan"), max_length=120)
    identiteit = models.CharField(
        _("identiteit bij het geven gecontroleerd met"),
        max_length=18,
        choices=Patientverzoek.Identiteit,
    )
    door = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    gegeven_op = models.DateTimeField(_("gegeven op"))
    versies = models.JSONField(default=list)
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("afgifte")
        verbose_name_plural = _("afgiften")
        ordering = ["gegeven_op"]

    def __str__(self):
        return f"{self.get_wijze_display()} ({self.gegeven_op:%d-%m-%Y})"


class Rechteninstelling(KringModel):
    """What the kring asks for a further copy; no row is nothing."""

    tarief_cent = models.PositiveIntegerField(
        _("vergoeding voor een tweede of volgend afschrift, in centen"), default=0
    )

    class Meta:
        verbose_name = _("instelling voor verzoeken")
        verbose_name_plural = _("instellingen voor verzoeken")
        constraints = [
            models.UniqueConstraint(fields=["kring"], name="rechteninstelling_een"),
            models.CheckConstraint(
                condition=Q(tarief_cent__lte=5000),
                name="rechteninstelling_redelijk",
                violation_error_message=_("Een redelijke vergoeding is hoogstens 50 euro."),
            ),
        ]

    def __str__(self):
        return f"vergoeding {self.tarief_cent} cent"


class Vernietiging(KringModel):
    """A file that goes: proposed, agreed by two persons, done; then the minimal proof of it.

    No keys to persons: the row outlives them, and an old backup may not know them. `patient_nummer`
    is a random number that names nobody once the patient is gone. `rechten_vernietig` (migration
    0001) deletes, and only what both agreed to.
    """

    class Grond(models.TextChoices):
        VERZOEK = "verzoek", _("op verzoek (BW 7:455, AVG 17)")
        TERMIJN = "termijn", _("bewaartermijn van twintig jaar voorbij (BW 7:454)")

    patient = models.ForeignKey(
        Patient, null=True, on_delete=models.PROTECT, related_name="vernietigingen"
    )
    patient_nummer = models.UUIDField()
    grond = models.CharField(_("grond"), max_length=8, choices=Grond)
    verzoek = models.ForeignKey(
        Patientverzoek, null=True, on_delete=models.PROTECT, related_name="vernietigingen"
    )
    laatste_wijziging = models.DateField(_("laatste wijziging van het dossier"), null=True)
    coordinator_id = models.BigIntegerField(null=True)
    coordinator_naam = models.CharField(_("coördinator"), max_length=200, blank=True)
    coordinator_op = models.DateTimeField(null=True)
    fg_id = models.BigIntegerField(null=True)
    fg_naam = models.CharField(_("functionaris"), max_length=200, blank=True)
    fg_op = models.DateTimeField(null=True)
    # Kept longer, because good care asks for it (BW 7:454 lid 3); or sent back by the second.
    aangehouden_tot = models.DateField(_("langer bewaren tot"), null=True)
    reden = VersleuteldTekst(_("reden"), max_length=1000, blank=True)
    uitgevoerd_op = models.DateTimeField(_("vernietigd op"), null=True)
    aantallen = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("vernietiging")
        verbose_name_plural = _("vernietigingen")
        constraints = [
            models.UniqueConstraint(
                fields=["kring", "patient"],
                condition=Q(uitgevoerd_op__isnull=True),
                name="vernietiging_een_per_patient",
            ),
            models.CheckConstraint(
                condition=Q(coordinator_id__isnull=True)
                | Q(fg_id__isnull=True)
                | ~Q(coordinator_id=F("fg_id")),
                name="vernietiging_twee_personen",
                violation_error_message=_(
                    "Twee verschillende mensen beslissen over een vernietiging. Jij was de eerste."
                ),
            ),
            models.CheckConstraint(
                condition=Q(uitgevoerd_op__isnull=True)
                | Q(coordinator_op__isnull=False, fg_op__isnull=False),
                name="vernietiging_eerst_besloten",
            ),
        ]
        indexes = [
            models.Index(
                fields=["kring"],
                condition=Q(uitgevoerd_op__isnull=True),
                name="vernietiging_open",
            )
        ]

    def __str__(self):
        return f"vernietiging {self.pk}"

    @property
    def is_bevestigd(self) -> bool:
        """Whether both persons agreed: from then on it happens."""
        return self.coordinator_op is not None and self.fg_op is not None
