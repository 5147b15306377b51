"""Doors of the verslag app, below /k/<kring>/."""

app_name = "verslag"
urlpatterns: list = []
