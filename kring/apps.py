"""Start-up of the kring app."""

from django.apps import AppConfig


class KringConfig(AppConfig):
    name = "kring"
    verbose_name = "Kring"

    def ready(self):
        from kring import login  # noqa: F401  (connects the second-factor signals)
