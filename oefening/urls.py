"""Doors of the oefening app, below /k/<kring>/oefenen/."""

from django.urls import path

from oefening import views

app_name = "oefening"
urlpatterns = [
    path("", views.overzicht, name="overzicht"),
    path("begin/", views.begin, name="begin"),
    path("ploeg/", views.ploeg, name="ploeg"),
    path("<uuid:pk>/", views.poging, name="poging"),
    path("<uuid:pk>/vraag/", views.vraag, name="vraag"),
    path("<uuid:pk>/inleveren/", views.inleveren, name="inleveren"),
]
