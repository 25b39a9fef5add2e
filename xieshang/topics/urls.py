"""Doors of the consultation topics."""

from django.urls import path, re_path

from . import views

app_name = "topics"
urlpatterns = [
    path("topics/", views.topics, name="list"),
    path("topics/raise/", views.tell, name="raise"),
    path("topics/from-thread/<int:thread_id>/", views.from_thread, name="from_thread"),
    path("topics/raise/draft/", views.keep_draft, name="keep_draft"),
    path("topics/raise/photo/<int:photo_id>/", views.photo, name="draft_photo"),
    path("topics/raise/photo/<int:photo_id>/remove/", views.remove_photo, name="remove_draft_photo"),
    path("topics/raise/similar/", views.similar, name="raise_similar"),
    path("topics/raise/check/", views.check, name="raise_check"),
    path("topics/<int:topic_id>/", views.detail, name="detail"),
    path("topics/<int:topic_id>/raised/", views.raise_done, name="raise_done"),
    path("topics/<int:topic_id>/support/", views.support, name="support"),
    path("topics/<int:topic_id>/edit/", views.edit, name="edit"),
    path("topics/<int:topic_id>/history/", views.history, name="history"),
    path("topics/<int:topic_id>/missing/", views.missing, name="missing"),
    path("topics/<int:topic_id>/work/", views.work, name="work"),
    path("topics/<int:topic_id>/opinion/", views.opinion, name="opinion"),
    path("topics/<int:topic_id>/notice/", views.notice, name="notice"),
    path("topics/<int:topic_id>/publish/", views.publish, name="publish"),
    path("topics/<int:topic_id>/publish/now/", views.publish_now, name="publish_now"),
    path("topics/<int:topic_id>/publish/return/", views.return_draft, name="return_draft"),
    re_path(
        r"^topics/(?P<topic_id>\d{1,18})/mine/(?P<act>solved|unsolved|withdraw|appeal)/$",
        views.resident_step,
        name="mine",
    ),
    path("topics/<int:topic_id>/do/<slug:step>/", views.do, name="do"),
]
