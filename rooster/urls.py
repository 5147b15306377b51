"""Doors of the rooster app, below /k/<kring>/."""

app_name = "rooster"
urlpatterns: list = []
