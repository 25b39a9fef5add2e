"""The short address of every matter."""

from django.urls import path

from . import views

app_name = "matters"
urlpatterns = [
    path("s/<int:matter_id>/", views.short, name="short"),
    path("s/<int:matter_id>/follow/", views.follow, name="follow"),
    path("s/<int:matter_id>/qr.svg", views.qr, name="qr"),
]
