"""A duty that runs, with the own dentist as dienstdoende, and what left by the outbox."""

import json
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.utils import timezone

from bereikbaarheid.regels import PUNTEN
from kern import crypto
from kern.models import Zending
from kern.outbox import place_of
from tests.factories import ControlepuntFactory, DienstFactory, TandartsFactory


@pytest.fixture
def achter(kring):
    return TandartsFactory(kring=kring, naam="D. Achterberg")


@pytest.fixture
def dienst(kring, tandarts, achter):
    return DienstFactory(
        kring=kring,
        begin=timezone.now() - timedelta(minutes=10),
        dienstdoende=tandarts,
        achterwacht=achter,
    )


@pytest.fixture
def plaats(dienst):
    return dienst.plaatsen.select_related("tandarts").get(rol="dienstdoende")


@pytest.fixture
def tick():
    """Tick points of a duty for who holds it."""

    def do(dienst, *punten, **kwargs):
        return [
            ControlepuntFactory(kring=dienst.kring, dienst=dienst, punt=punt, **kwargs)
            for punt in punten or PUNTEN["dienstdoende"]
        ]

    return do


@pytest.fixture
def mails(kring):
    """Return the mails in the outbox of the kring, oldest first."""
    return lambda: [
        message_from_bytes(_body(row), policy=policy.default)
        for row in Zending.objects.filter(kring=kring, soort="mail").order_by("aangemaakt_op")
    ]


@pytest.fixture
def smsjes(kring):
    """Return the text messages in the outbox: (number, text)."""
    return lambda: _to_phones(kring, "sms")


@pytest.fixture
def telefoontjes(kring):
    """Return the calls in the outbox that read something out: (number, text)."""
    return lambda: _to_phones(kring, "spraak")


def _to_phones(kring, soort):
    rows = Zending.objects.filter(kring=kring, soort=soort).order_by("aangemaakt_op")
    return [tuple(json.loads(_body(row)).values()) for row in rows]


def _body(zending):
    return crypto.unseal(zending.inhoud, place=place_of(zending))
