"""The one list of columns with sealed values; the restore drill and the rotation both walk it.

Every `kern.versleuteld` field of a model is on it by itself. A column that is sealed by other
means is declared in the `apps.py` of its app with `register`.
"""

from dataclasses import dataclass

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from psycopg import Connection

from kern import crypto
from kern.versleuteld import Versleuteld

SAMPLE = 20
"""Values for each key that is in use in a column."""


@dataclass(frozen=True)
class Kolom:
    """One sealed column, in the words of SQL.

    `waarde` gives the sealed bytes of a row, `plaats` the place they are bound to, `schrijf` what
    the column becomes (`{}` stands for the new bytes). `rij` is the primary key. `waar` leaves out
    rows without a sealed value.
    """

    tabel: str
    kolom: str
    plaats: str
    waarde: str
    schrijf: str = "{}"
    rij: str = "id"
    waar: str = "true"
    onderdeel: str = ""

    @property
    def naam(self) -> str:
        return ".".join(filter(None, (self.tabel, self.kolom, self.onderdeel)))

    @property
    def query(self) -> str:
        """Return SQL that gives (row, sealed bytes, place) of every value."""
        return (
            f"SELECT {self.rij} AS rij, {self.waarde} AS waarde, {self.plaats} AS plaats "  # noqa: S608
            f"FROM public.{self.tabel} WHERE {self.waar}"
        )

    def try_sample(self, connection: Connection) -> tuple[int, list[str]]:
        """Return how many values opened, and what is wrong with those that did not."""
        rows = connection.execute(
            # The key id is the first byte; old keys matter as much as the newest.
            # nosemgrep: sql-uit-tekst (names of tables and columns, from our own models)
            "SELECT waarde, plaats FROM (SELECT waarde, plaats, row_number() OVER "  # noqa: S608
            "(PARTITION BY substr(waarde, 1, 1) ORDER BY random()) AS nummer "
            f"FROM ({self.query}) AS alles) AS steekproef WHERE nummer <= {SAMPLE}"
        ).fetchall()
        faults = set()
        for sealed, place in rows:
            try:
                crypto.unseal(sealed, place=place)
            except crypto.SleutelOntbreekt as error:
                faults.add(f"veldsleutel {error.key_id} ontbreekt")
            except crypto.Onleesbaar:
                faults.add("een waarde opent niet op haar plaats")
            except (ImproperlyConfigured, OSError):
                faults.add("er zijn geen veldsleutels")
        return len(rows), sorted(faults)


_registry: dict[str, Kolom] = {}


def register(
    tabel: str,
    kolom: str,
    *,
    rij_in_plaats: str = "id",
    kring_in_plaats: str = "kring_id",
    waar: str = "true",
) -> None:
    """Declare a bytea column that is sealed by hand, in the place "table.column|row|kring"."""
    _add(
        Kolom(
            tabel,
            kolom,
            plaats=f"'{tabel}.{kolom}|' || {rij_in_plaats} || '|' || {kring_in_plaats}",
            waarde=kolom,
            waar=waar,
        )
    )


def register_json(tabel: str, kolom: str, sleutel: str, *, plaats: str) -> None:
    """Declare a sealed value that stands in base64 under a key of a JSON column.

    `plaats` is the SQL of the place. Such tables have no kring and no row-level security.
    """
    base64 = "replace(encode({}, 'base64'), E'\\n', '')"
    _add(
        Kolom(
            tabel,
            kolom,
            plaats=plaats,
            waarde=f"decode({kolom} ->> '{sleutel}', 'base64')",
            schrijf=f"jsonb_set({kolom}, '{{{{{sleutel}}}}}', to_jsonb({base64}))",
            waar=f"{kolom} ? '{sleutel}'",
            onderdeel=sleutel,
        )
    )


def _add(kolom: Kolom) -> None:
    _registry[kolom.naam] = kolom


def declared() -> list[Kolom]:
    """Return every sealed column, by name."""
    found = dict(_registry)
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if isinstance(field, Versleuteld):
                kolom = _kolom_of(field)
                found[kolom.naam] = kolom
    return [found[naam] for naam in sorted(found)]


def _kolom_of(field: Versleuteld) -> Kolom:
    table, column, pk = field.model._meta.db_table, field.column, field.model._meta.pk.column
    return Kolom(
        table,
        column,
        plaats=f"'{table}.{column}|' || {pk} || '|' || kring_id",
        waarde=column,
        rij=pk,
    )
