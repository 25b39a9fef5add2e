"""Doors for what people say about the platform."""

from django.urls import path

from . import views

app_name = "cms"
urlpatterns = [
    path("suggestions/send/<int:community_id>/", views.suggest, name="suggest"),
    path("suggestions/<int:suggestion_id>/", views.answer, name="answer"),
]
