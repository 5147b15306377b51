"""Start-up of the rooster app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RoosterConfig(AppConfig):
    name = "rooster"
    verbose_name = "Rooster"

    def ready(self):
        from kern import rondewerk
        from kring import startpagina
        from rooster.concept import werk as planwerk
        from rooster.ruil import werk as ruilwerk
        from rooster.views import ruilen, wensen
        from rooster.views.dienst import start_block

        rondewerk.register(planwerk.look)
        rondewerk.register(ruilwerk.look)

        startpagina.register("rooster/_startblok.html", start_block, volgorde=10)
        startpagina.register("rooster/wensen/_startblok.html", wensen.start_block, volgorde=12)
        startpagina.register_taak(
            "rooster:overzicht",
            _("Rooster"),
            _("Wie doet wanneer dienst, de komende acht weken."),
            icoon="kalender",
            volgorde=20,
        )
        startpagina.register_taak(
            "rooster:dienst_nieuw",
            _("Dienst plannen"),
            _("Zet een dienst met achterwacht in het rooster."),
            icoon="plus",
            volgorde=21,
        )
        startpagina.register("rooster/ruilen/_startblok.html", ruilen.start_block, volgorde=8)
        startpagina.register_taak(
            "rooster:ruilen",
            _("Ruilen en ziek melden"),
            _("Geef een dienst weg, ruil met een collega, of meld dat je niet kunt komen."),
            icoon="verwissel",
            volgorde=22,
        )
        startpagina.register_taak(
            "rooster:wensen",
            _("Wensen voor het rooster"),
            _("Wanneer kun je niet, liever niet, of juist graag?"),
            icoon="vinkje",
            volgorde=23,
        )
