"""The fault matrix, short form: one house, each fault once or twice (long: ./spoed storingsproef).

Every case holds that nothing promised is lost and that a repeat is the identical message; the last
test holds it over all of them together, and searches what the house wrote for the patient.
"""

import pytest

from tests.storingen.gevallen import GEVALLEN
from tests.storingen.proef import Proef

pytestmark = [pytest.mark.traag, pytest.mark.alleen]

LEASE = 4


@pytest.fixture(scope="module")
def gedeeld(tmp_path_factory):
    proef = Proef(tmp_path_factory.mktemp("storing"), lease=LEASE, duurzaam=True)
    yield proef
    proef.stop()


@pytest.fixture
def proef(gedeeld):
    gedeeld.settle()
    gedeeld.age_alerts()
    yield gedeeld
    gedeeld.settle()
    # Also what an earlier case left behind: nothing is lost, nothing came altered.
    gedeeld.arrived(gedeeld.beloften)


@pytest.mark.parametrize("geval", GEVALLEN, ids=lambda geval: f"{geval.rij}-{geval.naam}")
def test_fault(proef, geval):
    before = len(proef.beloften)
    try:
        geval.speel(proef, geval.kort)
    except BaseException:
        # What a failed case left undone may never arrive; the others are judged by themselves.
        proef.forget(proef.beloften[before:])
        raise


def test_saving_and_delivering_on_a_good_day(proef):
    """No fault at all: once each, and quick (the figures are in docs/prestaties.md)."""
    promised = proef.sign(5)
    proef.arrived(promised)
    proef.recorded(promised)
    assert proef.uitslag(promised).herhaald == 0
    assert proef.attempts(promised) == ["aangenomen"] * 5, proef.faults(promised)


def test_nothing_of_the_patient_is_written_anywhere(proef):
    proef.arrived(proef.sign(1))
    proef.huis.kill("celery", "worker")
    found = proef.artefacts()
    assert {"web.log", "worker.log", "bezorger.log", "valkey", "post"} <= set(found)
    assert "Message-ID" in found["post"]
    assert proef.leaks(found) == set()
