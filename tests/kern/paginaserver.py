"""Pages rendered once, served by a few lines of stdlib under the real content policy."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from csp.utils import build_policy
from django.contrib.staticfiles import finders

IN_A_BROWSER = [pytest.mark.browser, pytest.mark.traag]
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


class Handler(BaseHTTPRequestHandler):
    timeout = 1  # a connection that chromium opens in advance and never uses

    def do_GET(self):
        pad = self.path.partition("?")[0]
        if not pad.startswith("/static/"):
            self.answer("text/html; charset=utf-8", self.server.paginas.get(pad, "").encode())
            return
        bestand = Path(finders.find(pad.removeprefix("/static/")))
        self.answer(TYPES.get(bestand.suffix, "application/octet-stream"), bestand.read_bytes())

    def answer(self, soort, inhoud):
        self.send_response(200)
        self.send_header("Content-Type", soort)
        self.send_header("Content-Security-Policy", build_policy())
        self.end_headers()
        self.wfile.write(inhoud)

    def log_message(self, *args):
        """Quiet: the console of the browser is what counts."""


@contextmanager
def serve(paginas: dict[str, str]) -> Iterator[str]:
    """Serve these pages by path, and the static files; yield the address without a slash."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = False  # closing waits for every connection
    server.paginas = paginas
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
