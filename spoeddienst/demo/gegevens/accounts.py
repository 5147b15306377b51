"""Accounts of demo persons: one password for all, a TOTP seed for each.

The seeds follow from the secret of this instance, so that the panel and the rondgang can show
and use the code that a telephone would show, and no other instance has the same ones.
"""

import base64
import hashlib
import hmac
from collections.abc import Iterable

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.hashers import make_password

from kring.login import seal_seed
from kring.models import Gebruiker

WACHTWOORD = "demo-nacht-2026"


def totp_seed(email: str) -> str:
    """Return the seed of a demo person, in the base32 form of authenticator apps."""
    digest = hmac.digest(settings.SECRET_KEY.encode(), f"demo-totp {email}".encode(), hashlib.sha1)
    return base64.b32encode(digest).decode()


def make_accounts(people: Iterable[tuple[str, str]]) -> dict[str, Gebruiker]:
    """Make the accounts of (naam, email) that do not exist yet; return all of them by email."""
    wanted = {email: naam for naam, email in people}
    # Hashing takes 180 ms on purpose; everyone has the same password, so once is enough.
    hashed = make_password(WACHTWOORD)
    known = {g.email: g for g in Gebruiker.objects.filter(email__in=wanted)}
    fresh = Gebruiker.objects.bulk_create(
        Gebruiker(email=email, naam=naam, password=hashed)
        for email, naam in wanted.items()
        if email not in known
    )
    Authenticator.objects.bulk_create(
        Authenticator(
            user=gebruiker,
            type=Authenticator.Type.TOTP,
            data={"secret": seal_seed(totp_seed(gebruiker.email), gebruiker.pk)},
        )
        for gebruiker in fresh
    )
    return known | {gebruiker.email: gebruiker for gebruiker in fresh}
