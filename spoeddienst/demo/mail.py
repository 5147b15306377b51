"""Read the mails that the demo's mail server accepted (spoeddienst/demo/mailserver.py)."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from django.conf import settings


def messages() -> list[EmailMessage]:
    """Return the accepted mails, newest first."""
    folder = Path(settings.INSTANTIE_MAP) / "mail"
    paths = sorted(folder.glob("*.eml"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    return [message_from_bytes(path.read_bytes(), policy=default) for path in paths]
