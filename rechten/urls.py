"""Doors of the rechten app, below /k/<kring>/rechten/."""

app_name = "rechten"
urlpatterns: list = []
