"""Doors of the letters to all who take part."""

from django.urls import path

from reglement.views import post

urlpatterns = [
    path("post/", post.overview, name="post"),
    path("post/nieuw/", post.new, name="post_nieuw"),
    path("post/<uuid:rondschrijven>/", post.show, name="brief"),
]
