"""A treated patient, and the report on the way from empty to handed over."""

import json
import re
from email import message_from_bytes, policy

import pytest

from kern import bezorging, crypto
from kern.models import Zending
from kern.outbox import place_of
from tests.factories import OproepFactory, PatientFactory
from triage.models import Oproep
from verslag import actions, pdf
from verslag.kanalen import ophalen
from verslag.models import Pakket, VerslagPdf

BRIEF = b"%PDF-1.7 een brief"

TEKST = {
    "gezien": True,
    "spoedklacht": "Voortand uit de mond na een val.",
    "bevindingen": "Element 11 geavulseerd, alveole intact.",
    "diagnose": "Avulsie van element 11.",
    "behandeling": "Teruggeplaatst en gespalkt.",
}
KANARIE = {
    "naam": "Wilhelmina Kanarievogel",
    "bsn": "111222333",
    "adres": "Kooistraat 99",
    "woonplaats": "Vogelenzang",
    "postcode": "2114 ZZ",
    "telefoon": "+31687654321",
}


@pytest.fixture
def patient(kring):
    return PatientFactory(kring=kring, **KANARIE)


@pytest.fixture
def oproep(kring, tandarts, triagist, patient):
    return OproepFactory(
        kring=kring,
        behandelaar=tandarts,
        patient=patient,
        aangenomen_door=triagist,
        besluit=Oproep.Besluit.ZIEN,
        omschrijving="Voortand uit de mond na een val.",
    )


@pytest.fixture
def by(actor, tandarts_gebruiker, tandarts):
    return actor(tandarts_gebruiker)


@pytest.fixture
def verslag(oproep, by):
    """A complete draft."""
    verslag = actions.open_verslag(oproep, by=by)
    return actions.save_verslag(verslag, gegevens=TEKST, versie=verslag.versie, by=by)


@pytest.fixture
def versie(verslag, by):
    return actions.sign_verslag(verslag, by=by)


@pytest.fixture
def overdracht(versie):
    return versie.overdrachten.get()


def content_of(zending: Zending) -> bytes:
    """Return what leaves the house."""
    return crypto.unseal(zending.inhoud, place=place_of(zending))


def whole(zending: Zending) -> Zending:
    """Return a mail with the report in it as it is kept just before it leaves."""
    claimed = bezorging._claim(zending.pk)
    assert claimed is not None
    bezorging._prepared(claimed[0])
    # The process that did so died: its lease ran out.
    Zending.objects.filter(pk=zending.pk).update(lease_tot=None)
    zending.refresh_from_db()
    return zending


def mail_of(zending: Zending):
    return message_from_bytes(content_of(zending), policy=policy.default)


def pakket_of(overdracht) -> Pakket:
    """Return the living link of a handover, filled as it is just before its notice leaves."""
    overdracht.refresh_from_db()
    pakket = overdracht.pakketten.get(gesloten_op=None)
    cheap_letter(pakket.versie)
    ophalen.prepare(pakket.bericht, content_of(pakket.bericht))
    pakket.refresh_from_db()
    return pakket


def cheap_letter(versie) -> None:
    """Put a letter of a few bytes there: drawing a real one costs more than the whole test."""
    VerslagPdf.objects.get_or_create(
        versie=versie,
        defaults={
            "kring_id": versie.kring_id,
            "inhoud": crypto.seal(BRIEF, place=pdf.place_of(versie)),
            "sha256": "0" * 64,
        },
    )


def token_of(overdracht) -> str:
    """Return the token as the recipient finds it in the mail, of a package that is ready."""
    pakket = pakket_of(overdracht)
    return ophalen.token_in(content_of(pakket.bericht), pakket.token_hash)


def last_sms() -> dict:
    return json.loads(content_of(Zending.objects.filter(soort="sms").latest("aangemaakt_op")))


def last_code() -> str:
    return re.search(r"\b[0-9]{6}\b", last_sms()["tekst"])[0]
