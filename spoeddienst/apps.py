"""The project itself as an app: its access rows, and the Celery application in every process."""

from django.apps import AppConfig


class SpoeddienstConfig(AppConfig):
    name = "spoeddienst"
    verbose_name = "Spoeddienst"

    def ready(self):
        # Without this a web process would send its hints to Celery's default broker.
        from spoeddienst import celery  # noqa: F401
