"""Addresses of coordination."""

from django.urls import path

from .views import guidance

app_name = "coordination"
urlpatterns = [
    # Guidance by the Party organisation.
    path("guidance/", guidance.guidance, name="guidance"),
    path("guidance/ask/", guidance.ask_guidance, name="ask_guidance"),
    path("guidance/give/", guidance.offer_guidance, name="offer_guidance"),
    path("guidance/<int:guidance_id>/", guidance.guidance_one, name="guidance_one"),
    path("guidance/<int:guidance_id>/<str:step>/", guidance.act_on_guidance, name="act_on_guidance"),
]
