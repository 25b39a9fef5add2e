"""A meeting of three sides in real browsers: a motion voted on two phones and at the desk, the screen, the minutes."""

import datetime
import re
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from xieshang.lib import clock
from xieshang.live.services import unheard
from xieshang.meetings import services as meetings
from xieshang.meetings.models import Meeting, Minutes
from xieshang.meetings.rules import MeetingKind, MinutesState

WORDS = "同意三天内把换热站流量调到位，17户复测"
REASON = "退费不该由我司代交，纪要里没有写明"


@pytest.fixture
def room(visit, bodies, places, zhang_zhuren, he_zhuren, zhao_jingli, wang_ayi):
    """A joint meeting that is open; its three sides signed in, each at a phone, and a screen on the wall."""
    sides = [
        meetings.Side("居委会", bodies.committee),
        meetings.Side("业委会", bodies.owners),
        meetings.Side("安居物业", bodies.property),
    ]
    with unheard():
        meeting = in_session(zhang_zhuren, (he_zhuren, zhao_jingli), places.compound, sides)
    return SimpleNamespace(
        pk=meeting.pk,
        desk=visit(zhang_zhuren),
        owners=visit(he_zhuren),
        company=visit(zhao_jingli),
        screen=visit(zhang_zhuren),
        neighbour=visit(wang_ayi),
    )


def in_session(chair, others, place, sides):
    """Called, noticed, signed in and opened."""
    meeting = meetings.call_meeting(
        chair,
        kind=MeetingKind.JOINT,
        place=place,
        starts_at=clock.now() + datetime.timedelta(days=12),
        title="供暖问题三方联席会议",
        venue="社区议事厅",
        items=[meetings.Item("换热站怎么调")],
        sides=sides,
    )
    meetings.notify(chair, meeting.pk)
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=clock.now() - datetime.timedelta(minutes=5))
    meeting.refresh_from_db()
    for actor in (chair, *others):
        meetings.sign_in_by_code(actor, meeting.code)
    meetings.open_meeting(chair, meeting.pk)
    return meeting


def shows(visitor, words, *, where="body"):
    """Wait until this stands there, without anybody loading the page anew."""
    expect(visitor.page.locator(where)).to_contain_text(words, timeout=20_000)


def vote(visitor, text):
    """Tick and send on a page that was not touched since the motion was put."""
    visitor.tick(text).unfold("投票")
    shows(visitor, "已经投好了")


def test_a_motion_reaches_the_phones_and_its_result_the_screen_and_the_minutes_stand(room):
    path = f"/meetings/{room.pk}/"
    room.owners.open(path)
    room.company.open(f"{path}motions/")
    room.screen.open(f"{path}screen/")
    room.desk.open(f"{path}motions/")
    room.desk.write("请大家表决什么", WORDS).press("记下来").press("付表决")

    # Nobody loads anything: the motion comes to the phones and to the wall.
    for visitor in (room.owners, room.company, room.screen):
        shows(visitor, "17户复测")
    shows(room.screen, "到会3方都同意，才算通过")
    vote(room.owners, "同意")
    vote(room.company, "同意")
    vote(room.desk, "同意")
    shows(room.screen, "已投 3 / 3方")
    room.desk.open(f"{path}motions/").press("停止投票，计票")
    for visitor in (room.owners, room.company, room.screen):
        shows(visitor, "通过：3方同意，到会3方都同意")
        shows(visitor, "3 / 3方 · 100.00%")

    meetings_over(room)
    write_minutes(room)
    room.owners.open(f"{path}minutes/").press("看过了，签字").sees("已签")
    room.desk.open(f"{path}minutes/").press("看过了，签字")
    room.company.open(f"{path}minutes/").unfold("不签")
    room.company.write("为什么不签", REASON).press("不签，写明理由").sees(REASON)
    assert Minutes.objects.get().state == MinutesState.SIGNED

    room.desk.open(f"{path}minutes/edit/").write("达成一致的", "别的话").press("保存").sees("正文不能再改")
    room.desk.open(f"{path}minutes/").press("公布")
    room.neighbour.open(f"{path}minutes/").sees(REASON).sees("17户复测")
    for visitor in (room.desk, room.owners, room.company, room.screen, room.neighbour):
        assert visitor.complaints == []


def meetings_over(room):
    """The chair closes the meeting on its work page."""
    room.desk.open(f"/meetings/{room.pk}/work/")
    room.desk.press("散会")
    assert re.search("已散会", room.desk.page.content())


def write_minutes(room):
    """The clerk completes the draft and lays it before the sides."""
    room.desk.open(f"/meetings/{room.pk}/minutes/").sees(WORDS).press("改正文")
    room.desk.write("达成一致的", "三天内把换热站流量调到位。").write("没有达成一致的", "退费由谁代交没有谈拢。")
    first = "fieldset.minutes-action:first-of-type"
    room.desk.write("要办的事", "17户复测室温", within=first).write("谁负责", "居委会", within=first)
    room.desk.write("哪天以前", (clock.today() + datetime.timedelta(days=9)).isoformat(), within=first)
    room.desk.press("保存").press("送各方签字").sees("请各方签字")
