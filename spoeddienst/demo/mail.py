"""Read the mails that the demo's mail server accepted (spoeddienst/demo/mailserver.py)."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True)
class Mail:
    """One accepted message."""

    moment: datetime
    message: EmailMessage

    @property
    def aan(self) -> str:
        return str(self.message["To"])

    @property
    def onderwerp(self) -> str:
        return str(self.message["Subject"])

    @property
    def tekst(self) -> str:
        body = self.message.get_body(("plain",))
        if body is None:
            return "Versleuteld: alleen de ontvanger kan dit lezen, met de eigen sleutel."
        return body.get_content()


def paths() -> list[Path]:
    """Return the files of the accepted messages, newest first."""
    folder = Path(settings.INSTANTIE_MAP) / "mail"
    # The mail server begins each name with the moment.
    return sorted(folder.glob("*.eml"), reverse=True)


def messages(limit: int = 120) -> list[Mail]:
    """Return the newest messages, newest first."""
    return [read(path) for path in paths()[:limit]]


def read(path: Path) -> Mail:
    return Mail(
        moment=datetime.fromtimestamp(path.stat().st_mtime, UTC),
        message=message_from_bytes(path.read_bytes(), policy=default),
    )
