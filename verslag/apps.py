"""Start-up of the verslag app."""

from django.apps import AppConfig


class VerslagConfig(AppConfig):
    name = "verslag"
    verbose_name = "Verslag"
