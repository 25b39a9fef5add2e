"""Addresses of coordination."""

from django.urls import path

from .views import bodies, guidance, threads

app_name = "coordination"
urlpatterns = [
    # Threads between the sides of an estate.
    path("coordination/", threads.threads, name="list"),
    path("coordination/<int:thread_id>/", threads.thread, name="thread"),
    # The register of bodies under guidance.
    path("guidance/bodies/", bodies.guided_bodies, name="guided_bodies"),
    path("guidance/bodies/<int:body_id>/", bodies.guided_body, name="guided_body"),
    path("guidance/bodies/<int:body_id>/<str:what>/", bodies.keep_body, name="keep_body"),
    # Guidance by the Party organisation.
    path("guidance/", guidance.guidance, name="guidance"),
    path("guidance/ask/", guidance.ask_guidance, name="ask_guidance"),
    path("guidance/give/", guidance.offer_guidance, name="offer_guidance"),
    path("guidance/<int:guidance_id>/", guidance.guidance_one, name="guidance_one"),
    path("guidance/<int:guidance_id>/<str:step>/", guidance.act_on_guidance, name="act_on_guidance"),
]
