"""Doors of the rooster app, below /k/<kring>/rooster/."""

from django.urls import path

from rooster import views

app_name = "rooster"
urlpatterns = [
    path("", views.overzicht, name="overzicht"),
    path("nu/", views.nu, name="nu"),
    path("dienst/", views.dienst_nieuw, name="dienst_nieuw"),
    path("dienst/<uuid:pk>/", views.dienst, name="dienst"),
    path("dienst/<uuid:pk>/weg/", views.dienst_verwijderen, name="dienst_verwijderen"),
]
