"""A clamd that speaks the real protocol over a socket; it knows one virus, EICAR."""

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.verslag.bijlagen.kwaad import EICAR

STREAM_MAX = 25 * 1024 * 1024


class _Gesprek(socketserver.StreamRequestHandler):
    def handle(self):
        command = b""
        while not command.endswith(b"\0"):
            letter = self.rfile.read(1)
            if not letter:
                return
            command += letter
        self.server.commands.append(command)
        if command != b"zINSTREAM\0":
            self.wfile.write(b"UNKNOWN COMMAND\0")
            return
        content = self._stream()
        if content is None:
            return
        self.server.scanned.append(content)
        self.wfile.write(self.server.answer or self._verdict(content))

    def _stream(self) -> bytes | None:
        content = b""
        while True:
            head = self.rfile.read(4)
            if len(head) < 4:
                return None
            (length,) = struct.unpack("!I", head)
            if not length:
                return content
            content += self.rfile.read(length)
            if len(content) > STREAM_MAX:
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                return None

    def _verdict(self, content: bytes) -> bytes:
        if self.server.odd and self.server.odd in content:
            return b"stream: Can't parse file ERROR\0"
        found = EICAR in content
        return b"stream: Eicar-Test-Signature FOUND\0" if found else b"stream: OK\0"


class _Tcp(socketserver.ThreadingTCPServer):
    daemon_threads = True


class _Unix(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True


@contextmanager
def clamd(pad: Path | None = None) -> Iterator:
    """Run one, on a free port or on a socket file; `.adres` is its setting.

    `.answer` overrides what it says, `.scanned` holds what it got; of a file with `.odd` in it
    it has no verdict.
    """
    server = _Unix(str(pad), _Gesprek) if pad is not None else _Tcp(("127.0.0.1", 0), _Gesprek)
    server.commands, server.scanned, server.answer = [], [], b""
    server.odd = b""
    server.adres = str(pad) if pad is not None else f"127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
