"""Keep patients out of every log line: no values, no texts of errors, no addresses (S32).

A pattern finds a BSN, but not a name or a complaint. So a log line keeps what programmers wrote
and leaves out what came from elsewhere:

* of an error the kind and the place, never its text: PostgreSQL quotes the refused value or the
  whole row in it, and so do our own conversions;
* of an answer the route and its status, never the address: it holds the key of a pick-up page, or
  whatever somebody typed behind a slash;
* of a message of a library the sentence, and of its values only numbers and kinds of errors. What
  our own loggers may say is held by the semgrep rule `log-met-inhoud`.

BSNs are taken out of what remains.
"""

import copy
import logging
import re
import sys
import threading
import traceback
from collections.abc import Iterator
from types import TracebackType
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured
from stdnum.nl import bsn

LEFT_OUT = "[weggelaten]"
OWN = frozenset(
    {
        "bereikbaarheid",
        "kern",
        "kring",
        "oefening",
        "rechten",
        "reglement",
        "rooster",
        "spoeddienst",
        "statistiek",
        "toezicht",
        "triage",
        "verslag",
    }
)

# What Celery tells of a task besides its arguments, its result and its error.
_OF_A_TASK = frozenset({"name", "id", "description"})
_CANDIDATE = re.compile(r"(?<!\d)\d(?:[ .-]?\d){7,8}(?!\d)")
# PostgreSQL quotes the failing row or the statement in these parts of its error text.
_DATABASE_TAIL = re.compile(r"(?:DETAIL|LINE \d+|CONTEXT|STATEMENT):.*", re.DOTALL)
# Written out by gunicorn before it logs, so there is no value to leave out.
_INVALID_REQUEST = re.compile(r"(Invalid request from ip=[^:]*).*", re.DOTALL)

_WARNING = re.compile(r"\A(.*?:\d+: \w+):.*", re.DOTALL)


def scrub(text: str) -> str:
    """Return the text without BSNs and without the parts in which PostgreSQL quotes values."""
    text = _DATABASE_TAIL.sub(LEFT_OUT, text)
    return _CANDIDATE.sub(lambda m: "[bsn]" if bsn.is_valid(m.group()) else m.group(), text)


def describe(error: BaseException) -> str:
    """Return the kind of an error; of the database also its code and the rule that was broken."""
    kind = type(error).__qualname__
    if isinstance(error, ImproperlyConfigured | ImportError):
        return f"{kind}: {error}"  # about our own settings and code
    if type(error).__module__ == "builtins" and isinstance(error, OSError):
        return f"{kind}: {error.strerror}"
    diag = getattr(error, "diag", None)
    if diag is None or diag.sqlstate is None:
        return kind
    where = ".".join(filter(None, (diag.table_name, diag.column_name or diag.constraint_name)))
    return f"{kind} [{diag.sqlstate}{' ' if where else ''}{where}]"


def format_error(error: BaseException) -> str:
    """Return the traceback of an error and of those before it, each with its kind only."""
    parts = [
        "Traceback (most recent call last):\n"
        + "".join(traceback.format_tb(one.__traceback__))
        + describe(one)
        for one in _chain(error)
    ]
    return "\n\n".join(reversed(parts))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        hidden = None if error.__suppress_context__ else error.__context__
        error = error.__cause__ or hidden


class ScrubFormatter(logging.Formatter):
    """Write a record without what came from elsewhere; the record itself is left as it is."""

    def format(self, record: logging.LogRecord) -> str:
        clean = copy.copy(record)
        # Not the whole line: the date of today may pass for a BSN.
        clean.msg, clean.args = scrub(_message(record)), None
        clean.exc_info = clean.exc_text = clean.stack_info = None
        line = super().format(clean)
        error = record.exc_info[1] if record.exc_info else None
        return f"{line}\n{scrub(format_error(error))}" if error else line


def _message(record: logging.LogRecord) -> str:
    logger = record.name.partition(".")[0]
    request = getattr(record, "request", None)
    if request is not None:
        match = getattr(request, "resolver_match", None)
        route = match.view_name if match else "onbekend adres"
        return f"{getattr(record, 'status_code', '')} {request.method} {route}".strip()
    if record.name == "celery.redirected":
        return LEFT_OUT  # whatever somebody printed
    if logger in OWN:
        return record.getMessage()
    text = str(record.msg)
    if record.name == "py.warnings":
        return _WARNING.sub(rf"\1: {LEFT_OUT}", record.getMessage())
    if record.args:
        try:
            text %= _values(record.args)
        except (TypeError, ValueError, KeyError):
            text = str(record.msg)
    return _INVALID_REQUEST.sub(rf"\1: {LEFT_OUT}", text)


def _values(args: object) -> object:
    if isinstance(args, dict):
        return {
            name: value if name in _OF_A_TASK else _value(value) for name, value in args.items()
        }
    return tuple(_value(value) for value in args) if isinstance(args, tuple) else _value(args)


def _value(value: object) -> object:
    if isinstance(value, BaseException):
        return describe(value)
    return value if isinstance(value, int | float | UUID) else LEFT_OUT


def install() -> None:
    """Also scrub what goes to no logger: warnings, and what ends a program or a thread."""
    logging.captureWarnings(True)
    sys.excepthook = _on_end
    threading.excepthook = lambda ended: _on_end(
        ended.exc_type, ended.exc_value, ended.exc_traceback
    )


def _on_end(
    kind: type[BaseException], error: BaseException | None, _tb: TracebackType | None
) -> None:
    if error is None or issubclass(kind, KeyboardInterrupt):
        sys.stderr.write(f"{kind.__qualname__}\n")
    else:
        sys.stderr.write(scrub(format_error(error)) + "\n")
