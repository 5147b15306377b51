"""Pages of the kring."""

from django.shortcuts import render


def start(request):
    """The first page of a member."""
    return render(request, "kring/start.html")
