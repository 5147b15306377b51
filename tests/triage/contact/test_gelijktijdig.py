"""Two triagemedewerkers and a dentist at the same moment, with real commits."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from kern.actor import Actor
from kern.tenancy import kring_context
from tests import factories
from triage import actions
from triage.models import Contactpoging, Oproep, Tandartsbericht, Tandartsbesluit
from triage.overgangen import StapGeweigerd

pytestmark = pytest.mark.traag


@pytest.fixture
def kring(echte_db):
    return factories.KringFactory(slug="vecht")


def _actor(kring, gebruiker, rol) -> Actor:
    return Actor(
        naam=gebruiker.naam,
        gebruiker_id=gebruiker.pk,
        kring_id=kring.pk,
        rollen=frozenset({rol}),
        doel="zorgverlening",
        toegangspunt="127.0.0.1",
    )


@pytest.fixture
def scene(kring):
    """Return a call with a dentist to be called, and who acts."""
    with kring_context(kring.pk):
        desk = factories.LidmaatschapFactory(kring=kring).gebruiker
        chair = factories.LidmaatschapFactory(kring=kring, rol="tandarts").gebruiker
        tandarts = factories.TandartsFactory(kring=kring, gebruiker=chair)
        factories.DienstFactory(kring=kring, dienstdoende=tandarts)
        by = _actor(kring, desk, "triagemedewerker")
        oproep = actions.start_oproep(kring_id=kring.pk, by=by)
        actions.save_antwoorden(
            oproep, antwoorden={"klachten": ["avulsie"]}, omschrijving="", versie=1, by=by
        )
    return kring, oproep.pk, tandarts, by, _actor(kring, chair, "tandarts")


def at_once(kring, *works) -> list:
    """Run each work in a transaction of its own, started together; return results or refusals."""
    start = threading.Barrier(len(works))

    def one(work):
        start.wait(timeout=30)
        try:
            with kring_context(kring.pk):
                return work()
        except StapGeweigerd as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(one, works))


def test_one_form_sent_by_many_is_one_attempt_and_one_message(scene):
    kring, pk, tandarts, by, _chair = scene

    def log():
        return actions.log_contactpoging(
            Oproep.objects.get(pk=pk),
            tandarts=tandarts,
            rol="dienstdoende",
            resultaat="niet_bereikt",
            formulier="a" * 32,
            by=by,
        ).pk

    assert len(set(at_once(kring, *[log] * 6))) == 1
    with kring_context(kring.pk):
        assert Contactpoging.objects.count() == 1
        assert Tandartsbericht.objects.count() == 1


def test_one_new_call_started_by_many_presses_is_one_call(scene):
    kring, _pk, _tandarts, by, _chair = scene

    def start():
        return actions.start_oproep(kring_id=kring.pk, by=by, formulier="b" * 32).pk

    assert len(set(at_once(kring, *[start] * 6))) == 1
    with kring_context(kring.pk):
        assert Oproep.objects.filter(formulier="b" * 32).count() == 1


def test_two_desks_miss_at_once_and_one_message_goes(scene):
    kring, pk, tandarts, by, _chair = scene

    def log():
        return actions.log_contactpoging(
            Oproep.objects.get(pk=pk),
            tandarts=tandarts,
            rol="dienstdoende",
            resultaat="niet_bereikt",
            by=by,
        )

    at_once(kring, log, log)
    with kring_context(kring.pk):
        assert Contactpoging.objects.count() == 2
        assert Tandartsbericht.objects.count() == 1


def test_dentist_confirms_while_the_desk_notes_a_miss(scene):
    kring, pk, tandarts, by, chair = scene
    with kring_context(kring.pk):
        call = Oproep.objects.get(pk=pk)
        bericht = actions.send_bericht(call, tandarts=tandarts, rol="dienstdoende", by=by)

    def miss():
        return actions.log_contactpoging(
            Oproep.objects.get(pk=pk),
            tandarts=tandarts,
            rol="dienstdoende",
            resultaat="niet_bereikt",
            by=by,
        )

    def confirm():
        return actions.confirm_bericht(Tandartsbericht.objects.get(pk=bericht.pk), by=chair)

    at_once(kring, miss, confirm)
    with kring_context(kring.pk):
        results = set(Contactpoging.objects.values_list("resultaat", flat=True))
        assert results == {"niet_bereikt", "bevestigd"}
        assert Tandartsbericht.objects.get().bevestigd_op is not None


def test_dentist_decides_while_the_desk_speaks_to_the_backup(scene):
    """Whoever comes first decides; the other is told, and no decision hangs on nobody."""
    kring, pk, tandarts, by, chair = scene
    with kring_context(kring.pk):
        other = factories.TandartsFactory(kring=kring)
        call = Oproep.objects.get(pk=pk)
        bericht = actions.send_bericht(call, tandarts=tandarts, rol="dienstdoende", by=by)

    def speak():
        return actions.log_contactpoging(
            Oproep.objects.get(pk=pk),
            tandarts=other,
            rol="achterwacht",
            resultaat="gesproken",
            by=by,
        )

    def decide():
        return actions.decide_on_bericht(
            Tandartsbericht.objects.get(pk=bericht.pk),
            besluit="eerstehulp",
            toelichting="",
            by=chair,
        )

    _spoken, decided = at_once(kring, speak, decide)
    with kring_context(kring.pk):
        call = Oproep.objects.get(pk=pk)
        assert Contactpoging.objects.filter(resultaat="gesproken").count() == 1
        if isinstance(decided, StapGeweigerd):
            assert (call.besluit, Tandartsbesluit.objects.count()) == ("", 0)
        else:
            assert Tandartsbesluit.objects.get().tandarts == tandarts
        assert call.behandelaar == other


def test_a_mistake_is_taken_back_once(scene):
    kring, pk, tandarts, by, _chair = scene
    with kring_context(kring.pk):
        poging = actions.log_contactpoging(
            Oproep.objects.get(pk=pk),
            tandarts=tandarts,
            rol="dienstdoende",
            resultaat="voicemail",
            by=by,
        )

    def retract():
        return actions.retract_contactpoging(poging, reden="Verkeerde knop.", by=by)

    results = at_once(kring, retract, retract, retract)
    assert sum(isinstance(result, StapGeweigerd) for result in results) == 2
