"""What is left of a login outside the access log, and when that goes (S38).

A session ends by itself; its row goes with the next login, and here at the latest. When a person
and a factor were last used is forgotten after a year. The lines of the access log are no part of
this: the chain cannot lose one in the middle, and it has a term of its own (kring.logwerk).
"""

from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.db.models.functions import Now

from kern.dagwerk import Beurt
from kring.models import Gebruiker, Sessie

AANMELDING = timedelta(days=365)


def forget(_beurt: Beurt) -> None:
    """Remove ended sessions, and logins of more than a year ago; daily work of the house."""
    Sessie.objects.ended().delete()
    Gebruiker.objects.filter(last_login__lte=Now() - AANMELDING).update(last_login=None)
    Authenticator.objects.filter(last_used_at__lte=Now() - AANMELDING).update(last_used_at=None)
