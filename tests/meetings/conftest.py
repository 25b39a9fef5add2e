"""A clock that the test moves, and meetings at every stage of their course."""

import datetime

import pytest

from tests.meetings.sitting import fresh
from xieshang.community.models import Body
from xieshang.community.rules import BodyKind, Role
from xieshang.lib import clock
from xieshang.lib.actor import Actor
from xieshang.lib.days import SHANGHAI
from xieshang.meetings import services as meetings
from xieshang.meetings.rules import MeetingKind

# A Monday without leave near it.
MONDAY = datetime.datetime(2026, 3, 9, 10, tzinfo=SHANGHAI)
FRIDAY = datetime.datetime(2026, 3, 13, 14, tzinfo=SHANGHAI)


@pytest.fixture(autouse=True)
def move_to(monkeypatch):
    """Start on a Monday in March 2026; `move_to(instant)` moves the clock there."""
    shift = [MONDAY - datetime.datetime.now(datetime.UTC)]
    monkeypatch.setattr(clock, "_offsets", [lambda: shift[0]])

    def move(instant):
        shift[0] = instant - datetime.datetime.now(datetime.UTC)

    return move


@pytest.fixture
def table(bodies, places):
    """The three sides of an estate."""
    return [
        meetings.Side("和顺社区居委会", bodies.committee),
        meetings.Side("明湖家园业委会", bodies.owners),
        meetings.Side("安居物业", bodies.property),
    ]


@pytest.fixture
def plan(places, table, zhang_zhuren):
    """Plan a meeting: `plan(kind=…)` gives it in preparation."""

    def make(actor=None, kind=MeetingKind.JOINT, **words):
        given = {
            "place": places.compound,
            "starts_at": FRIDAY,
            "title": "供暖问题联席会议",
            "venue": "社区议事厅",
            "items": [meetings.Item("换热站怎么调"), meetings.Item("退费怎么办")],
            "sides": table if kind == MeetingKind.JOINT else (),
        }
        if kind == MeetingKind.RESIDENTS:
            given |= {"expected": 10, "expected_source": "居民名册"}
        return meetings.call_meeting(actor or zhang_zhuren, kind=kind, **(given | words))

    return make


@pytest.fixture
def called(plan, zhang_zhuren):
    """Plan a meeting and send its notice out."""

    def make(actor=None, **words):
        meeting = plan(actor, **words)
        return meetings.notify(actor or zhang_zhuren, meeting.pk)

    return make


@pytest.fixture
def gathered(called, move_to):
    """A meeting at its hour, nobody there yet."""

    def make(actor=None, **words):
        meeting = called(actor, **words)
        move_to(meeting.starts_at + datetime.timedelta(minutes=1))
        return fresh(meeting)

    return make


@pytest.fixture
def board(bodies, make_person, appoint, he_zhuren):
    """Five members of the homeowners' committee, the chair first."""
    names = ["方委员", "韩委员", "姜委员", "罗委员"]
    return [he_zhuren, *(appoint(make_person(name), bodies.owners, Role.OWNERS_MEMBER) for name in names)]


@pytest.fixture
def other_owners(places):
    """A homeowners' committee elsewhere."""
    return Body.objects.create(
        kind=BodyKind.HOMEOWNERS_COMMITTEE.value,
        name="别处业委会",
        short_name="别处业委会",
        place=places.other_community,
    )


@pytest.fixture
def in_session(gathered, zhang_zhuren, wang_ayi, zhou_dashu, chen_yezhu):
    """A consultation that has been opened, three neighbours in it."""
    meeting = gathered(kind=MeetingKind.CONSULTATION, title="楼道照明议事会")
    for actor in (wang_ayi, zhou_dashu, chen_yezhu):
        meetings.sign_in_by_code(actor, meeting.code)
    meetings.open_meeting(zhang_zhuren, meeting.pk)
    return fresh(meeting)


@pytest.fixture
def neighbours(places, make_person, move_in):
    """Eight neighbours at home in the estate."""
    made = [make_person(f"邻居{n}", real_name=f"邻{n}") for n in range(8)]
    for person, unit in zip(made, places.units, strict=False):
        move_in(person, unit)
    return [Actor(person) for person in made]
