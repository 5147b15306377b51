"""The BIG register: outside our walls, so behind an adapter with a contract test (RO-8).

An adapter has `bron` and `look_up(big_nummer)`, which returns what the register says, or None when
a person must look it up and note it. Without `SPOED_BIG_URL` a person does: `Handmatig`.
"""

import re
from datetime import date
from enum import StrEnum
from typing import Protocol
from xml.etree.ElementTree import Element  # nosec B405  the type only; defusedxml reads

from defusedxml.ElementTree import ParseError, fromstring
from django.conf import settings
from django.utils.module_loading import import_string

from kern import https
from kern.tijd import db_now, to_local

TANDARTS = "02"
"""The code of the profession in the register."""
NAMEN = "{http://services.cibg.nl/ExternalUser}"
VRAAG = """<?xml version="1.0" encoding="utf-8"?>
<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"
 xmlns:r="http://services.cibg.nl/ExternalUser"><s:Body><r:listHcpApproxRequest>
<r:WebSite>Ribiz</r:WebSite><r:RegistrationNumber>{nummer}</r:RegistrationNumber>
</r:listHcpApproxRequest></s:Body></s:Envelope>"""
ACTIE = "http://services.cibg.nl/ExternalUser/ListHcpApprox4"


class Uitslag(StrEnum):
    """What the register says; the values are those of `Bigcontrole.Uitkomst`."""

    INGESCHREVEN = "ingeschreven"
    BEPERKT = "beperkt"
    NIET = "niet"


class RegisterZwijgt(Exception):
    """No answer that can be used: not reachable, too slow, or not what was agreed."""


class Bigregister(Protocol):
    bron: str

    def look_up(self, big_nummer: str) -> Uitslag | None:
        """Return what the register says of this number, None when a person must look."""


class Handmatig:
    """No service: the coordinator looks on bigregister.nl and notes what it says."""

    bron = "handmatig"

    def look_up(self, big_nummer: str) -> Uitslag | None:
        return None


class CibgRegister:
    """The public SOAP service of the register (`SPOED_BIG_URL`), over https."""

    bron = "register"

    def look_up(self, big_nummer: str) -> Uitslag | None:
        """Ask for one number; only the number leaves the house."""
        if not re.fullmatch(r"[0-9]{11}", big_nummer):
            raise RegisterZwijgt("geen BIG-nummer")
        if not settings.BIG_URL.startswith("https://"):
            raise RegisterZwijgt("SPOED_BIG_URL is niet ingesteld")
        try:
            answer = https.ask(
                settings.BIG_URL,
                data=VRAAG.format(nummer=big_nummer).encode(),
                headers={"Content-Type": "text/xml; charset=utf-8", "SOAPAction": f'"{ACTIE}"'},
            )
            return read_answer(answer, big_nummer, to_local(db_now()).date())
        except (OSError, ParseError, ValueError) as error:
            raise RegisterZwijgt(f"BIG-register: {type(error).__name__}") from error


def read_answer(body: bytes, big_nummer: str, vandaag: date) -> Uitslag:
    """Return what an answer says of this number on this day. Raises ValueError, ParseError."""
    # An answer with a doctype is a ValueError: the register sends none, and entities do harm.
    root = fromstring(body, forbid_dtd=True)
    if root.find(f".//{NAMEN}ListHcpApprox") is None:
        raise ValueError("geen antwoord van het register")
    for person in root.iter():
        if not re.fullmatch(rf"{re.escape(NAMEN)}ListHcpApprox[0-9]", person.tag):
            continue
        if any(_is_dentist(row, big_nummer, vandaag) for row in _rows(person, "Article")):
            limits = [*_rows(person, "JudgmentProvision"), *_rows(person, "Limitation")]
            # Of this registration or of all: whoever is limited at all is looked at by a person.
            hit = any(_holds(row, "StartDate", "EndDate", vandaag) for row in limits)
            return Uitslag.BEPERKT if hit else Uitslag.INGESCHREVEN
    return Uitslag.NIET


def _rows(person: Element, naam: str) -> list[Element]:
    tag = "ArticleRegistrationExtApp" if naam == "Article" else f"{naam}ExtApp"
    return list(person.iter(f"{NAMEN}{tag}"))


def _is_dentist(row: Element, big_nummer: str, vandaag: date) -> bool:
    nummer = _text(row, "ArticleRegistrationNumber").split(".")[0].zfill(11)
    return (
        nummer == big_nummer
        and _text(row, "ProfessionalGroupCode") == TANDARTS
        and _holds(row, "ArticleRegistrationStartDate", "ArticleRegistrationEndDate", vandaag)
    )


def _holds(row: Element, begin: str, einde: str, vandaag: date) -> bool:
    """Whether a row counts today; the register writes the year 1 for "no date"."""
    first, last = _day(row, begin), _day(row, einde)
    return (first is None or first <= vandaag) and (last is None or last >= vandaag)


def _day(row: Element, naam: str) -> date | None:
    text = _text(row, naam)[:10]
    day = date.fromisoformat(text) if text else None
    return day if day and day.year > 1 else None


def _text(row: Element, naam: str) -> str:
    return (row.findtext(f"{NAMEN}{naam}") or "").strip()


def bigregister() -> Bigregister:
    """Return the adapter of the settings."""
    return import_string(settings.BIG_REGISTER)()
