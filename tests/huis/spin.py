"""A spider that goes everywhere one person can go, and brings back the text of all it was given.

It follows every link and every form, asks every route of the access table, and tries each address
and each field again with the objects of the other kring put in. What a POST changes is undone, but
its answer and the messages it sends are read.
"""

import io
import json
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from html.parser import HTMLParser
from urllib.parse import urlencode, urljoin, urlsplit

from django.db import connection, transaction
from django.http import SimpleCookie
from django.urls import Resolver404, resolve, reverse
from pypdf import PdfReader

from kern import crypto, toegang
from kern.models import Zending
from kern.outbox import place_of
from kern.tenancy import kring_context
from tests.huis.matrix import OBJECTS, places
from tests.huis.objecten import declared_routes, route_kwargs

MAX_QUERIES = 3
"""Addresses that differ only behind the question mark: a roster has a next week for ever."""

MAX_ADDRESSES = 8
"""Addresses of one route: of a hundred lines of the log a few pages are enough."""

MAY_WRITE = {"kern_logregel", "kern_logkop", "kring_sessie", "django_session", "kern_cache"}
"""What a GET may write: its line of the log, its sign of life, a counter (S28)."""


SECRET = {"kring:activeren"}
"""Who holds this link is the person whose account it opens; the matrix asks this door."""


@dataclass(frozen=True)
class Bezoek:
    """One answer: who asked what, and everything in it that a person or a program can read."""

    wie: str
    vraag: str
    status: int
    soort: str
    tekst: str
    schreef: frozenset[str] = frozenset()


@dataclass
class Formulier:
    method: str
    action: str
    velden: list[tuple[str, str]] = field(default_factory=list)


class _Pagina(HTMLParser):
    """The links and forms of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[Formulier] = []
        self._form: Formulier | None = None
        self._select = ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        found = {name: value or "" for name, value in attrs}
        self.links += [found[name] for name in ("href", "hx-get", "src") if found.get(name)]
        if found.get("hx-post"):
            self.forms.append(Formulier("post", found["hx-post"]))
        if tag == "form":
            self._form = Formulier(found.get("method", "get").lower(), found.get("action", ""))
            self.forms.append(self._form)
        elif tag == "select":
            self._select = found.get("name", "")
        elif self._form is not None:
            self._add_field(tag, found)

    def _add_field(self, tag: str, found: dict[str, str]) -> None:
        if tag == "option" and self._select and found.get("value"):
            self._form.velden.append((self._select, found["value"]))
        elif tag in ("input", "textarea", "button") and found.get("name"):
            value = found.get("value", "") or {"search": "Kanarie", "text": "Kanarie"}.get(
                found.get("type", "text"), ""
            )
            self._form.velden.append((found["name"], value))

    def handle_endtag(self, tag):
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = ""


def text_of(response) -> str:
    """Return all text of an answer: its body, opened where it is a PDF, and its headers."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if response.headers.get("Content-Type", "").startswith("application/pdf"):
        reader = PdfReader(io.BytesIO(body))
        text = "\n".join(page.extract_text() for page in reader.pages) + str(reader.metadata)
    else:
        text = body.decode(errors="replace")
    cookies = " ".join(morsel.value for morsel in response.cookies.values())
    return "\n".join([text, cookies, *map(str, response.headers.values())])


def text_of_message(zending: Zending) -> str:
    """Return a message as it leaves the house: every header and the text, or the text message."""
    body = crypto.unseal(zending.inhoud, place=place_of(zending))
    if zending.soort in (Zending.Soort.SMS, Zending.Soort.SPRAAK):
        return " ".join(map(str, json.loads(body).values()))
    mail = message_from_bytes(body, policy=policy.default)
    return "\n".join([*(f"{k}: {v}" for k, v in mail.items()), mail.get_content()])


def _route(path: str) -> str:
    try:
        return resolve(path).view_name
    except Resolver404:
        return path


def _written() -> dict[str, int]:
    """Return how many rows this transaction wrote to each table, the undone ones included."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables "
            "WHERE n_tup_ins + n_tup_upd + n_tup_del > 0"
        )
        return dict(cursor.fetchall())


class Spin:
    """`objects` are those of each kring by its slug; `ruil` maps what names one of the own kring
    to what names its twin in the other."""

    def __init__(self, wie: str, client, objects: dict, ruil: dict[str, str]) -> None:
        self.wie = wie
        self.client = client
        self.objects = objects
        self.ruil = ruil
        self._queue: deque[str] = deque()
        self._known: set[str] = set()
        self._seen: Counter[str] = Counter()
        self._posted: set[tuple] = set()
        self._kring_id = objects["vecht"].kring.pk
        with kring_context(self._kring_id):
            self._old = list(Zending.objects.values_list("pk", flat=True))

    def crawl(self) -> Iterator[Bezoek]:
        self._add("/")
        routes = [
            (route, whose)
            for route in declared_routes()
            for whose in places(route)
            if route not in SECRET
        ]
        for route, whose in routes:
            self._add(self._url_of(route, whose))
        while self._queue:
            yield from self._get(self._queue.popleft())
        for route, whose in routes:
            if "POST" in toegang.find(route).methoden:
                yield from self._post(self._url_of(route, whose), [])

    def _url_of(self, route: str, whose: str) -> str:
        kring, owner = OBJECTS[whose]
        kwargs = route_kwargs(route, self.objects[owner])
        return reverse(route, kwargs=kwargs | ({"kring": kring} if "kring" in kwargs else {}))

    def _add(self, link: str) -> None:
        """Queue an address of this house, and the same with the other kring's objects."""
        for url in (link, self._swap(link)):
            parts = urlsplit(url)
            known = url in self._known or parts.path.startswith(("/static/", "/demo/"))
            if parts.netloc not in ("", "testserver") or not parts.path.startswith("/") or known:
                continue
            self._known.add(url)
            self._seen[parts.path] += 1
            self._seen[_route(parts.path)] += 1
            of_route = self._seen[_route(parts.path)]
            if self._seen[parts.path] <= MAX_QUERIES and of_route <= MAX_ADDRESSES:
                self._queue.append(url)

    def _swap(self, text: str) -> str:
        for own, other in self.ruil.items():
            text = text.replace(own, other)
        return text

    def _get(self, url: str) -> Iterator[Bezoek]:
        visit, response = self._ask("GET", url)
        yield visit
        if response.status_code in (301, 302):
            self._add(response.headers["Location"])
        elif "html" in response.headers.get("Content-Type", ""):
            yield from self._follow(url, response.content.decode())

    def _follow(self, base: str, html: str) -> Iterator[Bezoek]:
        page = _Pagina(html)
        for link in page.links:
            self._add(urljoin(base, link).partition("#")[0])
        for form in page.forms:
            url = urljoin(base, form.action or base)
            if form.method == "post":
                yield from self._post(url, form.velden)
                if (swapped := [(n, self._swap(v)) for n, v in form.velden]) != form.velden:
                    yield from self._post(url, swapped, swapped=True)
            else:
                self._add(f"{url.partition('?')[0]}?{urlencode(form.velden)}")

    def _post(
        self, url: str, fields: list[tuple[str, str]], *, swapped: bool = False
    ) -> Iterator[Bezoek]:
        data: dict[str, list[str]] = {}
        for name, value in fields:
            if name != "csrfmiddlewaretoken":
                data.setdefault(name, []).append(value)
        key = (urlsplit(url).path, tuple(sorted(data)), swapped)
        if key in self._posted or "afmelden" in url:
            return
        self._posted.add(key)
        # Of a choice the last answer that differs from empty; a swapped one once more by itself.
        yield from self._ask_and_follow(url, {name: values[-1] for name, values in data.items()})

    def _ask_and_follow(self, url: str, data: dict[str, str]) -> Iterator[Bezoek]:
        """Post, and read the page to which the answer leads before all of it is undone."""
        before = {name: morsel.value for name, morsel in self.client.cookies.items()}
        with transaction.atomic():
            visit, response = self._ask("POST", url, data)
            yield visit
            if response.status_code in (301, 302):
                yield self._ask("GET", response.headers["Location"])[0]
            yield from self._messages()
            transaction.set_rollback(True)
        self.client.cookies = SimpleCookie(before)

    def _messages(self) -> Iterator[Bezoek]:
        with kring_context(self._kring_id):
            for zending in Zending.objects.exclude(pk__in=self._old):
                text = text_of_message(zending)
                yield Bezoek(self.wie, f"bericht {zending.soort}", 0, "bericht", text)

    def _ask(self, method: str, url: str, data=None):
        before = _written()
        with transaction.atomic():
            response = self.client.generic(
                method,
                url,
                urlencode(data or {}),
                content_type="application/x-www-form-urlencoded" if method == "POST" else "",
            )
            text = text_of(response)
            written = {table for table, n in _written().items() if n != before.get(table, 0)}
            # Undone for a GET; a POST is undone by whoever asked, after its answer was followed.
            transaction.set_rollback(method == "GET")
        soort = response.headers.get("Content-Type", "").partition(";")[0]
        return (
            Bezoek(
                self.wie, f"{method} {url}", response.status_code, soort, text, frozenset(written)
            ),
            response,
        )
