"""What the links of one night share: the people, the patient, and what was found on the way."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from kern.tenancy import kring_context
from kern.tijd import db_now
from kring.models import Gebruiker, Kring, Lidmaatschap
from spoeddienst.demo.gegevens.accounts import WACHTWOORD, totp_seed
from spoeddienst.demo.gegevens.kringen import RIJNMOND, VECHTSTREEK
from spoeddienst.demo.rondgang.client import Bezoeker, Mis, Waarden
from spoeddienst.demo.rondgang.pagina import Pagina
from spoeddienst.demo.totp import seconds_left, totp_code

T = TypeVar("T")

# Odd enough that a search for it in mail, text message or log cannot hit by chance.
PATIENT: dict[str, str] = {
    "naam": "Wilhelmina van Proefhuizen",
    "geboortedatum": "17-03-1991",
    "adres": "Nachtegaalsteeg 77",
    "postcode": "3621 XZ",
    "woonplaats": "Nieuwer ter Aa",
    "telefoon": "06 00917733",
    "bsn": "999999916",
}
GEHEIM = (
    *("Proefhuizen", "Wilhelmina", "Nachtegaalsteeg", "3621", "Nieuwer ter Aa", "917733"),
    *("999999916", "17-03-1991", "1991-03-17", "17 mrt 1991", "avulsie", "Avulsie", "geavulseerd"),
)
"""Strings of which none may leave the house."""


@dataclass
class Nacht:
    """One night in the demo kring."""

    adres: str
    geduld: float = 20
    """Seconds to wait for what the background processes do."""
    begin: datetime = field(default_factory=db_now)
    triage: Bezoeker = field(init=False)
    tandarts: Bezoeker = field(init=False)
    ophaler: Bezoeker = field(init=False)
    oproep: str = ""
    """The id of the call."""
    oproep_url: str = ""
    tandarts_id: str = ""
    eigen_tandarts_id: str = ""
    verslag: str = ""
    verslag_url: str = ""
    ophaal_url: str = ""
    foto: bytes = b""
    gelogd_voor: int = 0

    def __post_init__(self) -> None:
        self.triage, self.tandarts, self.ophaler = (Bezoeker(self.adres) for _ in range(3))
        self.kring = Kring.objects.filter(slug=VECHTSTREEK.slug).first()
        self.andere_kring = Kring.objects.filter(slug=RIJNMOND.slug).first()
        if self.kring is None or self.andere_kring is None:
            raise Mis("de demogegevens zijn niet geladen; draai eerst laad_demo")

    @property
    def pad(self) -> str:
        return f"/k/{self.kring.slug}"

    @contextmanager
    def rijen(self) -> Iterator[None]:
        """Look behind the scenes: the rows of our kring."""
        with kring_context(self.kring.pk):
            yield

    def iemand(self, rol: str, kring: Kring | None = None) -> Gebruiker:
        """Return a demo person with this role and no work in another kring."""
        kring = kring or self.kring
        with kring_context(kring.pk):
            row = (
                Lidmaatschap.objects.active()
                .filter(kring=kring, rol=rol, gebruiker__email__endswith=f"{kring.slug}.example")
                .order_by("gebruiker__naam")
                .first()
            )
            if row is None:
                raise Mis(f"{kring} heeft niemand met de rol {rol}")
            return row.gebruiker

    def meld_aan(self, bezoeker: Bezoeker, gebruiker: Gebruiker, doel: str) -> Pagina:
        """Log in as people do, with password and code, on the way to a page."""
        pagina = bezoeker.bekijk(doel)
        aanmelding: Waarden = {"login": gebruiker.email, "password": WACHTWOORD}
        pagina = bezoeker.stuur(pagina, "aanmelden", aanmelding)
        eis(
            pagina.formulier("code"),
            f"na het wachtwoord van {gebruiker} komt geen vraag om een code",
        )
        seed = totp_seed(gebruiker.email)
        if seconds_left() < 2:
            time.sleep(seconds_left() + 0.1)
        pagina = bezoeker.stuur(pagina, "code", {"code": totp_code(seed)})
        if pagina.formulier("code") is not None:
            # A code works once; someone may have used this one a moment ago.
            time.sleep(seconds_left() + 0.1)
            pagina = bezoeker.stuur(pagina, "code", {"code": totp_code(seed)})
        eis(pagina.formulier("code") is None, f"inloggen als {gebruiker} lukt niet: code geweigerd")
        return bezoeker.bekijk(doel)

    def wacht(self, vind: Callable[[], T | None], klacht: str) -> T:
        """Look again and again until something is there, or give up with this sentence."""
        deadline = time.monotonic() + self.geduld
        while (found := vind()) is None:
            if time.monotonic() > deadline:
                raise Mis(f"{klacht} (gewacht: {self.geduld:.0f} s)")
            time.sleep(0.2)
        return found


def eis(voorwaarde: object, zin: str) -> None:
    """Hold a link to its promise."""
    if not voorwaarde:
        raise Mis(zin)
