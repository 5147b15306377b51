"""A visitor with nothing but the standard library: cookies, forms, and patience."""

# ruff: noqa: S310 (the address is our own, from the settings)

import http.client
import urllib.error
import urllib.request
from http.cookiejar import CookieJar
from urllib.parse import urlencode, urljoin

from spoeddienst.demo.rondgang.pagina import Formulier, Pagina

TIMEOUT = 30
_BOUNDARY = "----rondgang"

Waarden = dict[str, str | list[str]]


class Mis(Exception):
    """A link of the chain does not hold; the text is a Dutch sentence for the reader."""


class Bezoeker:
    """One browser with its own cookies, at one address."""

    def __init__(self, adres: str):
        self.adres = adres
        # Without the proxies of the environment: this never leaves the machine.
        self._opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(CookieJar())
        )

    def bekijk(self, pad: str, *, verwacht: int = 200) -> Pagina:
        """Open a page, redirects included."""
        return self._vraag(urllib.request.Request(urljoin(self.adres, pad)), verwacht)

    def stuur(
        self,
        pagina: Pagina,
        doel: str,
        waarden: Waarden | None = None,
        *,
        knop: str = "",
        bestand: tuple[str, str, bytes] | None = None,
        verwacht: int = 200,
    ) -> Pagina:
        """Fill in the form for `doel` and press its button; return the page that follows.

        `bestand` is a chosen file: name of the field, name of the file, content.
        """
        form = pagina.formulier(doel)
        if form is None:
            raise Mis(f"op {pagina.pad} staat geen formulier '{doel}'{_reason(pagina)}")
        sent = _filled(form, pagina, knop, waarden or {})
        headers = {"Origin": self.adres}
        if bestand is None:
            data = urlencode(sent).encode()
        else:
            data = _multipart(sent, bestand)
            headers["Content-Type"] = f"multipart/form-data; boundary={_BOUNDARY}"
        url = urljoin(pagina.url, form.actie or pagina.url)
        request = urllib.request.Request(url, data=data, headers=headers)
        return self._vraag(request, verwacht)

    def _vraag(self, request: urllib.request.Request, verwacht: int) -> Pagina:
        try:
            pagina = _read(self._opener.open(request, timeout=TIMEOUT))
        except urllib.error.HTTPError as error:
            pagina = _read(error)
        except (OSError, http.client.HTTPException) as error:
            raise Mis(f"de website antwoordt niet ({_cause(error)})") from error
        if pagina.status != verwacht:
            raise Mis(
                f"{request.get_method()} {pagina.pad} gaf {pagina.status} in plaats van {verwacht}"
                + _reason(pagina)
            )
        return pagina


def _multipart(sent: list[tuple[str, str]], bestand: tuple[str, str, bytes]) -> bytes:
    veld, naam, inhoud = bestand
    parts = [(f'name="{name}"', value.encode()) for name, value in sent]
    parts.append((f'name="{veld}"; filename="{naam}"', inhoud))
    lines = b"".join(
        f"--{_BOUNDARY}\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode() + body + b"\r\n"
        for head, body in parts
    )
    return lines + f"--{_BOUNDARY}--\r\n".encode()


def _read(response) -> Pagina:
    with response:
        kop = {name.lower(): value for name, value in response.headers.items()}
        return Pagina(response.url, response.status, kop, response.read())


def _cause(error: Exception) -> str:
    return str(getattr(error, "reason", error) or type(error).__name__)


def _reason(pagina: Pagina) -> str:
    """Return the sentences in which the page itself says what is wrong."""
    return f": {' '.join(pagina.fouten)}" if pagina.fouten else ""


def _filled(form: Formulier, pagina: Pagina, knop: str, waarden: Waarden) -> list[tuple[str, str]]:
    """Return what a browser would send: the form as it stood, with these values typed in."""
    sent = {naam: list(veld.waarden) for naam, veld in form.velden.items()}
    for naam, waarde in waarden.items():
        veld = form.velden.get(naam)
        if veld is None:
            raise Mis(f"het formulier op {pagina.pad} heeft geen veld '{naam}'")
        sent[naam] = list(waarde) if isinstance(waarde, list) else [waarde]
        if veld.keuzes is not None and not set(sent[naam]) <= set(veld.keuzes):
            raise Mis(f"bij '{naam}' op {pagina.pad} kun je '{waarde}' niet kiezen")
    if knop:
        named = [(n, v) for n, v, tekst in form.knoppen if n and knop in (v, tekst)]
        if not named:
            raise Mis(f"het formulier op {pagina.pad} heeft geen knop '{knop}'")
        sent[named[0][0]] = [named[0][1]]
    return [(naam, waarde) for naam, values in sent.items() for waarde in values]
