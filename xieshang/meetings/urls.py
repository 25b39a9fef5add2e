"""Addresses of meetings."""

from django.urls import path

from . import views

app_name = "meetings"
urlpatterns = [
    path("meetings/", views.meetings, name="list"),
    path("meetings/<int:meeting_id>/", views.detail, name="detail"),
]
