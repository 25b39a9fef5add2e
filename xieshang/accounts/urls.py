"""Doors for signing in and for one's own details."""

from django.urls import include, path

urlpatterns = [path("", include("allauth.account.urls"))]
