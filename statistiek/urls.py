"""Doors of the statistiek app, below /k/<kring>/cijfers/."""

from django.urls import path

from statistiek import views

app_name = "statistiek"
urlpatterns = [
    path("", views.overzicht, name="overzicht"),
    path("bestand/", views.bestand, name="bestand"),
    path("papier/", views.papier, name="papier"),
]
