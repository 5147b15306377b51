"""A browser that goes away halfway a save, an upload or a signature: nothing is lost by it."""

import re
import socket
import time
from contextlib import suppress
from urllib.parse import urlencode, urlsplit

import pytest
from playwright.sync_api import Error, expect

from tests.browser.conftest import PHONE
from tests.browser.ophaalstappen import link_to
from tests.browser.proefpatient import TANDARTS, open_report, seen
from tests.verslag.bijlagen import goed

TEKST = {
    "spoedklacht": "Hoek van de voortand na een val.",
    "bevindingen": "Element 11 incisaal afgebroken.",
    "diagnose": "Kroonfractuur 11.",
    "behandeling": "Composiet aangebracht.",
    "overig": "Medicijnen: geen.",
}
FORM = "form.verslagformulier"
VELDEN = f"""[...new FormData(document.querySelector("{FORM}"))]
    .filter(([naam]) => !["csrfmiddlewaretoken", "venster"].includes(naam))
    .map(([naam, waarde]) => [naam, typeof waarde === "string" ? waarde : null])"""
GRENS = "grens"
WOORD = "woord "


@pytest.fixture(scope="module")
def patienten(huis):
    return iter(seen(huis, 3))


@pytest.fixture
def patient(patienten):
    """A patient without a report, for one test."""
    return next(patienten)


def _fill(page) -> None:
    for name, text in TEKST.items():
        page.locator(f"[name='{name}']").fill(text)
    page.get_by_role("button", name="Bewaar concept").click()
    page.get_by_text("Het concept is bewaard.").wait_for()


def _saved_by_itself(page) -> tuple[str, bytes]:
    """Return (kind, body) of what autosave sends of this page."""
    fields = [(name, value) for name, value in page.evaluate(VELDEN) if value is not None]
    return "application/x-www-form-urlencoded", urlencode([*_token(page), *fields]).encode()


def _upload(page) -> tuple[str, bytes]:
    """Return (kind, body) of the same with a photo; the patient comes after the file."""
    parts = [_part(f'name="{name}"', value.encode()) for name, value in _token(page)]
    for name, value in page.evaluate(VELDEN):
        if value is None:
            parts.append(_part(f'name="{name}"; filename="foto.jpg"', goed.jpeg()))
        else:
            parts.append(_part(f'name="{name}"', value.encode()))
    return f"multipart/form-data; boundary={GRENS}", b"".join(parts) + f"--{GRENS}--\r\n".encode()


def _token(page) -> list[tuple[str, str]]:
    fields = ("csrfmiddlewaretoken", "venster")
    return [(name, page.locator(f"{FORM} [name='{name}']").input_value()) for name in fields]


def _part(head: str, content: bytes) -> bytes:
    lines = f"--{GRENS}\r\nContent-Disposition: form-data; {head}\r\n\r\n"
    return lines.encode() + content + b"\r\n"


def _send_half(page, huis, content_type: str, body: bytes, until: bytes) -> int:
    """Send the start of a form as this page would, go away, and return the status of the answer."""
    host = urlsplit(huis.adres)
    cookies = "; ".join(f"{row['name']}={row['value']}" for row in page.context.cookies())
    head = (
        f"POST {urlsplit(page.url).path} HTTP/1.1\r\nHost: {host.netloc}\r\nCookie: {cookies}\r\n"
        f"Referer: {page.url}\r\nContent-Type: {content_type}\r\nContent-Length: {len(body)}\r\n"
        "Connection: close\r\n\r\n"
    )
    with socket.create_connection((host.hostname, host.port), timeout=30) as connection:
        connection.sendall(head.encode() + body[: body.index(until) + len(until)])
        connection.shutdown(socket.SHUT_WR)
        return int(connection.makefile("rb").readline().split()[1])


def test_half_a_form_is_no_form(huis, open_page, patient):
    """What did not arrive was not emptied: not by autosave, and not by a photo on its way."""
    page = open_page(als=TANDARTS)
    url = open_report(page, huis, patient)
    _fill(page)
    before = page.evaluate(VELDEN)
    assert {"naam": patient.naam, **TEKST}.items() <= dict(before).items()
    halves = ((_saved_by_itself(page), b"&behandeling=Comp"), (_upload(page), b"JFIF"))
    for (content_type, body), until in halves:
        assert _send_half(page, huis, content_type, body, until) == 400
        page.goto(url)
        assert page.evaluate(VELDEN) == before
        expect(page.locator(".bijlage")).to_have_count(0)


def test_killed_during_the_second_save(huis, doomed, open_page, patient):
    """Somebody who never pauses is saved as well: what the first save sent is there."""
    page, kill = doomed(TANDARTS)
    url = open_report(page, huis, patient)
    sent: list[int] = []
    text = ""

    def count(request) -> None:
        if request.method == "POST":
            sent.append(len(text) - len(WOORD))
            if len(sent) == 2:
                kill()

    page.on("request", count)
    page.locator("#id_behandeling").focus()
    until = time.monotonic() + 20
    with suppress(Error):
        while time.monotonic() < until:
            text += WOORD
            page.keyboard.type(WOORD)
    assert len(sent) == 2
    again = open_page(als=TANDARTS)
    again.goto(url)
    kept = again.locator("#id_behandeling").input_value()
    assert text.startswith(kept)
    assert len(kept) >= sent[0] > 0


def test_killed_while_signing(huis, doomed, open_page, patient):
    """Signed once or not at all; and then the same press does it, once."""
    page, kill = doomed(TANDARTS)
    url = open_report(page, huis, patient)
    _fill(page)
    page.get_by_role("button", name="Verder: nalezen en ondertekenen").last.click()
    page.wait_for_url(re.compile("/tekenen/"))
    page.on("request", lambda request: request.method == "POST" and kill())
    with suppress(Error):
        page.get_by_role("button", name="Onderteken het verslag").click()

    again = open_page(als=TANDARTS, viewport=PHONE)
    again.goto(url.replace("/bewerken/", "/tekenen/"))
    expect(again.locator("main")).to_contain_text(TEKST["behandeling"])
    button = again.get_by_role("button", name="Onderteken het verslag")
    if button.count():
        button.click()
        again.wait_for_url(re.compile(r"/verslagen/[0-9a-f-]{36}/$"))
    again.goto(url.replace("bewerken/", ""))
    expect(again.locator(".versies li")).to_have_count(1)
    expect(again.locator(".overdracht", has_text=patient.email)).to_have_count(1)
    assert link_to(huis, patient.email)
