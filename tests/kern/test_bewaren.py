"""The table of terms (S38): not a day earlier, not a day later. Dossier and log have their own."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.db.models.functions import Now

from kern import bewaren, bezorging, crypto, dagwerk, outbox
from kern.actor import Actor
from kern.models import Zending
from kern.outbox import place_of
from kring import aanmeldsporen
from kring.models import Gebruiker, Sessie
from tests.factories import GebruikerFactory

pytestmark = pytest.mark.django_db

DAG = timedelta(days=1)
# The table says so; not what the code thinks of it.
MAAND, JAAR = timedelta(days=30), timedelta(days=365)
TEKST = "Er staat een verslag klaar."


@pytest.fixture
def bericht(kring):
    return outbox.enqueue_mail(
        kring_id=kring.pk, sleutel="een", aan="a@b.example", onderwerp="Verslag", tekst=TEKST
    )


def night(kring) -> None:
    bewaren.empty_old_messages(dagwerk.Beurt(kring.pk, None, None))


def text_of(zending: Zending) -> bytes:
    zending.refresh_from_db()
    return crypto.unseal(zending.inhoud, place=place_of(zending)) if zending.inhoud else b""


@pytest.mark.parametrize("status", ["verzonden", "mislukt", "ingetrokken"])
@pytest.mark.parametrize(("later", "is_leeg"), [(-DAG, False), (DAG, True)])
def test_a_raw_message_stays_thirty_days(*, kring, bericht, status, later, is_leeg):
    moment = Now() - MAAND - later
    sent = {"verzonden_op": moment} if status == "verzonden" else {"gewijzigd_op": moment}
    Zending.objects.filter(pk=bericht.pk).update(status=status, **sent)
    night(kring)
    assert (text_of(bericht) == b"") == is_leeg
    # What proves it stays.
    assert bericht.sha256
    assert bericht.bericht_id


def test_a_message_that_still_has_to_leave_is_never_emptied(kring, bericht):
    long_ago = Now() - 10 * MAAND
    Zending.objects.update(aangemaakt_op=long_ago, gewijzigd_op=long_ago)
    night(kring)
    assert TEKST.encode() in text_of(bericht)


def test_nobody_sends_an_empty_message(kring, bericht):
    old = Now() - MAAND - DAG
    Zending.objects.update(status="mislukt", gewijzigd_op=old)
    night(kring)
    assert bezorging.requeue(bericht, by=Actor.system(kring.pk)) is False
    bericht.refresh_from_db()
    assert bericht.status == Zending.Status.INGETROKKEN


def test_the_night_of_one_kring_leaves_the_other_alone(kring, andere_kring, bericht):
    Zending.objects.update(status="verzonden", verzonden_op=Now() - MAAND - DAG)
    night(andere_kring)
    assert TEKST.encode() in text_of(bericht)


@pytest.mark.parametrize(("later", "is_weg"), [(-DAG, False), (DAG, True)])
def test_a_login_is_forgotten_after_a_year(later, is_weg):
    moment = Now() - JAAR - later
    wie = GebruikerFactory()
    Gebruiker.objects.filter(pk=wie.pk).update(last_login=moment)
    factor = Authenticator.objects.create(user=wie, type="totp", data={})
    Authenticator.objects.filter(pk=factor.pk).update(last_used_at=moment)
    aanmeldsporen.forget(dagwerk.Beurt(None, None, None))
    wie.refresh_from_db()
    factor.refresh_from_db()
    assert (wie.last_login is None, factor.last_used_at is None) == (is_weg, is_weg)


@pytest.mark.parametrize(("rest", "left"), [(DAG, 1), (-DAG, 0)])
def test_a_session_that_ended_leaves_nothing(rest, left):
    Sessie.objects.create(
        session_key="a" * 32, begonnen_op=Now(), gezien_op=Now(), expire_date=Now() + rest
    )
    aanmeldsporen.forget(dagwerk.Beurt(None, None, None))
    assert Sessie.objects.count() == left


def test_every_term_of_the_table_has_its_work():
    jobs = {
        *("bewaartermijn", "logtermijn", "ophaalpakketten_opruimen"),
        *("berichten_legen", "aanmeldsporen_wissen"),
    }
    assert jobs <= set(dagwerk._WERK)
