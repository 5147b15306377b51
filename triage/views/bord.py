"""The board with the open calls: of one kring, of all kringen of a call centre, and on a wall."""

from dataclasses import replace
from uuid import uuid4

from django.http import HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse

from kern import logboek, scherm
from kern.actor import Actor
from kern.toegang import Rol
from triage import bord as borden
from triage.bord import Sleutel, Stuk, Vorm
from triage.namens import on_duty_of


def bord(request):
    """Show the open calls of the kring; each shown patient gets a line in the access log."""
    return _page(request, Vorm.KRING, "triage/bord.html", samen=len(triage_kringen(request)) > 1)


def bord_fragment(request):
    """Answer a poll: 304 when nothing changed, else the board; only newly shown patients count."""
    return _poll(request, Vorm.KRING)


def kringen(request):
    """Show one board over exactly the kringen in which this person does triage."""
    return _page(request, Vorm.KRINGEN, "triage/meldkamer.html")


def kringen_fragment(request):
    return _poll(request, Vorm.KRINGEN)


def wand(request):
    """Show the board for a screen on the wall: large, without patients, nothing to press."""
    return _page(request, Vorm.WAND, "triage/wand.html")


def wand_fragment(request):
    return _poll(request, Vorm.WAND)


def triage_kringen(request) -> dict:
    """Return the kringen in which this person does triage, by id."""
    return {row.kring_id: row.kring for row in request.lidmaatschappen if row.rol == Rol.TRIAGE}


def _page(request, vorm: Vorm, template: str, **extra):
    sleutel = _key(request, vorm)
    # One time: the second press on "Nieuwe oproep" is the same call.
    once = {"formulier": uuid4().hex}
    return render(request, template, _context(request, vorm, sleutel) | once | extra)


def _poll(request, vorm: Vorm):
    tag = request.headers.get("If-None-Match", "")
    sleutel = _key(request, vorm)
    if tag and sleutel.matches(tag, request.user.pk):
        return HttpResponseNotModified()
    # Without the request: a fragment has no frame, and no need of what the frame asks for.
    return HttpResponse(
        render_to_string("triage/_bord.html", _context(request, vorm, sleutel, tag))
    )


def _kringen_of(request, vorm: Vorm) -> dict:
    if vorm is Vorm.KRING:
        return {request.kring.pk: request.kring}
    return triage_kringen(request)


def _key(request, vorm: Vorm) -> Sleutel:
    return borden.read_key(f"{vorm}_{'_'.join(map(str, sorted(_kringen_of(request, vorm))))}")


def _context(request, vorm: Vorm, sleutel: Sleutel, tag: str = "") -> dict:
    """Return what the templates need, and note whom the page shows."""
    own = _kringen_of(request, vorm)
    stuk = borden.make_piece(sleutel, vorm, own)
    _note_shown(request, stuk, sleutel, tag)
    where = {"kring": request.kring.slug} if vorm is Vorm.KRING else {}
    return {
        "inhoud": stuk.fill(sleutel.nu),
        "poll": reverse(_FRAGMENTEN[vorm], kwargs=where),
        "etag": sleutel.etag(request.user.pk),
        "nu": sleutel.nu,
        "kringen_triage": sorted(own.values(), key=lambda kring: kring.naam),
    }


_FRAGMENTEN = {
    Vorm.KRING: "triage:bord_fragment",
    Vorm.KRINGEN: "meldkamer:bord_fragment",
    Vorm.WAND: "meldkamer:wand_fragment",
}


def _note_shown(request, stuk: Stuk, sleutel: Sleutel, tag: str) -> None:
    """A line for each patient on the board that this person was not shown before."""
    seen_at = sleutel.seen_at(tag, request.user.pk) if tag else None
    before = seen_at.timestamp() if seen_at else 0
    actors: dict[int, Actor] = {}
    for oproep_id, kring_id, patient_id, changed in stuk.getoond:
        if changed <= before:
            continue
        if kring_id not in actors:
            actors[kring_id] = _acting_in(request, kring_id, stuk)
        logboek.note_read(
            "bord.getoond",
            by=actors[kring_id],
            object_soort="oproep",
            object_id=oproep_id,
            patient_id=patient_id,
        )


def _acting_in(request, kring_id: int, stuk: Stuk) -> Actor:
    """Return who looks, with the roles they have in this kring, under its dentist on duty."""
    rollen = frozenset(row.rol for row in request.lidmaatschappen if row.kring_id == kring_id)
    by = replace(request.actor, kring_id=kring_id, rollen=rollen)
    return on_duty_of(by, stuk.diensten.get(kring_id))


def wand_begin(request):
    """Give this session to the wall: it opens nothing else from here on."""
    wall = reverse("meldkamer:wand")
    scherm.give_away(request, wall)
    return redirect(wall)
