"""The whole file of one patient, ready to show, in a fixed number of queries."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from verslag.dubbelen import Paar, doubles_of
from verslag.models import (
    Bijlage,
    Overdracht,
    Passantendossier,
    Samenvoeging,
    Verklaring,
    Verslag,
    Verslagversie,
    Vervolgactie,
)
from verslag.stand import Stand, stand_of_overdracht
from verslag.tijdlijn import Gebeurtenis, calls_of_dossier, reports_of_dossier, timeline


@dataclass(frozen=True)
class Verslagdeel:
    """One report with all that hangs below it; the newest version first."""

    verslag: Verslag
    versies: list[Verslagversie]
    bijlagen: list[Bijlage]
    overdrachten: list[tuple[Verslagversie, Overdracht, Stand]]
    vervolg: list[Vervolgactie]

    @property
    def diagnose(self) -> str:
        return self.versies[0].inhoud["diagnose"] if self.versies else ""


@dataclass(frozen=True)
class Dossierblad:
    """What the page of a dossier shows."""

    verslagen: list[Verslagdeel]
    gebeurtenissen: list[Gebeurtenis]
    samenvoegingen: list[Samenvoeging]
    dubbelen: list[Paar]
    # The own words of the patient (BW 7:454 lid 2).
    verklaringen: list[Verklaring]
    # A patient of a mondhygiënist keeps looking for a dentist (§5.2.2).
    van_mondhygienist: bool


def read(dossier: Passantendossier, *, nu: datetime) -> Dossierblad:
    """Return calls, decisions, reports, attachments, handovers, follow-ups and joinings."""
    oproepen, verslagen = calls_of_dossier(dossier), reports_of_dossier(dossier)
    samenvoegingen = list(
        dossier.patient.samenvoegingen.select_related("gedaan_door", "ongedaan_door")
    )
    bijlagen = _signed_attachments(dossier)
    return Dossierblad(
        verslagen=[_part(verslag, bijlagen[verslag.pk], nu) for verslag in reversed(verslagen)],
        gebeurtenissen=timeline(
            dossier, oproepen=oproepen, verslagen=verslagen, samenvoegingen=samenvoegingen
        ),
        samenvoegingen=samenvoegingen,
        dubbelen=doubles_of(dossier.patient),
        verklaringen=_statements(dossier),
        van_mondhygienist=any(
            oproep.antwoorden.get("mondhygienist_patient") is True for oproep in oproepen
        ),
    )


def _statements(dossier: Passantendossier) -> list[Verklaring]:
    shown = ("kring_id", "patient_id", "tekst", "gegeven_op", "verslag__oproep__nummer")
    return list(dossier.patient.verklaringen.select_related("verslag__oproep").only(*shown))


def _signed_attachments(dossier: Passantendossier) -> dict[UUID, list[Bijlage]]:
    """Return the attachments per report that were ever signed; a draft is its author's."""
    rows: dict[UUID, list[Bijlage]] = defaultdict(list)
    signed = Bijlage.objects.filter(verslag__dossier=dossier, in_versies__isnull=False)
    for bijlage in signed.distinct().order_by("nummer"):
        rows[bijlage.verslag_id].append(bijlage)
    return rows


def _part(verslag: Verslag, bijlagen: list[Bijlage], nu: datetime) -> Verslagdeel:
    versies = list(reversed(verslag.versies.all()))
    return Verslagdeel(
        verslag,
        versies,
        bijlagen,
        [
            (versie, overdracht, stand_of_overdracht(overdracht, nu=nu))
            for versie in versies
            for overdracht in versie.overdrachten.all()
        ],
        list(verslag.vervolgacties.all()),
    )
