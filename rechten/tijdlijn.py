"""What was asked and given about a patient, on the line of time of the dossier."""

from collections.abc import Iterator

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _

from kern.weergave import format_datum
from rechten.models import Afgifte, Patientverzoek
from verslag.models import Pakket, Passantendossier
from verslag.tijdlijn import Gebeurtenis

Status = Patientverzoek.Status

_SHOWN = (
    *("kring_id", "nummer", "patient_id", "soort", "status", "aanvrager", "weigergrond"),
    *("aangemaakt_op", "ontvangen_op", "besluit_op", "afgehandeld_op"),
    *("kring__slug", "genoteerd_door__naam", "besluit_door__naam"),
)
_GIVEN = ("kring_id", "verzoek_id", "wijze", "uitgereikt_aan", "gegeven_op", "door__naam")


def events(dossier: Passantendossier) -> Iterator[Gebeurtenis]:
    """Yield requests, decisions, what was given and what was picked up; at most three queries.

    Whoever reads the dossier may open the requests about it (`rechten.toegang`). Who asked is told
    by the relation: the name is on the page of the request.
    """
    given = Prefetch("afgiften", Afgifte.objects.select_related("door").only(*_GIVEN))
    rows = Patientverzoek.objects.filter(patient=dossier.patient_id).only(*_SHOWN)
    rows = rows.select_related("kring", "genoteerd_door", "besluit_door").prefetch_related(given)
    for verzoek in rows:
        yield from _of_request(verzoek)
    links = (row for verzoek in rows for row in verzoek.afgiften.all())
    if any(row.wijze == Afgifte.Wijze.OPHALEN for row in links):
        yield from _of_links(dossier)


def _of_links(dossier: Passantendossier) -> Iterator[Gebeurtenis]:
    copies = Pakket.objects.filter(
        voor=Pakket.Voor.PATIENT, versie__verslag__dossier=dossier, opgehaald_op__isnull=False
    )
    for pakket in copies.only("kring_id", "naam", "opgehaald_op"):
        yield {
            "moment": pakket.opgehaald_op,
            "titel": _("Afschrift opgehaald met de link en de code"),
            "wie": pakket.naam,
            "icoon": "gelukt",
            "kleur": "groen",
        }


def _of_request(verzoek: Patientverzoek) -> Iterator[Gebeurtenis]:
    adres = reverse("rechten:verzoek", kwargs={"kring": verzoek.kring.slug, "verzoek": verzoek.pk})
    what = {"nummer": verzoek.nummer, "soort": verzoek.get_soort_display()}
    yield {
        "moment": verzoek.aangemaakt_op,
        "titel": _("Verzoek %(nummer)s genoteerd: %(soort)s") % what,
        "tekst": _("Gevraagd door: %(wie)s, op %(dag)s.")
        % {"wie": verzoek.get_aanvrager_display(), "dag": format_datum(verzoek.ontvangen_op)},
        "wie": verzoek.genoteerd_door.naam,
        "icoon": "document",
        "adres": adres,
    }
    if verzoek.besluit_op:
        refused = verzoek.status == Status.AFGEWEZEN
        title = _("Verzoek %(nummer)s geweigerd") if refused else _("Verzoek %(nummer)s toegewezen")
        yield {
            "moment": verzoek.besluit_op,
            "titel": title % what,
            "tekst": verzoek.get_weigergrond_display() if refused else "",
            "wie": verzoek.besluit_door.naam if verzoek.besluit_door else "",
            "icoon": "ondertekenen",
            "kleur": "amber" if refused else "",
            "adres": adres,
        }
    for afgifte in verzoek.afgiften.all():
        yield {
            "moment": afgifte.gegeven_op,
            "titel": _("%(soort)s gegeven (verzoek %(nummer)s)")
            % {"soort": verzoek.get_soort_display().capitalize(), "nummer": verzoek.nummer},
            "tekst": _("%(wijze)s, aan %(naam)s")
            % {
                "wijze": afgifte.get_wijze_display().capitalize(),
                "naam": afgifte.uitgereikt_aan,
            },
            "wie": afgifte.door.naam,
            "icoon": "gelukt",
            "kleur": "groen",
            "adres": adres,
        }
    if verzoek.status == Status.INGETROKKEN and verzoek.afgehandeld_op:
        yield {
            "moment": verzoek.afgehandeld_op,
            "titel": _("Verzoek %(nummer)s ingetrokken door de aanvrager") % what,
            "icoon": "sluiten",
            "adres": adres,
        }
