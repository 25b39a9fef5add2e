"""Doors of notices, objections, promises and ratings."""

from django.urls import path

from . import views

app_name = "outcomes"
urlpatterns = [
    path("notices/", views.notices, name="list"),
    path("notices/<int:notice_id>/", views.notice, name="notice"),
    path("notices/<int:notice_id>/v/<int:version>/", views.version, name="version"),
    path("notices/<int:notice_id>/print/", views.print_page, name="print"),
    path("notices/<int:notice_id>/notice.pdf", views.pdf, name="pdf"),
    path("notices/<int:notice_id>/object/", views.object_to, name="object"),
    path("notices/<int:notice_id>/objections/", views.objections, name="objections"),
    path("notices/<int:notice_id>/boards/", views.boards, name="boards"),
    path("notices/<int:notice_id>/correct/", views.correct, name="correct"),
    path("objections/<int:objection_id>/appeal/", views.appeal, name="appeal"),
    path("objections/<int:objection_id>/answer-appeal/", views.answer_appeal, name="answer_appeal"),
    path("items/<int:item_id>/", views.item, name="item"),
    path("items/<int:item_id>/report/", views.report, name="report"),
    path("items/<int:item_id>/verify/", views.verify, name="verify"),
    path("items/<int:item_id>/move/", views.move_due, name="move_due"),
    path("matters/<int:matter_id>/ratings/", views.ratings, name="ratings"),
    path("matters/<int:matter_id>/rate/", views.rate, name="rate"),
    path("n/<int:notice_id>/", views.short, name="short"),
    path("n/<int:notice_id>/qr.svg", views.qr, name="qr"),
]
