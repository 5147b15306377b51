"""The main menu shows in which part of the house one stands."""

import re

import pytest

from kern.actor import Actor
from kern.tenancy import kring_context
from verslag.actions import open_taak
from verslag.models import Taak

pytestmark = pytest.mark.django_db


def places(response) -> dict[str, str]:
    """Return title → aria-current of the marked entries of the main menu."""
    html = response.content.decode()
    found = re.findall(r'<li><a href="[^"]*" aria-current="(\w+)"[^>]*>([^<]+)', html)
    return {titel.strip(): plaats for plaats, titel in found if not titel.startswith("Kring ")}


@pytest.mark.parametrize(
    ("path", "marked"),
    [
        ("rooster/", {"Rooster": "page"}),
        ("rooster/maand/", {"Rooster": "true"}),
        ("triage/", {"Bord": "page"}),
        ("triage/zoeken/", {"Zoeken": "page"}),
        ("", {}),
    ],
)
def test_the_entry_of_the_page_or_of_what_lies_above_it_is_marked(
    kring, als, triagist, path, marked
):
    assert places(als(triagist).get(f"/k/{kring.slug}/{path}")) == marked


def test_the_menu_says_how_many_tasks_wait(kring, als, coordinator):
    client = als(coordinator)
    assert "kop__telling" not in client.get(f"/k/{kring.slug}/").content.decode()
    with kring_context(kring.pk):
        open_taak(
            kring_id=kring.pk,
            soort=Taak.Soort.ADRES_FOUT,
            sleutel="menu",
            by=Actor.system(kring.pk, "test"),
        )
    html = client.get(f"/k/{kring.slug}/").content.decode()
    assert re.search(r'Taken <span class="kop__telling">1<', html)
