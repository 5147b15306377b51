"""Start-up of the statistiek app: it reads, and has no table of its own."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StatistiekConfig(AppConfig):
    name = "statistiek"
    verbose_name = "Statistiek"

    def ready(self):
        from kring import startpagina

        startpagina.register_taak(
            "statistiek:overzicht",
            _("Cijfers"),
            _("Hoe snel en hoe volledig de dienst werkt, per maand of jaar."),
            icoon="lijst",
            volgorde=32,
        )
