"""Throwing a call away wipes nothing out that was said, asked or sent."""

import pytest

from tests import factories
from tests.triage.hulp import answers, save
from triage import actions
from triage.actions import basis
from triage.models import Agressiestap, Oproep
from triage.overgangen import StapGeweigerd


def _outcome(oproep, by, kring, tandarts):
    save(oproep, by, klachten=["avulsie"])


def _raise(oproep, by, kring, tandarts):
    save(oproep, by, klachten=["pijn"])
    actions.raise_oproep(oproep, reden=Oproep.Ophoogreden.ONGERUST, by=by)


def _message(oproep, by, kring, tandarts):
    factories.DienstFactory(kring=kring, dienstdoende=tandarts)
    save(oproep, by, klachten=["avulsie"])
    actions.send_bericht(oproep, tandarts=tandarts, rol="dienstdoende", by=by)


def _warning(oproep, by, kring, tandarts):
    actions.log_agressiestap(oproep, stap=Agressiestap.Stap.values[0], by=by)


@pytest.mark.parametrize("begin", [_outcome, _raise, _message, _warning])
def test_a_call_that_was_emptied_is_not_thrown_away(begin, oproep, by, kring, tandarts):
    begin(oproep, by, kring, tandarts)
    save(oproep, by)
    assert (oproep.antwoorden, oproep.omschrijving) == ({}, "")
    with pytest.raises(StapGeweigerd, match="weggooien kan niet"):
        actions.discard_oproep(oproep, by=by)
    assert Oproep.objects.filter(pk=oproep.pk).exists()


@pytest.fixture
def gone_meanwhile(monkeypatch):
    """Let another window throw the call away between the reading and the lock."""

    def lock(row):
        Oproep.objects.filter(pk=row.pk).delete()
        basis.lock(row)

    for module in ("gesprek", "agressie"):
        monkeypatch.setattr(f"triage.actions.{module}.lock", lock)


@pytest.mark.parametrize(
    ("naam", "data"),
    [
        ("antwoorden", {"klachten": ["pijn"]}),
        ("agressie", {"stap": Agressiestap.Stap.values[0]}),
        ("weggooien", {}),
    ],
)
@pytest.mark.usefixtures("gone_meanwhile")
def test_what_comes_in_behind_it_finds_nothing(naam, data, oproep, client, url):
    response = client.post(url(naam, oproep), answers(oproep, **data))
    assert response.status_code == 404
