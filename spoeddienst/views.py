"""Pages of the house itself: the front door, the health check and the error pages."""

from allauth.account import views as account
from django.db import connection
from django.http import HttpResponse
from django.shortcuts import redirect, render


def home(request):
    """Send a member of one kring straight in; let someone with more kringen choose."""
    kringen = sorted({row.kring for row in request.lidmaatschappen}, key=lambda k: k.naam)
    if len(kringen) == 1:
        return redirect("kring:start", kring=kringen[0].slug)
    return render(request, "kring/kies.html", {"keuzes": kringen})


def health(request):
    """Answer when this process can reach its database; nothing about its contents."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("gezond\n", content_type="text/plain; charset=utf-8")


def logout(request):
    """Log out, and have the browser throw away what it still holds of this site."""
    response = account.logout(request)
    if not request.user.is_authenticated:
        response["Clear-Site-Data"] = '"cache", "storage"'
    return response


def bad_request(request, exception=None):
    return render(request, "400.html", status=400)


def forbidden(request, exception=None):
    return render(request, "403.html", status=403)


def not_found(request, exception=None):
    return render(request, "404.html", status=404)
