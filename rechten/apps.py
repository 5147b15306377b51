"""Start-up of the rechten app."""

from django.apps import AppConfig


class RechtenConfig(AppConfig):
    name = "rechten"
    verbose_name = "Rechten van patiënten"

    def ready(self):
        from kern import dagwerk, rondewerk
        from kern.kopie import nawerk
        from rechten import werk, wislijst

        dagwerk.register("bewaartermijn", werk.propose)
        dagwerk.register("verzoektermijn", werk.remind, uur=8)
        rondewerk.register(werk.destroy_confirmed)
        rondewerk.register(werk.apply_list_once)
        nawerk.register("Wislijst toegepast", wislijst.apply_to_copy)
