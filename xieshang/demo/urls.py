"""Doors of the demo."""

from django.urls import path

from . import views

app_name = "demo"
urlpatterns = [
    path("demo/", views.start, name="start"),
    path("demo/enter", views.enter, name="enter"),
    path("demo/leave", views.leave, name="leave"),
    path("demo/clock", views.clock, name="clock"),
    path("demo/outbox/", views.outbox, name="outbox"),
    path("demo/sheets/", views.sheets, name="sheets"),
    path("design/", views.design, name="design"),
]
