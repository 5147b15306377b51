"""What OWASP ASVS asks and no other test shows; docs/beveiliging/asvs.md names these by number."""

import io
import json
import logging
import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlencode

import pytest
import yaml
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse
from gunicorn.config import Config
from gunicorn.http.errors import ParseException
from gunicorn.http.parser import RequestParser

from kern import outbox
from kring.forms import EigenTandartsForm, WachtwoordForm
from kring.login import Argon2Hasher
from tests import factories
from tests.factories import PASSWORD

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "static" / "js").glob("*.js"))


# --- the settings as in production


@pytest.fixture(scope="module")
def productie():
    """Return what the settings become for a public https address."""
    code = (
        "import json, spoeddienst.settings as s; print(json.dumps({k: v for k in dir(s) "
        "if k.isupper() and isinstance(v := getattr(s, k), (str, int, bool, list, tuple))}, "
        "default=str))"
    )
    env = {
        "PATH": os.environ["PATH"],
        "DATABASE_URL": "postgres://spoed_web@localhost/spoed",
        "REDIS_URL": "redis://localhost",
        "SPOED_GEHEIM": "x" * 50,
        "SPOED_SLEUTELMAP": "/nergens",
        "SPOED_ADRES": "https://spoed.example",
        "SPOED_HOSTS": "spoed.example",
    }
    done = subprocess.run(
        [sys.executable, "-c", code], env=env, cwd=ROOT, capture_output=True, check=True
    )
    return json.loads(done.stdout)


def test_production_is_no_debug_or_demo(productie):
    assert productie["DEBUG"] is False
    assert productie["DEMO"] is False
    assert "spoeddienst.demo" not in productie["INSTALLED_APPS"]
    assert productie["ALLOWED_HOSTS"] == ["spoed.example"]


def test_cookies_in_production_are_host_only_secure_and_unreadable(productie):
    for kind in ("SESSION", "CSRF"):
        assert productie[f"{kind}_COOKIE_NAME"].startswith("__Host-")
        assert productie[f"{kind}_COOKIE_SECURE"] is True
        assert productie[f"{kind}_COOKIE_HTTPONLY"] is True
        assert productie[f"{kind}_COOKIE_SAMESITE"] in {"Lax", "Strict"}


def test_production_speaks_https_only_for_two_years(productie):
    assert productie["SECURE_HSTS_SECONDS"] >= 2 * 365 * 24 * 3600
    assert productie["SECURE_HSTS_INCLUDE_SUBDOMAINS"] is True
    assert productie["SECURE_SSL_REDIRECT"] is True
    assert productie["PROXIES"] == 1


def test_celery_takes_json_and_nothing_else():
    assert django_settings.CELERY_ACCEPT_CONTENT == ["json"]
    assert django_settings.CELERY_TASK_SERIALIZER == "json"
    assert django_settings.SESSION_SERIALIZER.endswith("JSONSerializer")


# --- the request


@pytest.mark.parametrize("url", ["/", "/aanmelden/", "/gezond/", "/k/vecht/", "/nergens/"])
def test_trace_is_refused(als, kring, triagist, url):
    assert als(triagist).trace(url).status_code in {404, 405}


@pytest.mark.parametrize(
    "headers",
    [
        b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
        b"Content-Length: 4\r\nContent-Length: 5\r\n",
        b"Transfer-Encoding: chunked, identity\r\n",
        b"Transfer-Encoding: x\r\nContent-Length: 4\r\n",
        b"Content-Length: +4\r\n",
    ],
)
def test_a_request_of_two_lengths_is_refused(headers):
    """The web server does not guess where a request ends (request smuggling)."""
    raw = b"POST / HTTP/1.1\r\nHost: spoed.example\r\n" + headers + b"\r\n0\r\n\r\n"
    parser = RequestParser(Config(), io.BytesIO(raw), ("127.0.0.1", 1))
    with pytest.raises(ParseException):
        next(parser)


def test_a_form_without_its_token_is_refused(kring, triagist):
    client = Client(enforce_csrf_checks=True)
    client.force_login(triagist)
    for url in (reverse("triage:nieuw", kwargs={"kring": kring.slug}), reverse("account_login")):
        assert client.post(url, {}).status_code == 403


def test_after_the_login_one_stays_in_the_house(als, triagist):
    """A link to the login page with somebody else's address as the next page leads nowhere."""
    for target in ("https://kwaad.example/", "//kwaad.example/", "javascript:alert(1)"):
        response = als().post(
            "/aanmelden/", {"login": triagist.email, "password": PASSWORD, "next": target}
        )
        assert response.status_code == 302
        assert response.headers["Location"].startswith("/")
        assert not response.headers["Location"].startswith("//")
        assert "kwaad" not in response.headers["Location"].partition("?")[0]


@pytest.mark.django_db
@pytest.mark.parametrize("url", ["/", "/aanmelden/", "/gezond/", "/nergens/", "/k/nergens/"])
def test_every_answer_names_its_charset(client, url):
    response = client.get(url)
    assert not response.content or "charset=utf-8" in response.headers["Content-Type"]


def test_no_route_lets_strange_origins_read(als, kring, triagist):
    response = als(triagist).get(f"/k/{kring.slug}/", HTTP_ORIGIN="https://kwaad.example")
    assert not [name for name in response.headers if name.startswith("Access-Control-")]


def test_of_a_double_parameter_the_last_counts(als, kring, fg):
    client, url = als(fg), f"/k/{kring.slug}/logboek/"
    assert client.get(f"{url}?datum=2026-01-01&datum=onzin").status_code == 422
    assert client.get(f"{url}?datum=onzin&datum=2026-01-01").status_code == 200


def test_the_address_is_not_read_as_a_form(als, triagist):
    query = urlencode({"login": triagist.email, "password": PASSWORD})
    response = als().post(f"/aanmelden/?{query}", {})
    assert response.status_code == 200
    assert set(response.context["form"].errors) == {"login", "password"}


# --- login and password


@pytest.fixture
def keuze(triagist):
    """Return the errors of a chosen password."""

    def errors(password: str) -> dict:
        form = WachtwoordForm(
            {"wachtwoord": password, "herhaling": password}, gebruiker=factories.GebruikerFactory()
        )
        return form.errors

    return errors


@pytest.mark.parametrize(
    "password",
    [
        "zeventien fietsen",
        "#%&*^(){}[]!?+-=",
        "ALLEENHOOFDLETTERSX",
        "0918 2736 4546 27",
        "xkqzvbtr" * 16,
    ],
)
def test_any_composition_and_length_up_to_128_is_fine(keuze, password):
    assert keuze(password) == {}


@pytest.mark.parametrize(
    "password", ["kort", "123456789012", "wachtwoord12", "spoeddienst2026", "xkqzvbtrw" * 15]
)
def test_a_short_common_or_endless_password_is_refused(keuze, password):
    assert "wachtwoord" in keuze(password)


@pytest.mark.parametrize("typed", [f" {PASSWORD}", f"{PASSWORD} ", PASSWORD.upper()])
def test_a_password_is_compared_exactly_as_typed(als, triagist, typed):
    response = als().post("/aanmelden/", {"login": triagist.email, "password": typed})
    assert response.status_code == 200


@pytest.mark.django_db
def test_password_managers_and_pasting_work(client):
    page = client.get("/aanmelden/").content.decode()
    assert re.search(r'<input type="password"[^>]*autocomplete="current-password"', page)
    assert "onpaste" not in page
    assert not any("paste" in module.read_text() for module in MODULES)


def test_changing_the_password_asks_the_old_one(als, triagist):
    client = als(triagist)
    url = reverse("account_change_password")
    new = {"password1": "een heel nieuwe zin", "password2": "een heel nieuwe zin"}
    for old in ({}, {"oldpassword": "onjuist wachtwoord"}):
        client.post(url, old | new)
        triagist.refresh_from_db()
        assert triagist.check_password(PASSWORD)
    client.post(url, {"oldpassword": PASSWORD} | new)
    triagist.refresh_from_db()
    assert triagist.check_password("een heel nieuwe zin")


def test_a_new_password_ends_the_other_sessions(als, kring, triagist):
    """Also those of whoever knew the old one."""
    here, elsewhere = als(triagist), als(triagist)
    new = {"password1": "een heel nieuwe zin", "password2": "een heel nieuwe zin"}
    here.post(reverse("account_change_password"), {"oldpassword": PASSWORD} | new)
    assert elsewhere.get(f"/k/{kring.slug}/").headers["Location"].startswith("/aanmelden/?next=")


def test_a_disabled_account_is_out_at_the_next_request(als, kring, triagist):
    client = als(triagist)
    triagist.is_active = False
    triagist.save()
    assert client.get(f"/k/{kring.slug}/").headers["Location"].startswith("/aanmelden/?next=")


def test_logging_out_kills_the_session_on_the_server(als, kring, triagist):
    client = als(triagist)
    stolen = client.session.session_key
    client.post(reverse("account_logout"))
    thief = Client()
    thief.cookies[django_settings.SESSION_COOKIE_NAME] = stolen
    assert thief.get(f"/k/{kring.slug}/").headers["Location"].startswith("/aanmelden/?next=")


def test_logging_out_clears_the_browser(als, triagist):
    client = als(triagist)
    url = reverse("account_logout")
    assert "Clear-Site-Data" not in client.get(url).headers
    assert client.post(url).headers["Clear-Site-Data"] == '"cache", "storage"'


def test_a_session_key_from_before_the_login_is_worthless(als, triagist):
    client = als()
    client.get("/aanmelden/")
    session = client.session
    session["iets"] = 1
    session.save()
    planted = session.session_key
    client.cookies[django_settings.SESSION_COOKIE_NAME] = planted
    client.post("/aanmelden/", {"login": triagist.email, "password": PASSWORD})
    assert client.session.session_key != planted
    assert len(client.session.session_key) >= 32


def test_every_page_of_a_member_has_the_way_out(als, kring, triagist, beheerder, fg):
    # The admin has a button of its own; it leads to the one of the house.
    logout = [f'action="{reverse(name)}"' for name in ("account_logout", "admin:logout")]
    pages = [
        (triagist, f"/k/{kring.slug}/"),
        (triagist, f"/k/{kring.slug}/triage/"),
        (fg, f"/k/{kring.slug}/logboek/"),
        (beheerder, f"/k/{kring.slug}/gebruikers/"),
        (beheerder, "/beheer/"),
    ]
    for person, url in pages:
        page = als(person).get(url).content.decode()
        assert any(form in page for form in logout), url


def test_passwords_are_argon2id_of_today(triagist):
    encoded = Argon2Hasher().encode(PASSWORD, "zoutzoutzout")
    assert encoded.startswith("argon2$argon2id$v=19$m=65536,t=3,p=1$")
    assert django_settings.PASSWORD_HASHERS == ["kring.login.Argon2Hasher"]


def test_the_house_has_no_account_of_its_own(db):
    """After `migrate` nobody can log in: the first account is made by hand."""
    from kring.models import Gebruiker

    assert not Gebruiker.objects.exists()


# --- what goes out


@pytest.mark.parametrize(
    "address", ["eigen@elders.example\nBcc: kwaad@elders.example", "a@b.example\r\n\r\ntekst"]
)
def test_no_address_smuggles_a_header_into_a_mail(kring, address):
    form = EigenTandartsForm(
        {"naam": "X", "praktijk": "Y", "email": address, "telefoon": "0612345678"}, kring=kring
    )
    assert "email" in form.errors
    with pytest.raises(ValueError, match=r"linefeed|newline|carriage|CR or LF"):
        outbox.enqueue_mail(
            kring_id=kring.pk, sleutel="x", aan=address, onderwerp="Verslag", tekst="Tekst"
        )


# --- the log of the application


@pytest.mark.parametrize(
    ("moment", "expected"),
    [(1792887600, "2026-10-25T02:20:00+0200"), (1792891200, "2026-10-25T02:20:00+0100")],
)
def test_a_line_names_its_moment_with_the_offset(moment, expected):
    """In the night in which the clock goes back, two hours have the same name."""
    formatter = logging.Formatter(**_formatter_arguments())
    record = logging.LogRecord("x", logging.INFO, "x", 1, "tekst", None, None)
    record.created = moment
    assert formatter.format(record).startswith(expected)


def _formatter_arguments() -> dict:
    plain = django_settings.LOGGING["formatters"]["plain"]
    return {"fmt": plain["format"], "datefmt": plain["datefmt"]}


# --- the browser


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.name)
def test_modules_make_no_markup_or_code_of_text_and_keep_nothing(module):
    source = re.sub(r"//.*", "", module.read_text())
    for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
        assert word not in source
    for word in ("new Function", "localStorage", "sessionStorage", "indexedDB", "postMessage"):
        assert word not in source
    assert not re.search(r"document\.cookie|__proto__|setTimeout\(\s*[\"'`]", source)


# --- the shape of production


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())


def _ours(compose) -> dict[str, dict]:
    """Return the services that run our code."""
    return {n: s for n, s in compose["services"].items() if s.get("image") == "spoeddienst"}


def test_only_the_proxy_can_be_reached_and_the_data_cannot_get_out(compose):
    services = compose["services"]
    assert [name for name, service in services.items() if service.get("ports")] == ["caddy"]
    assert compose["networks"]["binnen"]["internal"] is True
    for name in ("postgres", "valkey", "herstel"):
        assert services[name]["networks"] == ["binnen"]


def test_containers_have_no_power_they_do_not_need(compose):
    assert {"web", "worker", "sweeper"} <= _ours(compose).keys()
    for service in _ours(compose).values():
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]


def test_each_secret_is_with_who_needs_it(compose):
    ours = _ours(compose)

    def holders(word: str) -> set[str]:
        return {n for n, s in ours.items() if word in json.dumps([s["environment"], s["volumes"]])}

    assert holders("spoed_eigenaar") == {"migrate"}
    assert holders("SPOED_KOPIE_URL") == {"kopie"}
    assert holders("SPOED_HERSTEL_URL") == {"herstelproef"}
    assert holders("kopiesleutel") == {"kopie", "herstelproef"}
    assert holders("SPOED_DEMO") == set()


def test_no_password_has_a_default(compose):
    """Empty is allowed where it means that nobody can log in; a word is not."""
    text = (ROOT / "docker-compose.yml").read_text()
    defaults = re.findall(r"\$\{(?:WACHTWOORD_\w+|SPOED_GEHEIM|SPOED_SMS_SLEUTEL)(:[^}]*)?\}", text)
    assert defaults
    assert set(defaults) <= {":?", ":-"}


def test_the_proxy_keeps_no_address_of_a_page_and_speaks_new_tls_only():
    """The address of a pick-up page is half of its key, also in the line of an error."""
    words = (ROOT / "Caddyfile").read_text().split("\n")
    lines = [line.strip() for line in words if not line.startswith("#")]
    assert {"request>uri delete", "request>headers delete", "log default {"} <= set(lines)
    assert "log {" not in lines
    assert "protocols tls1.2 tls1.3" in lines
