"""The frame of a roster: periods, kinds of duty, holidays, opening hours (RO-1, RO-2, §5.4)."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kern.tenancy import KringModel
from kring.models import Deelnemer
from rooster.models.bereik import DAGEN, GELDIG

WEEKDAGEN = [
    (0, _("maandag")),
    (1, _("dinsdag")),
    (2, _("woensdag")),
    (3, _("donderdag")),
    (4, _("vrijdag")),
    (5, _("zaterdag")),
    (6, _("zondag")),
]


class Categorie(models.TextChoices):
    """What a duty counts as; every practice carries its share of each (RO-4)."""

    DOORDEWEEKS = "doordeweeks", _("doordeweeks")
    WEEKEND = "weekend", _("weekend")
    FEESTDAG = "feestdag", _("feestdag")


class Roosterperiode(KringModel):
    """The days for which one roster is made, with its closing dates (RO-7)."""

    class Status(models.TextChoices):
        VOORBEREIDING = "voorbereiding", _("in voorbereiding")
        WENSEN = "wensen", _("wensen opgeven")
        PLANNEN = "plannen", _("in de maak")
        AKKOORD = "akkoord", _("ter goedkeuring")
        GEPUBLICEERD = "gepubliceerd", _("gepubliceerd")

    naam = models.CharField(_("naam"), max_length=60)
    eerste_dag = models.DateField(_("eerste dag"))
    # Included: the duty that begins on this day belongs to the period.
    laatste_dag = models.DateField(_("laatste dag"))
    wensen_tot = models.DateField(_("wensen opgeven tot en met"))
    akkoord_tot = models.DateField(_("reageren op het voorstel tot en met"))
    status = models.CharField(
        _("stand"), max_length=14, choices=Status, default=Status.VOORBEREIDING
    )
    rustdagen = models.PositiveSmallIntegerField(_("rustdagen tussen twee diensten"), default=3)
    geen_aaneengesloten_weekenden = models.BooleanField(
        _("geen twee weekenden achter elkaar"), default=True
    )
    # What one dentist may spend on days (rather not, gladly), by weight; and how many days may
    # be blocked: somebody who blocks all year takes part in nothing.
    wensenbudget = models.PositiveSmallIntegerField(_("punten voor wensen"), default=20)
    blokkadebudget = models.PositiveSmallIntegerField(_("dagen blokkeren"), default=40)

    class Meta:
        verbose_name = _("roosterperiode")
        verbose_name_plural = _("roosterperioden")
        ordering = ["eerste_dag"]
        constraints = [
            models.CheckConstraint(
                condition=Q(eerste_dag__lte=F("laatste_dag")),
                name="roosterperiode_eerste_voor_laatste",
                violation_error_message=_("De laatste dag ligt voor de eerste dag."),
            ),
            models.CheckConstraint(
                condition=Q(wensen_tot__lte=F("akkoord_tot")) & Q(akkoord_tot__lt=F("eerste_dag")),
                name="roosterperiode_sluitdata",
                violation_error_message=_(
                    "Eerst sluiten de wensen, dan de reacties, en daarna begint de periode."
                ),
            ),
            ExclusionConstraint(
                name="roosterperiode_geen_overlap",
                expressions=[(DAGEN, RangeOperators.OVERLAPS), ("kring", RangeOperators.EQUAL)],
                violation_error_message=_("Deze dagen vallen al in een andere periode."),
            ),
        ]

    def __str__(self):
        return self.naam


class Dienstsoort(KringModel):
    """A kind of duty: on which days it begins and from when till when it lasts; dated (RO-1).

    The lines that hold on a day tile the week: also the hours in which the practices are open
    themselves, or a spoedpraktijk helps, have a line (`rooster.kader.kalender`).
    """

    class Feestdagen(models.TextChoices):
        NIET = "niet", _("niet op feestdagen")
        OOK = "ook", _("ook op feestdagen")
        ALLEEN = "alleen", _("alleen op feestdagen")

    class Vervuld(models.TextChoices):
        ROOSTER = "rooster", _("dienst in het rooster")
        PRAKTIJKEN = "praktijken", _("praktijken zijn zelf open")
        SPOEDPRAKTIJK = "spoedpraktijk", _("spoedpraktijk (contract)")

    naam = models.CharField(_("naam"), max_length=60)
    categorie = models.CharField(_("telt als"), max_length=12, choices=Categorie)
    # Days on which it begins, Monday is 0.
    dagen = ArrayField(
        models.PositiveSmallIntegerField(choices=WEEKDAGEN),
        verbose_name=_("begint op"),
        default=list,
    )
    feestdagen = models.CharField(
        _("op feestdagen"), max_length=6, choices=Feestdagen, default=Feestdagen.OOK
    )
    # §5.4.1, RO-12: who helps in these hours.
    vervuld_door = models.CharField(
        _("wie helpt"), max_length=13, choices=Vervuld, default=Vervuld.ROOSTER
    )
    # Wall clock of Amsterdam (RO-3).
    begin = models.TimeField(_("begint om"))
    einde = models.TimeField(_("eindigt om"))
    dagen_later = models.PositiveSmallIntegerField(_("eindigt zoveel dagen later"), default=1)
    geldig_vanaf = models.DateField(_("geldt vanaf"))
    geldig_tot = models.DateField(_("geldt tot en met"), null=True, blank=True)

    class Meta:
        verbose_name = _("dienstsoort")
        verbose_name_plural = _("dienstsoorten")
        ordering = ["geldig_vanaf", "naam"]
        constraints = [
            models.CheckConstraint(
                condition=Q(geldig_tot__isnull=True) | Q(geldig_vanaf__lte=F("geldig_tot")),
                name="dienstsoort_geldig",
                violation_error_message=_("De laatste dag ligt voor de eerste dag."),
            ),
            models.CheckConstraint(
                condition=Q(dagen_later__gt=0, dagen_later__lte=4)
                | Q(dagen_later=0, begin__lt=F("einde")),
                name="dienstsoort_duur",
                violation_error_message=_("Een dienst moet na het begin eindigen."),
            ),
            models.CheckConstraint(
                condition=Q(dagen__len__gte=1),
                name="dienstsoort_op_een_dag",
                violation_error_message=_("Kies ten minste een dag."),
            ),
            ExclusionConstraint(
                name="dienstsoort_naam_eenmaal",
                expressions=[
                    (GELDIG, RangeOperators.OVERLAPS),
                    ("naam", RangeOperators.EQUAL),
                    ("kring", RangeOperators.EQUAL),
                ],
                violation_error_message=_("In deze tijd is er al een soort met deze naam."),
            ),
        ]

    def __str__(self):
        return self.naam


class Feestdag(KringModel):
    """What a kring changes in the national calendar: a day of its own, or one that drops out."""

    datum = models.DateField(_("datum"))
    naam = models.CharField(_("naam"), max_length=60)
    vervalt = models.BooleanField(_("telt hier niet als feestdag"), default=False)

    class Meta:
        verbose_name = _("feestdag")
        verbose_name_plural = _("feestdagen")
        ordering = ["datum"]
        constraints = [
            models.UniqueConstraint(
                fields=["kring", "datum"],
                name="feestdag_eenmaal",
                violation_error_message=_("Voor deze dag is al iets afgesproken."),
            )
        ]

    def __str__(self):
        return f"{self.datum} {self.naam}"


class Openingstijd(KringModel):
    """Regular hours of one practice on one day of the week; who may refer follows (§5.4)."""

    deelnemer = models.ForeignKey(
        Deelnemer, on_delete=models.PROTECT, related_name="openingstijden"
    )
    weekdag = models.PositiveSmallIntegerField(_("dag"), choices=WEEKDAGEN)
    van = models.TimeField(_("van"))
    tot = models.TimeField(_("tot"))
    geldig_vanaf = models.DateField(_("geldt vanaf"))
    geldig_tot = models.DateField(_("geldt tot en met"), null=True, blank=True)

    class Meta:
        verbose_name = _("openingstijd")
        verbose_name_plural = _("openingstijden")
        ordering = ["deelnemer", "weekdag", "van"]
        constraints = [
            models.CheckConstraint(
                condition=Q(van__lt=F("tot")),
                name="openingstijd_van_voor_tot",
                violation_error_message=_("De eindtijd ligt voor de begintijd."),
            ),
            models.CheckConstraint(
                condition=Q(geldig_tot__isnull=True) | Q(geldig_vanaf__lte=F("geldig_tot")),
                name="openingstijd_geldig",
                violation_error_message=_("De laatste dag ligt voor de eerste dag."),
            ),
            models.CheckConstraint(condition=Q(weekdag__lte=6), name="openingstijd_weekdag"),
        ]

    def __str__(self):
        return f"{self.get_weekdag_display()} {self.van:%H:%M}-{self.tot:%H:%M}"
