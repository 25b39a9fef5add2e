"""Addresses of meetings."""

from django.urls import path

from . import views
from .views import minutes, motions

app_name = "meetings"
MOTION = "meetings/<int:meeting_id>/motions/<int:motion_id>/"
MINUTES = "meetings/<int:meeting_id>/minutes/"
urlpatterns = [
    path("meetings/", views.meetings, name="list"),
    path("meetings/<int:meeting_id>/", views.detail, name="detail"),
    path("meetings/<int:meeting_id>/motions/", motions.motions, name="motions"),
    path("meetings/<int:meeting_id>/motions/taken/", motions.taken, name="taken"),
    path("meetings/<int:meeting_id>/motions/bring/", motions.bring_motion, name="bring_motion"),
    path(f"{MOTION}put/", motions.put_motion, name="put_motion"),
    path(f"{MOTION}withdraw/", motions.withdraw_motion, name="withdraw_motion"),
    path(f"{MOTION}vote/", motions.vote_on_motion, name="vote_on_motion"),
    path(f"{MOTION}slip/", motions.hand_out_slip, name="hand_out_slip"),
    path(f"{MOTION}count/", motions.count_motion, name="count_motion"),
    path(f"{MOTION}recount/", motions.recount_motion, name="recount_motion"),
    path(f"{MOTION}sheet/", motions.motion_sheet, name="motion_sheet"),
    path(f"{MINUTES}", minutes.minutes, name="minutes"),
    path(f"{MINUTES}edit/", minutes.edit_minutes, name="edit_minutes"),
    path(f"{MINUTES}do/<slug:step>/", minutes.step_minutes, name="step_minutes"),
    path(f"{MINUTES}publish/", minutes.publish_minutes, name="publish_minutes"),
    path(f"{MINUTES}add/", minutes.add_to_minutes, name="add_to_minutes"),
    path(f"{MINUTES}print/", minutes.print_minutes, name="print_minutes"),
    path(f"{MINUTES}pdf/", minutes.minutes_pdf, name="minutes_pdf"),
    path(f"{MINUTES}<int:signature_id>/sign/", minutes.sign_minutes, name="sign_minutes"),
    path(f"{MINUTES}<int:signature_id>/refuse/", minutes.refuse_minutes, name="refuse_minutes"),
    path(f"{MINUTES}<int:signature_id>/paper/", minutes.sign_on_paper, name="sign_on_paper"),
    path(f"{MINUTES}<int:signature_id>/sheet/", minutes.signed_sheet, name="signed_sheet"),
]
