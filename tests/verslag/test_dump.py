"""A dump of the whole database with every key of the server opens no package (issue 6, S30).

As somebody would who took both: open all that the keys open, look there for a link, and try
whatever could be a key on every sealed part. Then the link itself, to see that it was a real try.
"""

import re
import subprocess
from pathlib import Path

import psycopg
import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from kern import bezorging, crypto, verzegeld
from kern.actor import Actor
from kern.kanalen import CHANNELS
from kern.kopie import gereedschap
from kern.models import Zending
from kern.tenancy import kring_context
from tests import databank, factories
from tests.conftest import CLONE
from tests.verslag.conftest import TEKST, cheap_letter, last_code
from verslag import actions, zegel
from verslag.models import Pakket

pytestmark = pytest.mark.traag
_LINK = re.compile(rb"/ophalen/([A-Za-z0-9_-]{43})/")


@pytest.fixture
def kring(echte_db):
    return factories.KringFactory()


@pytest.fixture
def posted(kring, monkeypatch) -> list[bytes]:
    """Return what left the house: the notice and the code of one report, picked up once."""
    left: list[bytes] = []
    for soort in ("mail", "sms"):
        monkeypatch.setitem(CHANNELS, soort, left.append)
    by = Actor.system(kring.pk)
    with kring_context(kring.pk):
        oproep = factories.OproepFactory(
            kring=kring,
            behandelaar=factories.TandartsFactory(kring=kring),
            patient=factories.PatientFactory(kring=kring),
            aangenomen_door=factories.GebruikerFactory(),
        )
        verslag = actions.open_verslag(oproep, by=by)
        actions.save_verslag(verslag, gegevens=TEKST, versie=verslag.versie, by=by)
        versie = actions.sign_verslag(verslag, by=by)
        cheap_letter(versie)
        bericht = versie.overdrachten.get().bericht
    bezorging.deliver(bericht.pk, kring.pk)
    with kring_context(kring.pk):
        pakket = Pakket.objects.get()
        actions.request_code(pakket, by=by)
        code = last_code()
        sms = Zending.objects.get(soort="sms")
    bezorging.deliver(sms.pk, kring.pk)
    with kring_context(kring.pk):
        assert actions.open_pakket(pakket, code=code, by=by)
    return left


def _dump(url: str) -> bytes:
    """Return the data of every table as SQL text, made by PostgreSQL's own program."""
    command = [gereedschap.program("pg_dump"), "--data-only", "--no-password", url]
    return subprocess.run(command, check=True, capture_output=True, timeout=60).stdout


def test_a_dump_and_every_key_open_no_package(kring, posted):
    superuser = databank.database_url(CLONE, databank.SUPERUSER_URL)
    dump = _dump(superuser)
    token = _LINK.search(_unwrapped(posted[0]))[1].decode()
    assert zegel.hash_token(token).encode() in dump, "the dump holds the package"
    with psycopg.connect(superuser) as database:
        parts = database.execute("SELECT nummer, inhoud FROM verslag_pakketdeel").fetchall()
        opened = [plain for kolom in verzegeld.declared() for plain in _open(database, kolom)]
    assert len(parts) == 3
    assert any(TEKST["diagnose"].encode() in plain for plain in opened), "the record does open"
    # No link anywhere: not in the dump, not in all that the keys open.
    assert token.encode() not in dump
    assert len(opened) > 10
    assert not [plain for plain in map(_unwrapped, opened) if token.encode() in plain]
    # Nothing that is there works as a key, plain or as the secret of a link.
    words = {*re.findall(rb"[0-9a-f]{64}", dump), settings.SECRET_KEY.encode()}
    words |= {path.read_bytes().strip() for path in Path(settings.SLEUTEL_MAP).iterdir()}
    tries = 0
    for nummer, sealed in parts:
        for word in words:
            tries += 1
            assert not _opens(word, nummer, bytes(sealed))
    assert tries > 20
    # The link does.
    (first,) = [bytes(sealed) for nummer, sealed in parts if nummer == 0]
    assert TEKST["diagnose"].encode() in zegel.unseal(token, first, deel=0)


def _unwrapped(plain: bytes) -> bytes:
    """Return a mail without the soft line ends of quoted-printable, which would cut a link."""
    return plain.replace(b"=\r\n", b"").replace(b"=\n", b"")


def _open(database, kolom: verzegeld.Kolom):
    for _row, sealed, place in database.execute(kolom.query):
        yield crypto.unseal(sealed, place=place)


def _opens(word: bytes, nummer: int, sealed: bytes) -> bool:
    try:
        zegel.unseal(word.decode(errors="replace"), sealed, deel=nummer)
    except InvalidTag:
        pass
    else:
        return True
    if not re.fullmatch(rb"[0-9a-f]{64}", word):
        return False
    key, hashed = bytes.fromhex(word.decode()), word
    for extra in (f"{hashed.decode()}|{nummer}".encode(), None):
        try:
            AESGCM(key).decrypt(sealed[1:13], sealed[13:], extra)
        except InvalidTag:
            continue
        return True
    return False
