"""Many reports, dossiers and handovers; and which calls a dentist has to report on."""

from datetime import timedelta

from django.apps import apps
from django.db import models
from django.db.models import Case, Count, Exists, F, Max, OuterRef, Q, When
from django.db.models.functions import Now

from triage.contact import CONTACT
from triage.models import Contactpoging, Oproep


def calls_of(tandarts) -> models.QuerySet:
    """The calls that this dentist reports on: treated, or only spoken on the phone (§4.1, T-14)."""
    spoken = Contactpoging.objects.standing().filter(
        oproep=OuterRef("pk"),
        tandarts=tandarts,
        resultaat__in=CONTACT,
    )
    return Oproep.objects.filter(
        Q(behandelaar=tandarts) | Q(behandelaar__isnull=True) & Exists(spoken)
    )


def _is_own(tandarts) -> Q:
    """The dentist treats, or took over what still had to happen (§2.2.4)."""
    took_over = apps.get_model("verslag.Vervolgactie").objects.filter(
        tandarts=tandarts, verslag__dossier=OuterRef("pk")
    )
    own = calls_of(tandarts).filter(patient=OuterRef("patient"))
    return Exists(own) | Exists(took_over)


def _has_open_call() -> Exists:
    return Exists(Oproep.objects.open().filter(patient=OuterRef("patient")))


def _on_duty(tandarts) -> bool:
    return tandarts.dienstplaatsen.filter(begin__lte=Now(), einde__gt=Now()).exists()


class DossierQuerySet(models.QuerySet):
    """What a dentist may read: own patients; and, while on duty, patients with an open call."""

    def readable_by(self, tandarts):
        """Return every dossier that this dentist may read now."""
        allowed = _is_own(tandarts)
        if _on_duty(tandarts):
            allowed |= _has_open_call()
        return self.filter(allowed)

    def may_read(self, tandarts, **which) -> bool:
        """Whether this dentist may read a dossier; of an own patient it costs one query."""
        found = self.filter(**which)
        if found.filter(_is_own(tandarts)).exists():
            return True
        return _on_duty(tandarts) and found.filter(_has_open_call()).exists()

    def living(self, pk):
        """The dossier of this number; of a patient who was joined, that of who stayed."""
        stayed = self.model.objects.filter(pk=pk).values("patient__opgegaan_in")
        return self.filter(
            models.Q(pk=pk, patient__opgegaan_in__isnull=True) | models.Q(patient__in=stayed)
        )

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
            "oproep__protocolversie",
        )

    def never_sent(self):
        """Those whose signed newest text never left, while the own dentist is known by now.

        A link that was withdrawn on purpose is no report that was forgotten.
        """
        newer = apps.get_model("verslag.Verslagversie").objects.filter(
            verslag=OuterRef("versie__verslag"), nummer__gt=OuterRef("versie__nummer")
        )
        sent = apps.get_model("verslag.Overdracht").objects.filter(
            ~Exists(newer), versie__verslag=OuterRef("pk")
        )
        return self.filter(
            ~Exists(sent),
            getekend_bij=F("versie"),
            dossier__patient__heeft_eigen_tandarts="ja",
            dossier__patient__eigen_tandarts__isnull=False,
        )


class BijlageManager(models.Manager):
    """Attachments without their bytes: a list of ten must not carry a hundred megabytes."""

    def get_queryset(self):
        return super().get_queryset().defer("inhoud", "miniatuur")

    def current(self):
        """The attachments that the report has now."""
        return self.get_queryset().filter(weggelaten=False)

    def with_thumbnails(self):
        """The attachments with what a page shows of them."""
        return self.get_queryset().defer(None).defer("inhoud")


class OverdrachtQuerySet(models.QuerySet):
    def active(self):
        """Handovers whose link is out and not past its term; judged by the database clock."""
        return self.filter(ingetrokken_op__isnull=True, verloopt_op__gt=Now())


class PakketQuerySet(models.QuerySet):
    def active(self):
        """Packages that can be picked up now; judged by the database clock."""
        return self.filter(gesloten_op__isnull=True, gevuld_op__isnull=False, verloopt_op__gt=Now())

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


class TaakQuerySet(models.QuerySet):
    def open(self):
        """Tasks that wait for a person."""
        return self.filter(gesloten_op__isnull=True)
