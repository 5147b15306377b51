"""Read a page as a person does: its text, links and forms, whatever the markup around them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlsplit

_SILENT = {"script", "style", "svg", "template", "noscript"}
_ERROR = {"veldfout", "melding--fout"}
_VOID = {"input", "br", "hr", "img", "meta", "link", "use", "path"}


@dataclass
class Veld:
    """One name in a form: what it would send untouched, and what may be chosen."""

    waarden: list[str] = field(default_factory=list)
    keuzes: list[str] | None = None


@dataclass
class Formulier:
    """One form with everything that a browser would send along."""

    actie: str
    methode: str
    velden: dict[str, Veld] = field(default_factory=dict)
    knoppen: list[tuple[str, str, str]] = field(default_factory=list)
    """(name, value, text) of each submit button."""

    def veld(self, naam: str) -> Veld:
        return self.velden.setdefault(naam, Veld())


class _Lezer(HTMLParser):
    """Collects forms, links and text; understands `form=` attributes outside the form itself."""

    def __init__(self) -> None:
        super().__init__()
        self.formulieren: list[Formulier] = []
        self.koppelingen: list[str] = []
        self.tekst: list[str] = []
        self._by_id: dict[str, Formulier] = {}
        self._later: list[tuple[str, str, dict]] = []
        self._form: Formulier | None = None
        self._select: tuple[Veld, bool] | None = None
        self._textarea: tuple[Veld, list[str]] | None = None
        self._knop: tuple[Formulier, str, str, list[str]] | None = None
        self._silent = 0
        self._sjabloon = 0
        self.fouten: list[str] = []
        self._fout: list[str] | None = None
        self._fout_depth = 0

    def handle_starttag(self, tag, attrs):
        values = {name: value or "" for name, value in attrs}
        self._watch_errors(tag, values)
        self._sjabloon += tag == "template"
        if tag in _SILENT and tag not in _VOID:
            self._silent += 1
        elif self._sjabloon:
            return  # A browser sends nothing of what a script has yet to put on the page.
        elif tag == "form":
            self._start_form(values)
        elif tag == "a" and "href" in values:
            self.koppelingen.append(values["href"])
        elif tag in ("input", "select", "textarea", "button"):
            self._start_control(tag, values)
        elif tag == "option" and self._select:
            self._option(values)

    def _watch_errors(self, tag, values):
        """Remember the text of what the page shows as wrong."""
        if self._fout is not None:
            self._fout_depth += tag not in _VOID
        elif _ERROR & set(values.get("class", "").split()) and "hidden" not in values:
            self._fout, self._fout_depth = [], 1

    def handle_endtag(self, tag):
        if self._fout is not None and tag not in _VOID:
            self._fout_depth -= 1
            if not self._fout_depth:
                self.fouten += [text for text in [_squeeze(self._fout)] if text]
                self._fout = None
        self._sjabloon -= tag == "template"
        if tag in _SILENT and self._silent:
            self._silent -= 1
        elif tag == "form":
            self._form = None
        elif tag == "select":
            self._end_select()
        elif tag == "textarea" and self._textarea:
            veld, parts = self._textarea
            # A browser drops the first line break of a textarea.
            veld.waarden = ["".join(parts).removeprefix("\n")]
            self._textarea = None
        elif tag == "button" and self._knop:
            form, naam, waarde, parts = self._knop
            form.knoppen.append((naam, waarde, _squeeze(parts)))
            self._knop = None

    def handle_data(self, data):
        if self._textarea:
            self._textarea[1].append(data)
        elif not self._silent:
            self.tekst.append(data)
            if self._fout is not None:
                self._fout.append(data)
            if self._knop:
                self._knop[-1].append(data)

    def _start_form(self, values):
        methode = values.get("method", "get").lower()
        self._form = Formulier(values.get("action", ""), methode)
        self.formulieren.append(self._form)
        if "id" in values:
            self._by_id[values["id"]] = self._form

    def _start_control(self, tag, values):
        form = self._by_id.get(values["form"]) if "form" in values else self._form
        naam = values.get("name", "")
        if form is None or "disabled" in values:
            return
        if tag == "button":
            if values.get("type", "submit") == "submit":
                self._knop = (form, naam, values.get("value", ""), [])
        elif naam and tag == "select":
            veld = form.veld(naam)
            veld.keuzes = []
            self._select = (veld, "multiple" in values)
        elif naam and tag == "textarea":
            self._textarea = (form.veld(naam), [])
        elif naam:
            _input(form.veld(naam), values)

    def _option(self, values):
        veld, _multiple = self._select
        waarde = values.get("value", "")
        veld.keuzes.append(waarde)
        if "selected" in values:
            veld.waarden.append(waarde)

    def _end_select(self):
        if self._select:
            veld, multiple = self._select
            if not multiple and not veld.waarden and veld.keuzes:
                veld.waarden = veld.keuzes[:1]
            self._select = None


def _input(veld: Veld, values: dict) -> None:
    kind = values.get("type", "text").lower()
    if kind in ("radio", "checkbox"):
        waarde = values.get("value", "on")
        veld.keuzes = [*(veld.keuzes or []), waarde]
        if "checked" in values:
            veld.waarden.append(waarde)
    elif kind not in ("submit", "button", "image", "reset", "file"):
        veld.waarden = [values.get("value", "")]


def _squeeze(parts: list[str]) -> str:
    return " ".join("".join(parts).split())


class Pagina:
    """An answer of the website."""

    def __init__(self, url: str, status: int, kop: dict[str, str], inhoud: bytes):
        self.url = url
        self.status = status
        self.kop = kop
        self.inhoud = inhoud
        lezer = _Lezer()
        if "html" in kop.get("content-type", ""):
            lezer.feed(inhoud.decode())
        self.formulieren = lezer.formulieren
        self.koppelingen = lezer.koppelingen
        self.fouten = lezer.fouten
        self.tekst = _squeeze(lezer.tekst)

    @property
    def pad(self) -> str:
        return urlsplit(self.url).path

    def formulier(self, doel: str) -> Formulier | None:
        """Return the first post form that goes to an address ending in `doel`."""
        posts = [form for form in self.formulieren if form.methode == "post"]
        return next(
            (form for form in posts if (form.actie or self.pad).strip("/").endswith(doel)), None
        )

    def koppeling(self, doel: str) -> str | None:
        """Return the first link whose address ends in `doel`."""
        return next((url for url in self.koppelingen if url.rstrip("/").endswith(doel)), None)
