"""Start-up of the rooster app."""

from django.apps import AppConfig


class RoosterConfig(AppConfig):
    name = "rooster"
    verbose_name = "Rooster"
