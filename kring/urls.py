"""Doors of the kring app, below /k/<kring>/."""

from django.urls import path

from kring import views

app_name = "kring"
urlpatterns = [
    path("", views.start, name="start"),
]
