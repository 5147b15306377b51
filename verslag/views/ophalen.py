"""The pick-up page: public, so it says nothing about a patient before the code is right.

GET and HEAD change and send nothing: mail scanners follow every link (S30). Unknown, withdrawn
and expired links look the same.
"""

import time
from functools import wraps

from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from kern import logboek
from kern.weergave import format_telefoon
from verslag.actions import open_overdracht, request_code
from verslag.actions.ophalen import CODES_PER_DAG, POGINGEN, as_recipient
from verslag.actions.overdracht import record as record_overdracht
from verslag.forms import CodeForm
from verslag.kanalen.ophalen import hash_token
from verslag.models import Bijlage, Overdracht
from verslag.ophaalsessie import is_opened, mark_opened
from verslag.pdf import filename, pdf_of
from verslag.views.bijlage import attachments_of, bijlage_response
from verslag.weergave import letter_of, mask_phone

POSTS_PER_MINUUT = 30


def _private(view):
    """Send the headers of a page whose address is a secret, and bound the posts to it."""

    @wraps(view)
    def wrapped(request, token, **kwargs):
        if request.method == "POST" and _too_many(request, token):
            context = {"telefoon": request.kring.spoednummer}
            response = render(request, "verslag/ophalen_druk.html", context, status=429)
        else:
            response = view(request, token, **kwargs)
        response["Referrer-Policy"] = "same-origin"
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        response["Cache-Control"] = "no-store, private"
        return response

    return wrapped


def _too_many(request, token: str) -> bool:
    """Count the posts to one link from one network address in the running minute.

    Per link, because behind a proxy everyone may have the same address.
    """
    # The minute is in the key: counting on would renew the time that a cache line has left.
    minute = int(time.time() // 60)
    key = f"ophalen|{request.META.get('REMOTE_ADDR', '')}|{hash_token(token)[:24]}|{minute}"
    if cache.add(key, 1, 60):
        return False
    try:
        return cache.incr(key) > POSTS_PER_MINUUT
    except ValueError:
        return False


def _find(token: str) -> Overdracht | None:
    return (
        Overdracht.objects.active()
        .filter(token_hash=hash_token(token))
        .select_related("versie__verslag__dossier")
        .first()
    )


def _not_here(request) -> HttpResponse:
    telefoon = request.kring.spoednummer
    return render(request, "verslag/ophalen_onbekend.html", {"telefoon": telefoon}, status=404)


@_private
def pick_up(request, token: str):
    """Show the page for the code, or the report when this browser gave the right code."""
    overdracht = _find(token)
    if overdracht is None:
        return _not_here(request)
    if request.method == "POST":
        return _post(request, overdracht)
    if is_opened(request, overdracht):
        return _show(request, overdracht, token)
    return _ask(request, overdracht, CodeForm())


def _post(request, overdracht: Overdracht):
    if request.POST.get("stap") == "stuur_code":
        if not request_code(overdracht, by=request.actor):
            return _ask(request, overdracht, CodeForm(), status=422)
        return redirect(request.path)
    form = CodeForm(request.POST)
    if form.is_valid():
        if open_overdracht(overdracht, code=form.cleaned_data["code"], by=request.actor):
            mark_opened(request, overdracht)
            return redirect(request.path)
        form.refuse()
    return _ask(request, overdracht, form, status=422)


def _ask(request, overdracht: Overdracht, form: CodeForm, *, status: int = 200):
    # The counters may have moved inside this very request.
    overdracht.refresh_from_db()
    stand = code_state(overdracht)
    context = {
        "form": form,
        "stand": stand,
        "nummer": mask_phone(overdracht.telefoon),
        "verloopt_op": overdracht.verloopt_op,
        "code_tot": overdracht.code_verloopt_op,
        "telefoon": format_telefoon(request.kring.spoednummer),
    }
    return render(request, "verslag/ophalen.html", context, status=status)


def code_state(overdracht: Overdracht) -> dict:
    """Return what the page may offer: a code on its way, wrong too often, the day is full."""
    sent = Overdracht.objects.code_state(overdracht.pk)
    full = sent["vandaag"] >= CODES_PER_DAG
    locked = sent["geldig"] and overdracht.code_pogingen >= POGINGEN
    return {
        "onderweg": sent["geldig"] and not locked,
        "geblokkeerd": locked,
        "vol": full,
        "over": max(POGINGEN - overdracht.code_pogingen, 0),
    }


def _show(request, overdracht: Overdracht, token: str):
    versie = overdracht.versie
    logboek.note_read(
        "overdracht.gelezen",
        by=as_recipient(overdracht, request.actor),
        kring_id=overdracht.kring_id,
        object_soort="overdracht",
        object_id=overdracht.pk,
        patient_id=versie.verslag.dossier.patient_id,
    )
    context = {
        "versie": versie,
        "token": token,
        "bijlagen": attachments_of(versie.verslag, versie),
        **letter_of(versie),
    }
    return render(request, "verslag/ophalen_verslag.html", context)


@require_POST
@_private
def pick_up_pdf(request, token: str):
    """Give the letter to the browser that gave the right code."""
    overdracht = _find(token)
    if overdracht is None:
        return _not_here(request)
    if not is_opened(request, overdracht):
        return redirect("verslag:ophalen", kring=request.kring.slug, token=token)
    record_overdracht("overdracht.pdf", "E", overdracht, as_recipient(overdracht, request.actor))
    versie = overdracht.versie
    return pdf_response(pdf_of(versie), filename(versie))


@require_POST
@_private
def pick_up_attachment(request, token: str, bijlage):
    """Give one attachment of the signed version to the browser that gave the right code."""
    overdracht = _find(token)
    if overdracht is None:
        return _not_here(request)
    back = redirect("verslag:ophalen", kring=request.kring.slug, token=token)
    if not is_opened(request, overdracht):
        return back
    rows = Bijlage.objects.filter(in_versies__versie=overdracht.versie_id)
    found = rows.select_related("verslag__oproep").filter(pk=bijlage).first()
    if found is None:
        return _not_here(request)
    if not found.is_leesbaar:
        return back
    by = as_recipient(overdracht, request.actor)
    record_overdracht("overdracht.bijlage", "E", overdracht, by)
    return bijlage_response(found, overdracht.versie, download=True)


def pdf_response(content: bytes, name: str) -> HttpResponse:
    """Return a download; never shown inside the site."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
