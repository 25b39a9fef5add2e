"""Doors of the frame, the desk, the messages, the record and the help."""

from django.urls import path

from . import views

app_name = "home"
urlpatterns = [
    path("elder/", views.elder, name="elder"),
    path("place/", views.choose_place, name="choose_place"),
    path("office/", views.choose_office, name="choose_office"),
    path("mine/", views.mine, name="mine"),
    path("desk/", views.desk, name="desk"),
    path("desk/week/", views.week, name="week"),
    path("desk/below/", views.below, name="below"),
    path("desk/deputy/", views.deputy, name="deputy"),
    path("desk/deputy/<int:office_id>/", views.deputy, name="deputy_of"),
    path("desk/deputy/<int:deputy_id>/end/", views.end_deputy, name="end_deputy"),
    path("desk/<slug:key>/", views.queue, name="queue"),
    path("messages/", views.messages, name="messages"),
    path("messages/read/", views.read_all, name="read_all"),
    path("messages/wish/", views.message_wish, name="message_wish"),
    path("messages/<int:message_id>/", views.open_message, name="open_message"),
    path("search/", views.search, name="search"),
    path("help/", views.guides, name="guides"),
    path("help/<slug:name>/", views.guide, name="guide"),
    path("phone/", views.phone, name="phone"),
    path("archives/", views.archives, name="archives"),
    path("archives/waiting/", views.to_file, name="to_file"),
    path("archives/handed/", views.hand_overs, name="hand_overs"),
    path("archives/handed/<int:hand_over_id>/", views.hand_over, name="hand_over"),
    path("archives/handed/<int:hand_over_id>/<slug:act>/", views.answer_hand_over, name="answer_hand_over"),
    path("archives/<int:matter_id>/", views.file, name="file"),
    path("archives/<int:matter_id>/now/", views.file_now, name="file_now"),
    path("archives/<int:matter_id>/check/", views.check_file, name="check_file"),
    path("archives/<int:matter_id>/package.zip", views.package, name="package"),
    path("archives/<int:matter_id>/file.pdf", views.file_pdf, name="file_pdf"),
    path("archives/<int:matter_id>/sheets/<slug:key>/", views.file_setting, name="file_setting"),
    path("record/", views.record, name="record"),
    path("record/export/", views.record_csv, name="record_csv"),
    path("healthz", views.healthz, name="healthz"),
    path("healthz/time", views.healthz_time, name="healthz_time"),
]
