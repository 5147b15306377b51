"""Start-up of the toezicht app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ToezichtConfig(AppConfig):
    name = "toezicht"
    verbose_name = "Toezicht"

    def ready(self):
        from kring import startpagina
        from toezicht import nachtwerk

        nachtwerk.register()
        startpagina.register("toezicht/_alarm.html", nachtwerk.alarm_of, volgorde=1)
        startpagina.register_taak(
            "toezicht:signalen",
            _("Signalen"),
            _("Beoordeel opvallende inzage in patiëntgegevens."),
            icoon="schild",
            volgorde=57,
        )
        startpagina.register_taak(
            "toezicht:zoek_patient",
            _("Inzageoverzicht"),
            _("Laat een patiënt zien wie de gegevens heeft gezien."),
            icoon="zoek",
            volgorde=58,
        )
