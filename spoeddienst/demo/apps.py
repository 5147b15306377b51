"""The demo: panel, invented data and the local text-message page. Never in production."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "spoeddienst.demo"
    label = "demo"
    verbose_name = "Demo"

    def ready(self):
        from spoeddienst.demo import checks  # noqa: F401  (registers the loopback check)
