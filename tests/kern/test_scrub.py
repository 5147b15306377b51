"""What a log line keeps of an error, a request, a library, a warning: nothing of a patient."""

import io
import logging
import subprocess
import sys
from types import SimpleNamespace
from uuid import UUID

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, connection

from kern.outbox import hint_worker
from kern.scrub import OWN, ScrubFormatter, describe, scrub
from spoeddienst.servers.instantie import CHECKOUT

NAAM, BSN = "Kanarina van Leeuwerik", "111222333"


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("patiënt 111222333 belt", "patiënt [bsn] belt"),
        ("patiënt 1112.22.333 belt", "patiënt [bsn] belt"),
        ("telefoon 0612345678", "telefoon 0612345678"),
        ("bsn 111222334 klopt niet", "bsn 111222334 klopt niet"),
        ("fout\nDETAIL:  Failing row contains (1, geheim)", "fout\n[weggelaten]"),
    ],
)
def test_scrubbed(text, clean):
    assert scrub(text) == clean


@pytest.fixture
def written():
    """Return what the handler of the product writes for a call on a logger."""

    def write(naam, call):
        stream = io.StringIO()
        handler = logging.StreamHandler(stream)
        handler.setFormatter(ScrubFormatter("%(asctime)s|%(message)s"))
        logger = logging.getLogger(naam)
        logger.addHandler(handler)
        try:
            call(logger)
        finally:
            logger.removeHandler(handler)
        return stream.getvalue().partition("|")[2].rstrip("\n")

    return write


def _raise():
    try:
        int(NAAM)
    except ValueError as error:
        raise RuntimeError(f"{NAAM} {BSN}") from error


def _failing(logger):
    try:
        _raise()
    except RuntimeError as error:
        error.add_note(NAAM)
        logger.exception("mis met %s", BSN)


def test_a_traceback_keeps_kinds_and_places(written):
    text = written("kern.proef", _failing)
    assert text.startswith("mis met [bsn]\nTraceback")
    assert "ValueError\n\nTraceback" in text
    assert text.endswith("RuntimeError")
    assert "test_scrub.py" in text
    assert NAAM not in text
    assert BSN not in text


@pytest.mark.parametrize(
    ("naam", "message", "args", "clean"),
    [
        ("kern.outbox", "No hint (%s).", ("ConnectionError",), "No hint (ConnectionError)."),
        ("vreemd", "Cannot handle %s (%d)", (NAAM, 3), "Cannot handle [weggelaten] (3)"),
        ("vreemd", "Retry: %s", (ValueError(NAAM),), "Retry: ValueError"),
        ("vreemd", "For %s", (UUID(int=5),), f"For {UUID(int=5)}"),
        ("vreemd", "%(a)s of %(b)s", ({"a": NAAM, "b": 2},), "[weggelaten] of 2"),
        ("celery.redirected", NAAM, (), "[weggelaten]"),
        ("py.warnings", "%s", (f"/a.py:3: UserWarning: {NAAM}\n x",), "/a.py:3: UserWarning: ["),
        ("gunicorn.error", f"Invalid request from ip=::1: {NAAM}", (), "Invalid request from ip="),
    ],
)
def test_a_library_keeps_its_sentence_but_not_its_values(written, naam, message, args, clean):
    text = written(naam, lambda logger: logger.error(message, *args))
    assert text.startswith(clean)
    assert NAAM not in text


@pytest.mark.parametrize(
    ("match", "route"),
    [(SimpleNamespace(view_name="verslag:ophalen"), "verslag:ophalen"), (None, "onbekend adres")],
)
def test_of_an_answer_the_route_and_not_the_address(written, match, route):
    request = SimpleNamespace(method="GET", resolver_match=match)
    extra = {"request": request, "status_code": 500}
    text = written(
        "django.request",
        lambda logger: logger.error("Internal Server Error: %s", f"/{NAAM}/", extra=extra),
    )
    assert text == f"500 GET {route}"


def test_of_the_database_the_code_and_the_rule(db):
    with pytest.raises(IntegrityError) as caught, connection.cursor() as cursor:
        cursor.execute("INSERT INTO kern_cache (cache_key, value) VALUES (%s, %s)", [NAAM, BSN])
    assert describe(caught.value.__cause__) == "NotNullViolation [23502 kern_cache.expires]"
    assert describe(caught.value) == "IntegrityError"


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (ImproperlyConfigured("SPOED_GEHEIM ontbreekt"), "ImproperlyConfigured: SPOED_GEHEIM on"),
        (ConnectionRefusedError(111, "Connection refused"), "ConnectionRefusedError: Connection r"),
        (KeyError(NAAM), "KeyError"),
    ],
)
def test_errors_about_ourselves_keep_their_sentence(error, text):
    assert describe(error).startswith(text)
    assert NAAM not in describe(error)


def test_our_own_loggers_are_those_of_our_own_rooms():
    rooms = {path.parent.name for path in CHECKOUT.glob("*/__init__.py")}
    assert rooms - {"tests", "bench"} == OWN


def test_every_handler_of_the_settings_scrubs():
    handlers = settings.LOGGING["handlers"]
    assert settings.LOGGING["root"]["handlers"] == list(handlers)
    for handler in handlers.values():
        formatter = settings.LOGGING["formatters"][handler["formatter"]]
        assert formatter["()"] == "kern.scrub.ScrubFormatter"
    # Django's own handlers, one of which mails the whole request, are gone.
    assert logging.getLogger("django").handlers == []
    assert settings.ADMINS == []


@pytest.mark.parametrize(
    "where", ["raise ValueError(NAAM)", "import threading; threading.Thread(target=f).start()"]
)
def test_the_end_of_a_program_or_thread_is_scrubbed(where):
    code = (
        "from kern.scrub import install; install()\n"
        f"NAAM = {NAAM!r}\ndef f(): raise ValueError(NAAM)\n{where}"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=CHECKOUT, capture_output=True, text=True, check=False
    )
    assert "ValueError" in done.stderr
    assert NAAM not in done.stderr


@pytest.mark.parametrize("value", ["111222333", NAAM, {"a": 1}, 1.5, True, None, [1]])
def test_a_task_gets_ids_only(value):
    task = SimpleNamespace(apply_async=lambda *args, **kwargs: pytest.fail("was sent"))
    with pytest.raises(TypeError, match="ids only"):
        hint_worker(task, value)


def test_a_task_gets_ids_as_json_carries_them():
    sent = []
    task = SimpleNamespace(apply_async=lambda args, **kwargs: sent.append(args))
    hint_worker(task, UUID(int=7), 3)
    assert sent == [(str(UUID(int=7)), 3)]


@pytest.mark.parametrize("path", ["docker-compose.yml", "docs/productie.md"])
def test_every_postgres_of_ours_keeps_values_out_of_its_log(path):
    text = (CHECKOUT / path).read_text()
    servers = text.count("postgres -c") if path.endswith("yml") else 1
    for setting in (r"log_error_verbosity", r"log_min_error_statement"):
        assert text.count(setting) >= servers > 0


def test_the_embedded_postgres_keeps_values_out_of_its_log(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('log_error_verbosity'), "
            "current_setting('log_min_error_statement'), current_setting('log_min_messages'), "
            "current_setting('log_parameter_max_length_on_error')"
        )
        assert cursor.fetchone() == ("terse", "panic", "log", "0")
