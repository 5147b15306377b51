"""What the house tells of itself: can it be restored, and do messages leave?"""

from django.http import HttpResponse
from django.shortcuts import render

from kern.models import Hartslag
from kring import toestand


def show(request):
    """Show the last rounds of backup and drill, and what to do about an alarm."""
    return render(request, "kring/toestand.html", {"toestand": toestand.state()})


def bezorger(request):
    """Answer the strip of an open page: nothing when it shows the truth already."""
    silent = not Hartslag.objects.beats(Hartslag.BEZORGER)
    if request.GET.get("stil") == ("1" if silent else "0"):
        return HttpResponse(status=204)
    return render(request, "_partials/bezorger.html")
