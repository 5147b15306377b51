"""Passantendossier, the report with its immutable versions, and the handover (ch. 4)."""

import hashlib

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from kern.models import Zending
from kern.tenancy import KringModel
from kern.velden import TelefoonField
from kern.versleuteld import (
    VersleuteldBinair,
    VersleuteldeRegel,
    VersleuteldJson,
    VersleuteldTekst,
)
from kring.models import EigenTandarts, Tandarts
from triage.models import Oproep, Patient
from verslag.querysets import (
    BijlageManager,
    DossierQuerySet,
    OverdrachtQuerySet,
    VerslagQuerySet,
)


class Passantendossier(KringModel):
    """The one file of a patient in a kring (§4.1)."""

    patient = models.OneToOneField(Patient, on_delete=models.PROTECT, related_name="dossier")

    objects = DossierQuerySet.as_manager()

    class Meta:
        verbose_name = _("passantendossier")
        verbose_name_plural = _("passantendossiers")

    def __str__(self):
        return f"passantendossier {self.pk}"


class Verslag(KringModel):
    """The report of one call, as the dentist is writing it; signing makes a Verslagversie."""

    class Verwijzing(models.TextChoices):
        GEEN = "", _("geen verwijzing")
        COLLEGA = "collega", _("collega-tandarts")
        TANDARTSSPECIALIST = "tandartsspecialist", _("tandarts-specialist")
        HUISARTS = "huisarts", _("huisarts")
        MEDISCH_SPECIALIST = "medisch_specialist", _("medisch specialist")

    dossier = models.ForeignKey(
        Passantendossier, on_delete=models.PROTECT, related_name="verslagen"
    )
    oproep = models.OneToOneField(Oproep, on_delete=models.PROTECT, related_name="verslag")
    auteur = models.ForeignKey(Tandarts, on_delete=models.PROTECT, related_name="verslagen")
    geen_bsn_reden = VersleuteldeRegel(_("reden dat het BSN ontbreekt"), max_length=200, blank=True)
    gezien = models.BooleanField(_("patiënt is gezien"), default=True)
    spoedklacht = VersleuteldTekst(_("spoedklacht"))
    bevindingen = VersleuteldTekst(_("bevindingen"))
    diagnose = VersleuteldTekst(_("diagnose"))
    behandeling = VersleuteldTekst(_("uitgevoerde behandeling of gegeven advies"))
    verwijzing = models.CharField(
        _("verwezen naar"), max_length=20, choices=Verwijzing, blank=True, default=""
    )
    verwijzing_reden = VersleuteldeRegel(_("reden van de verwijzing"), max_length=400, blank=True)
    vervolg = VersleuteldTekst(_("vervolgbehandeling"))
    vervolg_termijn = VersleuteldeRegel(_("termijn van het vervolg"), max_length=100, blank=True)
    overig = VersleuteldTekst(_("overige gegevens"))
    # Preferred by §4.1, never required: an empty field gives a hint.
    tariefcodes = VersleuteldeRegel(_("tariefcodes"), max_length=200, blank=True)
    advies_eigen_tandarts = models.BooleanField(
        _("patiënt dringend geadviseerd een eigen tandarts te zoeken"), default=False
    )
    # Raised by every change: a second tab gets a notice, never a silent overwrite.
    versie = models.PositiveIntegerField(default=1)
    # The window that wrote last: its own next save is no conflict, it may not know the answer yet.
    venster = models.CharField(max_length=32, blank=True)
    # The patient row as that window left it. Others write there too, and it has no `versie`.
    patient_stand = models.DateTimeField(null=True)
    # The `versie` that was signed last; another value means that there is unsigned text.
    getekend_bij = models.PositiveIntegerField(null=True)

    objects = VerslagQuerySet.as_manager()

    class Meta:
        verbose_name = _("verslag")
        verbose_name_plural = _("verslagen")

    def __str__(self):
        return f"verslag {self.pk}"

    @property
    def is_concept(self) -> bool:
        """Whether there is text that nobody signed yet."""
        return self.getekend_bij != self.versie


class Verslagversie(KringModel):
    """A signed report: never changed again, a correction is a new version with its reason.

    `inhoud` holds the whole text with the identity of the patient as it was at signing.
    """

    append_only = True

    verslag = models.ForeignKey(Verslag, on_delete=models.PROTECT, related_name="versies")
    nummer = models.PositiveSmallIntegerField(_("versie"))
    inhoud = VersleuteldJson()
    sha256 = models.CharField(max_length=64)
    getekend_op = models.DateTimeField(_("getekend op"), db_default=Now())
    getekend_door = models.ForeignKey(Tandarts, on_delete=models.PROTECT, related_name="+")
    reden = VersleuteldeRegel(_("reden van de correctie"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("verslagversie")
        verbose_name_plural = _("verslagversies")
        ordering = ["nummer"]
        constraints = [
            models.UniqueConstraint(fields=["verslag", "nummer"], name="verslagversie_uniek"),
        ]

    def __str__(self):
        return f"versie {self.nummer} van verslag {self.verslag_id}"


class Bijlage(KringModel):
    """A photo, an X-ray or a PDF at a report; what it is never changes after it came in.

    `sha256` is of the plain bytes and stands in every version that was signed with it. A trigger
    refuses to change the facts; only the sealing may be renewed and the verdict of the scanner may
    come in. `weggelaten`: signed before, but left out of the next version.
    """

    class Scan(models.TextChoices):
        GEEN = "geen", _("niet gescand: er is geen virusscanner")
        WACHT = "wacht", _("wacht op de virusscanner")
        SCHOON = "schoon", _("geen virus gevonden")
        BESMET = "besmet", _("er zit een virus in")

    verslag = models.ForeignKey(Verslag, on_delete=models.PROTECT, related_name="bijlagen")
    nummer = models.PositiveSmallIntegerField(_("nummer"))
    naam = VersleuteldeRegel(_("naam van het bestand"), max_length=100)
    omschrijving = VersleuteldeRegel(_("wat is te zien"), max_length=200)
    mimetype = models.CharField(max_length=20)
    grootte = models.PositiveIntegerField(_("grootte in bytes"))
    sha256 = models.CharField(max_length=64)
    scan = models.CharField(_("virusscan"), max_length=6, choices=Scan)
    weggelaten = models.BooleanField(_("weggelaten"), default=False)
    inhoud = VersleuteldBinair()
    miniatuur = VersleuteldBinair()

    objects = BijlageManager()

    class Meta:
        verbose_name = _("bijlage")
        verbose_name_plural = _("bijlagen")
        ordering = ["nummer"]
        constraints = [
            models.UniqueConstraint(fields=["verslag", "nummer"], name="bijlage_nummer_uniek"),
        ]
        indexes = [
            models.Index(fields=["kring", "aangemaakt_op"], name="bijlage_per_dag"),
            models.Index(
                fields=["aangemaakt_op"], condition=Q(scan="wacht"), name="bijlage_te_scannen"
            ),
        ]

    def __str__(self):
        return f"bijlage {self.nummer} van verslag {self.verslag_id}"

    @property
    def is_leesbaar(self) -> bool:
        """Whether it may be shown and sent: in quarantine nobody reads it, its author neither."""
        return self.scan in (self.Scan.GEEN, self.Scan.SCHOON)

    @property
    def is_beeld(self) -> bool:
        return self.mimetype != "application/pdf"

    def checked_content(self, versie: Verslagversie | None = None) -> bytes:
        """Return the plain bytes; `BijlageVervangen` when they are not those that were signed.

        Sealing already binds them to this row; this binds the row to the signature.
        """
        content = self.inhoud
        signed = [self.sha256]
        if versie is not None:
            rows = versie.inhoud["bijlagen"]
            signed += [row["sha256"] for row in rows if row["id"] == str(self.pk)] or [""]
        if {hashlib.sha256(content).hexdigest()} != set(signed):
            raise BijlageVervangen(self.pk)
        return content


class BijlageVervangen(Exception):
    """The bytes of an attachment are not those that came in; nothing of them is shown."""


class Versiebijlage(KringModel):
    """This version was signed with this attachment; holds the attachment in the database."""

    append_only = True

    versie = models.ForeignKey(Verslagversie, on_delete=models.PROTECT, related_name="met_bijlagen")
    bijlage = models.ForeignKey(Bijlage, on_delete=models.PROTECT, related_name="in_versies")

    class Meta:
        verbose_name = _("bijlage van een versie")
        verbose_name_plural = _("bijlagen van versies")
        constraints = [
            models.UniqueConstraint(fields=["versie", "bijlage"], name="versiebijlage_uniek"),
        ]

    def __str__(self):
        return f"{self.bijlage_id} in {self.versie_id}"


class VerslagPdf(KringModel):
    """The letter of a signed version, sealed; made by a worker, or on demand when it is missing."""

    versie = models.OneToOneField(Verslagversie, on_delete=models.PROTECT, related_name="pdf")
    inhoud = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("pdf van een verslag")
        verbose_name_plural = _("pdf's van verslagen")

    def __str__(self):
        return f"pdf van {self.versie_id}"


class Overdracht(KringModel):
    """The handover of one signed version to one recipient by notice and pick-up (NTA 7516).

    Only the hash of the token is kept. The code travels over another channel than the token; five
    wrong codes lock the pick-up, a GET never consumes anything.
    """

    versie = models.ForeignKey(Verslagversie, on_delete=models.PROTECT, related_name="overdrachten")
    ontvanger = models.ForeignKey(
        EigenTandarts, on_delete=models.PROTECT, related_name="overdrachten"
    )
    # As they were when the report left; the address book may change later.
    naam = models.CharField(_("ontvanger"), max_length=240)
    email = models.EmailField(_("e-mailadres"))
    telefoon = TelefoonField(_("mobiel nummer voor de code"))
    token_hash = models.CharField(max_length=64)
    verloopt_op = models.DateTimeField(_("verloopt op"))
    bericht = models.OneToOneField(Zending, on_delete=models.PROTECT, related_name="overdracht")
    code_hash = models.CharField(max_length=64, blank=True)
    code_verloopt_op = models.DateTimeField(null=True)
    code_pogingen = models.PositiveSmallIntegerField(default=0)
    # At most three codes in 24 hours, counted from the first of them.
    codes_verstuurd = models.PositiveSmallIntegerField(default=0)
    codes_sinds = models.DateTimeField(null=True)
    opgehaald_op = models.DateTimeField(_("opgehaald op"), null=True)
    ingetrokken_op = models.DateTimeField(_("ingetrokken op"), null=True)

    objects = OverdrachtQuerySet.as_manager()

    class Meta:
        verbose_name = _("overdracht")
        verbose_name_plural = _("overdrachten")
        constraints = [
            models.UniqueConstraint(fields=["token_hash"], name="overdracht_token_uniek"),
            models.UniqueConstraint(
                fields=["versie", "ontvanger"],
                condition=Q(ingetrokken_op__isnull=True),
                name="overdracht_uniek",
            ),
        ]

    def __str__(self):
        return f"overdracht {self.pk}"
