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
    path("votes/<int:vote_id>/papers/", views.papers, name="papers"),
    path("votes/<int:vote_id>/papers/issue/", views.issue_papers, name="issue_papers"),
    path("votes/<int:vote_id>/papers/print/", views.print_papers, name="print_papers"),
    path("votes/<int:vote_id>/papers/receive/", views.receive_paper, name="receive_paper"),
    path("votes/<int:vote_id>/papers/list/", views.receive_list, name="receive_list"),
    path("votes/<int:vote_id>/papers/<int:paper_id>/reissue/", views.reissue_paper, name="reissue_paper"),
    path("votes/<int:vote_id>/papers/keying/", views.keying, name="keying"),
    path("votes/<int:vote_id>/papers/<int:paper_id>/key/", views.key_paper, name="key_paper"),
    path("votes/<int:vote_id>/conflicts/<int:conflict_id>/", views.settle_conflict, name="settle_conflict"),
    path("votes/<int:vote_id>/deliveries/", views.deliveries, name="deliveries"),
    path("votes/<int:vote_id>/deliveries/record/", views.record_delivery, name="record_delivery"),
    path("votes/<int:vote_id>/acknowledge/", views.acknowledge, name="acknowledge"),
    path("votes/<int:vote_id>/door/", views.door, name="door"),
    path("votes/<int:vote_id>/proxy/", views.proxy, name="proxy"),
    path("votes/<int:vote_id>/proxy/<int:proxy_id>/accept/", views.accept_proxy, name="accept_proxy"),
    path("votes/<int:vote_id>/proxy/<int:proxy_id>/refuse/", views.refuse_proxy, name="refuse_proxy"),
    path("votes/<int:vote_id>/proxy/<int:proxy_id>/withdraw/", views.withdraw_proxy, name="withdraw_proxy"),
    path("votes/<int:vote_id>/proxy/<int:proxy_id>/file/", views.proxy_file, name="proxy_file"),
    path("votes/<int:vote_id>/dispute/", views.dispute, name="dispute"),
    path("votes/<int:vote_id>/disputes/<int:dispute_id>/", views.settle_dispute, name="settle_dispute"),
]
