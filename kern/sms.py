"""Text messages over a gateway: outside our walls, so behind an adapter with a contract test.

An adapter has `send(telefoon, tekst)` and raises `kern.kanalen.Later` or `Nooit`.
"""

import json
import urllib.error

from django.conf import settings

from kern import https


class HttpGateway:
    """A gateway that takes `POST {"to", "text"}` with a bearer key over https."""

    def send(self, telefoon: str, tekst: str) -> None:
        """Send one message; 4xx is final (except 408 and 429), everything else is tried again."""
        from kern.kanalen import Later, Nooit

        if not settings.SMS_URL.startswith("https://"):
            raise Later("SPOED_SMS_URL is niet ingesteld")
        try:
            https.ask(
                settings.SMS_URL,
                data=json.dumps({"to": telefoon, "text": tekst}).encode(),
                headers={
                    "Content-Type": "application/json",
                    "Authorization": f"Bearer {settings.SMS_SLEUTEL}",
                },
            )
        except urllib.error.HTTPError as error:
            error.close()
            final = 400 <= error.code < 500 and error.code not in (408, 429)
            raise (Nooit if final else Later)(f"sms-dienst antwoordt {error.code}") from error
        except OSError as error:
            raise Later(f"sms-dienst: {type(error).__name__}") from error
