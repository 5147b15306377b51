"""The disk of the database is full: saving is refused, and nothing half is left behind."""

import os
import pwd
import shutil
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from django.db import Error, connection
from PIL import Image

from kern.actor import Actor
from kern.models import Logregel, Zending
from kern.tenancy import kring_context
from spoeddienst.servers.instantie import SERVER_USER
from tests import databank, factories
from tests.conftest import CLONE
from tests.verslag.bijlagen import goed
from verslag import actions
from verslag.models import Bijlage, Overdracht, Versiebijlage, Verslagversie

pytestmark = [
    pytest.mark.traag,
    pytest.mark.skipif(os.geteuid() != 0, reason="a small disk can be mounted by root only"),
]

SIZE = "96m"
SPACE = f"spoed_krap_{os.getpid()}"
MOST = 400


@pytest.fixture
def schijf():
    """A disk of its own, with room for the database and not much more."""
    folder = Path(tempfile.mkdtemp(prefix="spoed-krap-"))
    folder.chmod(0o755)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", folder], check=True)
    room = folder / "ruimte"
    room.mkdir(mode=0o700)
    if SERVER_USER:
        shutil.chown(room, SERVER_USER, pwd.getpwnam(SERVER_USER).pw_gid)
    yield folder
    subprocess.run(["umount", folder], check=True)
    folder.rmdir()


@pytest.fixture
def krap(schijf, django_db_setup, django_db_blocker):
    """The database of this run on that disk; afterwards it is where it was."""
    with django_db_blocker.unblock():
        connection.close()
        with databank.superuser() as server:
            server.execute(f"CREATE TABLESPACE {SPACE} LOCATION '{schijf / 'ruimte'}'")
        databank.clone(CLONE, tablespace=SPACE)
        yield schijf
        connection.close()
        databank.clone(CLONE)
        with databank.superuser() as server:
            server.execute(f"DROP TABLESPACE {SPACE}")


def _fill(disk: Path) -> None:
    with suppress(OSError), (disk / "vulling").open("wb", buffering=0) as file:
        while True:
            file.write(b"\0" * 65536)


def _counts() -> dict[str, int]:
    """Return what one signed report consists of, each counted."""
    return {
        "versies": Verslagversie.objects.count(),
        "overdrachten": Overdracht.objects.count(),
        "zendingen": Zending.objects.count(),
        "regels": Logregel.objects.filter(gebeurtenis="verslag.getekend").count(),
    }


def test_no_half_report_and_afterwards_it_goes_on(krap):
    kring = factories.KringFactory()
    by = Actor.system(kring.pk)
    with kring_context(kring.pk):
        drafts = [factories.VerslagFactory(kring=kring) for _ in range(2)]
    data = goed.encoded(Image.effect_noise((1500, 1500), 90).convert("RGB"), "JPEG")
    photo = actions.judge_upload(data, "foto.jpg", size=len(data))
    with kring_context(kring.pk):
        actions.sign_verslag(drafts[0], by=by)
    _fill(krap)

    refused = 0
    for _ in range(MOST):  # pages that have room left take a few more
        try:
            with kring_context(kring.pk):
                actions.sign_verslag(factories.VerslagFactory(kring=kring), by=by)
        except Error:
            refused += 1
            connection.close()
            if refused == 3:
                break
    assert refused == 3
    with pytest.raises(Error), kring_context(kring.pk):
        actions.add_bijlage(drafts[1], keuring=photo, omschrijving="", by=by)
    connection.close()
    with kring_context(kring.pk):
        assert not Bijlage.objects.exists()
        assert not Logregel.objects.filter(gebeurtenis__startswith="bijlage").exists()
    with kring_context(kring.pk):
        assert len(set(_counts().values())) == 1
        signed = _counts()["versies"]

    (krap / "vulling").unlink()
    with kring_context(kring.pk):
        actions.add_bijlage(drafts[1], keuring=photo, omschrijving="", by=by)
        actions.sign_verslag(drafts[1], by=by)
        assert Versiebijlage.objects.count() == 1
        assert set(_counts().values()) == {signed + 1}
