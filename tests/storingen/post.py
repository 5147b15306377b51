"""A mail server that can misbehave while it runs, and knows exactly what it took in."""

import asyncio
import hashlib
import logging
import random
import socket
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from pathlib import Path

from aiosmtpd.smtp import SMTP

from spoeddienst.demo import mailserver
from tests.storingen.meting import Ontvangst

GOED = "goed"
TIJDELIJK = "tijdelijk"
WEIGER = "weiger"
BREEK_VOOR = "breek-voor"
BREEK_NA = "breek-na"
HANG = "hang"

VERSLAG = "storing"
"""How the addresses begin that reports of these tests go to."""

# Below the range from which the system takes the other end of a connection: while this server is
# closed for a moment, nobody else may get its number.
PORTS = range(20_000, 32_000)


class Post:
    """Runs in a thread of its own; what it took in is in memory, so no fault of the house hurts it.

    `modus` is what it does with the next message, unless `beurten` holds something for exactly
    that one (a report). `vertraging` is the time in seconds between taking a message in and saying
    so: the moment in which a sender can die without knowing.
    """

    def __init__(self, folder: Path) -> None:
        # Every line of every conversation, otherwise.
        logging.getLogger("mail.log").setLevel(logging.ERROR)
        self.papers = mailserver.make_papers(folder)
        self.modus = GOED
        self.beurten: deque[str] = deque()
        self.vertraging = 0.0
        self.bezig = 0
        self.aangeboden = 0
        self._ontvangen: list[Ontvangst] = []
        self._inhoud: list[bytes] = []
        self._lock = threading.Lock()
        self._loop = asyncio.new_event_loop()
        self._server: asyncio.Server | None = None
        self.poort = _free_port()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.open()

    def _call(self, coroutine) -> None:
        asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(10)

    def open(self) -> None:
        """Listen; does nothing when it listens already."""
        if self._server is None:
            self._call(self._listen())

    async def _listen(self) -> None:
        tls = mailserver._tls(self.papers)
        self._server = await self._loop.create_server(
            lambda: SMTP(
                self, hostname="localhost", loop=self._loop, tls_context=tls, require_starttls=True
            ),
            host="127.0.0.1",
            port=self.poort,
        )

    def sluit(self) -> None:
        """Refuse every connection from now on."""
        if self._server is not None:
            self._call(self._unlisten())

    async def _unlisten(self) -> None:
        self._server.close()
        self._server = None

    def stop(self) -> None:
        self.sluit()
        self._call(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _end(self) -> None:
        tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def ontvangen(self) -> list[Ontvangst]:
        with self._lock:
            return list(self._ontvangen)

    def inhoud(self) -> list[bytes]:
        """Return the messages themselves, as they came in."""
        with self._lock:
            return list(self._inhoud)

    def adressen(self) -> set[str]:
        return {ontvangst.adres for ontvangst in self.ontvangen()}

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802  aiosmtpd's name
        self.aangeboden += 1
        # Only a report takes a turn: the house also tells people of what went wrong.
        is_report = envelope.rcpt_tos[0].startswith(VERSLAG)
        modus = self.beurten.popleft() if self.beurten and is_report else self.modus
        self.bezig += 1
        try:
            return await self._answer(modus, server, envelope)
        finally:
            self.bezig -= 1

    async def _answer(self, modus: str, server: SMTP, envelope) -> str:
        if modus == TIJDELIJK:
            return "451 4.3.0 nu even niet"
        if modus == WEIGER:
            return "550 5.7.1 niet welkom"
        if modus == HANG:
            await _for_ever()
        if modus == BREEK_VOOR:
            server.transport.abort()
            await _for_ever()
        self._keep(envelope)
        if modus == BREEK_NA:
            server.transport.abort()
            await _for_ever()
        if self.vertraging:
            await asyncio.sleep(self.vertraging)
        return "250 2.0.0 bewaard"

    def _keep(self, envelope) -> None:
        content = envelope.original_content
        ontvangst = Ontvangst(
            adres=envelope.rcpt_tos[0],
            bericht=message_from_bytes(content)["Message-ID"],
            sha256=hashlib.sha256(content).hexdigest(),
            op=time.time(),
        )
        with self._lock:
            self._ontvangen.append(ontvangst)
            self._inhoud.append(content)


@contextmanager
def running_post(folder: Path, settings) -> Iterator["Post"]:
    """Run one for a test inside the process, with the settings of Django pointing at it."""
    post = Post(folder)
    settings.SMTP_HOST, settings.SMTP_PORT = "127.0.0.1", post.poort
    settings.SMTP_CA = str(post.papers.ca)
    try:
        yield post
    finally:
        post.stop()


async def _for_ever() -> None:
    """Wait until the other side gives up: the end of the connection cancels this task."""
    await asyncio.Event().wait()


def _free_port() -> int:
    for port in random.sample(PORTS, 50):
        with socket.socket() as candidate:
            candidate.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                candidate.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise AssertionError("no free port")
