"""The handover of a signed version to the own dentist (§4.2)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kern.models import Zending
from kern.tenancy import KringModel
from kern.velden import TelefoonField
from kring.models import EigenTandarts
from verslag.kanaalkeuze import explain
from verslag.models.verslag import Verslagversie
from verslag.querysets import OverdrachtQuerySet


class Overdracht(KringModel):
    """The handover of one signed version to one recipient, over one channel (NTA 7516).

    `kanaal` says which facts there are: a message in the outbox for what leaves by itself, a link
    with its code for the pick-up, neither for what goes from hand to hand.
    """

    class Kanaal(models.TextChoices):
        OPHALEN = "ophalen", _("ophalen met een code")
        SMIME = "smime", _("versleutelde mail")
        NTA = "nta", _("veilige mail (NTA 7516)")
        PERSOONLIJK = "persoonlijk", _("persoonlijk overhandigd")
        PAPIER = "papier", _("brief op papier")

    versie = models.ForeignKey(Verslagversie, on_delete=models.PROTECT, related_name="overdrachten")
    ontvanger = models.ForeignKey(
        EigenTandarts, on_delete=models.PROTECT, related_name="overdrachten"
    )
    kanaal = models.CharField(_("kanaal"), max_length=12, choices=Kanaal, default=Kanaal.OPHALEN)
    # Why this channel: codes of `verslag.kanaalkeuze.Reden`.
    kanaal_redenen = models.JSONField(default=list, blank=True)
    # As they were when the report left; the address book may change later.
    naam = models.CharField(_("ontvanger"), max_length=240)
    email = models.EmailField(_("e-mailadres"), blank=True)
    telefoon = TelefoonField(_("telefoonnummer voor de code"), blank=True)
    bericht = models.OneToOneField(
        Zending, null=True, on_delete=models.PROTECT, related_name="overdracht"
    )
    # Of a pick-up only: the term that the recipient was told; the link itself is a `Pakket`.
    verloopt_op = models.DateTimeField(_("verloopt op"), null=True)
    # Of what goes from hand to hand; the proof is a row of its own.
    overhandigd_op = models.DateTimeField(_("overhandigd op"), null=True)
    opgehaald_op = models.DateTimeField(_("opgehaald op"), null=True)
    gelezen_op = models.DateTimeField(_("voor het laatst geopend op"), null=True)
    gedownload_op = models.DateTimeField(_("gedownload op"), null=True)
    ingetrokken_op = models.DateTimeField(_("ingetrokken op"), null=True)

    objects = OverdrachtQuerySet.as_manager()

    class Meta:
        verbose_name = _("overdracht")
        verbose_name_plural = _("overdrachten")
        constraints = [
            models.UniqueConstraint(
                fields=["versie", "ontvanger"],
                condition=Q(ingetrokken_op__isnull=True, bericht__isnull=False),
                name="overdracht_uniek",
            ),
            # By hand besides: of a mail that is gone, but that the recipient cannot read.
            models.UniqueConstraint(
                fields=["versie", "ontvanger"],
                condition=Q(ingetrokken_op__isnull=True, bericht__isnull=True),
                name="overdracht_op_hand_uniek",
            ),
            models.CheckConstraint(
                condition=Q(
                    kanaal="ophalen",
                    bericht__isnull=False,
                    verloopt_op__isnull=False,
                )
                | Q(
                    kanaal__in=["smime", "nta"],
                    bericht__isnull=False,
                    verloopt_op__isnull=True,
                )
                | Q(
                    kanaal__in=["persoonlijk", "papier"],
                    bericht__isnull=True,
                    verloopt_op__isnull=True,
                ),
                name="overdracht_feiten_van_kanaal",
            ),
        ]

    def __str__(self):
        return f"overdracht {self.pk}"

    @property
    def kanaal_zin(self) -> str:
        """Return the channel and why, as a sentence for the sender."""
        return explain(self.kanaal, self.kanaal_redenen)

    @property
    def is_mail(self) -> bool:
        """Whether the report itself travels in the message: once accepted it cannot come back."""
        return self.kanaal in (self.Kanaal.SMIME, self.Kanaal.NTA)

    @property
    def is_op_hand(self) -> bool:
        """Whether a person hands it over."""
        return self.kanaal in (self.Kanaal.PERSOONLIJK, self.Kanaal.PAPIER)
