"""A residents' meeting in session, a joint meeting that is over, its minutes before the sides."""

import datetime

import pytest

from xieshang.lib.refusals import RuleViolation
from xieshang.meetings import services as meetings
from xieshang.meetings.models import Meeting, Minutes
from xieshang.meetings.rules import MeetingKind, MotionWay
from xieshang.meetings.rules.minutes import Action
from xieshang.voting import services as voting
from xieshang.voting.models import Vote
from xieshang.voting.rules import Channel
from xieshang.voting.rules.room import Count

K = MeetingKind
DUE = datetime.date(2026, 3, 20)


def code(call):
    """The code of the refusal that this call meets."""
    with pytest.raises(RuleViolation) as refused:
        call()
    return refused.value.refusal.code


def fresh(meeting):
    """The meeting as it stands now."""
    return Meeting.objects.with_frame().get(pk=meeting.pk)


@pytest.fixture
def sitting(gathered, neighbours, zhang_zhuren):
    """A residents' meeting of ten with eight there, open; one item is to be voted on, one only talked over."""
    items = [meetings.Item("楼道堆物", is_voted=True), meetings.Item("其他")]
    meeting = gathered(kind=K.RESIDENTS, title="居民会议", items=items)
    for one in neighbours:
        meetings.sign_in_by_code(one, meeting.code)
    return fresh(meetings.open_meeting(zhang_zhuren, meeting.pk))


@pytest.fixture
def bring(zhang_zhuren):
    """Bring a motion under an item."""

    def motion(meeting, way=MotionWay.PHONES, position=1, actor=zhang_zhuren):
        item = meeting.agenda.get(position=position)
        return meetings.bring_motion(actor, meeting.pk, item_id=item.pk, words="同意三天内清完楼道", way=way)

    return motion


def say(actor, motion, text="同意", right_id=None):
    """Vote by phone."""
    vote = Vote.objects.get(motion=motion)
    meetings.vote_on_motion(actor, motion.pk, option_id=vote.options.get(text=text).pk, right_id=right_id)


@pytest.fixture
def held(gathered, zhang_zhuren, he_zhuren, zhao_jingli):
    """A joint meeting of three sides that is over, with one motion on which all agreed."""
    meeting = gathered()
    for actor in (zhang_zhuren, he_zhuren, zhao_jingli):
        meetings.sign_in_by_code(actor, meeting.code)
    meeting = fresh(meetings.open_meeting(zhang_zhuren, meeting.pk))
    item = meeting.agenda.first()
    motion = meetings.bring_motion(zhang_zhuren, meeting.pk, item_id=item.pk, words="同意换阀门", way=MotionWay.HANDS)
    meetings.put_motion(zhang_zhuren, motion.pk)
    meetings.count_motion(zhang_zhuren, motion.pk, voting.Counted(Channel.HANDS, Count(3, 0, 0)))
    return fresh(meetings.close_meeting(zhang_zhuren, meeting.pk))


WORDS = {
    "agreed": "本周换好3号楼阀门。",
    "not_agreed": "退费标准没有谈拢。",
    "positions": {"安居物业": "我司负责换阀门。"},
    "actions": [Action("换3号楼立管阀门", "安居物业", DUE, "居委会", "照片")],
}


@pytest.fixture
def laid_out(held, zhang_zhuren):
    """The same with its minutes before the sides."""
    meetings.edit_minutes(zhang_zhuren, held.pk, edition=held.minutes.edition, **WORDS)
    return meetings.send_minutes(zhang_zhuren, held.pk)


def line(minutes, name):
    """The line of a side."""
    return minutes.signatures.get(name=name)


def sign(actor, minutes, name):
    """Sign for a side as one who has read the words."""
    row = line(minutes, name)
    return meetings.sign_minutes(actor, row.pk, code=Minutes.objects.get(pk=minutes.pk).code)
