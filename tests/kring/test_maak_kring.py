"""The first door of a new kring is opened from the command line."""

import re

import pytest
from django.core.management import CommandError, call_command

from kern.models import Logregel
from kern.tenancy import kring_context
from kring.models import Kring
from tests.factories import GebruikerFactory

pytestmark = pytest.mark.django_db

ARGS = ["vecht", "Kring Vecht", "Utrecht", "030 2345678", "b@voorbeeld.example", "B. Heer"]


def test_a_new_kring_has_a_beheerder_who_can_come_in(als, capsys):
    call_command("maak_kring", *ARGS)
    link = re.search(r"/k/vecht/activeren/\S+", capsys.readouterr().out)[0]
    password = "paarse olifant op klompen"
    done = als().post(link, {"wachtwoord": password, "herhaling": password})
    assert done.status_code == 302
    kring = Kring.objects.get(slug="vecht")
    assert kring.spoednummer == "+31302345678"
    with kring_context(kring.pk):
        assert Logregel.objects.filter(gebeurtenis="kring.gemaakt").count() == 1
        gebruiker = GebruikerFactory._meta.model.objects.get(email="b@voorbeeld.example")
    assert als(gebruiker).get("/k/vecht/gebruikers/").status_code == 200


def test_someone_with_an_account_gets_no_link(capsys):
    gebruiker = GebruikerFactory(email="b@voorbeeld.example", naam="Al Bekend")
    gebruiker.set_password("paarse olifant op klompen")
    gebruiker.save()
    call_command("maak_kring", *ARGS)
    out = capsys.readouterr().out
    assert "Al Bekend heeft al een account" in out
    assert "activeren" not in out


@pytest.mark.parametrize(("place", "text"), [(0, "geen slug"), (3, "bel maar"), (1, "x" * 500)])
def test_odd_input_is_refused_and_leaves_nothing(place, text):
    args = [*ARGS]
    args[place] = text
    with pytest.raises(CommandError):
        call_command("maak_kring", *args)
    assert Kring.objects.count() == 0


def test_a_slug_is_used_once():
    call_command("maak_kring", *ARGS)
    with pytest.raises(CommandError, match="bestaat al"):
        call_command("maak_kring", *ARGS)
