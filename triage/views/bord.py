"""The board with the open calls."""

from django.http import HttpResponseNotModified
from django.shortcuts import render

from kern import logboek
from triage.bord import read_board, read_key
from triage.views.basis import acting


def bord(request):
    """Show the open calls; each shown patient gets a line in the access log."""
    return _board(request, "triage/bord.html", seen_at=None)


def bord_fragment(request):
    """Answer a poll: 304 when nothing changed, else the board; only newly shown patients count."""
    user_id = request.user.pk
    tag = request.headers.get("If-None-Match", "")
    key = read_key()
    if tag and key.matches(tag, user_id):
        return HttpResponseNotModified()
    seen_at = key.seen_at(tag, user_id) if tag else None
    return _board(request, "triage/_bord.html", seen_at=seen_at, key=key)


def _board(request, template: str, *, seen_at, key=None):
    key = key or read_key()
    board = read_board(key.nu, kring_slug=request.kring.slug)
    for rij in board.rijen:
        if rij.patient_id and (seen_at is None or rij.gewijzigd_op > seen_at):
            logboek.note_read(
                "bord.getoond",
                by=acting(request),
                object_soort="oproep",
                object_id=rij.id,
                patient_id=rij.patient_id,
            )
    context = {"bord": board, "nu": board.nu, "etag": key.etag(request.user.pk)}
    return render(request, template, context)
