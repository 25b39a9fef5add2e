"""Addresses of the discussion, its posts, its files and the moderation desk."""

from django.urls import path, re_path

from . import views

app_name = "discussion"
urlpatterns = [
    path("s/<int:matter_id>/discussion/", views.thread, name="thread"),
    path("s/<int:matter_id>/say/", views.say, name="say"),
    path("posts/<int:post_id>/", views.post, name="post"),
    path("posts/<int:post_id>/reply/", views.reply, name="reply"),
    path("posts/<int:post_id>/edit/", views.edit, name="edit"),
    path("posts/<int:post_id>/withdraw/", views.withdraw, name="withdraw"),
    path("posts/<int:post_id>/thank/", views.thank, name="thank"),
    path("posts/<int:post_id>/report/", views.report, name="report"),
    path("posts/<int:post_id>/appeal/", views.appeal, name="appeal"),
    path("review/", views.review, name="review"),
    path("review/<int:post_id>/", views.rule, name="rule"),
    re_path(r"^files/(?P<file_id>\d{1,18})/(?P<size>page|thumb)/$", views.file, name="file"),
    path("rulings/<int:community_id>/", views.rulings, name="rulings"),
]
