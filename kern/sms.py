"""Text messages and spoken messages over gateways: outside our walls, so behind adapters.

An adapter has `send(telefoon, tekst)` and raises `kern.kanalen.Later` or `Nooit`; a contract test
holds each to it. `telefoon` is E.164.
"""

import json
import urllib.error

from django.conf import settings

from kern import https
from kern.weergave import format_telefoon


class HttpGateway:
    """A gateway that takes `POST {"to", "text"}` with a bearer key over https."""

    naam = "sms-dienst"
    instelling = "SMS"
    veld = "text"

    def send(self, telefoon: str, tekst: str) -> None:
        """Send one message; 4xx is final (except 408 and 429), everything else is tried again."""
        from kern.kanalen import Later, Nooit

        url = getattr(settings, f"{self.instelling}_URL")
        key = getattr(settings, f"{self.instelling}_SLEUTEL")
        if not url.startswith("https://"):
            raise Later(f"SPOED_{self.instelling}_URL is niet ingesteld")
        try:
            https.ask(
                url,
                data=json.dumps({"to": telefoon, self.veld: tekst}).encode(),
                headers={"Content-Type": "application/json", "Authorization": f"Bearer {key}"},
            )
        except urllib.error.HTTPError as error:
            error.close()
            final = 400 <= error.code < 500 and error.code not in (408, 429)
            raise (Nooit if final else Later)(f"{self.naam} antwoordt {error.code}") from error
        except OSError as error:
            raise Later(f"{self.naam}: {type(error).__name__}") from error


class HttpSpraak(HttpGateway):
    """A gateway that calls the number and reads out: `POST {"to", "say"}`, else the same.

    Most practices have a landline, which takes no text message.
    """

    naam = "spraakdienst"
    instelling = "SPRAAK"
    veld = "say"


_CIJFERS = ("nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen")


def speak(code: str) -> str:
    """Return the digits of a code as words, three at a time: that is how people write them down."""
    words = [_CIJFERS[int(digit)] for digit in code]
    groups = [", ".join(words[start : start + 3]) for start in range(0, len(words), 3)]
    return ". ".join(groups)


def speak_telefoon(telefoon: str) -> str:
    """Return a telephone number as words, as it is dialled from the Netherlands."""
    written = format_telefoon(telefoon).replace("+", "00")
    return speak("".join(sign for sign in written if sign.isdigit()))
