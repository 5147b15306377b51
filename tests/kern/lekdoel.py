"""A member's page that misbehaves on request: the target of test_pool.py, below /k/<kring>/lek/."""

import time

from django.db import Error, connection, transaction
from django.http import Http404, HttpResponse, JsonResponse, StreamingHttpResponse
from django.urls import path

from kern.tenancy import kring_context
from kern.toegang import LID, regel
from kring.models import Kring
from spoeddienst import urls

CANARIES = "SELECT naam FROM kring_eigentandarts ORDER BY naam"


def seen() -> list[str]:
    """Return whatever this connection sees: raw, without a filter, as a forgetful view would."""
    with connection.cursor() as cursor:
        cursor.execute(CANARIES)
        return [naam for (naam,) in cursor.fetchall()]


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def show(request, wat):
    before = seen()
    extra = DOINGS[wat](request)
    if isinstance(extra, HttpResponse | StreamingHttpResponse):
        return extra
    return JsonResponse({"voor": before, "na": seen(), "stroom": []})


def nothing(request):
    """Answer."""


def fail(request):
    raise RuntimeError("planted")


def not_found(request):
    raise Http404


def database_error(request):
    run("SELECT 1/0")


def caught_error(request):
    try:
        with transaction.atomic():
            run("SELECT 1/0")
    except Error:
        return


def too_slow(request):
    run("SET LOCAL statement_timeout = '20ms'")
    run("SELECT pg_sleep(5)")


def cut_off(request):
    """Lose the connection itself, as when PostgreSQL restarts."""
    run("SELECT pg_terminate_backend(pg_backend_pid())")


def nested(request):
    """Work in the other kring on purpose, also with an exception, and come back."""
    other = Kring.objects.exclude(pk=request.kring.pk).get()
    with kring_context(other.pk):
        assert seen() == [f"kanarie {other.slug}"]
        with kring_context(request.kring.pk):
            assert seen() == [f"kanarie {request.kring.slug}"]
    try:
        with kring_context(other.pk):
            run("SELECT 1/0")
    except Error:
        return


def nested_fail(request):
    other = Kring.objects.exclude(pk=request.kring.pk).get()
    with kring_context(other.pk):
        raise RuntimeError("planted")


def stream(request):
    """Ask the database after the transaction of the request: there is no kring any more."""

    def parts():
        for _ in range(3):
            yield ",".join(seen())
            time.sleep(0)

    return StreamingHttpResponse(parts())


def session_level(request):
    """The planted leak: what the code must never do."""
    run(f"SELECT set_config('app.kringen', '{request.kring.pk}', false)")


DOINGS = {
    "niets": nothing,
    "fout": fail,
    "niet": not_found,
    "dbfout": database_error,
    "gevangen": caught_error,
    "traag": too_slow,
    "afgebroken": cut_off,
    "genest": nested,
    "genestfout": nested_fail,
    "stroom": stream,
    "weg": stream,
}
PLANTED = {"sessie": session_level}

# The doors of the house stay: its error pages lead to them.
urlpatterns = [path("k/<slug:kring>/lek/<slug:wat>/", show, name="lek"), *urls.urlpatterns]
REGEL = regel("lek", LID, object="kring")
handler403, handler404 = urls.handler403, urls.handler404
