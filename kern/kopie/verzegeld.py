"""Where sealed values are kept: each app tells its own, the drill opens a sample of them."""

from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from django.core.exceptions import ImproperlyConfigured
from psycopg import Connection

from kern import crypto

SAMPLE = 20
"""Values for each key that is in use in a column."""


@dataclass(frozen=True)
class Verzegeld:
    """`query` gives (sealed bytes, place) of every value, with the tables named in full."""

    naam: str
    query: str

    def try_sample(self, connection: Connection) -> tuple[int, list[str]]:
        """Return how many values opened, and what is wrong with those that did not."""
        rows = connection.execute(
            # The key id is the first byte; old keys matter as much as the newest.
            "SELECT sealed, place FROM (SELECT sealed, place, row_number() OVER "  # noqa: S608
            "(PARTITION BY get_byte(sealed, 0) ORDER BY random()) AS nummer "
            f"FROM ({self.query}) AS waarde (sealed, place)) AS steekproef "
            f"WHERE nummer <= {SAMPLE}"
        ).fetchall()
        faults = set()
        for sealed, place in rows:
            try:
                crypto.unseal(sealed, place=place)
            except KeyError:
                faults.add(f"veldsleutel {sealed[0]} ontbreekt")
            except (InvalidTag, IndexError):
                faults.add("een waarde opent niet op haar plaats")
            except (ImproperlyConfigured, OSError):
                faults.add("er zijn geen veldsleutels")
        return len(rows), sorted(faults)


_registry: dict[str, Verzegeld] = {}


def register(naam: str, query: str) -> None:
    """Declare a column with sealed values."""
    _registry[naam] = Verzegeld(naam, query)


def declared() -> list[Verzegeld]:
    return sorted(_registry.values(), key=lambda verzegeld: verzegeld.naam)
