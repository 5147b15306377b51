"""Users with their roles, and the one-time link by which a new person gets in."""

from dataclasses import replace
from itertools import groupby

from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kring import actions, factorherstel, rollen
from kring.forms import RolForm, WachtwoordForm
from kring.formulierpagina import confirm_page, form_page
from kring.models import Gebruiker, Lidmaatschap

Status = Lidmaatschap.Status


def gebruikers(request):
    """List the people of this kring, each with their roles; ended roles apart."""
    rows = list(
        Lidmaatschap.objects.filter(kring=request.kring)
        .select_related("gebruiker", "deelnemer")
        .order_by("gebruiker__naam", "gebruiker_id", "rol")
    )
    living = [row for row in rows if row.status != Status.BEEINDIGD]
    mensen = [
        {"gebruiker": gebruiker, "rollen": list(roles)}
        for gebruiker, roles in groupby(living, key=lambda row: row.gebruiker)
    ]
    context = {
        "mensen": mensen,
        "beeindigd": [row for row in rows if row.status == Status.BEEINDIGD],
        "geeft": rollen.may_give(request.actor),
        "verzoeken": factorherstel.open_requests(request.kring.pk),
    }
    return render(request, "kring/gebruikers.html", context)


def rol_geven(request):
    """Give a role; a new person gets the link by mail at once."""

    def save(velden):
        row = actions.give_rol(kring_id=request.kring.pk, by=request.actor, **velden)
        if row.status == Status.UITGENODIGD and rollen.may_make_link(
            row.gebruiker, by=request.actor
        ):
            actions.send_link(row.gebruiker, by=request.actor)
            return _link_sent(request, row.gebruiker)
        return row

    initial = {name: request.GET.get(name, "") for name in ("rol", "deelnemer")}
    return form_page(
        request,
        RolForm(
            request.POST or None,
            initial=initial,
            kring=request.kring,
            rollen=rollen.may_give(request.actor),
        ),
        save=save,
        titel=_("Rol geven"),
        terug=_list(request),
        gelukt=_("De rol is gegeven."),
    )


def rol_beeindigen(request, pk):
    row = get_object_or_404(
        Lidmaatschap.objects.select_related("gebruiker"), pk=pk, kring=request.kring
    )
    return confirm_page(
        request,
        act=lambda: actions.end_lidmaatschap(row, by=request.actor),
        titel=_("Rol beëindigen"),
        vraag=_("%(naam)s is straks geen %(rol)s meer in deze kring. Dit werkt meteen.")
        % {"naam": row.gebruiker.naam, "rol": row.get_rol_display()},
        knop=_("Rol beëindigen"),
        terug=_list(request),
        gelukt=_("De rol is beëindigd."),
    )


def link_sturen(request, pk):
    """Mail a one-time link to a member of this kring."""
    rows = Lidmaatschap.objects.filter(kring=request.kring, gebruiker_id=pk)
    gebruiker = get_object_or_404(Gebruiker, pk__in=rows.values("gebruiker"))
    try:
        actions.send_link(gebruiker, by=request.actor)
    except ValidationError as refused:
        context = {"titel": _("Link sturen"), "terug": _list(request), "fouten": refused.messages}
        return render(request, "kring/bevestigen.html", context, status=422)
    return _link_sent(request, gebruiker)


def activeren(request, uidb64, token):
    """Let the holder of a living link choose a password. GET uses nothing up."""
    gebruiker = rollen.find_by_link(uidb64, token, kring_id=request.kring.pk)
    if gebruiker is None:
        return render(request, "kring/link_dood.html", status=404)
    form = WachtwoordForm(request.POST or None, gebruiker=gebruiker)
    by = replace(request.actor, naam=gebruiker.naam, gebruiker_id=gebruiker.pk, rollen=frozenset())

    def save(velden):
        actions.activate(gebruiker, token=token, password=velden["wachtwoord"], by=by)
        # On the screen of whoever handed the link over, the new person must log in as themselves.
        logout(request)

    return form_page(
        request,
        form,
        save=save,
        titel=_("Kies je wachtwoord"),
        terug=reverse("account_login"),
        gelukt=_("Je wachtwoord is opgeslagen. Log nu in."),
        template="kring/activeren.html",
        gebruiker=gebruiker,
    )


def _link_sent(request, gebruiker):
    return render(request, "kring/link.html", {"gebruiker": gebruiker, "terug": _list(request)})


def _list(request) -> str:
    return reverse("kring:gebruikers", kwargs={"kring": request.kring.slug})
