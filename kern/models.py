"""Rows of the ground floor: the access log and the outbox."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from kern.tenancy import KringModel
from kern.toegang import Rol


class Logregel(models.Model):
    """One line of the access log in the fields of NEN 7513; never any content.

    No foreign keys: a line outlives the user and the object that it is about. `namens_*` is the
    responsible person on whose behalf someone acts (a triagemedewerker acts under the dentist on
    duty), `toegangstabel` the version of the access rules that let it through. `formaat` tells
    which fields the hash covers. It and the last three fields are the hash chain per kring
    (kern.logketen): a trigger fills them, whatever the statement gave. Every line belongs to a
    kring: a login gives a line in each kring of the person, so that no kring needs the lines of
    another. The fields beside those of NEN 7513: docs/beveiliging/logboek.md.
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
    namens_id = models.BigIntegerField(null=True)
    namens_naam = models.CharField(max_length=200, blank=True, db_default="")
    toegangstabel = models.CharField(max_length=12, blank=True, db_default="")
    formaat = models.PositiveSmallIntegerField(db_default=1)
    volgnummer = models.BigIntegerField(null=True)
    vorige_hash = models.BinaryField(null=True)
    hash = models.BinaryField(null=True)

    class Meta:
        verbose_name = "logregel"
        verbose_name_plural = "logregels"
        indexes = [
            models.Index(fields=["kring", "-tijdstip"], name="logregel_kring_tijdstip"),
            models.Index(fields=["kring", "patient_id"], name="logregel_patient"),
            # What happened to an object before it was known whose it is.
            models.Index(
                fields=["kring", "object_id"],
                condition=models.Q(patient_id__isnull=True) & ~models.Q(object_id=""),
                name="logregel_zonder_patient",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["kring", "volgnummer"], name="logregel_volgnummer"),
            # S13: no line without these; a page whose line is refused is not shown either.
            models.CheckConstraint(
                condition=models.Q(formaat=1)
                | ~models.Q(gebeurtenis="")
                & ~models.Q(gebruiker_naam="")
                & ~models.Q(doel="")
                & ~models.Q(toegangspunt=""),
                name="logregel_verplichte_velden",
            ),
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


class Logbegin(models.Model):
    """Where the log of a kring begins after a purge: the last line that is gone (S20).

    Only `kern_ruim_logboek` of migration 0005 writes it, together with a line of the log.
    """

    read_only = True

    id = models.BigAutoField(primary_key=True)
    kring = models.ForeignKey(
        settings.KRING_MODEL, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False
    )
    volgnummer = models.BigIntegerField()
    hash = models.BinaryField()
    tijdstip = models.DateTimeField()
    aantal = models.BigIntegerField()
    opgeruimd_op = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "begin van het logboek"
        verbose_name_plural = "beginnen van het logboek"
        constraints = [
            models.UniqueConstraint(fields=["kring", "volgnummer"], name="logbegin_uniek")
        ]

    def __str__(self):
        return f"{self.kring_id}: na {self.volgnummer}"


class Zending(KringModel):
    """One message to one recipient over one channel: a row of the outbox.

    `sleutel` makes the cause unique: the same cause never sends twice. `inhoud` is the sealed
    message as it leaves; for mail that includes the Message-ID, so that a repeat is identical.
    A message that opens something (a link, a code) is `eenmalig`: once it was accepted, or may no
    longer leave, its content is wiped and only the hash and the Message-ID stay as proof.
    """

    class Soort(models.TextChoices):
        MAIL = "mail", "e-mail"
        # Readable inside, so only for the certified relay.
        NTA = "nta", "veilige mail (NTA 7516)"
        SMS = "sms", "sms"
        SPRAAK = "spraak", "telefoontje met gesproken tekst"

    class Status(models.TextChoices):
        KLAAR = "klaar", "staat klaar"
        VERZONDEN = "verzonden", "verzonden"
        MISLUKT = "mislukt", "mislukt"
        INGETROKKEN = "ingetrokken", "ingetrokken"

    soort = models.CharField(max_length=10, choices=Soort)
    sleutel = models.CharField(max_length=200)
    inhoud = models.BinaryField()
    # Of the plain message: what left can be told afterwards without keeping it.
    sha256 = models.CharField(max_length=64, blank=True)
    bericht_id = models.CharField("Message-ID", max_length=120, blank=True)
    eenmalig = models.BooleanField("wissen zodra het is aangenomen", default=False)
    status = models.CharField(max_length=12, choices=Status, default=Status.KLAAR)
    pogingen = models.PositiveSmallIntegerField(default=0)
    # Put in the queue: by its cause, or again by a person.
    klaar_sinds = models.DateTimeField(db_default=Now())
    volgende_poging_op = models.DateTimeField(db_default=Now())
    # The first attempt since it was put in the queue, by its cause or by a person: four hours of
    # trying are enough. Hours in which nothing could try at all do not count.
    geprobeerd_sinds = models.DateTimeField(null=True)
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
            # The page of the queue: what is stuck, newest first.
            models.Index(
                fields=["kring", "-gewijzigd_op"],
                condition=models.Q(status="mislukt"),
                name="zending_mislukt",
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

    objects = HartslagQuerySet.as_manager()

    class Meta:
        verbose_name = "hartslag"
        verbose_name_plural = "hartslagen"

    def __str__(self):
        return self.proces


class Dagtaak(models.Model):
    """That a named job of the house was done on a day (kern.dagwerk); holds no data.

    `voor` is the number of a kring, or 0 for a job of the whole house.
    """

    naam = models.CharField(max_length=40)
    dag = models.DateField()
    voor = models.BigIntegerField(default=0)
    pogingen = models.PositiveIntegerField(default=0)
    volgende_poging_op = models.DateTimeField(db_default=Now())
    klaar_op = models.DateTimeField(null=True)
    fout = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "dagtaak"
        verbose_name_plural = "dagtaken"
        constraints = [
            models.UniqueConstraint(fields=["naam", "voor", "dag"], name="dagtaak_een_per_dag")
        ]

    def __str__(self):
        return f"{self.naam} {self.dag} ({self.voor})"


class KopierondeQuerySet(models.QuerySet):
    def last(self, soort: str) -> "Kopieronde | None":
        """Return the newest round of this kind, whatever became of it."""
        return self.filter(soort=soort).order_by("-begonnen_op").first()

    def proved(self) -> datetime | None:
        """Return the moment of the newest copy that was restored with success."""
        good = self.filter(soort=Kopieronde.Soort.PROEF, mislukt=[])
        return good.aggregate(newest=models.Max("kopie_van"))["newest"]


class Kopieronde(models.Model):
    """One run of the backup or the restore drill, and what became of it.

    Of the whole server, so without a kring; it holds no data of anybody, no path and no address.
    """

    append_only = True

    class Soort(models.TextChoices):
        KOPIE = "kopie", "reservekopie"
        PROEF = "proef", "herstelproef"

    id = models.BigAutoField(primary_key=True)
    soort = models.CharField(max_length=5, choices=Soort)
    begonnen_op = models.DateTimeField()
    duur = models.DurationField()
    # Of the file, in bytes; of the copy itself, also when a drill was much later.
    grootte = models.BigIntegerField(null=True)
    kopie_van = models.DateTimeField(null=True)
    # What failed, the first one first; empty is a success.
    mislukt = models.JSONField(default=list)

    objects = KopierondeQuerySet.as_manager()

    class Meta:
        verbose_name = "ronde van de reservekopie"
        verbose_name_plural = "rondes van de reservekopie"
        indexes = [models.Index(fields=["soort", "-begonnen_op"], name="kopieronde_laatste")]

    def __str__(self):
        return f"{self.get_soort_display()} {self.begonnen_op:%Y-%m-%d %H:%M}"
