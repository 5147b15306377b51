"""The demo data: complete, the same every time, and apart per kring."""

import pytest
from django.core.management import call_command

from kern.tenancy import kring_context
from kern.tijd import db_now
from kring.models import Deelnemer, Gebruiker, Kring, Lidmaatschap, Tandarts
from rooster.models import Dienst

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(db):
    call_command("laad_demo")
    return Kring.objects.get(slug="vechtstreek")


def test_loading_twice_changes_nothing(demo, capsys):
    before = Gebruiker.objects.count()
    call_command("laad_demo")
    assert "al geladen" in capsys.readouterr().out
    assert Gebruiker.objects.count() == before


def test_the_kring_has_its_people_and_duties(demo):
    with kring_context(demo.pk):
        assert Deelnemer.objects.count() == 12
        assert Tandarts.objects.count() == 30
        assert Dienst.objects.on_duty_at(db_now()).count() == 1
        rollen = set(Lidmaatschap.objects.active().values_list("rol", flat=True))
    assert rollen == {
        *("triagemedewerker", "tandarts", "coordinator"),
        *("vertegenwoordiger", "beheerder", "fg"),
    }
