"""Doors of the verslag app, below /k/<kring>/."""

from django.urls import path

from verslag.views import ophalen

app_name = "verslag"
urlpatterns = [
    path("ophalen/<str:token>/", ophalen.pick_up, name="ophalen"),
    path("ophalen/<str:token>/pdf/", ophalen.pick_up_pdf, name="ophalen_pdf"),
]
