"""Where a message waits for the next page."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage


class Berichten(CookieStorage):
    """In a cookie as strict as the others: Django's own would be taken from a sister host too."""

    @property
    def cookie_name(self) -> str:
        return "__Host-berichten" if settings.SESSION_COOKIE_SECURE else "berichten"
