"""Where this kring sends a patient whom the dentist does not see."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kern.tenancy import KringModel
from kern.velden import TelefoonField


class Verwijsadres(KringModel):
    """An emergency department or a doctor's post, as the coordinator filled it in (§2.2.1, §2.2.4).

    112 is no row: it is the same everywhere and cannot be switched off.
    """

    class Soort(models.TextChoices):
        EERSTEHULP = "eerstehulp", _("eerste hulp (SEH)")
        HUISARTSENPOST = "huisartsenpost", _("huisartsenpost")
        MKA = "mka", _("kaakchirurg (MKA)")

    soort = models.CharField(_("soort"), max_length=14, choices=Soort)
    naam = models.CharField(_("naam"), max_length=120)
    telefoon = TelefoonField(_("telefoon"))
    adres = models.CharField(_("adres en plaats"), max_length=160)
    toelichting = models.CharField(
        _("toelichting"),
        max_length=200,
        blank=True,
        help_text=_("Wat de patiënt moet weten, bijvoorbeeld: eerst bellen, ingang achter."),
    )
    actief = models.BooleanField(_("in gebruik"), default=True)

    class Meta:
        verbose_name = _("verwijsadres")
        verbose_name_plural = _("verwijsadressen")
        ordering = ["soort", "naam"]
        constraints = [
            models.UniqueConstraint(
                fields=["kring", "soort", "naam"],
                name="verwijsadres_naam_uniek",
                violation_error_message=_("Er is al een adres van deze soort met deze naam."),
            )
        ]

    def __str__(self):
        return self.naam
