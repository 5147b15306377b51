"""The headers of every answer: page, refusal, error, download, static file (S27)."""

import copy
import os
import re
import runpy
from unittest import mock

import pytest
from django.conf import settings as live
from django.db import transaction
from django.test import override_settings
from django.urls import reverse

from kern import toegang
from spoeddienst.servers.instantie import CHECKOUT
from tests.huis.objecten import objects_of, route_kwargs
from tests.huis.observatory import parse_policy, score
from verslag.views.bijlage import BELEID

ADRES = "https://spoed.example"
HTTPS = {"X-Forwarded-Proto": "https"}
POLICY = {
    "default-src": {"'none'"},
    "script-src": {"'self'"},
    "style-src": {"'self'"},
    "img-src": {"'self'", "data:"},
    "font-src": {"'self'"},
    "connect-src": {"'self'"},
    "form-action": {"'self'"},
    "manifest-src": {"'self'"},
    "frame-ancestors": {"'none'"},
    "base-uri": {"'none'"},
}
UPLOADED = parse_policy(BELEID)
EXACT = {
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains; preload",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
ASKED_AGAIN = {"rooster:agenda_lezen"}
"""Kept by a calendar program that asks by ETag whether anything changed; holds no patient data."""

FORBIDDEN = ("Server", "X-Powered-By", "Access-Control-Allow-Origin", "Set-Cookie2")


@pytest.fixture(autouse=True)
def _https():
    """The product's own settings for an https address; nothing is repeated here."""
    with mock.patch.dict(os.environ, {"SPOED_ADRES": ADRES}):
        found = runpy.run_path(str(CHECKOUT / "spoeddienst" / "settings.py"))
    browser = re.compile(r"^(ADRES|PROXIES|(SECURE|SESSION_COOKIE|CSRF)_?.*|SECURE)$")
    wanted = {
        name: value
        for name, value in found.items()
        if browser.match(name) and getattr(live, name, None) != value
    }
    assert {"SECURE_HSTS_SECONDS", "SESSION_COOKIE_NAME", "CSRF_COOKIE_SECURE"} <= set(wanted)
    with override_settings(**wanted):
        yield


def faults(response, *, secure=True, cache="no-store") -> list[str]:
    """Return what is wrong with the headers of an answer."""
    headers, found = response.headers, []
    for name, value in EXACT.items():
        wanted = value if secure or name != "Strict-Transport-Security" else None
        if headers.get(name) != wanted:
            found.append(f"{name}: {headers.get(name)}")
    if not headers.get("X-Robots-Tag", "").startswith("noindex, nofollow"):
        found.append("X-Robots-Tag")
    policy = parse_policy(headers.get("Content-Security-Policy", ""))
    # What somebody uploaded is bound tighter, nothing is ever bound looser.
    if policy not in (POLICY, UPLOADED):
        found.append(f"Content-Security-Policy: {policy}")
    if not {"camera=()", "microphone=()", "geolocation=()"} <= set(
        headers.get("Permissions-Policy", "").split(", ")
    ):
        found.append("Permissions-Policy")
    if cache not in headers.get("Cache-Control", ""):
        found.append(f"Cache-Control: {headers.get('Cache-Control')}")
    found += [name for name in FORBIDDEN if name in headers]
    for name, cookie in response.cookies.items():
        flags = (cookie["secure"], cookie["httponly"], cookie["samesite"], cookie["path"])
        right = flags == (True, True, "Lax", "/") and not cookie["domain"]
        # A deleted cookie says no more than its name and its end.
        if cookie["max-age"] != 0 and not (right and name.startswith("__Host-")):
            found.append(f"{name}: {cookie.OutputString()}")
    return found


def _ask(client, method, url):
    cookies = copy.deepcopy(client.cookies)
    with transaction.atomic():
        response = client.generic(method, url, headers=HTTPS)
        transaction.set_rollback(True)
    client.cookies = cookies
    return response


@pytest.mark.traag
def test_every_route_has_every_header(request, als, kring, tandarts):
    objects = objects_of(kring, tandarts)
    persons = ("triagist", "tandarts_gebruiker", "beheerder", "vreemde")
    clients = [als(), *(als(request.getfixturevalue(name)) for name in persons)]
    seen: dict[int, int] = {}
    for row in toegang.table():
        if row.prefix or row.route.startswith("demo:"):
            continue
        url = reverse(row.route, kwargs=route_kwargs(row.route, objects))
        for method in [*row.methoden, "HEAD", "OPTIONS", "PUT", "TRACE"]:
            # A method that the table lacks is refused before anyone looks at the person.
            for client in clients if method in row.methoden else clients[::2]:
                response = _ask(client, method, url)
                asked_again = row.route in ASKED_AGAIN and response.status_code == 200
                found = faults(response, cache="no-cache, private" if asked_again else "no-store")
                assert not found, (method, url, response.status_code, found)
                seen[response.status_code] = seen.get(response.status_code, 0) + 1
    assert {200, 302, 403, 404, 405} <= set(seen), seen


@pytest.fixture
def page(als, kring, triagist):
    client = als(triagist)
    client.raise_request_exception = False
    return lambda url, **more: client.get(url, headers=HTTPS | more.pop("headers", {}), **more)


def test_not_modified(page, kring):
    url = f"/k/{kring.slug}/triage/fragment/"
    stand = page(url).context["etag"]
    response = page(url, headers={"If-None-Match": stand})
    assert (response.status_code, faults(response)) == (304, [])


@pytest.mark.parametrize(
    ("url", "status"),
    [("/?q=%00", 400), ("/bestaat-niet/", 404), ("/static/bestaat-niet.css", 404), ("/k/", 404)],
)
def test_wrong_address(page, url, status):
    response = page(url)
    assert (response.status_code, faults(response)) == (status, [])


@pytest.mark.parametrize("secure", [True, False])
def test_wrong_host(page, secure):
    proto = {"X-Forwarded-Proto": "https" if secure else "http"}
    response = page("/", headers={"Host": "kwaad.example"} | proto)
    # Refused before anything is known of the connection, so without HSTS.
    assert (response.status_code, faults(response, secure=secure)) == (400, [])


def test_plain_http_is_sent_to_https(page):
    response = page("/", headers={"X-Forwarded-Proto": "http"})
    assert response.status_code == 301
    assert response.headers["Location"].startswith("https://")
    assert faults(response, secure=False) == []


def test_form_without_token(triagist, kring):
    from tests.conftest import KringClient

    client = KringClient(enforce_csrf_checks=True)
    client.force_login(triagist)
    response = client.post("/aanmelden/", {"login": "x"}, headers=HTTPS)
    assert (response.status_code, faults(response)) == (403, [])


def test_form_that_is_too_big(als, triagist):
    body = "&".join(f"v{n}=1" for n in range(1_000))
    response = als().post(
        "/aanmelden/", body, content_type="application/x-www-form-urlencoded", headers=HTTPS
    )
    assert (response.status_code, faults(response)) == (400, [])


@override_settings(ACCOUNT_RATE_LIMITS={"login": "1/m/ip"})
def test_too_many_attempts(als, db):
    for _ in range(3):
        response = als().post(
            "/aanmelden/", {"login": "a@b.example", "password": "x" * 12}, headers=HTTPS
        )
    assert (response.status_code, faults(response)) == (429, [])


def test_our_own_fault(page):
    with mock.patch("spoeddienst.views.HttpResponse", side_effect=RuntimeError):
        response = page("/gezond/")
    assert (response.status_code, faults(response)) == (500, [])


def test_health_without_https(page):
    """The health check comes over the inner network."""
    response = page("/gezond/", headers={"X-Forwarded-Proto": "http"})
    assert (response.status_code, faults(response, secure=False)) == (200, [])


def test_admin(als, beheerder):
    client = als(beheerder)
    for url in ("/beheer/", "/beheer/kring/deelnemer/", "/beheer/bestaat-niet/"):
        response = client.get(url, headers=HTTPS)
        assert faults(response) == [], url
    assert client.get("/beheer/", headers=HTTPS).status_code == 200


def test_pdf_is_a_download_that_no_one_keeps(als, kring, tandarts):
    objects = objects_of(kring, tandarts)
    response = als(tandarts.gebruiker).post(
        reverse("verslag:pdf", kwargs=route_kwargs("verslag:pdf", objects)), headers=HTTPS
    )
    assert response.headers["Content-Type"] == "application/pdf"
    assert (response.status_code, faults(response)) == (200, [])


def test_pick_up_of_a_stranger(als, kring):
    response = als().get(f"/k/{kring.slug}/ophalen/onbekend/", headers=HTTPS)
    assert response.status_code in (200, 404)
    assert faults(response) == []


def test_static_files_are_kept_but_guarded(als, db, settings):
    product = runpy.run_path(str(CHECKOUT / "spoeddienst" / "settings.py"))["MIDDLEWARE"]
    settings.MIDDLEWARE = product
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True
    response = als().get("/static/favicon.svg", headers=HTTPS)
    assert (response.status_code, faults(response, cache="")) == (200, [])
    assert "max-age" in response.headers["Cache-Control"]
    assert "no-store" not in response.headers["Cache-Control"]
    response.close()


@pytest.mark.parametrize(
    ("url", "parts"),
    [
        ("/aanmelden/", {"csp": 10, "cookies": 5, "referrer": 5, "frames": 5, "corp": 10}),
        ("/gezond/", {"csp": 10, "referrer": 5, "frames": 5, "corp": 10}),
    ],
)
def test_score_of_the_observatory(als, db, url, parts):
    points, given = score(als().get(url, headers=HTTPS))
    assert {name: value for name, value in given.items() if value} == parts
    assert points >= 130


@pytest.mark.parametrize(
    ("header", "value", "cost"),
    [
        ("Content-Security-Policy", "", 35),
        ("Content-Security-Policy", "default-src 'self' 'unsafe-inline'", 35),
        ("Strict-Transport-Security", "max-age=0", 20),
        ("Referrer-Policy", "unsafe-url", 10),
        ("X-Content-Type-Options", "", 5),
    ],
)
def test_the_score_falls_when_a_header_goes(als, db, header, value, cost):
    response = als().get("/gezond/", headers=HTTPS)
    response.headers[header] = value
    assert score(response)[0] <= 130 - cost
    assert faults(response)


def test_faults_sees_a_loose_cookie(als, db):
    response = als().get("/aanmelden/", headers=HTTPS)
    assert faults(response) == []
    next(iter(response.cookies.values()))["secure"] = ""
    assert faults(response)
