"""Doors of the demo, below /demo/."""

from django.urls import path

from spoeddienst.demo import views
from spoeddienst.demo.galerij import galerij

app_name = "demo"
urlpatterns = [
    path("", views.panel, name="paneel"),
    path("aanmelden/<int:gebruiker_id>/", views.login_as, name="aanmelden"),
    path("berichten/", views.messages_page, name="berichten"),
    path("codes/", views.codes_page, name="codes"),
    path("galerij/", galerij, name="galerij"),
]
