"""Pages that go wrong with a patient in their hands."""

from django.http import HttpResponse

from tests.lek import tasks
from tests.lek.fouten import FOUTEN


def lek(request, fout):
    FOUTEN.get(fout, FOUTEN["fout"])()
    return HttpResponse("gedaan")


def taak(request, fout):
    tasks.ga_mis.apply_async([list(FOUTEN).index(fout)])
    return HttpResponse("gedaan")
