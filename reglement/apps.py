"""Start-up of the reglement app."""

from django.apps import AppConfig


class ReglementConfig(AppConfig):
    name = "reglement"
    verbose_name = "Reglement en vergadering"

    def ready(self):
        from kern import dagwerk
        from reglement import overzicht, overzichtbronnen
        from reglement.jaarwiel import werk
        from reglement.lidmaatschap import opstart
        from reglement.royement import werk as royement
        from reglement.stemmen import scherm
        from reglement.stemmen import taken as stemtaken
        from reglement.vergadering import herinneren, taken
        from reglement.versies import werk as versies

        scherm.put_on_screen()
        overzicht.register(stemtaken.lines)
        overzicht.register(taken.lines)
        for bron in overzichtbronnen.BRONNEN:
            overzicht.register(bron)
        dagwerk.register("vergadering_herinneren", herinneren.remind, uur=8)
        dagwerk.register(werk.NAAM, werk.remind, uur=werk.UUR)
        royement.register()
        opstart.offer()
        versies.register()
