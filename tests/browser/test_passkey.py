"""A passkey in a real browser, with a virtual authenticator: enrolled, used alone, used again."""

import re

from tests.browser.conftest import log_in

NAAM = "Sanne de Wit"
NAAR_BINNEN = re.compile(r"/k/|/$")


class Localhost:
    """The same house under a name: a browser gives no passkey to an address of numbers."""

    def __init__(self, huis):
        self.adres = huis.adres.replace("127.0.0.1", "localhost")


def authenticator(page):
    """Put a device with a fingerprint reader into the browser; return (session, its number)."""
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    return cdp, cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options})[
        "authenticatorId"
    ]


def press(page, naam: str) -> None:
    page.get_by_role("button", name=naam).press("Enter")


def test_a_passkey_from_enrolment_to_login(huis, open_page):
    adres = Localhost(huis).adres
    page = open_page()
    cdp, number = authenticator(page)
    log_in(page, Localhost(huis), NAAM)
    page.goto(f"{adres}/aanmelden/beveiliging/passkey/")
    page.get_by_label("Hoe noem je deze passkey?").fill("Werktelefoon")
    press(page, "Passkey maken")
    page.wait_for_url(re.compile(r"/aanmelden/(herstelcodes|beveiliging)/$"))
    page.goto(f"{adres}/aanmelden/beveiliging/")
    assert page.get_by_text("Werktelefoon", exact=True).count() == 1

    page.context.clear_cookies()
    page.goto(f"{adres}/aanmelden/")
    cdp.send("WebAuthn.setUserVerified", {"authenticatorId": number, "isUserVerified": False})
    press(page, "Inloggen met een passkey")
    page.get_by_text("Dit is niet gelukt").wait_for()
    assert page.url == f"{adres}/aanmelden/"

    cdp.send("WebAuthn.setUserVerified", {"authenticatorId": number, "isUserVerified": True})
    press(page, "Inloggen met een passkey")
    page.wait_for_url(NAAR_BINNEN)
    assert page.locator(".kop__naam").inner_text() == NAAM

    page.goto(f"{adres}/aanmelden/sessies/")
    assert page.get_by_text("dit apparaat").count() == 1
