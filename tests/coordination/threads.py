"""A thread of the estate, walked to any state through the real verbs; the fixtures of its tests."""

import datetime
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from xieshang.coordination.models import Thread
from xieshang.coordination.services import threads as services
from xieshang.lib.clock import now
from xieshang.meetings import services as meetings
from xieshang.meetings.queries.minutes import as_action


def picture(name="letter.jpg"):
    """A stamped letter as a phone photographs it."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), (90, 120, 110)).save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


@pytest.fixture
def raised_thread(zhang_zhuren, li_shuji, he_zhuren, zhao_jingli, places):
    """Cold rooms, raised by the residents' committee for seventeen homes; all three sides have people in office."""
    return services.raise_thread(
        zhang_zhuren,
        title="供暖季室温偏低问题协调",
        text="入冬后17户上报室温低于合同约定。",
        place_id=places.compound.pk,
        voices="17户居民",
        measures=True,
    )


@pytest.fixture
def accepted_thread(raised_thread, li_shuji):
    """Taken up: the three sides sit at the table."""
    return services.accept(li_shuji, raised_thread.pk)


def side_of(thread, kind):
    """The side of a kind."""
    return thread.sides.get(kind=kind)


@pytest.fixture
def asked_thread(accepted_thread, li_shuji):
    """The sides are asked for their positions."""
    lead, helper = side_of(accepted_thread, "company"), side_of(accepted_thread, "committee")
    return services.assign(li_shuji, accepted_thread.pk, lead=lead.pk, assistants=[helper.pk])


@pytest.fixture
def answered_thread(asked_thread, zhang_zhuren, he_zhuren, zhao_jingli):
    """Every side has answered."""
    for actor, kind in ((zhang_zhuren, "committee"), (he_zhuren, "owners"), (zhao_jingli, "company")):
        services.file_position(actor, asked_thread.pk, side_id=side_of(asked_thread, kind).pk, text=f"{kind}的意见")
    return Thread.objects.with_frame().get(pk=asked_thread.pk)


@pytest.fixture
def met_thread(answered_thread, li_shuji, later):
    """The meeting was called, and its hour is here."""
    services.call_meeting(
        li_shuji, answered_thread.pk, starts_at=now() + datetime.timedelta(days=4), venue="社区议事厅"
    )
    later(4)
    return Thread.objects.with_frame().get(pk=answered_thread.pk)


def hold(thread, chair, *actors, closes=True):
    """Sign these in, open the meeting, and close it unless told otherwise."""
    meeting = thread.meeting.meeting
    for actor in actors:
        meetings.sign_in_by_code(actor, meeting.code)
    meetings.open_meeting(chair, meeting.pk)
    if closes:
        meetings.close_meeting(chair, meeting.pk)


def sign(thread, chair, *actors, refusing=None, actions=None):
    """Lay the minutes before the sides; these sign, one refuses and says why."""
    meeting = thread.meeting.meeting
    minutes = meeting.minutes
    rows = [as_action(row) for row in minutes.actions] if actions is None else actions
    words = {"agreed": "先换阀门，再调平衡。", "not_agreed": "退费办法", "positions": {}, "actions": rows}
    meetings.edit_minutes(chair, meeting.pk, edition=minutes.edition, **words)
    code = meetings.send_minutes(chair, meeting.pk).code
    lines = {line.body_id: line for line in meeting.minutes.signatures.all()}
    for actor in actors:
        meetings.sign_minutes(actor, lines[actor.office.body_id].pk, code=code)
    if refusing:
        meetings.refuse_minutes(refusing, lines[refusing.office.body_id].pk, reason="退费办法还没谈清")


@pytest.fixture
def confirmed_thread(met_thread, li_shuji, zhang_zhuren, he_zhuren, zhao_jingli):
    """Minutes signed by two, refused by one with a reason."""
    hold(met_thread, li_shuji, zhang_zhuren, he_zhuren, zhao_jingli)
    sign(met_thread, li_shuji, zhang_zhuren, zhao_jingli, refusing=he_zhuren)
    return Thread.objects.with_frame().get(pk=met_thread.pk)
