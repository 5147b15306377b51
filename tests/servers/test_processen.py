"""When a process of the demo is up."""

import pytest

from spoeddienst.servers import processen
from spoeddienst.servers.instantie import Instantie


@pytest.fixture
def bezorger(tmp_path):
    instantie = Instantie(tmp_path)
    instantie.prepare()
    proces = processen.sweeper(instantie)
    proces.argv = ["true"]
    yield proces
    proces.popen.wait()
    instantie.remove()


def test_the_sweeper_is_up_at_its_own_heartbeat(bezorger, tmp_path):
    """Until it beats every page says that nothing is delivered: that is no moment to be ready."""
    beat = tmp_path / "bezorger.klaar"
    beat.touch()  # of the last time
    bezorger.start()
    assert not bezorger.is_ready(bezorger)
    beat.touch()
    assert bezorger.is_ready(bezorger)
