"""The handover of a signed version to the own dentist (§4.2)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kern.models import Zending
from kern.tenancy import KringModel
from kern.velden import TelefoonField
from kring.models import EigenTandarts
from verslag.models.verslag import Verslagversie
from verslag.querysets import OverdrachtQuerySet


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
