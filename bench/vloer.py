"""The floor of bench.bord: a page of psycopg alone that asks what the board asks.

As a program it writes down what one poll of the real board asks; as a WSGI application it asks the
same, in one transaction, and writes the rows with f-strings.
"""

import json
import os
import sys
from pathlib import Path


def write_down(path: str, cookies: str, tag: str, where: str) -> None:
    """Ask the board once, in this process, and keep its questions."""
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    settings.ALLOWED_HOSTS = ["*"]
    client = Client()
    for cookie in cookies.split("; "):
        name, _, value = cookie.partition("=")
        client.cookies[name] = value
    with CaptureQueriesContext(connection) as captured:
        response = client.get(path, headers={"If-None-Match": tag})
    assert response.status_code == 200, response.status_code
    questions = [query["sql"] for query in captured]
    # Only what is read: the lines of the log and the sign of life are no part of the floor.
    read = [
        sql for sql in questions if sql.startswith("SELECT") or sql.lstrip().startswith("SELECT")
    ]
    own = [sql for sql in read if "triage_" in sql or "rooster_" in sql]
    assert len(own) == 5, own
    print(
        f"{len(questions)} questions, of which {len(read)} read and {len(own)} of the board itself"
    )
    Path(where).write_text(json.dumps(read))


def application(environ, start_response):
    """Answer any address with the board of the floor."""
    if environ["PATH_INFO"] == "/gezond/":
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"gezond"]
    connection, questions = _connection()
    with connection.transaction():
        answers = [connection.execute(sql).fetchall() for sql in questions]
    calls = max(answers, key=lambda rows: len(rows[0]) if rows else 0)
    body = "".join(
        f"<tr><th><a href='/k/x/triage/{row[0]}/'>{row[2]}</a></th><td>{row[3]:%H:%M}</td>"
        f"<td>{row[-5]}</td><td>{row[7]}</td><td>{row[5]}</td><td>{row[6]}</td>"
        f"<td>{row[3]:%d-%m %H:%M:%S}</td><td>{row[4]}</td></tr>"
        for row in calls
    )
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
    return [f"<!doctype html><table>{body}</table></html>".encode()]


_kept: list = []


def _connection():
    """One connection a process, kept, as Django keeps its own."""
    if not _kept:
        import psycopg

        _kept.append(psycopg.connect(os.environ["DATABASE_URL"]))
        _kept.append(json.loads(Path(os.environ["BENCH_VRAGEN"]).read_text()))
    return _kept


if __name__ == "__main__":
    write_down(*sys.argv[1:])
