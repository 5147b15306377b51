"""Doors of the triage app, below /k/<kring>/."""

app_name = "triage"
urlpatterns: list = []
