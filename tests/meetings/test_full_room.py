"""The measurement of a full room in a small form: what it builds is a meeting, and every phone hears the result."""

import pytest
from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer

from bench.room import bring, build_room, vote

pytestmark = pytest.mark.django_db
LAYER = get_channel_layer()


async def piece(phone):
    """The next piece of a page that a phone is sent, past what only says that something moved."""
    while True:
        message = str(await LAYER.receive(phone))
        if "pieces" in message:
            return message


def test_a_small_room_is_put_to_the_vote_and_every_phone_hears_the_result(client, django_capture_on_commit_callbacks):
    room = build_room(3)
    phones = [async_to_sync(LAYER.new_channel)() for _session in room.phones]
    for phone in phones:
        async_to_sync(LAYER.group_add)(f"meeting.{room.meeting}", phone)
    client.cookies["sessionid"] = room.chair
    motion = bring(room, 1)

    def press(act):
        with django_capture_on_commit_callbacks(execute=True):
            assert client.post(f"/meetings/{room.meeting}/motions/{motion}/{act}/").status_code == 302
        return [async_to_sync(piece)(phone) for phone in phones]

    assert ["您的意见" in one for one in press("put")] == [True] * 3
    assert vote(motion) == 2
    # One of three agrees.
    assert ["没有通过" in one and "您的意见" not in one for one in press("count")] == [True] * 3
