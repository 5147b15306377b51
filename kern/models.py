"""Rows of the ground floor: the access log and the outbox."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from kern.tenancy import KringModel
from kern.toegang import Rol


class Logregel(models.Model):
    """One line of the access log in the fields of NEN 7513; never any content.

    No foreign keys: a line outlives the user and the object that it is about. The last three
    fields are the hash chain per kring (kern.logketen): a trigger fills them, whatever the
    statement gave. Every line belongs to a kring: a login gives a line in each kring of the
    person, so that no kring needs the lines of another.
    """

    append_only = True

    class Actie(models.TextChoices):
        CREATE = "C", "aanmaken"
        READ = "R", "raadplegen"
        UPDATE = "U", "wijzigen"
        DELETE = "D", "verwijderen"
        EXECUTE = "E", "uitvoeren"

    class Uitkomst(models.TextChoices):
        GESLAAGD = "geslaagd", "geslaagd"
        GEWEIGERD = "geweigerd", "geweigerd"
        MISLUKT = "mislukt", "mislukt"

    id = models.BigAutoField(primary_key=True)
    tijdstip = models.DateTimeField(db_default=Now())
    kring = models.ForeignKey(
        settings.KRING_MODEL, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False
    )
    gebeurtenis = models.CharField(max_length=60)
    actie = models.CharField(max_length=1, choices=Actie)
    uitkomst = models.CharField(max_length=10, choices=Uitkomst)
    gebruiker_id = models.BigIntegerField(null=True)
    gebruiker_naam = models.CharField(max_length=200)
    rollen = models.CharField(max_length=200, blank=True)
    doel = models.CharField(max_length=40, blank=True)
    toegangspunt = models.CharField(max_length=64, blank=True)
    verzoek = models.CharField(max_length=120, blank=True)
    object_soort = models.CharField(max_length=40, blank=True)
    object_id = models.CharField(max_length=64, blank=True)
    patient_id = models.UUIDField(null=True)
    volgnummer = models.BigIntegerField(null=True)
    vorige_hash = models.BinaryField(null=True)
    hash = models.BinaryField(null=True)

    class Meta:
        verbose_name = "logregel"
        verbose_name_plural = "logregels"
        indexes = [
            models.Index(fields=["kring", "-tijdstip"], name="logregel_kring_tijdstip"),
            models.Index(fields=["kring", "patient_id"], name="logregel_patient"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["kring", "volgnummer"], name="logregel_volgnummer"),
        ]

    def __str__(self):
        return f"{self.gebeurtenis} ({self.uitkomst})"

    @property
    def rolnamen(self) -> str:
        """Return the roles as people call them."""
        labels = dict(Rol.choices)
        return ", ".join(str(labels.get(rol, rol)) for rol in self.rollen.split(",") if rol)


class Logkop(models.Model):
    """The head of the log of one kring: the number and hash of its last line.

    Only the trigger on Logregel writes it; whoever locks it may add the next line.
    """

    read_only = True

    id = models.BigAutoField(primary_key=True)
    kring = models.ForeignKey(
        settings.KRING_MODEL, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False
    )
    volgnummer = models.BigIntegerField()
    hash = models.BinaryField()

    class Meta:
        verbose_name = "kop van het logboek"
        verbose_name_plural = "koppen van het logboek"
        constraints = [models.UniqueConstraint(fields=["kring"], name="logkop_een_per_kring")]

    def __str__(self):
        return f"{self.kring_id}: {self.volgnummer}"


class Zending(KringModel):
    """One message to one recipient over one channel: a row of the outbox.

    `sleutel` makes the cause unique: the same cause never sends twice. `inhoud` is the sealed
    message as it leaves; for mail that includes the Message-ID, so that a repeat is identical.
    """

    class Soort(models.TextChoices):
        MAIL = "mail", "e-mail"
        SMS = "sms", "sms"

    class Status(models.TextChoices):
        KLAAR = "klaar", "staat klaar"
        VERZONDEN = "verzonden", "verzonden"
        MISLUKT = "mislukt", "mislukt"
        INGETROKKEN = "ingetrokken", "ingetrokken"

    soort = models.CharField(max_length=10, choices=Soort)
    sleutel = models.CharField(max_length=200)
    inhoud = models.BinaryField()
    status = models.CharField(max_length=12, choices=Status, default=Status.KLAAR)
    pogingen = models.PositiveSmallIntegerField(default=0)
    volgende_poging_op = models.DateTimeField(db_default=Now())
    verzonden_op = models.DateTimeField(null=True)
    # The lease: whoever holds the highest `hek` (fencing token) may record a failure.
    lease_tot = models.DateTimeField(null=True)
    hek = models.BigIntegerField(default=0)
    fout = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "zending"
        verbose_name_plural = "zendingen"
        constraints = [
            models.UniqueConstraint(fields=["kring", "sleutel"], name="zending_sleutel_uniek"),
        ]
        indexes = [
            models.Index(
                fields=["volgende_poging_op"],
                condition=models.Q(status="klaar"),
                name="zending_te_doen",
            ),
        ]

    def __str__(self):
        return f"{self.soort} {self.pk}"


class Bezorgpoging(KringModel):
    """One attempt to deliver a zending, also when the process died halfway (no `klaar_op`)."""

    class Resultaat(models.TextChoices):
        ONBEKEND = "onbekend", "onbekend"
        AANGENOMEN = "aangenomen", "aangenomen"
        UITGESTELD = "uitgesteld", "uitgesteld"
        GEWEIGERD = "geweigerd", "geweigerd"

    zending = models.ForeignKey(Zending, on_delete=models.CASCADE, related_name="bezorgpogingen")
    hek = models.BigIntegerField()
    resultaat = models.CharField(max_length=12, choices=Resultaat, default=Resultaat.ONBEKEND)
    fout = models.CharField(max_length=200, blank=True)
    klaar_op = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "bezorgpoging"
        verbose_name_plural = "bezorgpogingen"

    def __str__(self):
        return f"{self.resultaat} ({self.hek})"


class HartslagQuerySet(models.QuerySet):
    def beats(self, proces: str) -> bool:
        """Return whether the process gave a sign of life in the last half minute."""
        limit = Now() - timedelta(seconds=30)
        return self.filter(proces=proces, tijdstip__gte=limit).exists()


class Hartslag(models.Model):
    """The last sign of life of a background process; shared by all kringen, holds no data."""

    proces = models.CharField(max_length=40, primary_key=True)
    tijdstip = models.DateTimeField(db_default=Now())

    BEZORGER = "bezorger"
    HERSTELPROEF = "herstelproef"
    """The moment of the newest backup that was restored with success."""

    objects = HartslagQuerySet.as_manager()

    class Meta:
        verbose_name = "hartslag"
        verbose_name_plural = "hartslagen"

    def __str__(self):
        return self.proces
