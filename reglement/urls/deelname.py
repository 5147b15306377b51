"""Doors of taking part: the register, ends, applications, the area."""

from django.urls import path

from reglement.views import deelname, einde, gebied, toelating

urlpatterns = [
    path("deelnemers/", deelname.register, name="deelnemers"),
    path("deelnemers/<uuid:deelnemer>/", deelname.practice, name="deelname"),
    path("deelnemers/<uuid:deelnemer>/opzeggen/", einde.resign, name="opzeggen"),
    path("deelnemers/<uuid:deelnemer>/einde/", einde.stop, name="einde_anders"),
    path("deelnemers/<uuid:deelnemer>/eenzijdig/", deelname.one_sided, name="eenzijdig"),
    path("deelnemers/<uuid:deelnemer>/vergoeding/", deelname.fee, name="vergoeding"),
    path("deelnemers/einde/<uuid:einde>/afwijken/", einde.deviate, name="einde_afwijken"),
    path("deelnemers/einde/<uuid:einde>/intrekken/", einde.withdraw, name="einde_intrekken"),
    path("deelnemers/aanvragen/", toelating.applications, name="toelatingen"),
    path("deelnemers/aanvragen/nieuw/", toelating.new, name="toelating_nieuw"),
    path("deelnemers/aanvragen/<uuid:toelating>/", toelating.application, name="toelating"),
    path(
        "deelnemers/aanvragen/<uuid:toelating>/wijzigen/",
        toelating.change,
        name="toelating_wijzigen",
    ),
    path(
        "deelnemers/aanvragen/<uuid:toelating>/verklaring/",
        toelating.declare,
        name="toelating_verklaring",
    ),
    path(
        "deelnemers/aanvragen/<uuid:toelating>/tandarts/",
        toelating.dentist,
        name="toelating_tandarts",
    ),
    path(
        "deelnemers/aanvragen/tandarts/<uuid:toelatingstandarts>/weg/",
        toelating.remove_dentist,
        name="toelating_tandarts_weg",
    ),
    path(
        "deelnemers/aanvragen/tandarts/<uuid:toelatingstandarts>/big/",
        toelating.check_dentist,
        name="toelating_big",
    ),
    path(
        "deelnemers/aanvragen/<uuid:toelating>/advies/", toelating.advise, name="toelating_advies"
    ),
    path(
        "deelnemers/aanvragen/<uuid:toelating>/voorleggen/",
        toelating.put,
        name="toelating_voorleggen",
    ),
    path(
        "deelnemers/aanvragen/<uuid:toelating>/verwerken/",
        toelating.settle,
        name="toelating_verwerken",
    ),
    path(
        "deelnemers/aanvragen/<uuid:toelating>/intrekken/",
        toelating.withdraw,
        name="toelating_intrekken",
    ),
    path("deelnemers/gebied/", gebied.area, name="verzorgingsgebied"),
    path("deelnemers/gebied/voorstel/", gebied.propose, name="gebied_voorstel"),
    path(
        "deelnemers/gebied/<uuid:gebiedswijziging>/voorleggen/",
        gebied.put,
        name="gebied_voorleggen",
    ),
    path(
        "deelnemers/gebied/<uuid:gebiedswijziging>/verwerken/",
        gebied.settle,
        name="gebied_verwerken",
    ),
    path(
        "deelnemers/gebied/<uuid:gebiedswijziging>/intrekken/",
        gebied.withdraw,
        name="gebied_intrekken",
    ),
]
