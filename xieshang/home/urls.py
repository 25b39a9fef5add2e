"""Doors of the frame and of what waits."""

from django.urls import path

from . import views

app_name = "home"
urlpatterns = [
    path("elder/", views.elder, name="elder"),
    path("place/", views.choose_place, name="choose_place"),
    path("office/", views.choose_office, name="choose_office"),
]
