"""Addresses of meetings."""

from django.urls import path

from . import views
from .views import minutes, motions, requests

app_name = "meetings"
ONE = "meetings/<int:meeting_id>/"
MOTION = "meetings/<int:meeting_id>/motions/<int:motion_id>/"
MINUTES = "meetings/<int:meeting_id>/minutes/"
urlpatterns = [
    path("meetings/", views.meetings, name="list"),
    path("meetings/new/", views.begin, name="begin"),
    path("meetings/new/party/", views.party_meeting, name="party"),
    path("meetings/new/<slug:kind>/", views.plan, name="plan"),
    path("meetings/requests/", requests.requests, name="requests"),
    path("meetings/requests/<int:request_id>/", requests.request_detail, name="request"),
    path("meetings/requests/<int:request_id>/sign/", requests.sign_request, name="sign_request"),
    path("meetings/requests/<int:request_id>/unsign/", requests.unsign_request, name="unsign_request"),
    path("meetings/sign-in/", views.sign_in, name="sign_in"),
    path("meetings/in/<str:key>/", views.by_key, name="by_key"),
    path(ONE, views.detail, name="detail"),
    path(f"{ONE}answer/", views.answer, name="answer"),
    path(f"{ONE}meeting.ics", views.calendar, name="calendar"),
    path(f"{ONE}notice/", views.notice, name="notice"),
    path(f"{ONE}hand/", views.raise_hand, name="raise_hand"),
    path(f"{ONE}hand/down/", views.lower_hand, name="lower_hand"),
    path(f"{ONE}leave/", views.leave, name="leave"),
    path(f"{ONE}edit/", views.revise, name="revise"),
    path(f"{ONE}people/", views.ask_people, name="ask_people"),
    path(f"{ONE}people/<int:invitation_id>/off/", views.take_off, name="take_off"),
    path(f"{ONE}people/<int:invitation_id>/in/", views.sign_listed, name="sign_listed"),
    path(f"{ONE}material/", views.add_material, name="add_material"),
    path(f"{ONE}work/", views.work, name="work"),
    path(f"{ONE}do/<slug:step>/", views.do, name="do"),
    path(f"{ONE}screen/", views.screen, name="screen"),
    path(f"{ONE}sign-in.svg", views.qr, name="qr"),
    path(f"{ONE}code/", views.renew_code, name="renew_code"),
    path(f"{ONE}item/<int:position>/", views.take_up, name="take_up"),
    path(f"{ONE}speakers/call/", views.call_speaker, name="call_speaker"),
    path(f"{ONE}speakers/end/", views.end_turn, name="end_turn"),
    path(f"{ONE}seats/", views.sign_named, name="sign_named"),
    path(f"{ONE}seats/<int:attendance_id>/left/", views.mark_left, name="mark_left"),
    path(f"{ONE}seats/<int:attendance_id>/hand/", views.hand_for, name="hand_for"),
    path(f"{ONE}proxies/", views.proxy, name="proxy"),
    path(f"{ONE}proxies/<int:proxy_id>/paper/", views.proxy_paper, name="proxy_paper"),
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
