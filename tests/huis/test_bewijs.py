"""Step-up: what needs a fresh second factor, and what happens to a form that came too late."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kern import toegang
from kern.bewijs import SECOND_FACTOR, VERS
from kern.models import Logregel
from kring.models import Lidmaatschap
from tests.huis.apparaten import code_of
from tests.huis.test_sessies import age

BEWIJS = "/aanmelden/bevestigen/"
ROL = {"email": "nieuw@voorbeeld.example", "naam": "Nieuwe", "rol": "triagemedewerker"}


@pytest.fixture(autouse=True)
def _empty_cache(db):
    cache.clear()


def grow_old(client, seconds: int) -> None:
    """Let time pass for the proof of this session, while its person stays busy."""
    session = client.session
    session[SECOND_FACTOR] -= seconds
    session.save()


@pytest.fixture
def coordinator_client(als, coordinator):
    client = als(coordinator)
    grow_old(client, VERS + 1)
    return client


def test_rights_and_factors_ask_a_fresh_proof():
    """The table says so itself: read it with `./spoed manage toegangstabel`."""
    fresh = {row.route for row in toegang.table() if all(m.vers for m in row.methoden.values())}
    assert fresh >= {
        "kring:rol_geven",
        "kring:rol_beeindigen",
        "kring:link_sturen",
        "kring:tandarts",
        "kring:tandarts_nieuw",
        "admin",
        "account_change_password",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_remove_webauthn",
        "mfa_generate_recovery_codes",
        "mfa_view_recovery_codes",
    }
    half = [
        row.route for row in toegang.table() if len({mag.vers for mag in row.methoden.values()}) > 1
    ]
    assert half == [], "a form must ask at its GET what its POST will ask"


@pytest.mark.parametrize(("seconds", "opens"), [(VERS - 5, True), (VERS + 1, False)])
def test_a_proof_is_fresh_for_a_quarter_of_an_hour(als, kring, coordinator, seconds, opens):
    client = als(coordinator)
    grow_old(client, seconds)
    response = client.get(f"/k/{kring.slug}/gebruikers/rol/")
    assert (response.status_code == 200) is opens
    if not opens:
        assert response.headers["Location"] == f"{BEWIJS}?next=/k/{kring.slug}/gebruikers/rol/"


def test_every_own_page_with_vers_asks_it(coordinator_client, kring):
    for row in toegang.table():
        own = [method for method, mag in row.methoden.items() if mag.vers and not mag.rollen]
        if not own or row.route == "mfa_remove_webauthn":
            continue
        response = coordinator_client.get(reverse(row.route))
        assert response.headers["Location"].startswith(BEWIJS), row.route


def test_a_stranger_to_the_role_is_refused_before_being_asked(als, kring, triagist):
    client = als(triagist)
    grow_old(client, VERS + 1)
    assert client.get(f"/k/{kring.slug}/gebruikers/rol/").status_code == 403


def test_changing_a_dentist_in_the_admin_asks_a_fresh_proof(als, kring, beheerder, tandarts):
    """Their telephone decides who is called; who stands behind them the admin cannot change."""
    client = als(beheerder)
    grow_old(client, VERS + 1)
    url = f"/beheer/kring/tandarts/{tandarts.pk}/change/"
    assert client.get(url).headers["Location"].startswith(BEWIJS)
    before = tandarts.telefoon
    data = {name: getattr(tandarts, name) for name in ("naam", "big_nummer")}
    data |= {"deelnemer": tandarts.deelnemer_id, "telefoon": "0612345699", "actief": "on"}
    assert client.post(url, data).status_code == 401
    tandarts.refresh_from_db()
    assert tandarts.telefoon == before
    grow_old(client, -VERS)
    assert client.post(url, data).status_code == 302
    tandarts.refresh_from_db()
    assert tandarts.telefoon == "+31612345699"


def test_the_code_makes_the_session_fresh_under_a_new_key(als, kring, member, seed):
    client = als(member)
    grow_old(client, VERS + 1)
    age(client, timedelta(minutes=2))
    key, begin = client.session.session_key, member.sessies.get().begonnen_op
    assert client.get(BEWIJS).status_code == 200
    wrong = client.post(BEWIJS, {"code": "000000", "next": "/aanmelden/wachtwoord/"})
    assert wrong.status_code == 200
    assert client.get("/aanmelden/wachtwoord/").status_code == 302
    response = client.post(BEWIJS, {"code": code_of(seed), "next": "/aanmelden/wachtwoord/"})
    assert response.headers["Location"] == "/aanmelden/wachtwoord/"
    assert client.get("/aanmelden/wachtwoord/").status_code == 200
    assert client.session.session_key != key
    assert member.sessies.get().begonnen_op == begin


def test_a_password_is_no_proof(als, member, seed):
    client = als(member)
    grow_old(client, VERS + 1)
    page = client.get(BEWIJS).content.decode()
    assert "password" not in page
    assert client.get("/aanmelden/opnieuw/").status_code == 404


def test_a_late_form_keeps_what_was_typed_and_can_go_again(coordinator_client, kring):
    url = f"/k/{kring.slug}/gebruikers/rol/"
    response = coordinator_client.post(url, ROL)
    page = response.content.decode()
    assert response.status_code == 401
    for name, value in ROL.items():
        assert f'name="{name}" value="{value}"' in page
    assert f'href="{BEWIJS}?next=/aanmelden/verder/"' in page
    assert not Lidmaatschap.objects.filter(gebruiker__email=ROL["email"]).exists()
    assert not Logregel.objects.filter(gebeurtenis="rol.gegeven").exists()
    grow_old(coordinator_client, -VERS)
    assert coordinator_client.post(url, ROL).status_code == 200
    assert Lidmaatschap.objects.filter(gebruiker__email=ROL["email"]).exists()


def test_a_late_form_loses_no_field_whose_name_looks_like_a_secret(als, kring):
    """A part of `code` or `wachtwoord` is in all of these; resending would have emptied them."""
    typed = {
        "achterwacht": "5",
        "postcode": "3511 AB",
        "agb_code": "12004567",
        "tariefcodes": "H11 V91",
    }
    data = typed | {"oldpassword": "geheime zin", "code": "123456", "credential": "geheime sleutel"}
    response = als().post(f"/k/{kring.slug}/rooster/dienst/", data)
    page = response.content.decode()
    assert response.status_code == 401
    for name, value in typed.items():
        assert f'name="{name}" value="{value}"' in page
    assert "geheime" not in page
    assert "123456" not in page


def test_a_late_form_says_that_a_file_is_not_kept(als, kring):
    url = f"/k/{kring.slug}/rooster/dienst/"
    photo = SimpleUploadedFile("foto.jpg", b"x", "image/jpeg")
    with_file = als().post(url, {"diagnose": "Avulsie", "bestand": photo}).content.decode()
    assert "gaat niet mee" in with_file
    assert "gaat niet mee" not in als().post(url, {"diagnose": "Avulsie"}).content.decode()


def test_a_late_button_without_fields_asks_too(coordinator_client, kring, triagist):
    response = coordinator_client.post(f"/k/{kring.slug}/gebruikers/{triagist.pk}/link/")
    assert response.status_code == 401
    assert not Logregel.objects.filter(gebeurtenis="gebruiker.link_gemaakt").exists()


def test_proof_by_someone_else_is_not_taken(als, member, coordinator, seed):
    client = als(coordinator)
    grow_old(client, VERS + 1)
    assert client.post(BEWIJS, {"code": code_of(seed)}).status_code in (200, 302)
    assert client.get("/aanmelden/wachtwoord/").headers["Location"].startswith(BEWIJS)


def test_the_page_leads_nowhere_else(als, member, seed):
    client = als(member)
    data = {"code": code_of(seed), "next": "https://elders.example/"}
    assert client.post(BEWIJS, data).headers["Location"] == "/"
