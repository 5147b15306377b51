"""The planted app; only the settings of the leak run know it."""

from django.apps import AppConfig


class LekConfig(AppConfig):
    name = "tests.lek"
    label = "lek"
