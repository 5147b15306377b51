"""Start-up of the verslag app."""

from django.apps import AppConfig


class VerslagConfig(AppConfig):
    name = "verslag"
    verbose_name = "Verslag"

    def ready(self):
        from kern import rondewerk, verzegeld
        from verslag.actions import scan_waiting

        verzegeld.register("verslag_verslagpdf", "inhoud", rij_in_plaats="versie_id")
        rondewerk.register(scan_waiting)
