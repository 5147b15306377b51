"""The narrative of a resource: typed text as XHTML, in which nothing but text can stand."""

import re
from html import escape

XHTML = "http://www.w3.org/1999/xhtml"
# XML 1.0 has no place for these, escaped or not.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def narrative(text: str) -> dict[str, str]:
    """Return the text as a generated narrative: one paragraph a line, markup stays text."""
    lines = [line.strip() for line in clean(text).splitlines() if line.strip()]
    body = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return {"status": "generated", "div": f'<div xmlns="{XHTML}" lang="nl">{body}</div>'}


def clean(text: str) -> str:
    """Return the text without the characters that XML cannot hold."""
    return _NOT_XML.sub("", text)
