"""No citizen service number and no database literal in a log line."""

import io
import logging

import pytest

from kern.scrub import ScrubFilter, scrub


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


def test_traceback_is_scrubbed():
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(ScrubFilter())
    logger = logging.getLogger("proef")
    logger.addHandler(handler)
    try:
        raise ValueError("bsn 111222333")
    except ValueError:
        logger.exception("mis met %s", "111222333")
    finally:
        logger.removeHandler(handler)
    assert "[bsn]" in stream.getvalue()
    assert "111222333" not in stream.getvalue()
