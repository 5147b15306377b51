"""Login with a second factor, through the real pages."""

import base64
from importlib import import_module

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.apps import apps
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import override_settings

from kern import crypto
from kern.bewijs import SECOND_FACTOR
from kern.crypto import Onleesbaar
from kern.models import Logregel
from kring.login import seal_seed
from tests.factories import PASSWORD
from tests.huis.apparaten import code_of

LOGIN = "/aanmelden/"
CODE = "/aanmelden/code/"
ENROL = "/aanmelden/beveiliging/app/"


@pytest.fixture(autouse=True)
def _empty_cache(db):
    cache.clear()


def _log_in(client, member, password=PASSWORD):
    return client.post(LOGIN, {"login": member.email, "password": password})


def test_password_and_code_open_the_kring(als, kring, member, seed):
    client = als()
    assert _log_in(client, member).headers["Location"] == CODE
    assert client.get(f"/k/{kring.slug}/").status_code == 302
    assert client.post(CODE, {"code": code_of(seed)}).status_code == 302
    assert client.get(f"/k/{kring.slug}/").status_code == 200
    assert Logregel.objects.filter(gebeurtenis="gebruiker.aangemeld", kring=kring).count() == 1


def test_a_used_code_is_refused(als, member, seed):
    code = code_of(seed)
    first, second = als(), als()
    for client in (first, second):
        _log_in(client, member)
    assert first.post(CODE, {"code": code}).status_code == 302
    assert second.post(CODE, {"code": code}).status_code == 200
    assert not second.session.get(SECOND_FACTOR)


@pytest.mark.parametrize("steps_back", [1, 2])
def test_an_old_code_is_refused(als, member, seed, steps_back):
    client = als()
    _log_in(client, member)
    assert client.post(CODE, {"code": code_of(seed, steps_back)}).status_code == 200


def test_seed_is_sealed_in_the_database(member, seed):
    assert seed not in str(Authenticator.objects.get(user=member).data)


def test_a_seed_in_the_row_of_somebody_else_opens_nothing(als, kring, member, seed, coordinator):
    """Who can write in the database puts the own seed with the account of a coordinator."""
    data = Authenticator.objects.get(user=member).data
    Authenticator.objects.create(user=coordinator, type=Authenticator.Type.TOTP, data=data)
    client = als()
    _log_in(client, coordinator)
    with pytest.raises(Onleesbaar):
        client.post(CODE, {"code": code_of(seed)})
    assert client.get(f"/k/{kring.slug}/").status_code == 302


def test_a_seed_from_before_it_was_bound_is_bound_by_the_migration(als, kring, member, seed):
    row = Authenticator.objects.get(user=member)
    old = crypto.seal(seed.encode(), place="mfa_authenticator.data")
    row.data["secret"] = base64.b64encode(old).decode()
    row.save()
    import_module("kring.migrations.0004_zaad_per_persoon").bind(apps, None)
    client = als()
    _log_in(client, member)
    assert client.post(CODE, {"code": code_of(seed)}).status_code == 302
    assert client.get(f"/k/{kring.slug}/").status_code == 200


def test_without_second_factor_one_must_enrol_first(
    als, kring, member, django_capture_on_commit_callbacks
):
    client = als()
    _log_in(client, member)
    assert client.get(f"/k/{kring.slug}/").headers["Location"] == ENROL
    page = client.get(ENROL)
    assert page.status_code == 200
    seed = page.context["form"].secret
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(ENROL, {"code": code_of(seed)}).status_code == 302
    assert client.get(f"/k/{kring.slug}/").status_code == 200
    assert client.get("/aanmelden/herstelcodes/").status_code == 200


def test_enrolling_elsewhere_does_not_open_an_older_session(request, als, kring, member):
    """A session from before the enrolment, with only a password, stays confined."""
    thief = als(member, tweede_factor=False)
    assert thief.get(f"/k/{kring.slug}/").headers["Location"] == ENROL
    request.getfixturevalue("seed")
    assert thief.get(ENROL).status_code == 302
    assert thief.get(f"/k/{kring.slug}/").headers["Location"] == ENROL


def test_a_new_telephone_takes_the_place_of_the_old_one(als, kring, member, seed):
    client, elsewhere = als(member), als(member)
    page = client.get(ENROL)
    new = page.context["form"].secret
    code = code_of(new)
    assert client.post(ENROL, {"code": code}).status_code == 302
    assert client.get(f"/k/{kring.slug}/").status_code == 200
    assert elsewhere.get(f"/k/{kring.slug}/").headers["Location"].startswith("/aanmelden/?next=")
    line = Logregel.objects.get(gebeurtenis="gebruiker.tweede_factor_ingesteld")
    assert (line.kring, line.object_id) == (kring, str(member.pk))
    for old_or_used in (code_of(seed), code):
        other = als()
        _log_in(other, member)
        assert other.post(CODE, {"code": old_or_used}).status_code == 200


def test_a_session_from_before_the_enrolment_is_shown_the_way_out(als, member):
    client = als()
    _log_in(client, member)
    Authenticator.objects.create(
        user=member,
        type=Authenticator.Type.TOTP,
        data={"secret": seal_seed(generate_totp_secret(), member.pk)},
    )
    assert client.get("/").headers["Location"] == ENROL
    assert client.get(ENROL).headers["Location"] == "/aanmelden/afmelden/"


def test_wrong_password_is_logged_and_says_no_more_than_an_unknown_account(als, kring, member):
    wrong = _log_in(als(), member, "onjuist wachtwoord!")
    unknown = als().post(LOGIN, {"login": "niemand@voorbeeld.example", "password": "x" * 12})
    texts = [response.context["form"].errors.as_text() for response in (wrong, unknown)]
    assert texts[0] == texts[1] != ""
    assert Logregel.objects.get(kring=kring).gebeurtenis == "gebruiker.aanmelden_mislukt"


@pytest.mark.parametrize("data", [{}, {"login": "\x00", "password": "x"}, {"login": "a" * 65536}])
def test_odd_input_is_refused_at_the_field(als, db, data):
    response = als().post(LOGIN, data)
    assert response.status_code == 200
    assert response.context["form"].errors


def test_there_is_no_sign_up(als, db):
    assert als().get("/aanmelden/signup/").status_code == 404


def test_login_works_with_a_dead_broker(als, member, seed):
    with override_settings(CELERY_BROKER_URL="redis://127.0.0.1:1/0"):
        client = als()
        _log_in(client, member)
        assert client.post(CODE, {"code": code_of(seed)}).status_code == 302


def test_a_lost_second_factor_is_wiped_on_the_server(als, kring, member, seed, capsys):
    lost = als(member)
    assert lost.get(f"/k/{kring.slug}/").status_code == 200
    call_command("tweede_factor_wissen", member.email, door="Piet, na een belletje")
    assert lost.get(f"/k/{kring.slug}/").headers["Location"].startswith("/aanmelden/?next=")
    assert not Authenticator.objects.filter(user=member).exists()
    line = Logregel.objects.get(gebeurtenis="gebruiker.tweede_factor_gewist", kring=kring)
    assert (line.gebruiker_naam, line.object_id) == ("Piet, na een belletje", str(member.pk))
    client = als()
    _log_in(client, member)
    assert client.get(f"/k/{kring.slug}/").headers["Location"] == ENROL


def test_wiping_the_factor_of_nobody_says_so(db):
    with pytest.raises(CommandError, match="geen gebruiker"):
        call_command("tweede_factor_wissen", "niemand@voorbeeld.example", door="Piet")


@pytest.mark.parametrize("used_before", [False, True])
def test_a_refused_code_is_logged(als, kring, member, seed, used_before):
    """Somebody knows the password and not the factor, or has seen a code: that must be found."""
    code = code_of(seed) if used_before else "000000"
    if used_before:
        first = als()
        _log_in(first, member)
        assert first.post(CODE, {"code": code}).status_code == 302
        cache.clear()
    client = als()
    _log_in(client, member)
    assert client.post(CODE, {"code": code}).status_code == 200
    line = Logregel.objects.get(kring=kring, gebeurtenis="gebruiker.aanmelden_mislukt")
    assert (line.uitkomst, line.object_id) == ("mislukt", str(member.pk))


def test_the_seed_of_an_app_that_is_being_set_up_waits_sealed(als, kring, member):
    client = als(member, tweede_factor=False)
    seed = client.get(ENROL).context["form"].secret
    assert seed not in str(dict(client.session))
    refused = client.post(ENROL, {"code": "000000"})
    assert refused.context["form"].secret == seed, "the scanned picture stays the right one"
    assert seed not in str(dict(client.session))
    assert client.post(ENROL, {"code": code_of(seed)}).status_code == 302
    assert client.get(f"/k/{kring.slug}/").status_code == 200


def test_a_code_before_the_picture_was_shown_sets_up_nothing(als, member):
    client = als(member, tweede_factor=False)
    assert client.post(ENROL, {"code": "000000"}).status_code == 200
    assert not Authenticator.objects.filter(user=member).exists()
