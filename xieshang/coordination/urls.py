"""Addresses of coordination."""

from django.urls import path

from .views import bodies, fourtwo, guidance, printing, study, threads

app_name = "coordination"
urlpatterns = [
    # Threads between the sides of an estate.
    path("coordination/", threads.threads, name="list"),
    path("coordination/raise/", threads.raise_thread, name="raise"),
    path("coordination/board/", threads.board, name="board"),
    path("coordination/companies/<int:body_id>/", threads.record, name="record"),
    path("coordination/companies/<int:body_id>/reply/", threads.reply, name="reply"),
    path("coordination/commitments/<int:commitment_id>/", threads.commitment, name="commitment"),
    path("coordination/commitments/<int:commitment_id>/move/", threads.ask_move, name="ask_move"),
    path("coordination/commitments/<int:commitment_id>/<slug:act>/", threads.judge, name="judge"),
    path("coordination/asks/<int:ask_id>/", threads.ask, name="ask"),
    path("coordination/entries/<int:entry_id>/", threads.entry, name="entry"),
    path("coordination/entries/<int:entry_id>/letter/", threads.letter, name="letter"),
    path("coordination/guest/<str:key>/", threads.guest, name="guest"),
    path("coordination/<int:thread_id>/", threads.thread, name="thread"),
    path("coordination/<int:thread_id>/print/", printing.print_thread, name="print_thread"),
    path("coordination/<int:thread_id>/thread.pdf", printing.thread_pdf, name="thread_pdf"),
    path("coordination/<int:thread_id>/history/", threads.history, name="history"),
    path("coordination/<int:thread_id>/readings/", threads.readings, name="readings"),
    path("coordination/<int:thread_id>/work/", threads.work, name="work"),
    path("coordination/<int:thread_id>/guest-link/", threads.guest_link, name="guest_link"),
    path("coordination/<int:thread_id>/do/<slug:step>/", threads.do, name="do"),
    # 四议两公开.
    path("fourtwo/", fourtwo.fourtwos, name="fourtwos"),
    path("fourtwo/begin/", fourtwo.begin_fourtwo, name="begin_fourtwo"),
    path("fourtwo/<int:flow_id>/", fourtwo.fourtwo, name="fourtwo"),
    path("fourtwo/<int:flow_id>/print/", printing.print_fourtwo, name="print_fourtwo"),
    path("fourtwo/<int:flow_id>/way.pdf", printing.fourtwo_pdf, name="fourtwo_pdf"),
    path("fourtwo/<int:flow_id>/<slug:act>/", fourtwo.act_on_fourtwo, name="act_on_fourtwo"),
    # The register of bodies under guidance.
    path("guidance/bodies/", bodies.guided_bodies, name="guided_bodies"),
    path("guidance/papers/<int:paper_id>/scan/", bodies.scan, name="paper_scan"),
    path("guidance/bodies/<int:body_id>/", bodies.guided_body, name="guided_body"),
    path("guidance/bodies/<int:body_id>/<str:what>/", bodies.keep_body, name="keep_body"),
    # Regular study.
    path("guidance/studies/", study.studies, name="studies"),
    path("guidance/studies/in/<int:community_id>/rhythm/", study.set_rhythm, name="set_rhythm"),
    path("guidance/studies/in/<int:community_id>/call/", study.call_study, name="call_study"),
    path("guidance/studies/<int:study_id>/", study.study, name="study"),
    path("guidance/studies/<int:study_id>/<str:step>/", study.act_on_study, name="act_on_study"),
    # Guidance by the Party organisation.
    path("guidance/", guidance.guidance, name="guidance"),
    path("guidance/ask/", guidance.ask_guidance, name="ask_guidance"),
    path("guidance/give/", guidance.offer_guidance, name="offer_guidance"),
    path("guidance/<int:guidance_id>/", guidance.guidance_one, name="guidance_one"),
    path("guidance/<int:guidance_id>/<str:step>/", guidance.act_on_guidance, name="act_on_guidance"),
]
