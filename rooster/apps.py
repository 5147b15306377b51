"""Start-up of the rooster app."""

from django.apps import AppConfig


class RoosterConfig(AppConfig):
    name = "rooster"
    verbose_name = "Rooster"

    def ready(self):
        from kring import startpagina
        from rooster.views import start_block

        startpagina.register("rooster/_startblok.html", start_block, volgorde=10)
