"""Doors of the disputes."""

from django.urls import path

from reglement.views import geschillen

urlpatterns = [
    path("geschillen/", geschillen.overview, name="geschillen"),
    path("geschillen/melden/", geschillen.new, name="geschil_melden"),
    path("geschillen/<uuid:geschil>/", geschillen.show, name="geschil"),
    path("geschillen/<uuid:geschil>/stap/", geschillen.step, name="geschil_stap"),
    path("geschillen/<uuid:geschil>/intrekken/", geschillen.withdraw, name="geschil_intrekken"),
]
