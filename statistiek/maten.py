"""The figures of U14: what each one counts, from which stored moments, against which target.

One definition each, and it is the one that the database computes: `bij` says which calls count,
`haalt` which of them made it, `van` and `tot` between which moments a time is taken. The words
beside it are shown on the page. A moment is a column of the call or of its contact attempts,
written by the database clock; nothing is guessed afterwards, so the same rows always give the
same figures, to the second.
"""

from dataclasses import dataclass
from datetime import timedelta
from functools import reduce
from operator import or_
from typing import Final

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from triage.models import Oproep
from triage.protocol.feiten import KLACHTEN

# A call that was typed in later from paper has true times of contact, and none of the screen.
LIVE: Final = Q(is_nagevoerd=False)
AFGEROND: Final = Q(status=Oproep.Status.AFGEROND, afbreekreden="")
AFGEBROKEN: Final = ~Q(afbreekreden="")
AVULSIE: Final = Q(antwoorden__klachten__contains=["avulsie"])
_PIJN: Final = Q(antwoorden__klachten__contains=["pijn"])
_NORM_60: Final = 60
_CONTACTNORM: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Duurmaat:
    """A time between two moments of a call; `doel` in seconds, for nine out of ten calls."""

    sleutel: str
    titel: str
    definitie: str
    bron: str
    van: str
    tot: str
    bij: Q
    doel: int


@dataclass(frozen=True, slots=True)
class Aandeelmaat:
    """A share of the calls; `doel` in percent, None when there is no agreed target."""

    sleutel: str
    titel: str
    definitie: str
    bron: str
    bij: Q
    haalt: Q
    doel: int | None = None
    toelichting: str = ""


DUREN: Final = (
    Duurmaat(
        "uitkomst",
        _("Van opnemen tot uitkomst"),
        _("Tijd tussen het aannemen van de oproep en de eerste uitkomst op het scherm."),
        "U14",
        "aangenomen_op",
        "uitkomst_op",
        LIVE & Q(uitkomst_op__isnull=False),
        180,
    ),
    Duurmaat(
        "uitkomst_avulsie",
        _("Van opnemen tot uitkomst, tand uit de mond"),
        _("Hetzelfde, alleen voor oproepen met een tand die uit de mond is."),
        "U14",
        "aangenomen_op",
        "uitkomst_op",
        LIVE & Q(uitkomst_op__isnull=False) & AVULSIE,
        30,
    ),
    Duurmaat(
        "gesproken",
        _("Van overleg verplicht tot tandarts gesproken"),
        _("Tijd vanaf het moment dat overleg verplicht was, tot een tandarts is gesproken."),
        "U14; §3.2.1",
        "verplicht_sinds",
        "gesproken_na_plicht",
        LIVE & Q(verplicht_sinds__isnull=False, gesproken_op__isnull=False),
        300,
    ),
)

AANDELEN: Final = (
    Aandeelmaat(
        "gesproken_op_tijd",
        _("Tandarts gesproken binnen 5 minuten"),
        _(
            "Van de oproepen met verplicht overleg: een tandarts gesproken binnen 5 minuten. "
            "Oproepen waarvan de 5 minuten nog lopen, tellen niet mee."
        ),
        "U14; §3.2.1",
        LIVE
        & Q(verplicht_sinds__isnull=False)
        & (Q(gesproken_op__isnull=False) | Q(verplicht_sinds__lt=F("nu") - _CONTACTNORM)),
        Q(gesproken_op__lte=F("verplicht_sinds") + _CONTACTNORM),
        95,
    ),
    Aandeelmaat(
        "gezien_60",
        _("Gezien binnen de norm van 60 minuten"),
        _(
            "Van de oproepen met een norm van ten hoogste 60 minuten: de patiënt is op tijd "
            "gezien. "
            "Koos de tandarts iets anders dan zien, dan telt de oproep niet mee."
        ),
        "§2.2; T-08; T-18",
        Q(norm__lte=_NORM_60)
        & Q(besluit__in=["", Oproep.Besluit.ZIEN], afbreekreden="")
        & (Q(gezien_op__isnull=False) | Q(zien_voor__lt=F("nu"))),
        Q(gezien_op__lte=F("zien_voor")),
    ),
    Aandeelmaat(
        "gezien_24",
        _("Gezien binnen de norm van 24 uur"),
        _("Hetzelfde, voor oproepen met een ruimere norm dan 60 minuten."),
        "§2.2.2; §2.2.3",
        Q(norm__gt=_NORM_60)
        & Q(besluit__in=["", Oproep.Besluit.ZIEN], afbreekreden="")
        & (Q(gezien_op__isnull=False) | Q(zien_voor__lt=F("nu"))),
        Q(gezien_op__lte=F("zien_voor")),
    ),
    Aandeelmaat(
        "verhoogd",
        _("Zwaarder beoordeeld door de tandarts"),
        _(
            "Van de oproepen met een besluit van de tandarts: het protocol zag geen reden voor een "
            "bezoek, de tandarts liet de patiënt komen of stuurde door naar de eerste hulp."
        ),
        "U14; §2.1",
        ~Q(besluit="") & Q(uitkomst_op__isnull=False),
        Q(uitkomst__moet_gezien="vooralsnog_niet")
        & Q(besluit__in=[Oproep.Besluit.ZIEN, Oproep.Besluit.EERSTEHULP]),
        toelichting=_("Komt dit vaak voor, dan is het protocol te licht ingesteld."),
    ),
    Aandeelmaat(
        "verlaagd",
        _("Lichter beoordeeld door de tandarts"),
        _(
            "Van de oproepen met een besluit van de tandarts: volgens het protocol moest de "
            "patiënt worden gezien, de tandarts gaf een instructie of stelde uit."
        ),
        "U14; §2.1",
        ~Q(besluit="") & Q(uitkomst_op__isnull=False),
        Q(uitkomst__moet_gezien="ja")
        & Q(besluit__in=[Oproep.Besluit.INSTRUCTIE, Oproep.Besluit.UITSTEL]),
        toelichting=_("Komt dit vaak voor, dan is het protocol te streng ingesteld."),
    ),
    Aandeelmaat(
        "opgehoogd",
        _("Opgehoogd door de medewerker"),
        _(
            "Van de oproepen met een uitkomst: een medewerker wilde meer dan het protocol en "
            "maakte overleg verplicht."
        ),
        "U12; T-16",
        ~Q(uitkomst={}),
        ~Q(opgehoogd_naar=""),
        toelichting=_("Komt dit vaak voor, dan is het protocol te licht ingesteld."),
    ),
    Aandeelmaat(
        "herhaling",
        _("Opnieuw gebeld"),
        _(
            "Van alle oproepen: een medewerker koppelde de oproep aan een eerdere, of dezelfde "
            "patiënt belde in de 96 uur ervoor ook."
        ),
        "U9; U14",
        Q(),
        Q(herhaling_van__isnull=False) | Q(belde_eerder=True),
    ),
)

INTAKE_DOEL: Final = 95
INTAKE_GEPUBLICEERD: Final = 21
"""Percent complete in the published count of the Derkx study: what paper achieves."""

# What a complete intake holds (§3.2.1, Bijlage 1 §2.1-2.3), each with what counts as missing.
INTAKE: Final = (
    ("naam", _("naam"), Q(patient__isnull=True) | Q(patient__naam="")),
    ("adres", _("adres"), Q(patient__isnull=True) | Q(patient__adres="")),
    ("woonplaats", _("woonplaats"), Q(patient__isnull=True) | Q(patient__woonplaats="")),
    (
        "telefoon",
        _("telefoonnummer"),
        Q(telefoon_beller="") & (Q(patient__isnull=True) | Q(patient__telefoon="")),
    ),
    (
        "leeftijd",
        _("leeftijd of geboortedatum"),
        Q(patient__geboortedatum__isnull=True) & Q(antwoorden__leeftijd_jaren__isnull=True),
    ),
    (
        "eigen_tandarts",
        _("heeft een eigen tandarts"),
        Q(patient__isnull=True) | Q(patient__heeft_eigen_tandarts="onbekend"),
    ),
    (
        "inschrijving",
        _("ingeschreven bij een deelnemer"),
        Q(antwoorden__ingeschreven_bij_deelnemer__isnull=True),
    ),
    ("omschrijving", _("wat de patiënt vertelt"), Q(omschrijving="")),
    ("klacht", _("klacht"), Q(antwoorden__klachten__isnull=True)),
    (
        "pijncijfer",
        _("pijncijfer bij pijn vanaf 12 jaar"),
        _PIJN & ~Q(jong=True) & Q(antwoorden__nrs__isnull=True),
    ),
    ("opname", _("opname gemeld"), Q(antwoorden__opname_gemeld__isnull=True)),
)

ONVOLLEDIG: Final = reduce(or_, (mist for _sleutel, _titel, mist in INTAKE))

INTAKEMAAT: Final = Aandeelmaat(
    "intake",
    _("Volledige intake"),
    _("Van de afgeronde oproepen (niet afgebroken): alle gegevens van de intake zijn ingevuld."),
    "U14; §3.2.1; Bijlage 1 §2.1",
    AFGEROND,
    Q(volledig=True),
    INTAKE_DOEL,
    toelichting=_("Op papier was volgens gepubliceerd onderzoek 21 % volledig."),
)

KLACHT_BIJ: Final = {klacht: Q(antwoorden__klachten__contains=[klacht]) for klacht in KLACHTEN}
"""A call with two complaints counts for both."""

OVERGESLAGEN: Final = AFGEROND & Q(contact=Oproep.Contact.AANBEVOLEN, gesproken_op__isnull=True)
"""Consulting the dentist was recommended, and nobody did; the reason is asked for (U12)."""
