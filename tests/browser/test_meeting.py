"""A meeting in the room: two phones sign in by the code, and the big screen counts them while nobody touches it."""

import datetime

import pytest
from playwright.sync_api import expect

from xieshang.lib import clock
from xieshang.meetings import services as meetings
from xieshang.meetings.models import Meeting
from xieshang.meetings.rules import MeetingKind

PATIENCE = 15_000


@pytest.fixture
def later(monkeypatch):
    """Move the clock of the site forward."""

    def move(**ahead):
        monkeypatch.setattr(clock, "_offsets", [lambda: datetime.timedelta(**ahead)])

    return move


@pytest.fixture
def at_its_hour(places, zhang_zhuren, bodies, later):
    """A meeting of two sides at its hour, called in time, nobody there yet."""
    starts = clock.now() + datetime.timedelta(days=14)
    meeting = meetings.call_meeting(
        zhang_zhuren,
        kind=MeetingKind.JOINT,
        place=places.compound,
        starts_at=starts,
        title="供暖问题联席会议",
        venue="社区议事厅",
        items=[meetings.Item("换热站怎么调"), meetings.Item("退费怎么办")],
        sides=[meetings.Side("居委会", bodies.committee), meetings.Side("业委会", bodies.owners)],
    )
    meetings.notify(zhang_zhuren, meeting.pk)
    later(days=14, minutes=1)
    return Meeting.objects.get(pk=meeting.pk)


def test_two_phones_sign_in_and_the_screen_counts(visit, at_its_hour, zhang_zhuren, he_zhuren):
    meeting = at_its_hour
    screen = visit(zhang_zhuren).open(f"/meetings/{meeting.pk}/screen/")
    screen.page.set_viewport_size({"width": 1280, "height": 720})
    count = screen.page.locator(".screen-count")
    expect(screen.page.locator(".screen-code")).to_have_text(f"{meeting.code[:3]} {meeting.code[3:]}")
    expect(count).to_contain_text("还差2方：居委会、业委会")
    chair = visit(he_zhuren).open(meeting.get_absolute_url())
    chair.page.get_by_role("link", name="输入签到码").last.click()
    chair.page.get_by_label("大屏幕上的六位签到码").fill(meeting.code)
    chair.page.get_by_role("button", name="签到", exact=True).click()
    expect(chair.page.locator("#seat")).to_contain_text("您已签到")
    expect(count).to_contain_text("还差1方：居委会", timeout=PATIENCE)
    clerk = visit(zhang_zhuren).open(f"/meetings/in/{meeting.key}/")
    clerk.page.get_by_role("button", name="我到了，签到").click()
    expect(count).to_contain_text("够数，可以开会", timeout=PATIENCE)
    clerk.open(f"/meetings/{meeting.pk}/work/")
    clerk.page.get_by_role("button", name="宣布开会").click()
    expect(screen.page.locator(".screen-item")).to_contain_text("换热站怎么调", timeout=PATIENCE)
    chair.open(meeting.get_absolute_url())
    chair.page.get_by_role("button", name="举手发言").click()
    expect(screen.page.locator(".screen-waiting")).to_contain_text("何主任", timeout=PATIENCE)
    clerk.open(f"/meetings/{meeting.pk}/work/")
    clerk.page.get_by_role("button", name="请他说").click()
    expect(screen.page.locator(".screen-clock")).to_contain_text("2:", timeout=PATIENCE)
    expect(chair.page.locator("#seat")).to_contain_text("请您发言", timeout=PATIENCE)
