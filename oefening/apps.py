"""Start-up of the oefening app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OefeningConfig(AppConfig):
    name = "oefening"
    verbose_name = "Oefening"

    def ready(self):
        from kring import startpagina

        startpagina.register_taak(
            "oefening:overzicht",
            _("Oefenen"),
            _("Oefen de triage met verzonnen bellers. Niets komt op het bord."),
            icoon="vlag",
            volgorde=30,
        )
