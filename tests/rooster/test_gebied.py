"""The area: distances, the picture, the form, and the routing service as a contract."""

import json
import ssl
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from kern.models import Logregel
from rooster.gebied.kaart import draw
from rooster.gebied.regels import Bereik, Schatting, check_area, distance, places
from rooster.gebied.reistijd import OsrmReistijd, ReistijdFout
from rooster.models import Gebied
from spoeddienst.demo import mailserver
from tests.factories import DeelnemerFactory

DOM, AMSTERDAM_CS = "3512", "1012"


def test_the_crow_flies_from_utrecht_to_amsterdam():
    assert distance(places()[DOM], places()[AMSTERDAM_CS]) == pytest.approx(35, abs=2)
    assert distance(places()[DOM], places()[DOM]) == 0


def test_the_estimate_lies_near_the_road():
    """Utrecht centre to Amsterdam centre is 45 to 65 minutes; next door is a few."""
    [far, near] = Schatting().minutes([places()[AMSTERDAM_CS], places()["3511"]], places()[DOM])
    assert 45 < far < 70
    assert near < 10


def test_the_furthest_come_first_and_one_without_a_road_before_all():
    bereik = Bereik("A", "3512AB", places()[DOM], {"1": 50.0, "2": None, "3": 61.0, "4": 10.0}, 45)
    assert bereik.te_ver == ["2", "3", "1"]
    assert bereik.verste == ("3", 61.0)


def test_a_practice_with_an_unknown_postcode_is_not_judged():
    [bereik] = check_area([DOM], [("A", "0000ZZ")], 45, Schatting())
    assert (bereik.plek, bereik.verste, bereik.te_ver) == (None, None, [])


def test_the_picture_fits_its_frame_and_tells_far_from_near():
    codes = [DOM, "3511", AMSTERDAM_CS]
    kaart = draw(codes, check_area(codes, [("A", "3512AB"), ("B", "3512CD")], 30, Schatting()))
    assert [(stip.postcode, stip.stand) for stip in kaart.stippen] == [
        (DOM, "dichtbij"),
        ("3511", "dichtbij"),
        (AMSTERDAM_CS, "te_ver"),
    ]
    assert [huis.namen for huis in kaart.huizen] == ["A, B"]
    for spot in [*kaart.stippen, *kaart.huizen]:
        assert 0 < spot.x < kaart.breedte
        assert 0 < spot.y < kaart.hoogte
    # Amsterdam lies north-west of Utrecht.
    assert kaart.stippen[2].y < kaart.stippen[0].y
    assert kaart.stippen[2].x < kaart.stippen[0].x
    assert draw([], []) is None


# --- pages


def page(kring, path=""):
    return f"/k/{kring.slug}/rooster/gebied/{path}"


@pytest.fixture
def area(kring):
    DeelnemerFactory(kring=kring, naam="Praktijk Dom", postcode="3512JE")
    return Gebied.objects.create(kring=kring, postcodes=["1012", "3511", "3512"], grens=30)


@pytest.mark.django_db
def test_the_page_names_practice_and_postcodes_too_far(kring, als, triagist, area):
    html = als(triagist).get(page(kring)).content.decode()
    assert "Praktijk Dom" in html
    assert "schatting" in html
    assert "1012" in html
    assert "gebied__ver" in html
    assert page(kring, "wijzigen/") not in html


@pytest.mark.django_db
def test_the_coordinator_types_ranges(kring, als, coordinator):
    typed = {"postcodes": "3511-3513, 3521\n3524", "grens": "45"}
    assert als(coordinator).post(page(kring, "wijzigen/"), typed).status_code == 302
    row = Gebied.objects.get()
    assert row.postcodes == ["3511", "3512", "3513", "3521", "3524"]
    assert Logregel.objects.filter(gebeurtenis="gebied.opgeslagen").count() == 1
    again = als(coordinator).get(page(kring, "wijzigen/")).content.decode()
    assert "3511-3513, 3521, 3524" in again


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "field"),
    [
        (("35", "45"), "postcodes"),
        (("3513-3511", "45"), "postcodes"),
        (("9999-x", "45"), "postcodes"),
        (("0001", "45"), "postcodes"),
        (("1000-9999", "45"), "postcodes"),
        ((" , ", "45"), "postcodes"),
        (("3512", "20"), "grens"),
        (("3512", "61"), "grens"),
        (("3512", "veel"), "grens"),
    ],
)
def test_what_cannot_be_is_told_at_the_field_and_kept(kring, als, coordinator, values, field):
    typed = dict(zip(("postcodes", "grens"), values, strict=True))
    response = als(coordinator).post(page(kring, "wijzigen/"), typed)
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {field}
    assert values[0].strip() in response.content.decode()
    assert not Gebied.objects.exists()


@pytest.mark.django_db
def test_only_the_coordinator_changes_it_and_only_the_own_kring(
    kring, als, triagist, vreemde, area
):
    assert als(triagist).get(page(kring, "wijzigen/")).status_code == 403
    assert als(vreemde).get(page(kring)).status_code == 404


@pytest.mark.django_db
def test_a_silent_routing_service_gives_the_estimate_and_says_so(
    kring, als, triagist, area, settings
):
    settings.ROOSTER_REISTIJD = "rooster.gebied.reistijd.OsrmReistijd"
    settings.ROUTE_URL = ""
    html = als(triagist).get(page(kring)).content.decode()
    assert "routedienst antwoordt niet" in html
    assert "Praktijk Dom" in html


# --- the contract with a routing service (OSRM, table service)


@contextmanager
def running(papers, answer):
    seen = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            seen.append(self.path)
            status, body, headers = answer(self.path)
            data = body if isinstance(body, bytes) else json.dumps(body).encode()
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *args):
            """Keep the output of the tests clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(papers.certificate, papers.key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"https://localhost:{server.server_port}", seen
    finally:
        server.shutdown()
        thread.join(10)
        server.server_close()


@pytest.fixture
def papers(tmp_path, monkeypatch):
    made = mailserver.make_papers(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(made.ca))
    return made


def table(path):
    """Answer as OSRM does: a row per place, one column, seconds; the places after the last row."""
    points = path.split("/driving/")[1].split("?")[0].split(";")
    return 200, {"code": "Ok", "durations": [[60.0 * n] for n in range(len(points))]}, {}


@pytest.mark.traag
def test_minutes_come_in_the_order_asked_and_in_parts(papers, settings):
    with running(papers, table) as (url, seen):
        settings.ROUTE_URL = url
        codes = sorted(places())[:100]
        found = OsrmReistijd().minutes([places()[code] for code in codes], places()[DOM])
    assert found == [float(n) for n in range(90)] + [float(n) for n in range(10)]
    assert len(seen) == 2
    assert seen[0].endswith("?destinations=90")
    # Longitude first, as OSRM wants it.
    assert seen[0].split("/driving/")[1].startswith("4.9")


@pytest.mark.traag
@pytest.mark.parametrize(
    "answer",
    [
        lambda path: (500, {}, {}),
        lambda path: (200, b"<html>", {}),
        lambda path: (200, {"code": "NoTable"}, {}),
        lambda path: (200, {"durations": []}, {}),
        lambda path: (200, {"durations": [["x"], [0]]}, {}),
        lambda path: (302, {}, {"Location": "https://elders.example/"}),
    ],
)
def test_an_answer_that_cannot_be_used_is_one_clear_fault(papers, settings, answer):
    with running(papers, answer) as (url, _seen):
        settings.ROUTE_URL = url
        with pytest.raises(ReistijdFout):
            OsrmReistijd().minutes([places()["3511"]], places()[DOM])


@pytest.mark.traag
def test_a_place_without_a_road_is_none(papers, settings):
    with running(papers, lambda path: (200, {"durations": [[None], [0]]}, {})) as (url, _seen):
        settings.ROUTE_URL = url
        assert OsrmReistijd().minutes([places()["3511"]], places()[DOM]) == [None]


def test_nothing_is_asked_over_plain_http(settings):
    settings.ROUTE_URL = "http://localhost:1"
    with pytest.raises(ReistijdFout):
        OsrmReistijd().minutes([places()["3511"]], places()[DOM])
