"""Attachments on the pages of the report: add, take away, see back, download."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from kern import logboek
from verslag import actions
from verslag.actions.bijlage import Keuring
from verslag.bestand import BestandGeweigerd, picture_of
from verslag.forms import VerslagForm
from verslag.models import Bijlage, Verslag, Verslagversie
from verslag.weergave import attachment_filename, thumbnail_of

# Whatever is in the file: it runs nothing, fetches nothing and stands in no page.
BELEID = "default-src 'none'; sandbox; frame-ancestors 'none'; form-action 'none'; base-uri 'none'"


def attachments_of(verslag: Verslag, versie: Verslagversie | None = None) -> list[tuple]:
    """Return (attachment, thumbnail as data: address) of the draft, or of a signed version.

    The thumbnails travel in the page itself: no extra doors, and the line that says the report
    was read covers them.
    """
    rows = Bijlage.objects.with_thumbnails()
    if versie is None:
        rows = rows.filter(verslag=verslag, weggelaten=False)
    else:
        rows = rows.filter(in_versies__versie=versie)
    return [(row, thumbnail_of(row)) for row in rows]


def change_attachments(
    request, verslag: Verslag, form: VerslagForm, *, conflict: bool = False
) -> Verslag:
    """Add the chosen file or take the named attachment away; return the report as it is then.

    A full quota becomes an error at the field of the form. After a conflict this window did not
    write the newest text, and must not pass for the one that did.
    """
    venster = "" if conflict else form.cleaned_data.get("venster", "")
    if "weg" in request.POST:
        _remove(request, verslag, venster)
    keuring = form.cleaned_data.get("bestand")
    if keuring:
        try:
            bijlage = actions.add_bijlage(
                verslag,
                keuring=keuring,
                omschrijving=form.cleaned_data.get("bijlage_omschrijving", ""),
                soort=form.cleaned_data.get("bijlage_soort", ""),
                by=request.actor,
                venster=venster,
            )
        except BestandGeweigerd as error:
            form.add_error("bestand", str(error))
        else:
            form.forget_attachment()
            _tell_added(request, bijlage)
            _warn_other_patient(request, verslag, keuring)
    return Verslag.objects.with_letterhead().get(pk=verslag.pk)


def _remove(request, verslag: Verslag, venster: str) -> None:
    """Take the named attachment away; one that is gone is no reason to lose what was typed."""
    try:
        pk = UUID(request.POST["weg"])
    except ValueError as error:
        raise Http404 from error
    bijlage = Bijlage.objects.current().filter(pk=pk, verslag=verslag).first()
    if bijlage is None:
        messages.info(request, _("Deze bijlage was al weggehaald."))
        return
    actions.remove_bijlage(bijlage, by=request.actor, venster=venster)
    messages.success(request, _("Bijlage %s is weggehaald.") % bijlage.nummer)


def _tell_added(request, bijlage: Bijlage) -> None:
    if bijlage.is_leesbaar:
        messages.success(request, _("Bijlage %s is toegevoegd.") % bijlage.nummer)
        return
    messages.warning(
        request,
        _(
            "Bijlage %s is bewaard, maar de virusscanner antwoordt niet. De bijlage blijft dicht "
            "tot hij is gecontroleerd. Dat gaat vanzelf; je kunt verder met het verslag."
        )
        % bijlage.nummer,
    )


def _warn_other_patient(request, verslag: Verslag, keuring: Keuring) -> None:
    """A swapped X-ray is the fault that matters; the message names no date and no patient."""
    said, known = keuring.bestand.geboortedatum, verslag.dossier.patient.geboortedatum
    if said and known and said != known:
        messages.warning(
            request,
            _(
                "Let op: in deze opname stond een andere geboortedatum dan die van de patiënt. "
                "Kijk of het de goede opname is, en haal hem anders weg."
            ),
        )


def show(request, verslag, bijlage):
    """Show an image, or give a PDF; every look is logged."""
    bijlage = get_object_or_404(
        Bijlage.objects.select_related("verslag__dossier", "verslag__oproep"), pk=bijlage
    )
    if not bijlage.is_leesbaar:
        raise Http404
    logboek.note_read(
        "bijlage.gezien",
        by=request.actor,
        object_soort="bijlage",
        object_id=bijlage.pk,
        patient_id=bijlage.verslag.dossier.patient_id,
    )
    return bijlage_response(bijlage)


def bijlage_response(
    bijlage: Bijlage, versie: Verslagversie | None = None, *, download: bool = False
) -> HttpResponse:
    """Return the bytes; an image may be looked at, a PDF is only ever a download.

    A DICOM file is looked at as PNG, and downloaded as it is kept.
    With `versie` the bytes must be those that were signed: another fingerprint is an error.
    """
    content = bijlage.checked_content(versie)
    name, mimetype, kind = attachment_filename(bijlage), bijlage.mimetype, "attachment"
    if bijlage.is_beeld and not download:
        content, mimetype = picture_of(content, mimetype)
        name, kind = name.removesuffix(".dcm"), "inline"
    response = HttpResponse(content, content_type=mimetype)
    response["Content-Disposition"] = f'{kind}; filename="{name}"'
    response["Content-Security-Policy"] = BELEID
    response["X-Content-Type-Options"] = "nosniff"
    return response
