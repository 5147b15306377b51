"""Doors of royement."""

from django.urls import path

from reglement.views.royement import pagina, stappen, stukken

urlpatterns = [
    path("royement/", pagina.overview, name="royementen"),
    path("royement/nieuw/", pagina.new, name="royement_nieuw"),
    path("royement/<uuid:royement>/", pagina.show, name="royement"),
    path("royement/<uuid:royement>/stap/", stappen.step, name="royement_stap"),
    path("royement/<uuid:royement>/eigen/", stappen.own_step, name="royement_eigen"),
    path("royement/<uuid:royement>/besluit/", stappen.decide, name="royement_besluit"),
    path("royement/<uuid:royement>/stukken/", stukken.add_stuk, name="royement_stuk_nieuw"),
    path(
        "royement/<uuid:royement>/stukken/<uuid:royementstuk>/",
        stukken.stuk,
        name="royementstuk",
    ),
    path("royement/<uuid:royement>/brief/", stukken.letter, name="royement_brief"),
]
