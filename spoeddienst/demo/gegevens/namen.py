"""Invented people: Dutch names with tussenvoegsels and diacritics, numbers nobody can own.

Telephone: Dutch subscriber numbers never start with 0, and 06-0 is given to nobody. BSN: the
9999 range that passes the 11-test but is never issued. BIG and AGB numbers start with 999.
"""

import random
import re
import unicodedata
from collections.abc import Collection
from itertools import count

from stdnum.nl import bsn

SEED = 20261122

VOORNAMEN = (
    *("Anouk", "Bram", "Céline", "Daan", "Esmée", "Femke", "Gijs", "Hanneke", "Ilse", "Jeroen"),
    *("Koen", "Loïs", "Maarten", "Noor", "Özlem", "Pieter", "Renée", "Sanne", "Thijs", "Willemijn"),
    *("Yusuf", "Zoë", "André", "Fatima", "Joëlle", "Marijke", "Rachid", "Siobhán", "Tjeerd"),
    *("Aïsha", "Björn", "Chantal", "Dewi", "Eline", "Floor", "Geert", "Hidde", "Inge", "Jasper"),
)
ACHTERNAMEN = (
    *("Aalbers", "van den Berg", "Bouwmeester", "de Wit", "Dijkstra", "van der Laan", "Öztürk"),
    *("Geuzebroek", "Hoogendoorn", "in 't Veld", "Jansen", "Kuipers", "van 't Hoff", "Lubbers"),
    *("Meijerink", "Nuñez", "ter Horst", "Oosterhuis", "Pastoor", "op den Kamp", "Roozendaal"),
    *("Schönfeld", "Terpstra", "uit den Boogaard", "Verwoert", "de Vrieze", "Wijngaarden"),
    *("Zuidema", "El Amrani", "Brouwers-Piët", "van Ommeren", "Crèvecœur", "ten Brink", "d'Hondt"),
    *("van de Velde", "Krol", "Overwater", "Soekhoe", "Tjin-A-Sie", "Vermeulen"),
)
STRATEN = (
    "Reigerkade",
    "Waterlelieweg",
    "Smidshof",
    "Turfschip",
    "Kievitslaan",
    "Veenbes",
    "Zeilpad",
)
# Around Maarssen and Breukelen; the places with most people stand in it more than once.
POSTCODES = (
    *(3601, 3602, 3603, 3604, 3605, 3606, 3607, 3608, 3611, 3612, 3615, 3621, 3626, 3628),
    *(3631, 3632, 3633, 3601, 3602, 3603, 3604, 3605, 3606, 3607, 3608, 3621, 3621, 3628),
    *(3601, 3605, 3607, 3621, 3632, 3633),
)


class Bron:
    """A source of invented values: the same ones for the same seed, each number once."""

    def __init__(
        self, seed: int, gebied: str, plaatsen: tuple[str, ...], bezet: Collection[str] = ()
    ):
        self.kans = random.Random(seed)  # nosec B311
        self.gebied = gebied
        self.plaatsen = plaatsen
        self._seed = seed % 10
        self._namen = self._unique_names(bezet)
        self._nummers = count(1)
        self._bsns = (f"9999{n:05d}" for n in count(self._seed) if bsn.is_valid(f"9999{n:05d}"))

    def _unique_names(self, bezet: Collection[str]):
        every = [f"{voor} {achter}" for voor in VOORNAMEN for achter in ACHTERNAMEN]
        pairs = [naam for naam in every if naam not in bezet]
        self.kans.shuffle(pairs)
        return iter(pairs)

    def naam(self) -> str:
        return next(self._namen)

    def mobiel(self) -> str:
        return f"+3160{self._seed}{next(self._nummers):06d}"

    def vast(self) -> str:
        return f"+31{self.gebied}0{next(self._nummers):0{8 - len(self.gebied)}d}"

    def bsn(self) -> str:
        return next(self._bsns)

    def big(self) -> str:
        return f"999{self._seed}{next(self._nummers):05d}02"

    def agb(self) -> str:
        return f"999{self._seed}{next(self._nummers):04d}"

    def plaats(self) -> str:
        return self.kans.choice(self.plaatsen)

    def adres(self) -> str:
        return f"{self.kans.choice(STRATEN)} {self.kans.randint(1, 140)}"

    def postcode(self) -> str:
        letters = "".join(self.kans.choices("BCDEGHJKLPRTVWXZ", k=2))
        return f"{self.kans.choice(POSTCODES)} {letters}"


def mailbox(naam: str, domein: str) -> str:
    """Return `voor.achternaam@domein.example` in plain letters."""
    plain = unicodedata.normalize("NFKD", naam.replace("œ", "oe").lower())
    voor, _, achter = plain.encode("ascii", "ignore").decode().partition(" ")
    return f"{voor}.{re.sub('[^a-z]', '', achter)}@{domein}.example"
