"""Somebody of the demo at a browser without JavaScript, from outside the house."""

import http.cookiejar
import re
import urllib.parse
import urllib.request

from django.utils.html import strip_tags

BORD = "/k/vechtstreek/triage/"


class Browser:
    """Logs in as a triagemedewerker of the demo."""

    def __init__(self, huis) -> None:
        self.adres = huis.adres
        jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
        panel = self.get("/demo/")
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', panel)[1]
        persoon = re.search(
            r'action="(/demo/aanmelden/\d+/)"[^>]*>(?:(?!</form>).)*Sanne', panel, re.S
        )
        self.post(persoon[1], csrfmiddlewaretoken=token)

    def get(self, path: str) -> str:
        with self.opener.open(self.adres + path, timeout=30) as answer:
            return answer.read().decode()

    def post(self, path: str, **fields: str) -> str:
        request = urllib.request.Request(  # noqa: S310  our own demo
            self.adres + path,
            data=urllib.parse.urlencode(fields).encode(),
            headers={"Referer": self.adres},
        )
        with self.opener.open(request, timeout=30) as answer:
            return answer.read().decode()

    def board(self) -> dict[str, str]:
        """Return the text of each row of the board by the number of its call."""
        page = self.get(BORD)
        rows = re.findall(r"<tr[^>]*data-rij.*?</tr>", page, re.S)
        return {re.search(r'id="o-[^"]+"[^>]*>\s*(\d+)', row)[1]: strip_tags(row) for row in rows}
