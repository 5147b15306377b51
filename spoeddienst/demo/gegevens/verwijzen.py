"""Where the kring refers to. Only the first kring filled it in: the other shows what that means."""

from kern.actor import Actor
from kring.models import Kring
from triage import actions

ADRESSEN = {
    "vechtstreek": (
        (
            "eerstehulp",
            "Ziekenhuis De Vechtbocht",
            "+31302009101",
            "Ziekenhuislaan 1, Maarssen",
            "Eerst bellen. Ingang aan de achterkant.",
        ),
        (
            "huisartsenpost",
            "Huisartsenpost Vechtstreek",
            "+31302009102",
            "Ziekenhuislaan 3, Maarssen",
            "",
        ),
    ),
}


def fill(kring: Kring) -> None:
    by = Actor.system(kring.pk, "demogegevens")
    for soort, naam, telefoon, adres, toelichting in ADRESSEN.get(kring.slug, ()):
        actions.add_verwijsadres(
            kring_id=kring.pk,
            by=by,
            soort=soort,
            naam=naam,
            telefoon=telefoon,
            adres=adres,
            toelichting=toelichting,
        )
