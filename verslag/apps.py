"""Start-up of the verslag app."""

from django.apps import AppConfig


class VerslagConfig(AppConfig):
    name = "verslag"
    verbose_name = "Verslag"

    def ready(self):
        from kern.kopie import verzegeld

        verzegeld.register(
            "verslag_verslagpdf.inhoud",
            "SELECT inhoud, 'verslag_verslagpdf.inhoud|' || versie_id || '|' || kring_id "
            "FROM public.verslag_verslagpdf",
        )
