"""Doors of meetings."""

from django.urls import path

from reglement.views.vergadering import agenda, leiden, notulen, oproep, plannen, stukken, zaal

_V = "vergaderingen/<uuid:vergadering>"

urlpatterns = [
    path("vergaderingen/", plannen.overview, name="vergaderingen"),
    path("vergaderingen/proef/", oproep.trial, name="oproepproef"),
    path("vergaderingen/nieuw/", plannen.new, name="vergadering_nieuw"),
    path(f"{_V}/", plannen.show, name="vergadering"),
    path(f"{_V}/wijzigen/", plannen.edit, name="vergadering_wijzigen"),
    path(f"{_V}/tweede/", plannen.second, name="vergadering_tweede"),
    path(f"{_V}/opnieuw/", plannen.again, name="vergadering_opnieuw"),
    path(f"{_V}/oproepen/", oproep.send, name="vergadering_oproepen"),
    path(f"{_V}/afgelasten/", oproep.stop, name="vergadering_afgelasten"),
    path(f"{_V}/antwoord/<uuid:deelnemer>/", oproep.reply, name="vergadering_antwoord"),
    path(f"{_V}/vergadering.ics", oproep.calendar, name="vergadering_ics"),
    path(f"{_V}/punt/", agenda.new, name="agendapunt_nieuw"),
    path("vergaderingen/punt/<uuid:agendapunt>/", agenda.edit, name="agendapunt"),
    path("vergaderingen/punt/<uuid:agendapunt>/plaats/", agenda.move, name="agendapunt_plaats"),
    path("vergaderingen/punt/<uuid:agendapunt>/weg/", agenda.remove, name="agendapunt_weg"),
    path(f"{_V}/stuk/", stukken.new, name="stuk_nieuw"),
    path("vergaderingen/stuk/<uuid:stuk>/", stukken.download, name="stuk"),
    path("vergaderingen/stuk/<uuid:stuk>/weg/", stukken.remove, name="stuk_weg"),
    path(f"{_V}/leiden/", leiden.screen, name="leiden"),
    path(f"{_V}/leiden/stand/", leiden.poll, name="leiden_stand"),
    path(f"{_V}/zaal/", zaal.screen, name="zaal"),
    path(f"{_V}/zaal/stand/", zaal.poll, name="zaal_stand"),
    path(f"{_V}/notulen/", notulen.show, name="notulen"),
    path(f"{_V}/notulen/schrijven/", notulen.write, name="notulen_schrijven"),
    path(f"{_V}/notulen/voorleggen/", notulen.submit, name="notulen_voorleggen"),
    path(f"{_V}/notulen/terug/", notulen.take_back, name="notulen_terug"),
    path(f"{_V}/notulen/vaststellen/", notulen.adopt, name="notulen_vaststellen"),
    path(f"{_V}/notulen/antwoord/<uuid:deelnemer>/", notulen.reply, name="notulen_antwoord"),
    path(f"{_V}/notulen.pdf", notulen.paper, name="notulen_pdf"),
]
