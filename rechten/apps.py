"""Start-up of the rechten app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RechtenConfig(AppConfig):
    name = "rechten"
    verbose_name = "Rechten van patiënten"

    def ready(self):
        from kern import dagwerk, rondewerk
        from kern.kopie import nawerk
        from kring import startpagina
        from rechten import samenvoegen, werk, wislijst
        from rechten import tijdlijn as verzoeken
        from verslag import samenvoegbezwaar, tijdlijn

        dagwerk.register("bewaartermijn", werk.propose)
        dagwerk.register("verzoektermijn", werk.remind, uur=8)
        dagwerk.register("wislijst", werk.apply_list_daily, per_kring=False)
        rondewerk.register(werk.destroy_confirmed)
        rondewerk.register(werk.apply_list_once)
        nawerk.register("Wislijst toegepast", wislijst.apply_to_copy)
        tijdlijn.register(verzoeken.events)
        samenvoegbezwaar.register(samenvoegen.objection)
        startpagina.register_taak(
            "rechten:verzoeken",
            _("Verzoeken"),
            _("Afschrift, inzage, verbetering of vernietiging voor een patiënt."),
            icoon="document",
            volgorde=59,
        )
