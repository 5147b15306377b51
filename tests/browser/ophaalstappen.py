"""The steps of whoever picks a report up: the mail, the code on the telephone, the page."""

import re
from email import message_from_bytes
from email.policy import default

from tests.browser.conftest import press, tab_to
from tests.servers.hulp import wait_for

SECONDS = 30


def link_to(huis, email: str) -> str:
    """Return the pick-up link that was mailed to this address."""
    return wait_for(lambda: _link_in(huis, email), SECONDS)


def _link_in(huis, email: str) -> str:
    for content in huis.mails():
        mail = message_from_bytes(content, policy=default)
        if email in (mail["To"] or ""):
            link = re.search(r"http\S+/ophalen/\S+?/", mail.get_body(("plain",)).get_content())
            return link[0] if link else ""
    return ""


def code_to(huis, telefoon: str) -> str:
    """Return the newest code that was sent to this number (E.164)."""
    return wait_for(lambda: _code_in(huis, telefoon), SECONDS)


def _code_in(huis, telefoon: str) -> str:
    texts = [row["tekst"] for row in huis.smsen() if row["telefoon"] == telefoon]
    found = [match[1] for text in texts if (match := re.search(r"code is (\d{6})", text))]
    return found[-1] if found else ""


def open_package(page, huis, link: str, *, telefoon: str, secret: str) -> None:
    """Follow the link, ask for the code, type it; `secret` is shown after it and not before."""
    page.goto(link)
    assert secret not in page.content()
    press(page, "form button")
    page.locator("[name='code']").wait_for()
    assert secret not in page.content()
    tab_to(page, "[name='code']")
    page.keyboard.type(code_to(huis, telefoon))
    page.keyboard.press("Enter")
    page.get_by_text(secret).first.wait_for()


def download(page, selector: str) -> tuple[str, bytes]:
    """Press a button that gives a file; return its name and its bytes."""
    with page.expect_download() as caught:
        press(page, selector)
    return caught.value.suggested_filename, caught.value.path().read_bytes()
