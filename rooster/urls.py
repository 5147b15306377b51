"""Doors of the rooster app, below /k/<kring>/rooster/."""

from django.urls import path

from rooster.views import dienst

app_name = "rooster"
urlpatterns = [
    path("", dienst.overzicht, name="overzicht"),
    path("nu/", dienst.nu, name="nu"),
    path("dienst/", dienst.dienst_nieuw, name="dienst_nieuw"),
    path("dienst/<uuid:pk>/", dienst.dienst, name="dienst"),
    path("dienst/<uuid:pk>/weg/", dienst.dienst_verwijderen, name="dienst_verwijderen"),
]
