"""The panel: one click logs in as anyone, on this machine only."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kern.bewijs import SECOND_FACTOR
from kern.toegang import Rol
from kring.models import Gebruiker
from spoeddienst.demo import checks, paneel, sms
from spoeddienst.demo.gegevens.accounts import WACHTWOORD, totp_seed
from spoeddienst.demo.totp import totp_code

pytestmark = pytest.mark.django_db
SANNE = "sanne.dewit@vechtstreek.example"
RENEE = "renee.schonfeld@vechtstreek.example"


@pytest.fixture
def demo(geladen, db, settings):
    # pytest adds "testserver", which is not a loopback name.
    settings.ALLOWED_HOSTS = ["127.0.0.1"]


@pytest.fixture
def client():
    return Client(SERVER_NAME="127.0.0.1")


def _door(email: str) -> str:
    return reverse("demo:aanmelden", args=[Gebruiker.objects.get(email=email).pk])


def test_one_click_logs_in_with_second_factor(demo, client):
    response = client.post(_door(SANNE), follow=True)
    assert response.redirect_chain[-1][0] == "/k/vechtstreek/"
    assert response.status_code == 200
    assert client.session[SECOND_FACTOR]


def test_switching_to_another_person_keeps_nothing_of_the_first(demo, client):
    for email in (SANNE, RENEE):
        client.post(_door(email))
        gebruiker = Gebruiker.objects.get(email=email)
        assert client.session["_auth_user_id"] == str(gebruiker.pk)
        assert client.session[SECOND_FACTOR]


def test_password_and_code_of_the_telephone_log_in_for_real(demo, client):
    response = client.post(reverse("account_login"), {"login": SANNE, "password": WACHTWOORD})
    assert response.url == reverse("mfa_authenticate")
    client.post(response.url, {"code": totp_code(totp_seed(SANNE))})
    assert client.session[SECOND_FACTOR]
    assert client.get("/k/vechtstreek/").status_code == 200


def test_a_click_without_csrf_token_is_refused(demo):
    client = Client(enforce_csrf_checks=True, SERVER_NAME="127.0.0.1")
    assert client.post(_door(SANNE)).status_code == 403
    assert "_auth_user_id" not in client.session


def test_the_panel_shows_both_kringen_and_who_is_on_duty(demo, client):
    page = client.get(reverse("demo:paneel")).content.decode()
    assert page.count("nu dienst</span>") == 2
    assert "Kring Vechtstreek" in page
    assert "Kring Rijnmond-Zuid" in page
    assert page.count("werkt voor 2 kringen") == 2


def test_who_has_the_files_to_look_at_is_not_folded_away(demo, client):
    big, _small = paneel.cards()
    dentists = next(groep for groep in big.groepen if groep.rol == Rol.TANDARTS)
    assert paneel.MET_DOSSIERS in [persoon.merk for persoon in dentists.vooraan]


def test_the_panel_says_when_its_data_are_of_another_day(demo, client):
    assert "niet van vandaag" not in client.get(reverse("demo:paneel")).content.decode()
    Gebruiker.objects.update(aangemaakt_op=timezone.now() - timedelta(hours=13))
    assert "niet van vandaag" in client.get(reverse("demo:paneel")).content.decode()


@pytest.mark.parametrize(
    "elsewhere",
    [
        lambda settings: setattr(settings, "ADRES", "https://spoed.example"),
        lambda settings: settings.ALLOWED_HOSTS.append("spoed.example"),
        lambda settings: settings.DATABASES["default"].update(HOST="db.example"),
    ],
)
def test_outside_loopback_the_start_and_the_click_are_refused(
    demo, client, settings, monkeypatch, elsewhere
):
    door = _door(SANNE)
    monkeypatch.setitem(settings.DATABASES, "default", dict(settings.DATABASES["default"]))
    elsewhere(settings)
    assert [error.id for error in checks.check_demo_is_local(None)] == ["demo.E010"]
    # Whoever ignores the check still does not get in.
    assert client.post(door).status_code == 404


def test_on_loopback_the_check_is_content(settings):
    settings.ALLOWED_HOSTS = ["127.0.0.1", "[::1]"]
    assert checks.check_demo_is_local(None) == []


def test_messages_show_newest_first_with_links_to_follow(client, settings, tmp_path):
    settings.INSTANTIE_MAP = tmp_path
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    sms.DemoGateway().send("+31600000001", "Uw code is 111111.")
    sms.DemoGateway().send("+31600000001", "Uw code is 222222.")
    (tmp_path / "mail").mkdir()
    (tmp_path / "mail" / "1.eml").write_text(
        "To: a@b.example\nSubject: Verslag\n\nHaal op: http://127.0.0.1:8000/k/x/ophalen/t/\n"
    )
    page = client.get(reverse("demo:berichten")).content.decode()
    assert page.index("222222") < page.index("111111")
    assert 'href="http://127.0.0.1:8000/k/x/ophalen/t/"' in page


def test_a_poll_without_news_keeps_the_page_as_it_is(client, settings, tmp_path):
    settings.INSTANTIE_MAP = tmp_path
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    url = reverse("demo:berichten")
    first = client.get(url, headers={"HX-Request": "true"})
    stand = first.content.decode().partition("?stand=")[2][:16]
    same = client.get(url, {"stand": stand}, headers={"HX-Request": "true"})
    assert same.status_code == 204
    sms.DemoGateway().send("+31600000001", "Uw code is 333333.")
    news = client.get(url, {"stand": stand}, headers={"HX-Request": "true"})
    assert "333333" in news.content.decode()


def test_the_codes_are_those_of_the_telephones(demo, client):
    page = client.get(reverse("demo:codes")).content.decode()
    assert totp_code(totp_seed(SANNE)) in page
