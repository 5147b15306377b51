"""Start-up of the bereikbaarheid app."""

from django.apps import AppConfig


class BereikbaarheidConfig(AppConfig):
    name = "bereikbaarheid"
    verbose_name = "Bereikbaarheid"
