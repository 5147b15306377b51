"""The pick-up page: public, so it says nothing about a patient before the code is right.

GET and HEAD change and send nothing: mail scanners follow every link (S30). Unknown, withdrawn
and expired links look the same. What the page shows comes out of the package, and only the link
opens that.
"""

import time
from functools import wraps
from uuid import UUID

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kern import logboek
from kern.weergave import format_telefoon, is_landline
from verslag import zegel
from verslag.actions import finish_pakket, open_pakket, reply, request_code, take_out
from verslag.actions.ophalen import (
    ANTWOORDEN,
    CODES_PER_DAG,
    POGINGEN,
    as_recipient,
    contents_of,
)
from verslag.forms import AntwoordForm, CodeForm
from verslag.models import Pakket, Pakketdeel, Verslagversie
from verslag.ophaalsessie import is_opened, mark_opened
from verslag.pakketinhoud import Pakketinhoud, Stuk, zip_of
from verslag.views.bijlage import BELEID
from verslag.weergave import mask_phone, page_of

POSTS_PER_MINUUT = 30


def _private(view):
    """Send the headers of a page whose address is a secret, and bound the posts to it."""

    @wraps(view)
    def wrapped(request, token, **kwargs):
        if request.method == "POST" and _too_many(request, token):
            context = {"telefoon": request.kring.spoednummer}
            response = render(request, "verslag/ophalen_druk.html", context, status=429)
        else:
            response = _answer(view, request, token, kwargs)
        response["Referrer-Policy"] = "same-origin"
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        response["Cache-Control"] = "no-store, private"
        return response

    return wrapped


def _answer(view, request, token: str, kwargs: dict) -> HttpResponse:
    pakket = _find(token)
    if pakket is None:
        return _not_here(request)
    try:
        return view(request, token, pakket, **kwargs)
    except Pakketdeel.DoesNotExist:
        # Withdrawn between finding the package and opening it.
        return _not_here(request)


def _too_many(request, token: str) -> bool:
    """Count the posts to one link from one network address in the running minute.

    Per link, because behind a proxy everyone may have the same address.
    """
    # The minute is in the key: counting on would renew the time that a cache line has left.
    minute = int(time.time() // 60)
    key = f"ophalen|{request.META.get('REMOTE_ADDR', '')}|{zegel.hash_token(token)[:24]}|{minute}"
    if cache.add(key, 1, 60):
        return False
    try:
        return cache.incr(key) > POSTS_PER_MINUUT
    except ValueError:
        return False


def _find(token: str) -> Pakket | None:
    return (
        Pakket.objects.active()
        .filter(token_hash=zegel.hash_token(token))
        .select_related("bericht", "overdracht", "versie__verslag__dossier")
        .first()
    )


def _not_here(request) -> HttpResponse:
    telefoon = request.kring.spoednummer
    return render(request, "verslag/ophalen_onbekend.html", {"telefoon": telefoon}, status=404)


def _opened_only(view):
    """Send a browser that did not give the code back to the page that asks for it."""

    @require_POST
    @_private
    @wraps(view)
    def wrapped(request, token, pakket, **kwargs):
        if not is_opened(request, pakket):
            return _back(request, token)
        return view(request, token, pakket, **kwargs)

    return wrapped


def _back(request, token: str):
    return redirect("verslag:ophalen", kring=request.kring.slug, token=token)


@_private
def pick_up(request, token: str, pakket: Pakket):
    """Show the page for the code, or the report when this browser gave the right code."""
    if request.method == "POST":
        return _post(request, pakket)
    if is_opened(request, pakket):
        return _show(request, pakket, token)
    return _ask(request, pakket, CodeForm())


def _post(request, pakket: Pakket):
    if request.POST.get("stap") == "stuur_code":
        if not request_code(pakket, by=request.actor):
            return _ask(request, pakket, CodeForm(), status=422)
        return redirect(request.path)
    form = CodeForm(request.POST)
    if form.is_valid():
        if open_pakket(pakket, code=form.cleaned_data["code"], by=request.actor):
            mark_opened(request, pakket)
            return redirect(request.path)
        form.refuse()
    return _ask(request, pakket, form, status=422)


def _ask(request, pakket: Pakket, form: CodeForm, *, status: int = 200):
    # The counters may have moved inside this very request.
    pakket.refresh_from_db()
    gesproken = is_landline(pakket.telefoon)
    if gesproken:
        form.fields["code"].label = _("Code die u door de telefoon hoorde")
    context = {
        "form": form,
        "stand": code_state(pakket),
        "gesproken": gesproken,
        "voor": pakket.voor,
        "nummer": mask_phone(pakket.telefoon),
        "verloopt_op": pakket.verloopt_op,
        "code_tot": pakket.code_verloopt_op,
        "telefoon": format_telefoon(request.kring.spoednummer),
    }
    return render(request, "verslag/ophalen.html", context, status=status)


def code_state(pakket: Pakket) -> dict:
    """Return what the page may offer: a code on its way, wrong too often, the day is full."""
    sent = Pakket.objects.code_state(pakket.pk)
    full = sent["vandaag"] >= CODES_PER_DAG
    locked = sent["geldig"] and pakket.code_pogingen >= POGINGEN
    return {
        "onderweg": sent["geldig"] and not locked,
        "geblokkeerd": locked,
        "vol": full,
        "over": max(POGINGEN - pakket.code_pogingen, 0),
    }


def _show(request, pakket: Pakket, token: str, form: AntwoordForm | None = None):
    inhoud = contents_of(pakket, token)
    by = as_recipient(pakket, request.actor)
    is_copy = pakket.overdracht_id is None
    logboek.note_read(
        "overdracht.gelezen",
        by=by,
        kring_id=pakket.kring_id,
        object_soort="pakket" if is_copy else "overdracht",
        object_id=pakket.pk if is_copy else pakket.overdracht_id,
        patient_id=pakket.versie.verslag.dossier.patient_id,
    )
    versie = signed_version(inhoud, pakket)
    antwoorden = [] if is_copy else list(pakket.antwoorden.all())
    context = {
        "versie": versie,
        "token": token,
        "stukken": inhoud.bijlagen,
        "form": form or AntwoordForm(),
        "voor": pakket.voor,
        "antwoorden": antwoorden,
        "kan_antwoorden": not is_copy and len(antwoorden) < ANTWOORDEN,
        "verloopt_op": pakket.verloopt_op,
        **page_of(versie),
    }
    status = 422 if form else 200
    return render(request, "verslag/ophalen_verslag.html", context, status=status)


def signed_version(inhoud: Pakketinhoud, pakket: Pakket) -> Verslagversie:
    """Return the version as it came out of the package; never saved."""
    return Verslagversie(
        id=UUID(inhoud.versie),
        kring_id=pakket.kring_id,
        nummer=inhoud.nummer,
        sha256=inhoud.sha256,
        inhoud=inhoud.inhoud,
    )


@_opened_only
def pick_up_pdf(request, token: str, pakket: Pakket):
    """Give the letter."""
    stuk = contents_of(pakket, token).of_kind("pdf")
    return _download(request, token, pakket, stuk)


@_opened_only
def pick_up_attachment(request, token: str, pakket: Pakket, bijlage: UUID):
    """Give one attachment of the signed version."""
    rows = contents_of(pakket, token).bijlagen
    stuk = next((row for row in rows if row.id == str(bijlage)), None)
    if stuk is None:
        return _not_here(request)
    return _download(request, token, pakket, stuk)


def _download(request, token: str, pakket: Pakket, stuk: Stuk | None):
    if stuk is None or not stuk.deel:
        return _back(request, token)
    (content,) = take_out(pakket, token, [stuk], by=request.actor)
    return file_response(content, stuk.bestand, stuk.mimetype)


@_opened_only
def pick_up_all(request, token: str, pakket: Pakket):
    """Give everything in one file: the letter, its data for another system, the attachments."""
    inhoud = contents_of(pakket, token)
    contents = take_out(pakket, token, inhoud.bestanden, by=request.actor)
    names = [stuk.bestand for stuk in inhoud.bestanden]
    name = f"{names[0].rpartition('.')[0]}.zip"
    content = zip_of(zip(names, contents, strict=True))
    return file_response(content, name, "application/zip")


@_opened_only
def pick_up_reply(request, token: str, pakket: Pakket):
    """Keep what the own dentist writes back."""
    form = AntwoordForm(request.POST)
    if not form.is_valid():
        return _show(request, pakket, token, form)
    if reply(pakket, tekst=form.cleaned_data["tekst"], by=request.actor):
        messages.success(request, _("Uw antwoord is verstuurd. Alleen de behandelaar leest het."))
    else:
        messages.error(
            request,
            _("U hebt al vaak geantwoord. Bel de spoedgevallendienst als er nog iets is: %s.")
            % format_telefoon(request.kring.spoednummer),
        )
    return _back(request, token)


@_opened_only
def pick_up_done(request, token: str, pakket: Pakket):
    """The recipient kept everything: this copy is destroyed, the link stops working."""
    finish_pakket(pakket, by=request.actor)
    return render(request, "verslag/ophalen_klaar.html")


def file_response(content: bytes, name: str, mimetype: str) -> HttpResponse:
    """Return a download; never shown inside the site."""
    response = HttpResponse(content, content_type=mimetype)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Content-Security-Policy"] = BELEID
    response["X-Content-Type-Options"] = "nosniff"
    return response


def pdf_response(content: bytes, name: str) -> HttpResponse:
    """Return a letter as a download."""
    return file_response(content, name, "application/pdf")
