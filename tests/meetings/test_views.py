"""The pages of meetings: read, answered, signed in to, kept."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from xieshang.lib.actor import Actor
from xieshang.meetings import services as meetings
from xieshang.meetings.models import Meeting
from xieshang.meetings.rules import MeetingKind

K = MeetingKind


@pytest.fixture
def browse(client):
    """A browser of somebody, in the office they act in."""

    def as_(actor):
        client.force_login(actor.person)
        session = client.session
        session["office"] = actor.office.id if actor.office else None
        session.save()
        return client

    return as_


def test_the_list_shows_what_one_may_know_of(called, plan, browse, wang_ayi, zhang_zhuren):
    called(title="供暖联席会议")
    plan(title="还在筹备的会")
    seen = browse(wang_ayi).get("/meetings/").content.decode()
    assert "供暖联席会议" in seen
    assert "还在筹备的会" not in seen
    assert "还在筹备的会" in browse(zhang_zhuren).get("/meetings/").content.decode()


def test_what_is_being_held_stands_once_in_the_list(in_session, browse, wang_ayi):
    page, held = "/meetings/", in_session.get_absolute_url()
    shown = [
        browse(wang_ayi).get(page, {"show": show}).content.decode().count(f'href="{held}"') for show in ("", "held")
    ]
    assert shown == [1, 0]


def test_the_page_says_when_where_who_and_how_many(called, browse, wang_ayi, client):
    meeting = called()
    page = browse(wang_ayi).get(meeting.get_absolute_url()).content.decode()
    for words in ("3月13日（周五）14:00", "社区议事厅", "换热站怎么调", "安居物业", "各方都到才能开"):
        assert words in page
    client.logout()
    assert client.get(meeting.get_absolute_url()).status_code == 404


def test_a_meeting_is_planned_and_called_on_its_pages(browse, zhang_zhuren, bodies, places):
    desk = browse(zhang_zhuren)
    assert "三方联席会议" in desk.get("/meetings/new/").content.decode()
    form = {
        "title": "供暖联席会议",
        "place_id": places.compound.pk,
        "day": "2026-03-13",
        "hour": "14:00",
        "venue": "议事厅",
        "base": "sides",
        "body_ids": [bodies.committee.pk, bodies.property.pk],
        "stand_ins": "业主代表",
        "guests": "热力公司\n",
        "item-TOTAL_FORMS": 10,
        "item-INITIAL_FORMS": 0,
        "item-0-title": "换热站怎么调",
        "item-3-title": "退费怎么办",
    }
    assert desk.get("/meetings/new/joint/").status_code == 200
    wrong = desk.post("/meetings/new/joint/", form | {"title": ""})
    assert wrong.status_code == 422
    assert "换热站怎么调" in wrong.content.decode()
    answer = desk.post("/meetings/new/joint/", form)
    meeting = Meeting.objects.get()
    assert answer.url == f"/meetings/{meeting.pk}/work/"
    assert [item.title for item in meeting.agenda.all()] == ["换热站怎么调", "退费怎么办"]
    needed = {side.name: side.is_needed for side in meeting.sides.all()}
    assert needed == {"和顺社区居委会": True, "安居物业": True, "业主代表": True, "热力公司": False}
    assert "最早3月13日（周五）" in desk.get(answer.url).content.decode()
    early = form | {"day": "2026-03-12", "hour": "14:00"}
    assert desk.post(f"/meetings/{meeting.pk}/edit/", early).status_code == 302
    refused = desk.post(f"/meetings/{meeting.pk}/do/notify/")
    assert refused.status_code == 409
    assert "通知的天数不够" in refused.content.decode()
    desk.post(f"/meetings/{meeting.pk}/edit/", form)
    assert desk.post(f"/meetings/{meeting.pk}/do/notify/").status_code == 302
    meeting.refresh_from_db()
    assert meeting.state == "noticed"


def test_somebody_asked_answers_on_the_page(called, browse, zhao_jingli):
    meeting = called()
    phone = browse(zhao_jingli)
    assert "收到，会来" in phone.get(meeting.get_absolute_url()).content.decode()
    answer = phone.post(f"{meeting.get_absolute_url()}answer/", {"answer": "absent", "reason": ""})
    assert answer.status_code == 409
    assert "来不了的" in answer.content.decode()
    phone.post(f"{meeting.get_absolute_url()}answer/", {"answer": "coming"})
    assert "您答复了：会来" in phone.get(meeting.get_absolute_url()).content.decode()


def test_two_ways_into_the_room(gathered, browse, wang_ayi, zhou_dashu):
    meeting = gathered(kind=K.RESIDENTS)
    phone = browse(wang_ayi)
    assert phone.post("/meetings/sign-in/", {"code": "000000x"}).status_code == 409
    assert phone.post("/meetings/sign-in/", {"code": meeting.code}).url == meeting.get_absolute_url()
    assert "您已签到" in phone.get(meeting.get_absolute_url()).content.decode()
    phone = browse(zhou_dashu)
    address = f"/meetings/in/{meeting.key}/"
    assert "我到了，签到" in phone.get(address).content.decode()
    assert meeting.attendance.count() == 1
    assert phone.post(address).url == meeting.get_absolute_url()
    assert meeting.attendance.count() == 2


def test_who_is_not_signed_in_reads_which_meeting_it_is_and_comes_back_after_signing_in(gathered, client):
    meeting = gathered(kind=K.RESIDENTS)
    door = f"/meetings/in/{meeting.key}/"
    shown = client.get(door)
    assert meeting.title in shown.text
    assert f"next={door}" in shown.text
    # A page on which one was signed out meanwhile leads back to itself.
    assert client.post(door, headers={"referer": f"http://testserver{door}"})["Location"].endswith(f"?next={door}")


def test_the_code_is_shown_to_whoever_keeps_the_room_alone(gathered, browse, wang_ayi, zhang_zhuren, zhao_jingli):
    meeting = gathered()
    shown = f"{meeting.code[:3]} {meeting.code[3:]}"
    for actor in (wang_ayi, zhao_jingli):
        phone = browse(actor)
        assert phone.get(f"/meetings/{meeting.pk}/screen/").status_code == 403
        assert phone.get(f"/meetings/{meeting.pk}/sign-in.svg").status_code == 403
        page = phone.get(meeting.get_absolute_url()).content.decode()
        assert shown not in page
        assert meeting.key not in page
    desk = browse(zhang_zhuren)
    assert shown in desk.get(f"/meetings/{meeting.pk}/screen/").content.decode()
    assert desk.get(f"/meetings/{meeting.pk}/sign-in.svg").content.startswith(b"<?xml")


def test_the_screen_names_no_real_name(in_session, browse, zhang_zhuren, wang_ayi, places):
    pk = in_session.pk
    seat = meetings.sign_in_named(zhang_zhuren, pk, meetings.Named("赵大妈", unit_id=places.units[0].pk))
    meetings.raise_hand(wang_ayi, pk)
    meetings.raise_hand_for(zhang_zhuren, pk, attendance_id=seat.pk)
    screen = browse(zhang_zhuren).get(f"/meetings/{pk}/screen/").content.decode()
    assert "王阿姨" in screen
    assert "赵先生/女士" in screen
    for real in ("王桂芳", "赵大妈", "501室"):
        assert real not in screen


def test_the_desk_signs_in_calls_speakers_and_closes(in_session, browse, zhang_zhuren, wang_ayi, places):
    pk, desk = in_session.pk, browse(zhang_zhuren)
    named = {"seat-name": "赵大妈", "seat-room": "3号楼2单元101室"}
    assert desk.post(f"/meetings/{pk}/seats/", named | {"seat-room": "9号楼"}).status_code == 422
    assert desk.post(f"/meetings/{pk}/seats/", named).status_code == 302
    assert desk.post(f"/meetings/{pk}/seats/", named).status_code == 409
    seat = in_session.attendance.get(name="赵大妈")
    assert desk.post(f"/meetings/{pk}/seats/{seat.pk}/hand/", {"back": "speakers"}).url.endswith("#speakers")
    assert desk.post(f"/meetings/{pk}/speakers/call/").status_code == 302
    assert desk.post(f"/meetings/{pk}/speakers/call/").status_code == 409
    assert desk.post(f"/meetings/{pk}/speakers/end/").status_code == 302
    assert desk.post(f"/meetings/{pk}/item/2/").status_code == 302
    assert desk.post(f"/meetings/{pk}/item/7/").status_code == 409
    assert desk.post(f"/meetings/{pk}/seats/{seat.pk}/left/").status_code == 302
    assert desk.post(f"/meetings/{pk}/do/close/").status_code == 302
    assert browse(wang_ayi).post(f"/meetings/{pk}/do/close/").status_code == 403


def test_the_calendar_file_is_one_that_phones_take(called, browse, wang_ayi):
    meeting = called(title="供暖，退费；联席会议" + "很长的名称" * 8)
    answer = browse(wang_ayi).get(f"/meetings/{meeting.pk}/meeting.ics")
    lines = answer.content.split(b"\r\n")
    assert answer["Content-Type"].startswith("text/calendar")
    assert b"DTSTART:20260313T060000Z" in lines
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert max(len(line) for line in lines) <= 75


def test_the_notice_prints_with_everything_the_law_asks(called, browse, wang_ayi):
    meeting = called(kind=K.RESIDENTS, items=[meetings.Item("居民公约", is_voted=True)])
    sheet = browse(wang_ayi).get(f"/meetings/{meeting.pk}/notice/").content.decode()
    for words in (
        "3月13日（周五）14:00",
        "居民公约（会上表决）",
        "过半数到会才能开，至少6人",
        "应到10人",
        "和顺社区居民委员会",
    ):
        assert words in sheet


def test_a_party_meeting_is_entered_on_its_page(browse, li_shuji, zhang_zhuren):
    form = {
        "form": "members",
        "held_on": "2026-03-06",
        "entitled": 40,
        "present": 19,
        "agree": 19,
        "file_number": "3号",
    }
    desk = browse(li_shuji)
    assert desk.get("/meetings/new/party/").status_code == 200
    assert desk.post("/meetings/new/party/", form).status_code == 409
    answer = desk.post("/meetings/new/party/", form | {"present": 30, "agree": 21})
    assert "通过" in desk.get(answer.url).content.decode()
    assert browse(zhang_zhuren).post("/meetings/new/party/", form).status_code == 403


@pytest.mark.parametrize("rows", [1, 30])
def test_pages_ask_the_database_the_same_however_full_the_room_is(
    rows, gathered, browse, zhang_zhuren, wang_ayi, make_person, move_in, places, django_assert_max_num_queries
):
    meeting = gathered(kind=K.RESIDENTS, expected=40)
    for number in range(rows):
        person = make_person(f"邻居{number}")
        move_in(person, places.units[number % 14])
        meetings.sign_in_by_code(Actor(person), meeting.code)
    desk = browse(zhang_zhuren)
    with django_assert_max_num_queries(20):
        desk.get(f"/meetings/{meeting.pk}/screen/")
    with django_assert_max_num_queries(20):
        desk.get(f"/meetings/{meeting.pk}/work/")
    phone = browse(wang_ayi)
    with django_assert_max_num_queries(20):
        phone.get(meeting.get_absolute_url())
    with django_assert_max_num_queries(20):
        phone.get("/meetings/")


def test_signing_in_costs_the_same_however_full_the_room_is(
    gathered, make_person, move_in, places, wang_ayi, zhou_dashu, django_assert_num_queries
):
    meeting = gathered(kind=K.RESIDENTS, expected=40)
    with CaptureQueriesContext(connection) as first:
        meetings.sign_in_by_code(wang_ayi, meeting.code)
    for number in range(25):
        person = make_person(f"邻居{number}")
        move_in(person, places.units[number % 14])
        meetings.sign_in_by_code(Actor(person), meeting.code)
    with django_assert_num_queries(len(first)):
        meetings.sign_in_by_code(zhou_dashu, meeting.code)


def test_who_signed_in_by_the_code_of_their_side_lands_on_the_page(gathered, browse, zhao_jingli):
    meeting = gathered()
    phone = browse(Actor(zhao_jingli.person))
    assert phone.get(meeting.get_absolute_url()).status_code == 404
    answer = phone.post("/meetings/sign-in/", {"code": meeting.code}, follow=True)
    assert answer.status_code == 200
    assert "您已签到" in answer.content.decode()


def test_the_picture_of_a_proxy_is_opened_by_whoever_keeps_the_room_alone(
    gathered, browse, zhang_zhuren, wang_ayi, zhao_jingli, places
):
    meeting = gathered(kind=K.RESIDENTS)
    agent = meetings.sign_in_by_code(wang_ayi, meeting.code)
    paper = SimpleUploadedFile("paper.pdf", b"%PDF-1.4 authority", "application/pdf")
    form = {
        "proxy-name": "赵大妈",
        "proxy-room": "3号楼2单元101室",
        "proxy-agent_id": agent.pk,
        "proxy-powers": "本次会议全部议题",
        "proxy-paper": paper,
    }
    desk = browse(zhang_zhuren)
    assert desk.post(f"/meetings/{meeting.pk}/proxies/", form).status_code == 302
    held = meeting.proxies.get()
    address = f"/meetings/{meeting.pk}/proxies/{held.pk}/paper/"
    assert address in desk.get(f"/meetings/{meeting.pk}/work/").content.decode()
    assert b"".join(desk.get(address).streaming_content) == b"%PDF-1.4 authority"
    for actor in (wang_ayi, zhao_jingli):
        assert browse(actor).get(address).status_code == 403
        assert browse(actor).get(held.paper.url).status_code == 404


def test_the_screen_says_when_too_many_have_left(gathered, browse, zhang_zhuren, wang_ayi, zhou_dashu):
    meeting = gathered(kind=K.RESIDENTS, expected=3)
    for actor in (wang_ayi, zhou_dashu):
        meetings.sign_in_by_code(actor, meeting.code)
    meetings.open_meeting(zhang_zhuren, meeting.pk)
    desk = browse(zhang_zhuren)
    assert "够数" in desk.get(f"/meetings/{meeting.pk}/screen/").content.decode()
    meetings.leave(wang_ayi, meeting.pk)
    for page in ("screen", "work"):
        assert "还差1人，现在不能表决" in desk.get(f"/meetings/{meeting.pk}/{page}/").content.decode()


@pytest.mark.parametrize("act", ["do/cancel", "do/close", "people", "people/1/off", "material"])
def test_the_desk_with_its_lists_is_never_shown_to_whoever_does_not_keep_the_room(
    in_session, browse, wang_ayi, zhao_jingli, act
):
    for actor in (wang_ayi, zhao_jingli):
        answer = browse(actor).post(f"/meetings/{in_session.pk}/{act}/")
        assert answer.status_code == 403
        assert "meetings/work.html" not in {template.name for template in answer.templates}
