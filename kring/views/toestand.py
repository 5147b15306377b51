"""The page that tells the beheerder whether the house can be restored."""

from django.shortcuts import render

from kring import toestand


def show(request):
    """Show the last rounds of backup and drill, and what to do about an alarm."""
    return render(request, "kring/toestand.html", {"toestand": toestand.state()})
