"""Doors of the rooster app, below /k/<kring>/rooster/."""

from django.urls import path

from rooster.views import agenda, dienst, gebied

app_name = "rooster"
urlpatterns = [
    path("", dienst.overzicht, name="overzicht"),
    path("nu/", dienst.nu, name="nu"),
    path("dienst/", dienst.dienst_nieuw, name="dienst_nieuw"),
    path("dienst/<uuid:pk>/", dienst.dienst, name="dienst"),
    path("dienst/<uuid:pk>/weg/", dienst.dienst_verwijderen, name="dienst_verwijderen"),
    # Agenda and area
    path("agenda/", agenda.agenda, name="agenda"),
    path("agenda/<uuid:agendalink>/weg/", agenda.intrekken, name="agenda_intrekken"),
    path("agenda/<str:geheim>/dienst.ics", agenda.lezen, name="agenda_lezen"),
    path("gebied/", gebied.gebied, name="gebied"),
    path("gebied/wijzigen/", gebied.wijzigen, name="gebied_wijzigen"),
]
