"""One call, from the ringing phone to the closing checks."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from kern.tenancy import KringModel
from kern.velden import TelefoonField, VrijeTekstField
from kring.models import Tandarts
from rooster.models import Dienst
from triage.models.patient import Patient
from triage.models.protocolversie import Protocolversie
from triage.querysets import OproepQuerySet


class Oproep(KringModel):
    """One call about one complaint, from the ringing phone to the closing checks.

    The outcome comes before the identity: `patient` may stay empty until the call is closed.
    `antwoorden` holds only the answers of visible questions; `uitkomst` is the result of the
    protocol with its rules, paragraphs, settings and version, as it was shown.
    """

    class Status(models.TextChoices):
        OPEN = "open", _("open")
        TERUGBELLEN = "terugbellen", _("wacht op terugbellen")
        AFSPRAAK = "afspraak", _("afspraak gemaakt")
        GEZIEN = "gezien", _("gezien")
        AFGEROND = "afgerond", _("afgerond")

    class Contact(models.TextChoices):
        VERPLICHT = "verplicht", _("tandarts bellen: verplicht")
        AANBEVOLEN = "aanbevolen", _("tandarts bellen: aanbevolen")
        NIET_NODIG = "niet_nodig", _("tandarts bellen: niet nodig")

    class Besluit(models.TextChoices):
        ZIEN = "zien", _("patiënt komt langs")
        INSTRUCTIE = "instructie", _("telefonische instructie")
        EERSTEHULP = "eerstehulp", _("naar de eerste hulp")
        VERWIJZING = "verwijzing", _("verwijzing")
        UITSTEL = "uitstel", _("uitstel")

    class Afbreekreden(models.TextChoices):
        OPGEHANGEN = "opgehangen", _("beller hing op")
        GEEN_GEGEVENS = "geen_gegevens", _("wilde gegevens niet geven")
        VERKEERD_VERBONDEN = "verkeerd", _("verkeerd verbonden")
        AGRESSIE = "agressie", _("gesprek gestopt om het gedrag")
        ANDERS = "anders", _("anders")

    class AfbreekTandarts(models.TextChoices):
        INGELICHT = "ingelicht", _("de tandarts weet ervan")
        NIET_BEREIKT = "niet_bereikt", _("dienstdoende en achterwacht niet bereikt")

    class Ophoogreden(models.TextChoices):
        NIET_PLUIS = "niet_pluis", _("ik vertrouw het niet")
        ERNSTIGER = "ernstiger", _("klinkt erger dan de antwoorden")
        KWETSBAAR = "kwetsbaar", _("kwetsbare patiënt")
        ONGERUST = "ongerust", _("beller is erg ongerust")
        ANDERS = "anders", _("anders")

    class Gedrag(models.TextChoices):
        ONAANGEPAST = "onaangepast", _("ongepast")
        DREIGEND = "dreigend", _("dreigend")

    class RedenGeenContact(models.TextChoices):
        EIGEN_TANDARTS = "eigen_tandarts", _("belt zelf de eigen tandarts")
        WIL_NIET = "wil_niet", _("patiënt wil geen overleg")
        MINDER = "minder", _("klacht is minder of weg")
        AL_OVERLEGD = "al_overlegd", _("al overlegd in een eerder gesprek")
        ANDERS = "anders", _("anders")

    nummer = models.PositiveIntegerField(_("nummer"))
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.OPEN)
    aangenomen_op = models.DateTimeField(_("aangenomen op"), db_default=Now())
    aangenomen_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    patient = models.ForeignKey(
        Patient, null=True, blank=True, on_delete=models.PROTECT, related_name="oproepen"
    )
    # The version in force when the call began, for as long as it lives; None: the standard.
    protocolversie = models.ForeignKey(
        Protocolversie, null=True, blank=True, on_delete=models.PROTECT, related_name="oproepen"
    )
    telefoon_beller = TelefoonField(_("telefoon van de beller"), blank=True)
    # A person says that this call is about the same complaint; the software never does (U9).
    herhaling_van = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="herhalingen",
        verbose_name=_("herhaling van"),
    )
    antwoorden = models.JSONField(default=dict)
    omschrijving = VrijeTekstField(_("omschrijving"))
    uitkomst = models.JSONField(default=dict)
    contact = models.CharField(_("contact"), max_length=12, choices=Contact, blank=True)
    urgentie = models.CharField(_("urgentie"), max_length=40, blank=True)
    # When the caller could first be told something, and since when the dentist had to be called:
    # by the database clock, for the figures of U14. Empty for calls from before they were kept.
    uitkomst_op = models.DateTimeField(_("eerste uitkomst op"), null=True, blank=True)
    verplicht_op = models.DateTimeField(_("overleg verplicht sinds"), null=True, blank=True)
    zien_voor = models.DateTimeField(_("gezien vóór"), null=True, blank=True)
    streef_voor = models.DateTimeField(_("liefst gezien vóór"), null=True, blank=True)
    terugbellen_om = models.DateTimeField(_("terugbellen om"), null=True, blank=True)
    dienst = models.ForeignKey(
        Dienst, null=True, blank=True, on_delete=models.PROTECT, related_name="oproepen"
    )
    behandelaar = models.ForeignKey(
        Tandarts, null=True, blank=True, on_delete=models.PROTECT, related_name="oproepen"
    )
    besluit = models.CharField(_("besluit tandarts"), max_length=12, choices=Besluit, blank=True)
    besluit_toelichting = VrijeTekstField(_("toelichting van de tandarts"))
    besluit_op = models.DateTimeField(_("besluit op"), null=True, blank=True)
    # §2.2.3: why a young child in severe pain is not seen.
    zwaarwegende_gronden = VrijeTekstField(_("zwaarwegende gronden"))
    afspraak_om = models.DateTimeField(_("afspraak om"), null=True, blank=True)
    betaling_gemeld = models.BooleanField(_("betaling gemeld"), default=False)
    reden_geen_contact = models.CharField(
        _("reden om de tandarts niet te bellen"),
        max_length=200,
        choices=RedenGeenContact,
        blank=True,
    )
    toelichting_geen_contact = models.CharField(
        _("toelichting waarom de tandarts niet is gebeld"), max_length=200, blank=True
    )
    # U12: a person may always ask for more than the protocol; the protocol's own judgement stays
    # in `uitkomst`, `contact` holds what applies.
    opgehoogd_naar = models.CharField(
        _("opgehoogd naar"), max_length=12, choices=Contact, blank=True
    )
    ophoogreden = models.CharField(
        _("reden van ophogen"), max_length=12, choices=Ophoogreden, blank=True
    )
    ophoog_toelichting = models.CharField(_("toelichting bij ophogen"), max_length=200, blank=True)
    opgehoogd_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reden_teruggenomen = models.CharField(
        _("reden waarom het ophogen is teruggenomen"), max_length=200, blank=True
    )
    # Apart from the status: the telephone call may be closed before the patient arrives.
    gezien_op = models.DateTimeField(_("gezien op"), null=True, blank=True)
    afsluitcontroles = models.JSONField(default=list)
    afgerond_op = models.DateTimeField(_("afgerond op"), null=True, blank=True)
    afgerond_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # A closed call that ended halfway: who hangs up leaves no name and answers no closing question.
    afbreekreden = models.CharField(
        _("reden van afbreken"), max_length=14, choices=Afbreekreden, blank=True
    )
    afbreek_toelichting = models.CharField(
        _("toelichting bij afbreken"), max_length=200, blank=True
    )
    afbreek_tandarts = models.CharField(
        _("tandarts bij afbreken"), max_length=14, choices=AfbreekTandarts, blank=True
    )
    # From the steps of the ladder; a form that was sent later cannot take it back.
    gedrag = models.CharField(_("gedrag"), max_length=12, choices=Gedrag, blank=True)
    # Optional questions that nobody answered, counted at the closing (U4).
    niet_gevraagd = models.JSONField(default=list)
    # The form that was sent: a second press on the same board is the same call.
    formulier = models.CharField(max_length=32, blank=True, default="", editable=False)
    # Entered later from paper: `aangenomen_op` is then the real contact, `aangemaakt_op` the entry.
    is_nagevoerd = models.BooleanField(_("nagevoerd van papier"), default=False)
    # Raised by every change of answers or patient: a second window gets a notice, never a silent
    # overwrite. `venster` is the window that made the last one: its own late repeat is no conflict.
    versie = models.PositiveIntegerField(default=1)
    venster = models.CharField(max_length=32, blank=True)
    # What `venster` knows of the patient since it last wrote there (triage.patientstand).
    patient_stand = models.CharField(max_length=120, blank=True, default="", editable=False)

    objects = OproepQuerySet.as_manager()

    class Meta:
        verbose_name = _("oproep")
        verbose_name_plural = _("oproepen")
        constraints = [
            models.UniqueConstraint(fields=["kring", "nummer"], name="oproep_nummer_uniek"),
            models.UniqueConstraint(
                fields=["kring", "formulier"],
                condition=~Q(formulier=""),
                name="oproep_formulier_uniek",
            ),
            models.CheckConstraint(
                condition=~Q(status="afspraak") | Q(afspraak_om__isnull=False),
                name="oproep_afspraak_heeft_tijd",
            ),
            models.CheckConstraint(
                condition=~Q(status="afgerond") | Q(afgerond_op__isnull=False),
                name="oproep_afgerond_heeft_tijd",
            ),
            models.CheckConstraint(
                condition=Q(afbreekreden="") | Q(status="afgerond"),
                name="oproep_afgebroken_is_afgerond",
            ),
            models.CheckConstraint(
                condition=Q(opgehoogd_naar="")
                | Q(opgehoogd_naar="verplicht", opgehoogd_door__isnull=False) & ~Q(ophoogreden=""),
                name="oproep_opgehoogd_met_reden",
            ),
            models.CheckConstraint(
                condition=Q(herhaling_van=None) | ~Q(herhaling_van=F("id")),
                name="oproep_herhaalt_een_ander",
            ),
        ]
        indexes = [
            models.Index(
                fields=["kring", "status"],
                condition=~Q(status="afgerond"),
                name="oproep_open",
            ),
            models.Index(fields=["kring", "-aangenomen_op"], name="oproep_aangenomen"),
            models.Index(
                fields=["kring", "telefoon_beller"],
                condition=~Q(telefoon_beller=""),
                name="oproep_telefoon_beller",
            ),
        ]

    def __str__(self):
        return f"oproep {self.nummer}"

    @property
    def is_blanco(self) -> bool:
        """Whether the row itself holds nothing of a conversation, nor ever led to an outcome."""
        return not (
            self.antwoorden
            or self.omschrijving
            or self.patient_id
            or self.uitkomst_op
            or self.ophoogreden
            or self.gedrag
        )

    @property
    def toestand(self) -> str:
        """Return the status in words; who reads "closed" must see that it ended halfway."""
        return _("afgebroken") if self.afbreekreden else self.get_status_display()
