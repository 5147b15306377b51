"""Door of the first page of the app."""

from django.urls import path

from reglement.views import overzicht

urlpatterns = [path("", overzicht.overview, name="overzicht")]
