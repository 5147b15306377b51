"""A member with an app for codes."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret

from kring.login import seal_seed


@pytest.fixture
def member(triagist):
    return triagist


@pytest.fixture
def seed(member):
    seed = generate_totp_secret()
    Authenticator.objects.create(
        user=member,
        type=Authenticator.Type.TOTP,
        data={"secret": seal_seed(seed, member.pk)},
    )
    return seed
