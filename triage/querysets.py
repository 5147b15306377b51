"""Many calls and patients."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Now

from triage.protocol.termijnen import TE_MELDEN

HERHAALTERMIJN = timedelta(hours=96)
"""Within this time a second call is shown as a second call (U9)."""


class PatientQuerySet(models.QuerySet):
    """Patients of the kring; row-level security keeps the others out."""

    def living(self):
        """Without the rows that were merged into another one."""
        return self.filter(opgegaan_in__isnull=True)

    def resembling(
        self,
        *,
        kring_id: int,
        telefoon: str = "",
        bsn: str = "",
        naam: str = "",
        geboortedatum=None,
    ):
        """Patients that may be the caller: same phone, same BSN, or same name and birth date.

        `telefoon` may be a number that is still being typed (`kern.velden.phone_prefix`). The BSN
        is compared by its blind index, which differs from kring to kring. An empty field never
        matches: two patients without a phone number are not alike.
        """
        return self.living().filter(
            alike(
                self.model,
                kring_id=kring_id,
                telefoon=telefoon,
                bsn=bsn,
                naam=naam,
                geboortedatum=geboortedatum,
            )
        )


def begins_with(field: str, prefix: str) -> Q:
    """Return the condition on a phone number that an index serves below row-level security."""
    # Not LIKE: it is not leakproof, so below a policy PostgreSQL reads every row first.
    return Q(**{f"{field}__gte": prefix, f"{field}__lt": prefix[:-1] + chr(ord(prefix[-1]) + 1)})


def alike(patient, *, kring_id: int, telefoon="", bsn="", naam="", geboortedatum=None, at="") -> Q:
    """Return the condition of `resembling`; `at` leads to the patient ("patient__")."""
    same = Q(pk__in=[])
    if telefoon:
        same |= begins_with(f"{at}telefoon", telefoon)
    if bsn:
        index = patient._meta.get_field("bsn_index").value_for(bsn, kring_id)
        same |= Q(**{f"{at}bsn_index": index})
    if naam.strip() and geboortedatum:
        surname = naam.rsplit(maxsplit=1)[-1]
        same |= Q(
            **{f"{at}geboortedatum": geboortedatum, f"{at}naam__unaccent__icontains": surname}
        )
    return same


class ContactpogingQuerySet(models.QuerySet):
    def standing(self):
        """What was noted and not taken back as a mistake, in order of time."""
        return self.filter(vergissing__isnull=True).order_by("moment", "pk")

    def as_events(self, *before: str):
        """Plain tuples for `triage.contact.reach`; `before` names columns that come first."""
        return self.standing().values_list(*before, "rol", "resultaat", "moment", "naar_rol")


def _setting(name: str) -> Cast:
    """A number of the version of a call; cast, or each row would parse JSON."""
    return Cast(KeyTextTransform(name, "protocolversie__instellingen"), models.IntegerField())


class OproepQuerySet(models.QuerySet):
    def open(self):
        """Calls that still ask for something."""
        return self.exclude(status="afgerond")

    def since(self, moment: datetime):
        return self.filter(aangenomen_op__gte=moment)

    def recent_before(self, oproep, nu: datetime):
        """Other calls of the last 96 hours, or that still wait for a call-back, newest first."""
        return (
            self.filter(Q(aangenomen_op__gte=nu - HERHAALTERMIJN) | Q(status="terugbellen"))
            .filter(kring_id=oproep.kring_id, aangenomen_op__lte=oproep.aangenomen_op)
            .exclude(pk=oproep.pk)
            .order_by("-aangenomen_op")
        )

    def for_board(self):
        """Open calls as plain tuples: a board of 30 rows needs no 30 model instances."""
        earlier = self.model.objects.filter(
            patient=OuterRef("patient"),
            nummer__lt=OuterRef("nummer"),
            aangenomen_op__gte=OuterRef("aangenomen_op") - HERHAALTERMIJN,
        )
        return (
            self.open()
            .order_by("nummer")
            .annotate(
                is_tweede=Q(herhaling_van__isnull=False) | Exists(earlier),
                # When the backup takes over, by the version of the call; empty: the standard.
                na_pogingen=_setting("achterwacht_na_pogingen"),
                na_min=_setting("achterwacht_na_min"),
            )
            .values_list(
                *("pk", "kring_id", "nummer", "aangenomen_op", "status", "contact", "urgentie"),
                *("antwoorden__klachten", "antwoorden__ongeval_minuten_geleden"),
                *("afspraak_om", "besluit", "behandelaar_id", "behandelaar__naam"),
                *("patient_id", "patient__naam", "telefoon_beller", "is_tweede", "gewijzigd_op"),
                *("na_pogingen", "na_min"),
                "is_nagevoerd",
                named=True,
            )
        )


class ProtocolversieQuerySet(models.QuerySet):
    def in_force_at(self, moment: datetime):
        """The version that holds at `moment`, first; an earlier one was replaced by it."""
        return self.filter(van_kracht_vanaf__lte=moment).order_by("-van_kracht_vanaf")


class TermijnQuerySet(models.QuerySet):
    """Clocks of calls."""

    def running(self):
        return self.filter(gesloten_op__isnull=True)

    def overdue(self):
        """Clocks that have run out by the database clock and ask for something all the same."""
        return self.running().filter(vervalt_op__lte=Now(), soort__in=sorted(TE_MELDEN))

    def untold(self):
        """Overdue clocks of which nobody has been told yet."""
        return self.overdue().filter(gemeld_op__isnull=True)
