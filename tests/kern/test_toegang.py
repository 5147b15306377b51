"""The access table: undeclared doors stay shut, the check finds them, the menu follows."""

from datetime import timedelta

import pytest
from django.core.checks import run_checks
from django.db import connection
from django.db.models.functions import Now
from django.urls import path
from django.urls.resolvers import get_resolver

from kern import checks, toegang
from kern.management.commands.bezorg import beat
from kern.models import Hartslag, Logregel
from kern.toegang import Doel, Mag, Menu, Regel, Rol, regel
from spoeddienst import views


def test_no_route_is_undeclared():
    assert [e.msg for e in checks.check_routes_declared(None)] == []


def test_a_planted_route_is_found(monkeypatch):
    resolver = get_resolver()
    planted = [*resolver.url_patterns, path("gat/", views.home, name="gat")]
    monkeypatch.setitem(resolver.__dict__, "url_patterns", planted)
    errors = checks.check_routes_declared(None)
    assert "Route 'gat' staat niet in de toegangstabel." in [e.msg for e in errors]


def test_a_row_without_a_route_is_found(monkeypatch):
    rows = (*toegang.table(), regel("kring:bestaat_niet", Rol.FG))
    monkeypatch.setattr(toegang, "table", lambda: rows)
    errors = checks.check_routes_declared(None)
    assert [e.id for e in errors] == ["kern.E002"]


def test_database_checks_are_clean(db):
    # The demo's own check rightly objects to the host name of the test client.
    errors = run_checks(databases=["default"])
    assert [e for e in errors if e.id != "demo.E010"] == []


@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        ("DROP POLICY kring ON triage_patient", "kern.E003"),
        ("ALTER TABLE triage_patient NO FORCE ROW LEVEL SECURITY", "kern.E003"),
        ("ALTER TABLE triage_patient DISABLE ROW LEVEL SECURITY", "kern.E003"),
        ("ALTER TABLE triage_oproep DROP CONSTRAINT triage_oproep_patient_id_kring", "kern.E004"),
    ],
)
def test_a_planted_hole_in_the_wall_is_found(echte_db, damage, expected):
    from tests import databank

    with databank.superuser_of(connection.settings_dict["NAME"]) as owner:
        owner.execute(damage)
    assert [e.id for e in checks.check_row_level_security(None, ["default"])] == [expected]


def test_method_outside_the_table_is_refused(als, kring, triagist):
    response = als(triagist).delete(f"/k/{kring.slug}/")
    assert (response.status_code, response["Allow"]) == (405, "GET")
    assert "Ga terug naar de vorige pagina" in response.content.decode()


def test_head_counts_as_get(als, kring, triagist):
    assert als(triagist).head(f"/k/{kring.slug}/").status_code == 200


def test_another_kring_does_not_exist(als, kring, vreemde):
    assert als(vreemde).get(f"/k/{kring.slug}/").status_code == 404


@pytest.mark.parametrize("person", ["uitgenodigde", "beeindigde"])
def test_only_active_memberships_open_doors(request, als, kring, person):
    client = als(request.getfixturevalue(person))
    assert client.get(f"/k/{kring.slug}/").status_code == 404


def test_ended_membership_works_on_the_next_request(als, kring, triagist):
    client = als(triagist)
    assert client.get(f"/k/{kring.slug}/").status_code == 200
    triagist.lidmaatschappen.update(status="beeindigd")
    assert client.get(f"/k/{kring.slug}/").status_code == 404


def test_anonymous_is_sent_to_the_login(als, kring):
    response = als().get(f"/k/{kring.slug}/")
    assert response.headers["Location"] == f"/aanmelden/?next=/k/{kring.slug}/"


def test_without_second_factor_only_enrolment_opens(als, kring, triagist):
    client = als(triagist, tweede_factor=False)
    for url in (f"/k/{kring.slug}/", "/", "/aanmelden/herstelcodes/", "/beheer/"):
        assert client.get(url).headers["Location"] == "/aanmelden/beveiliging/app/"


def test_a_refused_role_is_logged(als, kring, triagist):
    response = als(triagist).get(f"/k/{kring.slug}/logboek/")
    assert response.status_code == 403
    line = Logregel.objects.get(gebeurtenis="toegang.geweigerd")
    assert (line.gebruiker_id, line.uitkomst) == (triagist.pk, "geweigerd")


def test_every_page_may_not_be_stored_or_framed(als, kring, triagist):
    headers = als(triagist).get(f"/k/{kring.slug}/").headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Frame-Options"] == "DENY"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]


def test_nul_byte_in_a_link_is_a_clear_400(als, kring, triagist):
    response = als(triagist).get(f"/k/{kring.slug}/?q=%00")
    assert response.status_code == 400
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Frame-Options"] == "DENY"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


@pytest.mark.django_db
@pytest.mark.parametrize("url", ["/", "/gezond/", "/aanmelden/", "/nergens/"])
def test_nul_byte_in_a_cookie_is_a_clear_400(client, settings, url):
    # A quoted cookie may hold an octal escape, which the parser turns into the byte itself.
    cookie = f'{settings.SESSION_COOKIE_NAME}="abcdefgh\\000"'
    assert client.get(url, HTTP_COOKIE=cookie).status_code == 400


def test_menu_shows_only_what_the_role_may_open(monkeypatch):
    rows = (
        regel("b", Rol.FG, menu=Menu("B", 2)),
        regel("a", Rol.FG, Rol.TRIAGE, menu=Menu("A", 1)),
        Regel("c", {"GET": Mag(openbaar=True, doel=Doel.OPENBAAR)}),
    )
    monkeypatch.setattr(toegang, "table", lambda: rows)
    assert [r.route for r in toegang.menu_rows(frozenset({Rol.FG}))] == ["a", "b"]
    assert [r.route for r in toegang.menu_rows(frozenset({Rol.TRIAGE}))] == ["a"]
    assert toegang.menu_rows(frozenset()) == []


def test_a_silent_sweeper_shows_on_every_page(als, kring, triagist):
    client = als(triagist)
    sentence = "Verslagen worden nu niet bezorgd"
    pages = [f"/k/{kring.slug}/", f"/k/{kring.slug}/triage/", "/meldkamer/", "/aanmelden/sessies/"]
    for page in pages:
        assert sentence in client.get(page).content.decode(), page
    beat()
    for page in pages:
        html = client.get(page).content.decode()
        assert sentence not in html, page
        # Open all night, the page asks by itself.
        assert 'hx-get="/bezorger/?stil=0"' in html, page


def test_the_strip_of_an_open_page_follows_the_sweeper(als, kring, triagist):
    client = als(triagist)
    assert client.get("/bezorger/", {"stil": "1"}).status_code == 204
    assert "worden nu niet bezorgd" in client.get("/bezorger/", {"stil": "0"}).content.decode()
    beat()
    assert client.get("/bezorger/", {"stil": "0"}).status_code == 204
    mended = client.get("/bezorger/", {"stil": "1"}).content.decode()
    assert "worden nu niet bezorgd" not in mended
    assert 'id="bezorgerstrook"' in mended
    Hartslag.objects.update(tijdstip=Now() - timedelta(seconds=31))
    assert client.get("/bezorger/", {"stil": "0"}).status_code == 200


def test_the_strip_asks_nothing_of_who_is_not_all_the_way_in(als, triagist):
    half = als(triagist, tweede_factor=False).get("/aanmelden/beveiliging/app/", follow=True)
    assert "/bezorger/" not in half.content.decode()
    assert "/bezorger/" not in als().get("/aanmelden/").content.decode()


def test_a_wall_shows_the_strip(als, kring, triagist):
    client = als(triagist)
    wall = client.post("/meldkamer/wand/begin/", follow=True).content.decode()
    assert "Verslagen worden nu niet bezorgd" in wall
    assert client.get("/bezorger/", {"stil": "0"}).status_code == 200
