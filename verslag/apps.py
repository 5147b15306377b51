"""Start-up of the verslag app."""

from django.apps import AppConfig


class VerslagConfig(AppConfig):
    name = "verslag"
    verbose_name = "Verslag"

    def ready(self):
        from kern import bezorging, dagwerk, rondewerk, verzegeld
        from triage.protocol import toetsing
        from verslag import kanalen, taakwerk
        from verslag.actions import ask_for_domains, scan_waiting
        from verslag.actions.ophalen import close_expired
        from verslag.toetsing import Verslag

        verzegeld.register("verslag_verslagpdf", "inhoud", rij_in_plaats="versie_id")
        rondewerk.register(scan_waiting)
        rondewerk.register(taakwerk.look)
        bezorging.on_stuck(taakwerk.on_stuck)
        bezorging.before_sending(kanalen.prepare)
        dagwerk.register("ophaalpakketten_opruimen", close_expired)
        rondewerk.register(ask_for_domains)
        toetsing.register(Verslag())
