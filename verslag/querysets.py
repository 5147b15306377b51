"""Many reports, dossiers and handovers; and which calls a dentist has to report on."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Case, Count, Exists, Max, OuterRef, Q, When
from django.db.models.functions import Now

from triage.models import Contactpoging, Oproep


def calls_of(tandarts) -> models.QuerySet:
    """The calls that this dentist reports on: treated, or only spoken on the phone (§4.1, T-14)."""
    spoken = Contactpoging.objects.filter(
        oproep=OuterRef("pk"),
        tandarts=tandarts,
        resultaat=Contactpoging.Resultaat.GESPROKEN,
    )
    return Oproep.objects.filter(
        Q(behandelaar=tandarts) | Q(behandelaar__isnull=True) & Exists(spoken)
    )


class DossierQuerySet(models.QuerySet):
    def readable_by(self, tandarts, moment: datetime):
        """Dossiers of own patients; and, while on duty, of patients with an open call."""
        own = calls_of(tandarts).filter(patient=OuterRef("patient"))
        allowed = Exists(own)
        if tandarts.dienstplaatsen.filter(begin__lte=moment, einde__gt=moment).exists():
            allowed |= Exists(Oproep.objects.open().filter(patient=OuterRef("patient")))
        return self.filter(allowed)

    def for_list(self):
        """Rows of the list: patient, number of calls, last call."""
        return (
            self.select_related("patient")
            .annotate(
                aantal=Count("patient__oproepen", distinct=True),
                laatste=Max("patient__oproepen__aangenomen_op"),
            )
            .order_by("-laatste")
        )


class VerslagQuerySet(models.QuerySet):
    def with_letterhead(self):
        """Reports with everything that a page about one report names."""
        return self.select_related(
            "kring",
            "auteur__deelnemer",
            "dossier__patient__eigen_tandarts",
            "oproep",
        )


class OverdrachtQuerySet(models.QuerySet):
    def active(self):
        """Handovers that can still be picked up; judged by the database clock."""
        return self.filter(ingetrokken_op__isnull=True, verloopt_op__gt=Now())

    def code_state(self, pk) -> dict:
        """Return whether a code is still valid and how many were sent in the running day."""
        return (
            self.filter(pk=pk)
            .annotate(
                geldig=Case(
                    When(Q(code_verloopt_op__gt=Now()) & ~Q(code_hash=""), then=True),
                    default=False,
                ),
                vandaag=Case(
                    When(codes_sinds__gt=Now() - timedelta(days=1), then="codes_verstuurd"),
                    default=0,
                ),
            )
            .values("geldig", "vandaag")
            .get()
        )
