"""Two sweepers, two clicks: one alert and one task, with real commits."""

import pytest

from kern import bezorging, outbox
from kern.actor import Actor
from kern.models import Logregel, Zending
from kern.tenancy import kring_context
from tests.factories import GebruikerFactory, KringFactory, LidmaatschapFactory
from tests.verslag.test_gelijktijdig import at_once
from verslag import actions, taakpost, taakwerk
from verslag.models import Taak

pytestmark = pytest.mark.traag


@pytest.fixture
def kring(echte_db):
    kring = KringFactory(telefoon_coordinator="+31612345678")
    with kring_context(kring.pk):
        LidmaatschapFactory(kring=kring, rol="coordinator", gebruiker=GebruikerFactory())
    return kring


@pytest.fixture
def by(kring):
    return Actor.system(kring.pk)


def test_two_sweepers_send_one_alert(kring, by):
    with kring_context(kring.pk):
        for number in range(3):
            actions.open_taak(
                kring_id=kring.pk, soort=Taak.Soort.NIET_BEZORGD, sleutel=f"t{number}", by=by
            )
    assert sorted(at_once(8, lambda _index: taakpost.tell())) == [0] * 7 + [3]
    with kring_context(kring.pk):
        alerts = Zending.objects.filter(sleutel__startswith=taakpost.ALARM)
        assert sorted(alerts.values_list("soort", flat=True)) == ["mail", "sms"]
        assert Logregel.objects.filter(gebeurtenis="taak.gemeld").count() == 1


def test_two_sweepers_doing_all_their_work_open_one_task_each(kring, by):
    with kring_context(kring.pk):
        actions.open_taak(kring_id=kring.pk, soort=Taak.Soort.NIET_BEZORGD, sleutel="een", by=by)
    at_once(4, lambda _index: taakwerk.work())
    with kring_context(kring.pk):
        assert Taak.objects.count() == 1
        assert Zending.objects.filter(soort="sms").count() == 1


def test_two_clicks_on_stop_are_one_task(kring, by):
    with kring_context(kring.pk):
        zending = outbox.enqueue_mail(
            kring_id=kring.pk, sleutel="x", aan="a@b.example", onderwerp="x", tekst="y"
        )

    def stop(_index):
        with kring_context(kring.pk):
            return bezorging.stop(zending, by=by)

    assert sum(at_once(8, stop)) == 1
    with kring_context(kring.pk):
        assert Taak.objects.get().soort == Taak.Soort.NIET_BEZORGD
        events = Logregel.objects.filter(gebeurtenis__in=("zending.ingetrokken", "taak.geopend"))
        assert events.count() == 2
