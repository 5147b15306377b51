"""Votes and what the group decided by them (MR 10.1-10.5)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kern.tenancy import KringModel
from kring.models import Deelnemer
from reglement.models.vergadering import Agendapunt
from reglement.models.versie import Reglementversie


class Stemming(KringModel):
    """One question put to the vote; `opgave` is what held when it opened (BV-11)."""

    class Regel(models.TextChoices):
        GEWOON = "gewoon", _("gewone meerderheid")
        GEKWALIFICEERD = "gekwalificeerd", _("twee derde van de stemmen")
        ROYEMENT = "royement", _("twee derde van wie aanwezig is")

    class Status(models.TextChoices):
        OPEN = "open", _("open")
        GESLOTEN = "gesloten", _("gesloten")
        INGETROKKEN = "ingetrokken", _("ingetrokken")

    agendapunt = models.ForeignKey(Agendapunt, on_delete=models.PROTECT, related_name="stemmingen")
    vraag = models.CharField(_("vraag"), max_length=300)
    # What becomes the decision, to the letter, when it is carried.
    voorstel = models.TextField(_("voorstel"), max_length=4000, blank=True)
    regel = models.CharField(_("meerderheid"), max_length=14, choices=Regel)
    geheim = models.BooleanField(_("geheim"), default=False)
    betrokkene = models.ForeignKey(
        Deelnemer, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    herstemming_van = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="herstemming"
    )
    status = models.CharField(_("stand"), max_length=11, choices=Status, default=Status.OPEN)
    # A point of order: whether that vote is to be held again.
    vraagt_herstemming_van = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="ordevoorstellen"
    )
    # Members, version of the rules with its hash, reading: as `bundel` publishes them. And whose
    # the casting vote was.
    opgave = models.JSONField(default=dict)
    uitslag = models.JSONField(default=dict)
    geopend_op = models.DateTimeField(_("geopend op"))
    geopend_door = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    gesloten_op = models.DateTimeField(_("gesloten op"), null=True)

    class Meta:
        verbose_name = _("stemming")
        verbose_name_plural = _("stemmingen")
        ordering = ["geopend_op"]
        constraints = [
            models.UniqueConstraint(
                fields=["agendapunt"],
                condition=Q(status="open"),
                name="stemming_een_open",
                violation_error_message=_("Over dit punt wordt al gestemd."),
            ),
            models.CheckConstraint(
                condition=~Q(status="gesloten") | Q(gesloten_op__isnull=False),
                name="stemming_gesloten_op",
            ),
        ]

    def __str__(self):
        return self.vraag


class Besluit(KringModel):
    """What came of a point: carried, rejected, or no valid vote. Never altered."""

    append_only = True

    class Uitkomst(models.TextChoices):
        AANGENOMEN = "aangenomen", _("aangenomen")
        VERWORPEN = "verworpen", _("verworpen")
        GEEN_GELDIGE_STEMMING = "geen_geldige_stemming", _("geen geldige stemming")

    nummer = models.PositiveIntegerField(_("nummer"))
    agendapunt = models.ForeignKey(Agendapunt, on_delete=models.PROTECT, related_name="besluiten")
    stemming = models.OneToOneField(
        Stemming, null=True, on_delete=models.PROTECT, related_name="besluit"
    )
    besluitsoort = models.CharField(_("soort besluit"), max_length=30)
    uitkomst = models.CharField(_("uitkomst"), max_length=22, choices=Uitkomst)
    genomen_op = models.DateField(_("genomen op"))
    tekst = models.TextField(_("besluit"), max_length=4000)
    versie = models.ForeignKey(
        Reglementversie, null=True, on_delete=models.PROTECT, related_name="+"
    )
    # What anybody needs to recompute it, and the hash of that.
    bundel = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("besluit")
        verbose_name_plural = _("besluiten")
        ordering = ["-nummer"]
        constraints = [models.UniqueConstraint(fields=["kring", "nummer"], name="besluit_nummer")]

    def __str__(self):
        return f"besluit {self.nummer}: {self.tekst[:60]}"

    @classmethod
    def words(cls, voorstel: str, uitkomst: str) -> str:
        """Return the text of a decision about a proposal; by itself it says what came of it."""
        return f"{_VOORAF.get(uitkomst, '')}{voorstel}"[:4000]

    @property
    def voorstel(self) -> str:
        """What was put to the vote: `tekst` for where the outcome stands beside it already."""
        return self.tekst.removeprefix(_VOORAF.get(self.uitkomst, ""))


_VOORAF = {
    Besluit.Uitkomst.VERWORPEN.value: "Verworpen: ",
    Besluit.Uitkomst.GEEN_GELDIGE_STEMMING.value: "Geen geldige stemming: ",
}
