"""Start-up of the verslag app."""

from django.apps import AppConfig


class VerslagConfig(AppConfig):
    name = "verslag"
    verbose_name = "Verslag"

    def ready(self):
        from kern import rondewerk, verzegeld
        from triage.protocol import toetsing
        from verslag.actions import scan_waiting
        from verslag.toetsing import Verslag

        verzegeld.register("verslag_verslagpdf", "inhoud", rij_in_plaats="versie_id")
        rondewerk.register(scan_waiting)
        toetsing.register(Verslag())
