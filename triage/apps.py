"""Start-up of the triage app."""

from django.apps import AppConfig


class TriageConfig(AppConfig):
    name = "triage"
    verbose_name = "Triage"

    def ready(self):
        from kern import rondewerk
        from kring import startpagina
        from triage.versies.startblok import waiting
        from triage.verstreken import tell_overdue

        rondewerk.register(tell_overdue)
        startpagina.register("triage/versies/_startblok.html", waiting, volgorde=5)
