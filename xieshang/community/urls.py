"""Doors for homes, the committee's desk for people, bodies and offices, and setting up."""

from django.urls import path

from . import views

app_name = "community"
urlpatterns = [
    path("homes/join/", views.join, name="join"),
    path("homes/join/<int:unit_id>/", views.ask, name="ask"),
    path("homes/<int:residence_id>/end/", views.end_home, name="end_home"),
    path("residences/", views.residences, name="residences"),
    path("residences/<int:residence_id>/confirm/", views.confirm, name="confirm"),
    path("residences/<int:residence_id>/return/", views.give_back, name="give_back"),
    path("people/", views.people, name="people"),
    path("people/register/", views.register, name="register"),
    path("people/<int:person_id>/", views.person, name="person"),
    path("people/<int:person_id>/minor/", views.mark_minor, name="mark_minor"),
    path("people/<int:person_id>/help/", views.start_helping, name="start_helping"),
    path("people/help/stop/", views.stop_helping, name="stop_helping"),
    path("register/<int:registered_id>/strike/", views.strike, name="strike"),
    path("register/<int:registered_id>/let-in/", views.let_in, name="let_in"),
    path("register/<int:registered_id>/share/", views.let_share, name="let_share"),
    path("bodies/", views.bodies, name="bodies"),
    path("bodies/<int:body_id>/", views.body, name="body"),
    path("bodies/<int:body_id>/appoint/", views.appoint, name="appoint"),
    path("offices/<int:office_id>/end/", views.end_office, name="end_office"),
    path("offices/<int:office_id>/leave/", views.ask_to_leave, name="ask_to_leave"),
    path("rules/", views.rule_books, name="rule_books"),
    path("rules/<slug:kind>/", views.rules_places, name="rules_places"),
    path("rules/<slug:kind>/<int:place_id>/", views.place_rules, name="place_rules"),
    path("rules/<slug:kind>/<int:place_id>/<int:draft_id>/", views.answer_rules, name="answer_rules"),
    path("set-up/", views.set_up, name="set_up"),
    path("set-up/template/", views.set_up_template, name="set_up_template"),
    path("set-up/progress/<str:ticket>/", views.set_up_progress, name="set_up_progress"),
    path("set-up/<str:key>/", views.set_up_report, name="set_up_report"),
]
