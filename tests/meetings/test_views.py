"""The pages of meetings: read, answered, signed in to, kept."""

import pytest

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


def test_the_page_says_when_where_who_and_how_many(called, browse, wang_ayi, client):
    meeting = called()
    page = browse(wang_ayi).get(meeting.get_absolute_url()).content.decode()
    for words in ("3月13日（周五）14:00", "社区议事厅", "换热站怎么调", "安居物业", "各方都到才能开"):
        assert words in page
    client.logout()
    assert client.get(meeting.get_absolute_url()).status_code == 404
