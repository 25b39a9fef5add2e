"""Addresses of votes."""

from django.urls import path

from . import views

app_name = "voting"
urlpatterns = [
    path("votes/", views.votes, name="list"),
    path("votes/<int:vote_id>/", views.vote, name="vote"),
    path("votes/<int:vote_id>/choose/", views.choose, name="choose"),
    path("votes/<int:vote_id>/review/", views.review, name="review"),
    path("votes/<int:vote_id>/code/", views.send_code, name="send_code"),
    path("votes/<int:vote_id>/cast/", views.cast, name="cast"),
    path("votes/<int:vote_id>/receipt/<slug:number>/", views.receipt, name="receipt"),
    path("votes/<int:vote_id>/receipt/<slug:number>/file/", views.receipt_file, name="receipt_file"),
    path("votes/<int:vote_id>/receipt/<slug:number>/qr.png", views.receipt_qr, name="receipt_qr"),
    path("votes/<int:vote_id>/check/", views.check, name="check"),
    path("votes/<int:vote_id>/record/", views.record, name="record"),
    path("votes/<int:vote_id>/record/public.zip", views.bundle, {"depth": "public"}, name="bundle"),
    path("votes/<int:vote_id>/record/owners.zip", views.bundle, {"depth": "owners"}, name="owners_bundle"),
    path("votes/<int:vote_id>/record/named.zip", views.named_bundle, name="named_bundle"),
    path("check-notice/", views.check_notice, name="check_notice"),
    path("votes/<int:vote_id>/result/", views.owners_result, name="owners_result"),
    path("votes/<int:vote_id>/count/", views.count, name="count"),
    path("votes/<int:vote_id>/count/sheet/", views.count_sheet, name="count_sheet"),
]
