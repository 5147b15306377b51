"""Doors of a call centre: over all kringen of one person, so not below a kring."""

from django.urls import path

from triage import views

app_name = "meldkamer"
urlpatterns = [
    path("", views.kringen, name="bord"),
    path("fragment/", views.kringen_fragment, name="bord_fragment"),
    path("strook/", views.strook, name="strook"),
    path("wand/", views.wand, name="wand"),
    path("wand/fragment/", views.wand_fragment, name="wand_fragment"),
    path("wand/begin/", views.wand_begin, name="wand_begin"),
]
