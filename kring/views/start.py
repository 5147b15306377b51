"""The first page of a member."""

from django.shortcuts import render

from kern.toegang import Rol
from kring import startpagina


def start(request):
    """Show who is on duty, what this person works as, and where to go."""
    rollen = [rol.label for rol in Rol if rol in request.actor.rollen]
    context = {
        "rollen": rollen,
        "blokken": startpagina.blocks(request),
        "taken": startpagina.tasks(request),
    }
    return render(request, "kring/start.html", context)
