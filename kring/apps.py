"""Start-up of the kring app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KringConfig(AppConfig):
    name = "kring"
    verbose_name = "Kring"

    def ready(self):
        from kern import dagwerk, verzegeld
        from kring import (
            aanmeldsporen,
            login,  # noqa: F401  (connects the second-factor signals)
            logwerk,
            startpagina,
            toestand,
        )

        logwerk.register()
        dagwerk.register("aanmeldsporen_wissen", aanmeldsporen.forget, per_kring=False)
        toestand.register()
        for sleutel in ("secret", "seed"):  # of the codes, of the recovery codes
            verzegeld.register_json(
                "mfa_authenticator",
                "data",
                sleutel,
                plaats="'mfa_authenticator.data|' || user_id",
            )
        startpagina.register("kring/_alarm.html", toestand.alarm_of, volgorde=0)
        startpagina.register_taak(
            "kring:eigen_tandartsen",
            _("Eigen tandartsen"),
            _("Zoek of voeg de tandarts toe bij wie een patiënt normaal komt."),
            icoon="envelop",
            volgorde=40,
        )
        startpagina.register_taak(
            "kring:deelnemers",
            _("Praktijken en tandartsen"),
            _("Wie doen er mee, op welk nummer, en wie spreekt voor de praktijk."),
            icoon="gebouw",
            volgorde=50,
        )
        startpagina.register_taak(
            "kring:gebruikers",
            _("Gebruikers en rollen"),
            _("Geef iemand toegang of beëindig een rol."),
            icoon="gebruikers",
            volgorde=55,
        )
        startpagina.register_taak(
            "kring:logboek",
            _("Logboek"),
            _("Controleer wie wat heeft gezien en gedaan."),
            icoon="logboek",
            volgorde=60,
        )
        startpagina.register_taak(
            "kring:toestand",
            _("Toestand"),
            _("Is er een reservekopie, en is ze beproefd?"),
            icoon="schild",
            volgorde=65,
        )
