"""One page with one form: typed text stays, a refusal of the action lands at its field."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render


def form_page(
    request,
    form,
    *,
    save: Callable[[dict], object],
    titel,
    terug: str,
    gelukt="",
    template: str = "kring/formulier.html",
    **context,
):
    """Show the form, or hand its clean values to `save` and go back to `terug`.

    `save` may return a response of its own; anything else leads to `terug` with the message.
    """
    if request.method == "POST" and form.is_valid():
        try:
            outcome = save(form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            if hasattr(outcome, "status_code"):
                return outcome
            messages.success(request, gelukt)
            return redirect(terug)
    context |= {"form": form, "titel": titel, "terug": terug}
    return render(request, template, context, status=422 if form.is_bound else 200)


def confirm_page(request, *, act: Callable[[], object], titel, vraag, knop, terug: str, gelukt):
    """Ask once more on a page of its own; a refusal is shown there."""
    error = None
    if request.method == "POST":
        try:
            act()
        except ValidationError as refused:
            error = refused.messages
        else:
            messages.success(request, gelukt)
            return redirect(terug)
    context = {"titel": titel, "vraag": vraag, "knop": knop, "terug": terug, "fouten": error}
    return render(request, "kring/bevestigen.html", context, status=422 if error else 200)
