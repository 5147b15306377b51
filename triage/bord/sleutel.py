"""The state of the board as one short text: who asks again with the same one gets a 304."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connection
from django.utils.crypto import constant_time_compare, salted_hmac

# Every open call, every running clock and the coming duties weigh in, so no change of any of them
# goes unnoticed; a maximum would miss a change that was committed after a later one. A clock that
# crosses a limit (10 and 5 minutes, over) changes a count, so the board changes that very second.
_KEY_SQL = """
SELECT clock_timestamp(), o.aantal, o.gewijzigd, t.aantal, t.gewijzigd, t.om, t.vijf, t.tien,
       (SELECT coalesce(sum(extract(epoch FROM d.gewijzigd_op)), 0) FROM rooster_dienst d
        WHERE d.einde > clock_timestamp() AND d.begin < clock_timestamp() + interval '2 days')
FROM (SELECT count(*) AS aantal, coalesce(sum(extract(epoch FROM gewijzigd_op)), 0) AS gewijzigd
      FROM triage_oproep WHERE status <> 'afgerond') o,
     (SELECT count(*) AS aantal, coalesce(sum(extract(epoch FROM gewijzigd_op)), 0) AS gewijzigd,
             count(*) FILTER (WHERE vervalt_op <= clock_timestamp()) AS om,
             count(*) FILTER (WHERE vervalt_op <= clock_timestamp() + interval '5 min') AS vijf,
             count(*) FILTER (WHERE vervalt_op <= clock_timestamp() + interval '10 min') AS tien
      FROM triage_termijn WHERE gesloten_op IS NULL) t
"""


@dataclass(frozen=True)
class Sleutel:
    """The state of the board as one short text, with the database clock at which it was read."""

    nu: datetime
    tekst: str

    def etag(self, gebruiker_id: int) -> str:
        """Return the tag of this state, sealed: it also says what this user has been shown."""
        body = f"{self.nu.timestamp():.6f}.{self.tekst}"
        return f'"{body}.{_seal(body, gebruiker_id)}"'

    def seen_at(self, etag: str, gebruiker_id: int) -> datetime | None:
        """Return when this user was shown the board of `etag`; None for a tag that is not ours."""
        body, _dot, seal = etag.strip('"').rpartition(".")
        if not constant_time_compare(seal, _seal(body, gebruiker_id)):
            return None
        return datetime.fromtimestamp(float(".".join(body.split(".")[:2])), UTC)

    def matches(self, etag: str, gebruiker_id: int) -> bool:
        """Whether `etag` describes this very state."""
        return (
            self.seen_at(etag, gebruiker_id) is not None
            and etag.strip('"').split(".", 2)[2].rpartition(".")[0] == self.tekst
        )


def _seal(body: str, gebruiker_id: int) -> str:
    return salted_hmac("triage.bord", f"{gebruiker_id}:{body}").hexdigest()[:20]


def read_key(welk: str = "") -> Sleutel:
    """Read the state of the board over the kringen that are open, in one query.

    `welk` names which board it is, for whom the same rows make another page.
    """
    with connection.cursor() as cursor:
        cursor.execute(_KEY_SQL)
        nu, *counts = cursor.fetchone()
    # The minute: a backup whose turn comes changes the text without a change of rows.
    parts = "-".join(map(str, [welk, *counts, int(nu.timestamp() // 60)]))
    return Sleutel(nu, parts.replace(".", "_"))
