"""Start-up of the statistiek app: it reads, and has no table of its own."""

from django.apps import AppConfig


class StatistiekConfig(AppConfig):
    name = "statistiek"
    verbose_name = "Statistiek"
