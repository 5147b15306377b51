"""A member with an app for codes."""

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret


@pytest.fixture
def member(triagist):
    return triagist


@pytest.fixture
def seed(member):
    seed = generate_totp_secret()
    Authenticator.objects.create(
        user=member,
        type=Authenticator.Type.TOTP,
        data={"secret": get_adapter().encrypt(seed)},
    )
    return seed
