"""The loaded demo: seconds of work, so once for all tests of a module."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import override_settings

from tests import databank
from tests.conftest import CLONE


@pytest.fixture(scope="module")
def geladen(django_db_setup, django_db_blocker, tmp_path_factory):
    """Load the demo with a real commit; the next module gets a fresh database."""
    folder = tmp_path_factory.mktemp("mail-eigen")
    papers = {"SMIME_CERT": folder / "certificaat.pem", "SMIME_KEY": folder / "sleutel.pem"}
    with django_db_blocker.unblock(), override_settings(**papers):
        call_command("laad_demo")
        connection.close()
    yield
    with django_db_blocker.unblock():
        connection.close()
        databank.clone(CLONE)
