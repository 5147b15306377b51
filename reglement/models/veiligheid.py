"""Safety of whoever is on duty (§5.5): how a place is guarded, and what happened."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kern.tenancy import KringModel
from kern.velden import TelefoonField
from kern.versleuteld import VersleuteldTekst
from kring.models import Deelnemer, Gebruiker


class Veiligheidsblad(KringModel):
    """What whoever serves at the address of a practice must know about their own safety."""

    class TweedePersoon(models.TextChoices):
        ALTIJD = "altijd", _("ja, er is altijd een tweede persoon")
        OP_AFSPRAAK = "op_afspraak", _("ja, als je die vooraf belt")
        NEE = "nee", _("nee, je bent hier alleen")

    deelnemer = models.OneToOneField(
        Deelnemer, on_delete=models.PROTECT, related_name="veiligheidsblad"
    )
    tweede_persoon = models.CharField(
        _("tweede persoon aanwezig"), max_length=11, choices=TweedePersoon
    )
    wie = models.CharField(_("wie dat is"), max_length=200, blank=True)
    wie_telefoon = TelefoonField(_("telefoon van de tweede persoon"), blank=True)
    uitgangen = models.TextField(_("uitgangen en vluchtweg"), max_length=1000)
    sloten = models.TextField(_("sloten, deurbel en alarm"), max_length=1000, blank=True)
    begeleiders = models.PositiveSmallIntegerField(_("begeleiders per patiënt"), default=1)
    hulp = models.CharField(_("beveiliging of hulp in de buurt"), max_length=200, blank=True)
    hulp_telefoon = TelefoonField(_("telefoon van die hulp"), blank=True)
    nagekeken_op = models.DateField(_("nagekeken op"))
    nagekeken_door = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("veiligheidsblad")
        verbose_name_plural = _("veiligheidsbladen")
        constraints = [
            # §5.5: the patient, and one companion at most.
            models.CheckConstraint(
                condition=models.Q(begeleiders__lte=1),
                name="veiligheidsblad_begeleiders",
                violation_error_message=_("Sta hooguit één begeleider toe (§ 5.5)."),
            )
        ]

    def __str__(self):
        return f"veiligheid {self.deelnemer_id}"


class Incident(KringModel):
    """What happened to somebody on duty, told without a patient's name; never changed."""

    append_only = True

    class Soort(models.TextChoices):
        TELEFOON = "telefoon", _("schelden of dreigen aan de telefoon")
        BEDREIGING = "bedreiging", _("bedreiging in de praktijk")
        GEWELD = "geweld", _("lichamelijk geweld")
        VERNIELING = "vernieling", _("vernieling of diefstal")
        BINNENDRINGEN = "binnendringen", _("meer mensen binnen dan afgesproken")
        ANDERS = "anders", _("iets anders")

    soort = models.CharField(_("wat voor incident"), max_length=13, choices=Soort)
    gebeurd_op = models.DateTimeField(_("wanneer"))
    deelnemer = models.ForeignKey(
        Deelnemer, on_delete=models.PROTECT, related_name="incidenten", verbose_name=_("waar")
    )
    # Sealed: told not to, people write names all the same.
    tekst = VersleuteldTekst(_("wat er gebeurde"), max_length=2000)
    alleen = models.BooleanField(_("was je alleen?"))
    politie = models.BooleanField(_("is de politie gebeld?"))
    gemeld_door = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("incident")
        verbose_name_plural = _("incidenten")
        ordering = ["-gebeurd_op"]

    def __str__(self):
        return f"{self.soort} {self.gebeurd_op:%Y-%m-%d}"


class Incidentstap(KringModel):
    """What was done about it afterwards; `sluit` is the last."""

    append_only = True

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="stappen")
    tekst = VersleuteldTekst(_("wat er is gedaan"), max_length=2000)
    sluit = models.BooleanField(_("hiermee is het klaar"), default=False)
    gedaan_op = models.DateTimeField(_("gedaan op"))
    gedaan_door = models.ForeignKey(Gebruiker, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("vervolg op een incident")
        verbose_name_plural = _("vervolg op incidenten")
        ordering = ["gedaan_op"]

    def __str__(self):
        return f"vervolg {self.incident_id}"
