"""Start-up of the bereikbaarheid app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BereikbaarheidConfig(AppConfig):
    name = "bereikbaarheid"
    verbose_name = "Bereikbaarheid"

    def ready(self):
        from bereikbaarheid import bekendgemaakt, herinneren, startblok, vooruit, weekwerk
        from kern import rondewerk
        from kring import bekendmaking, startpagina

        rondewerk.register(herinneren.look)
        weekwerk.register()
        vooruit.register()
        bekendmaking.register(bekendgemaakt.announced)
        startpagina.register("bereikbaarheid/_startblok.html", startblok.block_of, volgorde=5)
        startpagina.register_taak(
            "bereikbaarheid:overzicht",
            _("Bereikbaarheid"),
            _("Is de telefoon gecontroleerd, en weten patiënten welk nummer ze bellen?"),
            icoon="telefoon",
            volgorde=25,
        )
        startpagina.register_taak(
            "bereikbaarheid:mijn",
            _("Mijn startcontrole"),
            _("Controleer bij het begin van je dienst of de telefoon werkt."),
            icoon="vinkje",
            volgorde=24,
        )
        startpagina.register_taak(
            "bereikbaarheid:teksten",
            _("Teksten voor patiënten"),
            _("Voor het antwoordapparaat, de deur en de website van een praktijk."),
            icoon="document",
            volgorde=26,
        )
