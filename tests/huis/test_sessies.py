"""How long a session lives, who sees it, and what ends it (S07, S26)."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.db.models import F
from django.db.models.functions import Now
from django.urls import reverse

from kern import toegang
from kern.actor import Actor
from kern.models import Logregel
from kring.aanmeldingen import device_words
from kring.models import Sessie
from kring.rollen import end_lidmaatschap
from tests.factories import PASSWORD, LidmaatschapFactory, OproepFactory, TandartsFactory
from tests.huis.objecten import objects_of, route_kwargs

LIJST = "/aanmelden/sessies/"
MINUUT = timedelta(minutes=1)


def age(client, time: timedelta) -> None:
    """Let time pass for the session of this client: its row moves into the past."""
    moved = {name: F(name) - time for name in ("begonnen_op", "gezien_op", "expire_date")}
    assert Sessie.objects.filter(session_key=client.session.session_key).update(**moved) == 1


def is_in(client, kring) -> bool:
    return client.get(f"/k/{kring.slug}/").status_code == 200


@pytest.fixture
def client(als, triagist):
    return als(triagist)


@pytest.mark.parametrize(("minutes", "lives"), [(19, True), (20, False), (21, False)])
def test_twenty_minutes_of_silence_end_a_session(client, kring, minutes, lives):
    age(client, minutes * MINUUT)
    assert is_in(client, kring) is lives


def test_a_sign_of_a_person_starts_the_silence_anew(client, kring):
    for _ in range(4):
        age(client, 19 * MINUUT)
        assert is_in(client, kring)


def test_twelve_hours_end_a_session_that_is_in_use(client, kring):
    for _ in range(39):
        age(client, 18 * MINUUT)
        assert is_in(client, kring)
    row = Sessie.objects.get(session_key=client.session.session_key)
    assert row.expire_date == row.begonnen_op + timedelta(hours=12)
    age(client, 18 * MINUUT)
    assert not is_in(client, kring)


def _background(kring) -> list[str]:
    """Return every address that a page asks for by itself, with objects of this kring."""
    rows = [row for row in toegang.table() if row.achtergrond]
    assert {row.route for row in rows} >= {"triage:bord_fragment", "triage:stand"}
    objects = objects_of(kring, TandartsFactory(kring=kring))
    return [reverse(row.route, kwargs=route_kwargs(row.route, objects)) for row in rows]


def test_a_page_that_refreshes_itself_is_no_person(client, kring):
    urls = [*_background(kring), f"/k/{kring.slug}/triage/?ververs=zelf"]
    age(client, 19 * MINUUT)
    for url in urls:
        # Some are not for this role; what counts is that the session is still there to refuse.
        assert client.get(url, headers={"HX-Request": "true"}).status_code in (200, 204, 403)
    age(client, MINUUT)
    for url in urls:
        headers = {} if "ververs" in url else {"HX-Request": "true"}
        assert client.get(url, headers=headers).status_code in (302, 401)


def test_someone_who_types_is_a_person(client, kring):
    oproep = OproepFactory(kring=kring)
    url = f"/k/{kring.slug}/triage/{oproep.pk}/antwoorden/"
    for _ in range(2):
        age(client, 19 * MINUUT)
        response = client.post(url, {}, headers={"HX-Request": "true"})
        assert response.status_code not in (302, 401)


def test_an_ended_session_tells_htmx_so(client, kring):
    age(client, 20 * MINUUT)
    response = client.post(
        f"/k/{kring.slug}/triage/nieuw/", {"x": "y"}, headers={"HX-Request": "true"}
    )
    assert (response.status_code, response.content) == (401, b"uitgelogd")


def test_a_form_that_came_too_late_can_be_sent_again(als, kring, coordinator):
    client = als(coordinator)
    age(client, 20 * MINUUT)
    typed = {"naam": "Praktijk <De Brug>", "plaats": "Zeist", "wachtwoord": "geheim", "code": "123"}
    response = client.post(f"/k/{kring.slug}/praktijken/nieuw/", typed)
    page = response.content.decode()
    assert response.status_code == 401
    assert 'name="naam" value="Praktijk &lt;De Brug&gt;"' in page
    assert 'name="plaats" value="Zeist"' in page
    assert f'action="/k/{kring.slug}/praktijken/nieuw/"' in page
    assert "geheim" not in page
    assert "123" not in page


def test_a_login_gets_a_new_session_and_the_old_key_opens_nothing(als, triagist):
    client = als()
    client.get("/aanmelden/")
    client.get("/aanmelden/passkey/", headers={"Accept": "application/json"})
    before = client.session.session_key
    client.post("/aanmelden/", {"login": triagist.email, "password": PASSWORD})
    after = client.session.session_key
    assert before
    assert after != before
    assert not Sessie.objects.filter(session_key=before).exists()


def test_logging_out_ends_it_on_the_server(client, kring):
    key = client.session.session_key
    client.post("/aanmelden/afmelden/")
    assert not Sessie.objects.filter(session_key=key).exists()
    client.cookies[settings.SESSION_COOKIE_NAME] = key
    assert not is_in(client, kring)


def test_the_list_shows_own_living_sessions_only(als, triagist, coordinator):
    first, gone = als(triagist), als(triagist)
    als(coordinator)
    age(gone, 20 * MINUUT)
    here = als(triagist)
    shown = here.get(LIJST).context["sessies"]
    assert {row.session_key for row in shown} == {
        first.session.session_key,
        here.session.session_key,
    }
    assert here.session.session_key not in here.get(LIJST).content.decode()


def test_one_ends_a_session_elsewhere(als, kring, triagist):
    here, there = als(triagist), als(triagist)
    row = Sessie.objects.get(session_key=there.session.session_key)
    response = here.post(f"/aanmelden/sessies/{row.nummer}/einde/")
    assert response.headers["Location"] == LIJST
    assert not is_in(there, kring)
    assert is_in(here, kring)
    line = Logregel.objects.get(gebeurtenis="gebruiker.sessie_beeindigd")
    assert (line.kring, line.gebruiker_id) == (kring, triagist.pk)


def test_a_session_of_somebody_else_does_not_exist(als, kring, triagist, coordinator):
    here, theirs = als(triagist), als(coordinator)
    row = Sessie.objects.get(session_key=theirs.session.session_key)
    assert here.post(f"/aanmelden/sessies/{row.nummer}/einde/").status_code == 404
    assert is_in(theirs, kring)
    assert not Logregel.objects.filter(gebeurtenis="gebruiker.sessie_beeindigd").exists()


def test_all_others_end_and_this_one_stays(als, kring, triagist, coordinator):
    here, there, third, theirs = als(triagist), als(triagist), als(triagist), als(coordinator)
    here.post("/aanmelden/sessies/andere/einde/")
    living = [is_in(client, kring) for client in (here, there, third, theirs)]
    assert living == [True, False, False, True]


def test_the_last_role_takes_the_sessions_along(client, kring, andere_kring, triagist):
    elsewhere = LidmaatschapFactory(kring=andere_kring, gebruiker=triagist)
    by = Actor.system(kring.pk)
    end_lidmaatschap(triagist.lidmaatschappen.get(kring=kring), by=by)
    assert client.get(f"/k/{kring.slug}/").status_code == 404
    assert is_in(client, andere_kring)
    elsewhere.status = "beeindigd"
    elsewhere.save()
    again = LidmaatschapFactory(kring=kring, gebruiker=triagist, rol="tandarts")
    end_lidmaatschap(again, by=by)
    assert not triagist.sessies.exists()


def test_a_closed_account_is_out_at_the_next_request(client, kring, triagist):
    assert is_in(client, kring)
    triagist.is_active = False
    triagist.save()
    assert client.get(f"/k/{kring.slug}/").headers["Location"].startswith("/aanmelden/?next=")


def test_changing_the_password_keeps_the_twelve_hours(client, kring, triagist):
    age(client, 19 * MINUUT)
    begin = Sessie.objects.get(session_key=client.session.session_key).begonnen_op
    new = "een heel ander wachtwoord 9"
    data = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    key = client.session.session_key
    assert client.post("/aanmelden/wachtwoord/", data).status_code == 302
    row = Sessie.objects.get(session_key=client.session.session_key)
    assert row.session_key != key
    assert row.begonnen_op == begin


def test_changing_the_password_is_logged_and_ends_the_other_sessions(als, client, kring, triagist):
    elsewhere = als(triagist)
    new = "een heel ander wachtwoord 9"
    data = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    client.post("/aanmelden/wachtwoord/", data)
    line = Logregel.objects.get(gebeurtenis="gebruiker.wachtwoord_gewijzigd")
    assert (line.kring, line.actie, line.object_id) == (kring, "U", str(triagist.pk))
    assert [row.session_key for row in triagist.sessies.all()] == [client.session.session_key]
    assert is_in(client, kring)
    assert not is_in(elsewhere, kring)


def test_a_session_that_was_ended_does_not_come_back(client, triagist):
    session = client.session
    session["iets"] = "nieuws"
    triagist.sessies.all().delete()
    with pytest.raises(UpdateError):
        session.save()


def test_a_login_sweeps_a_bounded_number_of_rows(als, triagist, coordinator, monkeypatch):
    """A stranger can leave a million of them behind."""
    monkeypatch.setattr("kring.login.VEEG", 2)
    for _ in range(3):
        als(triagist)
    Sessie.objects.update(expire_date=Now() - MINUUT)
    als(coordinator)
    assert Sessie.objects.ended().count() == 1


def test_expired_rows_are_swept_at_a_login(als, triagist, coordinator):
    age(als(triagist), 20 * MINUUT)
    als(coordinator)
    assert not triagist.sessies.exists()


@pytest.mark.parametrize(
    ("browser", "words"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537 Chrome/140 Safari/537",
            "Chrome op Windows",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140 Safari/537 Edg/140", "Edge op Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 26) Version/26 Safari/604", "Safari op iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0", "Firefox op Linux"),
        ("curl/8", "Onbekend apparaat"),
        ("", "Onbekend apparaat"),
    ],
)
def test_a_device_in_words(browser, words):
    assert device_words(browser) == words
