"""Keep citizen service numbers and database literals out of every log line."""

import logging
import re

from stdnum.nl import bsn

_CANDIDATE = re.compile(r"(?<!\d)\d(?:[ .-]?\d){7,8}(?!\d)")
# PostgreSQL quotes the failing row or the statement in these parts of its error text.
_DATABASE_TAIL = re.compile(r"(?:DETAIL|LINE \d+|CONTEXT|STATEMENT):.*", re.DOTALL)


def scrub(text: str) -> str:
    """Return the text without BSNs and without the parts in which PostgreSQL quotes values."""
    text = _DATABASE_TAIL.sub("[weggelaten]", text)
    return _CANDIDATE.sub(lambda m: "[bsn]" if bsn.is_valid(m.group()) else m.group(), text)


class ScrubFilter(logging.Filter):
    """Rewrite the message and the traceback of each record before a handler sees it."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = scrub(record.getMessage()), None
        if record.exc_info and not record.exc_text:
            record.exc_text = scrub(logging.Formatter().formatException(record.exc_info))
        return True
