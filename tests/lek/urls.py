"""The doors of the house, and the planted ones."""

from django.urls import path

from spoeddienst.urls import *  # noqa: F403
from spoeddienst.urls import urlpatterns
from tests.lek import views

urlpatterns = [
    *urlpatterns,
    path("lek/taak/<str:fout>/", views.taak, name="lek_taak"),
    path("lek/<str:fout>/", views.lek, name="lek"),
]
